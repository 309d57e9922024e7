import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ROOT, runOperation } from './operation-world.js';

const at = (text) => Date.parse(text) / 1000;
const TIME = at('2026-11-22T08:00:00Z');
const LOCAL = '2026-11-22T09:00:00+01:00';

describe('list_updates', () => {
  const cm = (id, more) => ({ id: String(id), name: `A &amp; ${id}`, module: 'forum', uservisible: true, sectionid: '1',
    url: `${ROOT}/mod/forum/view.php?id=${id}`, ...more });
  const functions = (instances) => ({
    core_course_get_updates_since: () => ({ instances }),
    core_courseformat_get_state: () => JSON.stringify({
      course: {}, section: [{ id: '1', number: 0, title: 'S', cmlist: ['5', '6'] }], cm: [cm(5), cm(6)],
    }),
  });

  test('names what changed, of activities that the person sees', async () => {
    const { result, moodle } = await runOperation('list_updates', { course_id: 2, since: '2026-11-20' }, {
      functions: functions([
        {
          contextlevel: 'module', id: 5,
          updates: [{ name: 'configuration', timeupdated: TIME }, { name: 'discussions', itemids: [1, 2] }],
        },
        { contextlevel: 'module', id: 99, updates: [{ name: 'configuration', timeupdated: TIME }] },
      ]),
    });
    assert.deepEqual(result.updates, [{
      activity: { id: 5, name: 'A & 5', type: 'forum' },
      changed: [{ what: 'configuration' }, { what: 'discussions', how_many: 2 }], edited: LOCAL,
      url: `${ROOT}/mod/forum/view.php?id=5`,
    }]);
    assert.deepEqual(moodle.requests[1].calls[0].args, { courseid: 2, since: at('2026-11-19T23:00:00Z') });
  });

  test('looks a week back by default', async () => {
    const { moodle } = await runOperation('list_updates', { course_id: 2 }, { functions: functions([]) });
    assert.equal(moodle.requests[1].calls[0].args.since, at('2026-11-15T09:30:00Z'));
  });
});

describe('list_discussions', () => {
  const row = (id, replies, locked = ' hidden') => `<tr data-region="discussion-list-item" data-discussionid="${id}">
    <th class="topic"><a href="${ROOT}/mod/forum/discuss.php?d=${id}" title="Loops &lt;b&gt; ">Loops</a>
    <span data-region="locked-label"${locked}>Locked</span></th>
    <td class="author"><div class="author-info"><div>D'Arcy &amp;amp; Co</div>
      <div><time data-timestamp="${TIME}">x</time></div></div></td>
    <td><div class="author-info"><div>Other</div><time data-timestamp="${TIME + 60}">x</time></div></td>
    <td><span>${replies}</span></td></tr>`;
  const forum = (...rows) => ({
    '/mod/forum/view.php': () => ({
      classes: 'course-2 cmid-23', main: `<h1>Forum</h1><div id="intro">Ask</div><div role="main"><table>${rows.join('')}</table>
        <nav class="pagination"><ul><li data-page-number="2"></li><li data-page-number="3"></li></ul></nav></div>`,
    }),
  });

  test('reads a page of them', async () => {
    const { result, moodle } = await runOperation('list_discussions', { forum_id: 23, page: 1 }, {
      pages: forum(row(4, 3), row(5, 0, '')),
    });
    assert.equal(moodle.requests[1].url.search, '?id=23&p=1&s=25&o=1');
    assert.deepEqual(result.discussions, [
      {
        id: 4, subject: 'Loops <b>', started_by: 'D\'Arcy & Co', started: LOCAL, last_post: '2026-11-22T09:01:00+01:00',
        replies: 3,
      },
      {
        id: 5, subject: 'Loops <b>', started_by: 'D\'Arcy & Co', started: LOCAL, last_post: '2026-11-22T09:01:00+01:00',
        replies: 0, locked: true,
      },
    ]);
    assert.deepEqual(result.coverage, { returned: 2, page: 1, pages: 3, more: true });
    assert.deepEqual(result.forum, { id: 23, name: 'Forum', course_id: 2, description: 'Ask' });
  });
});

