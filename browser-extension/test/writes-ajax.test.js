import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { htmlOf } from '../src/operations/writing.js';
import { momentIn } from '../src/moodle/time.js';
import { runOperation } from './operation-world.js';

const ME = 6;

/** A person's messages, posts, events and notifications, which calls change. */
function moodle() {
  const there = {
    unread: 2, conversationUnread: 3, completion: 0, events: new Map(), messages: [], posts: [], written: [],
  };
  there.events.set(5, {
    id: 5, name: 'Dentist &amp; more', eventtype: 'user', userid: ME, timestart: 1795508196, timeduration: 0, location: 'A&amp;B',
    description: '<p>Bring <b>it</b></p>',
  });
  there.events.set(6, { id: 6, name: 'Exam', eventtype: 'course', userid: 2, timestart: 1795508196, timeduration: 0 });
  there.events.set(7, { id: 7, name: 'Of another', eventtype: 'user', userid: 2, timestart: 1, timeduration: 0 });
  there.events.set(8, { id: 8, name: 'Of a course', eventtype: 'course', userid: ME, timestart: 1, timeduration: 0 });
  there.posts.push({
    id: 21, subject: 'Loops', replysubject: 'Re: Loops', message: '<p>How <b>so</b>?</p>', capabilities: { reply: true },
    author: { id: 7, fullname: 'Zoë &amp; Co' },
  });
  const writes = (name, change) => (args) => {
    there.written.push([name, args]);
    return change(args);
  };
  const functions = {
    message_popup_get_unread_popup_notification_count: () => there.unread,
    message_popup_get_popup_notifications: () => ({
      notifications: [{ id: 9, subject: 'New &lt;post&gt;', read: there.unread < 2 }], unreadcount: there.unread,
    }),
    core_message_mark_all_notifications_as_read: writes('all', () => { there.unread = 0; return true; }),
    core_message_mark_notification_read: writes('one', () => { there.unread = 1; return { warnings: [] }; }),
    core_message_get_conversation: () => ({
      unreadcount: there.conversationUnread, members: [{ id: 7, fullname: 'Zoë &amp; Co' }],
    }),
    core_message_mark_all_conversation_messages_as_read: writes('conversation', () => {
      there.conversationUnread = 0;
      return null;
    }),
    core_courseformat_get_state: () => JSON.stringify({
      course: {}, section: [{ id: '1', number: 0, title: 'S', cmlist: ['30', '31'] }],
      cm: [
        {
          id: '30', name: 'Page &amp; more', module: 'page', sectionid: '1', uservisible: true,
          completionstate: there.completion,
        },
        { id: '31', name: 'Untracked', module: 'page', sectionid: '1', uservisible: true },
      ],
    }),
    core_course_get_enrolled_courses_by_timeline_classification: () => ({ courses: [{ id: 2, fullname: 'R&amp;D' }] }),
    core_completion_update_activity_completion_status_manually: writes('tick', ({ completed }) => {
      there.completion = completed ? 1 : 0;
      return { status: true, warnings: [] };
    }),
    core_calendar_get_calendar_event_by_id: ({ eventid }) => (
      there.events.has(eventid) ? { event: there.events.get(eventid) } : new Error('nopermissions')),
    core_calendar_submit_create_update_form: writes('event', ({ formdata }) => {
      const form = new URLSearchParams(formdata);
      if (form.get('name') === 'bad') return { validationerror: true };
      const at = ['year', 'month', 'day', 'hour', 'minute'].map((part) => form.get(`timestart[${part}]`).padStart(2, '0'));
      const timestart = Date.parse(`${at[0]}-${at[1]}-${at[2]}T${at[3]}:${at[4]}:00+01:00`) / 1000;
      const timeduration = 60 * Number(form.get('timedurationminutes') ?? 0);
      const event = { id: 40, name: form.get('name'), eventtype: 'user', userid: ME, timestart, timeduration };
      there.events.set(40, event);
      return { event };
    }),
    core_calendar_delete_calendar_events: writes('delete', ({ events: [{ eventid }] }) => {
      there.events.delete(eventid);
      return null;
    }),
    core_message_get_member_info: ({ userids: [id] }) => ({
      7: [{ id: 7, fullname: 'Zoë &amp; Co', canmessage: true }], 8: [{ id: 8, fullname: 'No', canmessage: false }],
    })[id] ?? [],
    core_message_send_instant_messages: writes('message', ({ messages: [{ text }] }) => {
      if (text.includes('blocked')) return [{ msgid: -1, errormessage: 'no' }];
      there.messages.unshift({ id: 77, useridfrom: ME, text });
      return [{ msgid: 77, conversationid: 65 }];
    }),
    core_message_get_conversation_messages: () => ({ messages: there.messages }),
    mod_forum_get_discussion_posts: () => ({ posts: there.posts }),
    mod_forum_add_discussion_post: writes('reply', ({ message }) => {
      there.posts.push({ id: 22, message, author: { id: ME, fullname: 'Me' } });
      return { postid: 22, warnings: [] };
    }),
  };
  const run = (name, args, more = {}) => runOperation(name, args, { functions: { ...functions, ...more } });
  return { there, run };
}

const detailOf = (promise) => promise.then(() => null, ({ reason, detail }) => [reason, detail]);

describe('mark_read', () => {
  test('marks all notifications, one, or a conversation, and looks whether that is so', async () => {
    const { there, run } = moodle();
    const one = await run('mark_read', { notification_id: 9 });
    assert.deepEqual([one.result.verified, one.proposal.shown.lines], [true, [{ name: 'subject', value: 'New <post>' }]]);
    const all = await run('mark_read', {});
    assert.deepEqual([all.result.verified, all.proposal.shown.lines], [true, [{ name: 'notifications', value: '1' }]]);
    const talk = await run('mark_read', { conversation_id: 65 });
    assert.deepEqual([talk.result.verified, talk.proposal.shown.lines[0].value], [true, 'Zoë & Co']);
    assert.deepEqual(there.written.map(([name]) => name), ['one', 'all', 'conversation']);
  });

  test('refuses both ids, and a notification that is not there, before anything is written', async () => {
    const { there, run } = moodle();
    assert.deepEqual(await detailOf(run('mark_read', { conversation_id: 1, notification_id: 1 })), [
      'invalid_arguments', 'notification_id',
    ]);
    assert.deepEqual(await detailOf(run('mark_read', { notification_id: 99 })), ['not_found', 'notification']);
    assert.deepEqual(there.written, []);
  });

  test('says so when Moodle does not show it, and when nobody can tell', async () => {
    const { run } = moodle();
    const stays = await run('mark_read', {}, { core_message_mark_all_notifications_as_read: () => true });
    assert.equal(stays.result.verified, false);
    let asked = 0;
    const silent = await run('mark_read', {}, {
      message_popup_get_unread_popup_notification_count: () => (asked++ ? new Error('dmlreadexception') : 2),
    });
    assert.equal(silent.result.verified, 'unknown');
  });
});

describe('set_completion', () => {
  test('ticks off and takes the tick back, with before and after', async () => {
    const { run } = moodle();
    const { result, proposal } = await run('set_completion', { course_id: 2, activity_id: 30 });
    assert.deepEqual(proposal.shown.lines, [
      { name: 'course', value: 'R&D' }, { name: 'activity', value: 'Page & more' },
      { name: 'status', before: 'incomplete', value: 'complete' },
    ]);
    assert.deepEqual([result.verified, result.receipt], [true, { activity_id: 30, completion: 'complete' }]);
    const back = await run('set_completion', { course_id: 2, activity_id: 30, done: false });
    assert.deepEqual([back.result.verified, back.result.receipt.completion], [true, 'incomplete']);
  });

  test('refuses what is not there or not tracked, and passes on what Moodle refuses', async () => {
    const { there, run } = moodle();
    const tick = (id, more) => detailOf(run('set_completion', { course_id: 2, activity_id: id }, more));
    assert.deepEqual(await tick(99), ['not_found', 'activity']);
    assert.deepEqual(await tick(31), ['moodle_refused', 'not_tracked']);
    assert.deepEqual(there.written, []);
    const refused = { core_completion_update_activity_completion_status_manually: () => new Error('cannotmanualctrack') };
    assert.deepEqual(await tick(30, refused), ['moodle_refused', 'cannotmanualctrack']);
  });
});

describe('Own events', () => {
  const event = {
    name: 'Study <ünï>', start: '2026-11-30T14:30', duration_minutes: 90, location: 'Lib', description: 'a & b\n\nc',
  };

  test('are added at the moment that was meant, and read back', async () => {
    const { there, run } = moodle();
    const { result, proposal } = await run('save_event', event);
    assert.deepEqual(result.receipt, { event_id: 40, name: 'Study <ünï>', start: '2026-11-30T14:30:00+01:00', minutes: 90 });
    assert.equal(result.verified, true);
    assert.deepEqual(proposal.shown.lines[1], { name: 'start', value: '2026-11-30T14:30:00+01:00 (Europe/Berlin)' });
    assert.equal(proposal.shown.lines[2].value, '2026-11-30T16:00:00+01:00');
    const form = new URLSearchParams(there.written[0][1].formdata);
    assert.deepEqual(['eventtype', 'userid', 'id', 'description[text]', 'duration'].map((name) => form.get(name)), [
      'user', '6', '0', '<p>a &amp; b</p><p>c</p>', '2',
    ]);
  });

  test('are refused when Moodle refuses the form, or the moment is none', async () => {
    const { there, run } = moodle();
    assert.deepEqual(await detailOf(run('save_event', { ...event, name: 'bad' })), ['moodle_refused', 'validation']);
    for (const start of ['2026-02-30T10:00', '2026-11-30', 'tomorrow', '2026-11-30T25:00']) {
      assert.deepEqual(await detailOf(run('save_event', { ...event, start })), ['invalid_arguments', 'start']);
    }
    assert.equal(there.written.length, 1);
  });

  test('are deleted when they are the person\'s own, and only then', async () => {
    const { there, run } = moodle();
    const { result, proposal } = await run('delete_event', { event_id: 5 });
    assert.deepEqual([result.verified, result.receipt], [true, { deleted_event_id: 5, name: 'Dentist & more' }]);
    assert.deepEqual([proposal.shown.warnings, proposal.shown.texts[0].text], [['removes'], 'Bring it']);
    for (const id of [6, 7, 8]) {
      assert.deepEqual(await detailOf(run('delete_event', { event_id: id })), ['moodle_refused', 'not_own_event']);
    }
    assert.equal((await detailOf(run('delete_event', { event_id: 5 })))[1], 'nopermissions');
    assert.deepEqual(there.written.map(([name]) => name), ['delete']);
    const kept = moodle();
    const stays = await kept.run('delete_event', { event_id: 5 }, { core_calendar_delete_calendar_events: () => null });
    assert.equal(stays.result.verified, false);
  });
});