describe('read_discussion', () => {
  const post = (id, more) => ({
    id, parentid: null, subject: 'Loops &amp; more', message: '<p>Text <b>here</b></p><script>alert(1)</script>',
    timecreated: TIME, author: { id: 9, fullname: 'Zo&euml;' }, attachments: [{ filename: 'a b.pdf' }], isdeleted: false, ...more,
  });
  const read = async (args, posts) => runOperation('read_discussion', { discussion_id: 4, ...args }, {
    functions: { mod_forum_get_discussion_posts: () => ({ posts, courseid: 2 }) },
  });

  test('tells who wrote what, and which are the person\'s own', async () => {
    const { result } = await read({}, [post(1), post(2, { parentid: 1, author: { id: 6, fullname: 'Sam' }, attachments: [] })]);
    assert.deepEqual(result.posts, [
      {
        id: 1, replies_to: null, subject: 'Loops & more', author: { id: 9, name: 'Zoë', you: false }, time: LOCAL,
        text: 'Text here', attachments: ['a b.pdf'],
      },
      {
        id: 2, replies_to: 1, subject: 'Loops & more', author: { id: 6, name: 'Sam', you: true }, time: LOCAL, text: 'Text here',
        attachments: [],
      },
    ]);
  });

  test('gives no more than fits, and all of it in the end', async () => {
    const posts = Array.from({ length: 9 }, (_, i) => post(i + 1, { message: 'x'.repeat(4_000) }));
    const ids = [];
    let coverage = { more: true };
    while (coverage.more) {
      const { result } = await read({ offset: ids.length }, posts);
      assert.ok(JSON.stringify(result).length < 20_000);
      ids.push(...result.posts.map(({ id }) => id));
      coverage = result.coverage;
    }
    assert.deepEqual(ids, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('a discussion that is not the person\'s is not found', async () => {
    await assert.rejects(runOperation('read_discussion', { discussion_id: 4 }, {
      functions: { mod_forum_get_discussion_posts: () => new Error('requireloginerror') },
    }), { reason: 'not_found' });
  });
});

describe('list_notifications', () => {
  test('asks for one more than is wanted, to know whether there is more', async () => {
    const one = (id) => ({
      id, subject: 'R&amp;D: new', text: '<p>Post</p>', timecreated: TIME, read: false, component: 'mod_forum',
      eventtype: 'posts', contexturl: `${ROOT}/mod/forum/discuss.php?d=4`,
    });
    const { result, moodle } = await runOperation('list_notifications', { limit: 2, offset: 4 }, {
      functions: { message_popup_get_popup_notifications: () => ({ notifications: [one(3), one(2), one(1)], unreadcount: 7 }) },
    });
    assert.deepEqual(moodle.requests[1].calls[0].args, { useridto: 6, newestfirst: true, limit: 3, offset: 4 });
    assert.deepEqual(result.coverage, { returned: 2, offset: 4, more: true });
    assert.deepEqual([result.unread, result.notifications[0]], [7, {
      id: 3, time: LOCAL, read: false, subject: 'R&D: new', text: 'Post', from: 'mod_forum', kind: 'posts',
      url: `${ROOT}/mod/forum/discuss.php?d=4`,
    }]);
  });
});

describe('Conversations', () => {
  test('list_conversations tells with whom, what came last and what is unread', async () => {
    const { result } = await runOperation('list_conversations', {}, {
      functions: {
        core_message_get_conversations: () => ({
          conversations: [{
            id: 65, type: 1, name: '', membercount: 2, unreadcount: 16,
            members: [{ id: 7, fullname: 'Zoë' }, { id: 6, fullname: 'Sam' }],
            messages: [{ id: 20, useridfrom: 7, text: '<p>Hi &amp; bye</p>', timecreated: TIME }],
          }, { id: 4, type: 3, members: [], messages: [], unreadcount: null, membercount: 1 }],
        }),
      },
    });
    assert.deepEqual(result.conversations, [
      {
        id: 65, kind: 'two_people', name: null, with: [{ id: 7, name: 'Zoë', you: false }], members: 2, unread: 16,
        last_message: { from_you: false, time: LOCAL, text: 'Hi & bye' },
      },
      { id: 4, kind: 'notes_to_self', name: null, with: [], members: 1, unread: 0, last_message: null },
    ]);
    assert.deepEqual(result.coverage, { returned: 2, offset: 0, more: false });
  });

  test('read_conversation names each message\'s author', async () => {
    const { result, moodle } = await runOperation('read_conversation', { conversation_id: 65, limit: 2 }, {
      functions: {
        core_message_get_conversation_messages: () => ({
          id: 65, members: [{ id: 7, fullname: 'Zoë' }],
          messages: [3, 2, 1].map((id) => ({ id, useridfrom: id === 2 ? 6 : 7, text: `<p>M${id}</p>`, timecreated: TIME })),
        }),
      },
    });
    assert.deepEqual(moodle.requests[1].calls[0].args, { currentuserid: 6, convid: 65, newest: true, limitnum: 3, limitfrom: 0 });
    assert.deepEqual(result.messages.map(({ id, from, text }) => [id, from.name, from.you, text]), [
      [3, 'Zoë', false, 'M3'], [2, null, true, 'M2'],
    ]);
    assert.deepEqual(result.coverage, { returned: 2, offset: 0, more: true });
  });
});