describe('send_message', () => {
  const text = 'Hello <b>you</b> & all\n2nd line 😀\n\nThird';

  test('sends exactly the text that was shown, to the person who was named', async () => {
    const { there, run } = moodle();
    const { result, proposal } = await run('send_message', { user_id: 7, text });
    assert.deepEqual(proposal.shown, {
      lines: [{ name: 'recipients', value: 'Zoë & Co' }], texts: [{ name: 'message', text }],
    });
    assert.deepEqual(there.written, [['message', {
      messages: [{
        touserid: 7, text: '<p>Hello &lt;b&gt;you&lt;/b&gt; &amp; all<br>2nd line 😀</p><p>Third</p>', textformat: 1,
      }],
    }]]);
    assert.equal(result.verified, true);
    assert.deepEqual(result.receipt, { message_id: 77, conversation_id: 65, to: { id: 7, name: 'Zoë & Co' } });
  });

  test('is refused for oneself, strangers, and who does not want it, before it is asked', async () => {
    const { there, run } = moodle();
    assert.deepEqual(await detailOf(run('send_message', { user_id: ME, text })), ['invalid_arguments', 'user_id']);
    assert.deepEqual(await detailOf(run('send_message', { user_id: 99, text })), ['not_found', 'user']);
    assert.deepEqual(await detailOf(run('send_message', { user_id: 8, text })), ['moodle_refused', 'cannot_message']);
    assert.deepEqual(there.written, []);
    assert.deepEqual(await detailOf(run('send_message', { user_id: 7, text: 'blocked' })), [
      'moodle_refused', 'message_not_sent',
    ]);
  });

  test('is not verified when Moodle shows another text', async () => {
    const { run } = moodle();
    const { result } = await run('send_message', { user_id: 7, text }, {
      core_message_get_conversation_messages: () => ({ messages: [{ id: 77, useridfrom: ME, text: '<p>Hello</p>' }] }),
    });
    assert.equal(result.verified, false);
  });
});

describe('post_reply', () => {
  test('shows what it replies to, posts the text and reads it back', async () => {
    const { there, run } = moodle();
    const { result, proposal } = await run('post_reply', { discussion_id: 3, post_id: 21, text: 'Because <so>.' });
    assert.deepEqual(proposal.shown.lines, [
      { name: 'reply_to', value: 'Zoë & Co: How so?' }, { name: 'subject', value: 'Re: Loops' },
    ]);
    assert.deepEqual(proposal.shown.warnings, ['seen_by_all']);
    assert.equal(there.written[0][1].message, '<p>Because &lt;so&gt;.</p>');
    assert.deepEqual([result.verified, result.receipt.post_id], [true, 22]);
  });

  test('is refused where the person may not reply', async () => {
    const { there, run } = moodle();
    there.posts[0].capabilities.reply = false;
    const reply = (id) => detailOf(run('post_reply', { discussion_id: 3, post_id: id, text: 'x' }));
    assert.deepEqual(await reply(21), ['moodle_refused', 'cannot_reply']);
    assert.deepEqual(await reply(99), ['not_found', 'post']);
    assert.deepEqual(there.written, []);
  });
});

test('Plain text becomes paragraphs of harmless HTML', () => {
  assert.equal(htmlOf('a\r\nb\n\n\n<script>1</script> &amp;'), '<p>a<br>b</p><p>&lt;script&gt;1&lt;/script&gt; &amp;amp;</p>');
});

test('A moment is read in the zone, or with its own offset', () => {
  const at = (text, zone = 'Europe/Berlin') => {
    const seconds = momentIn(text, zone);
    return seconds === null ? null : new Date(seconds * 1000).toISOString();
  };
  assert.equal(at('2026-07-01T10:00'), '2026-07-01T08:00:00.000Z');
  assert.equal(at('2026-11-30T14:30:59'), '2026-11-30T13:30:00.000Z');
  assert.equal(at('2026-11-30T14:30-05:00'), '2026-11-30T19:30:00.000Z');
  assert.equal(at('2026-11-30T14:30Z', 'Asia/Tokyo'), '2026-11-30T14:30:00.000Z');
  for (const none of ['2026-11-31T10:00', '2026-11-30T24:01', '2026-11-30 10:00', '']) assert.equal(at(none), null);
});
