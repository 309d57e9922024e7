import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { AFTER_READING_MS, Reading } from '../src/approval/reading.js';
import { Activity, LONGEST } from '../src/activity.js';
import { ApprovalWindow } from '../src/approval/window.js';
import { Choices } from '../src/approval/choices.js';
import { FakeClock, MemoryArea, settled } from './fakes.js';
import { Failure } from '../src/failure.js';
import { OPERATIONS } from '../src/operations/index.js';
import { Questions, TOO_SOON_MS, decisionOf } from '../src/approval/questions.js';
import { isOwnPage } from '../src/messages.js';

const SITE = { site: 'a.example', url: 'https://a.example' };
const command = (tool, id = 'c1') => ({
  id, tool, arguments: { text: 'secret words' }, remainingMs: 660_000, sideEffect: 'write',
});
const FILE = { name: 'a.txt', bytes: 3, sha256: 'f'.repeat(64) };

describe('The questions', () => {
  let clock;
  let reading;
  let choices;
  let activity;
  let kept;
  let moved;
  let shows;
  let questions;

  beforeEach(() => {
    clock = new FakeClock();
    reading = new Reading(clock.now);
    choices = new Choices(new MemoryArea(), new MemoryArea());
    activity = new Activity(new MemoryArea(), () => new Date(clock.now()));
    kept = [];
    moved = [];
    shows = 0;
    questions = new Questions({
      operations: OPERATIONS,
      choices,
      reading,
      now: clock.now,
      show: () => { shows += 1; },
      changed: () => {},
      files: { names: async () => kept, move: async (from, to) => { moved.push(to); }, drop: async () => { kept = []; } },
      note: (one, site, step) => { void activity.step(one, site, step); },
    });
  });

  /** Asks, and gives the question and what becomes of it. */
  async function ask(tool = 'post_reply', { shown = {}, id, signal = new AbortController().signal } = {}) {
    const answer = { now: null };
    questions.ask(command(tool, id), SITE, signal, { shown, plan: { inner: 1 } })
      .then((decision) => { answer.now = decision; }, (error) => { answer.now = error; });
    await settled();
    return { question: questions.list().at(-1), answer };
  }

  /** Decides after the person had the time to read. */
  async function decide(question, decision, files = []) {
    questions.seen(question.id);
    clock.time += TOO_SOON_MS;
    await questions.decide(question.id, decision, files);
    await settled();
  }

  const problemOf = (promise) => promise.then(() => null, ({ problem }) => problem);

  test('open the window, and hold what the person is to see and nothing else', async () => {
    const { question, answer } = await ask('post_reply', { shown: { lines: [{ name: 'subject', value: 'Re' }] } });
    assert.equal(shows, 1);
    assert.deepEqual(question, {
      id: question.id, tool: 'post_reply', site: 'a.example', asked: clock.now(), until: clock.now() + 600_000,
      canAlways: true, afterReading: false, shown: { lines: [{ name: 'subject', value: 'Re' }] },
    });
    assert.notEqual(question.id, 'c1');
    assert.equal(answer.now, null);
  });

  test('are decided once', async () => {
    const { question, answer } = await ask();
    await decide(question, 'approve');
    assert.equal(answer.now, 'approved');
    assert.deepEqual(questions.list(), []);
    assert.equal(await problemOf(questions.decide(question.id, 'deny', [])), 'decision_gone');
  });

  test('are decided once by two clicks at the same time', async () => {
    const { question, answer } = await ask();
    questions.seen(question.id);
    clock.time += TOO_SOON_MS;
    const both = ['deny', 'approve'].map((decision) => problemOf(questions.decide(question.id, decision, [])));
    assert.deepEqual(await Promise.all(both), [null, 'decision_gone']);
    await settled();
    assert.equal(answer.now, 'rejected');
  });

  test('are not decided before they were seen, nor in the first moment after', async () => {
    const { question, answer } = await ask();
    clock.time += 60_000;
    assert.equal(await problemOf(questions.decide(question.id, 'approve', [])), 'decision_too_soon');
    questions.seen(question.id);
    clock.time += TOO_SOON_MS - 1;
    for (const decision of ['approve', 'always', 'deny']) {
      assert.equal(await problemOf(questions.decide(question.id, decision, [])), 'decision_too_soon');
    }
    assert.equal(answer.now, null);
    clock.time += 1;
    await questions.decide(question.id, 'deny', []);
    await settled();
    assert.equal(answer.now, 'rejected');
  });

  test('are not decided by guessing an id or a word', async () => {
    const { answer } = await ask();
    for (const id of ['c1', '', 'undefined']) {
      questions.seen(id);
      assert.equal(await problemOf(questions.decide(id, 'approve', [])), 'decision_gone');
    }
    for (const word of ['approved', 'yes', '', undefined, null, true]) assert.throws(() => decisionOf(word));
    assert.equal(answer.now, null);
  });

  test('disappear when nobody waits any more', async () => {
    const controller = new AbortController();
    const { question, answer } = await ask('post_reply', { signal: controller.signal });
    controller.abort(new Failure('cancelled'));
    await settled();
    assert.deepEqual([answer.now.reason, questions.list()], ['cancelled', []]);
    assert.equal(await problemOf(questions.decide(question.id, 'approve', [])), 'decision_gone');
  });

  test('wait side by side, each with its own decision', async () => {
    const first = await ask('post_reply', { id: 'c1' });
    const second = await ask('send_message', { id: 'c2' });
    assert.deepEqual(questions.list().map(({ tool }) => tool), ['post_reply', 'send_message']);
    await decide(second.question, 'deny');
    assert.deepEqual([first.answer.now, second.answer.now, questions.count], [null, 'rejected', 1]);
  });

  test('let a person allow a kind on a site, where that may be', async () => {
    assert.equal(await questions.policy(command('mark_read'), SITE), 'ask');
    await decide((await ask('mark_read')).question, 'always');
    assert.equal(await questions.policy(command('mark_read'), SITE), 'allow');
    assert.equal(await questions.policy(command('mark_read'), { ...SITE, site: 'b.example' }), 'ask');
    assert.equal(await questions.policy(command('set_completion'), SITE), 'ask');
    for (const tool of ['send_message', 'delete_event']) {
      const { question } = await ask(tool);
      assert.equal(question.canAlways, false);
      questions.seen(question.id);
      clock.time += TOO_SOON_MS;
      assert.equal(await problemOf(questions.decide(question.id, 'always', [])), 'decision_not_allowed');
      await choices.choose(SITE.site, tool, 'allow');
      assert.equal(await questions.policy(command(tool), SITE), 'ask');
    }
  });

  test('are asked of what others see after text was read, though it was allowed', async () => {
    await choices.choose(SITE.site, 'post_reply', 'allow');
    assert.equal(await questions.policy(command('post_reply'), SITE), 'ask', 'a worker that just started');
    assert.equal((await ask()).question.afterReading, true);
    clock.time += AFTER_READING_MS;
    assert.equal(await questions.policy(command('post_reply'), SITE), 'allow');
    reading.began({ tool: 'list_discussions', sideEffect: 'read-marks' });
    assert.equal(await questions.policy(command('post_reply'), SITE), 'ask');
  });

  test('are not asked of what is no write, on no site, or unknown', async () => {
    assert.equal(await questions.policy(command('post_reply'), null), 'refuse');
    assert.equal(await questions.policy(command('no_such_tool'), SITE), 'refuse');
    assert.equal(await questions.ask(command('no_such_tool'), SITE, new AbortController().signal, { shown: {} }), 'rejected');
  });

  test('take the files that were shown, as many as Moodle takes, and no others', async () => {
    const { question, answer } = await ask('post_reply', { shown: { choose: { most: 1, bytes: 0, accepted: [] } } });
    assert.equal(question.canAlways, false);
    questions.seen(question.id);
    clock.time += TOO_SOON_MS;
    const tryWith = (files) => problemOf(questions.decide(question.id, 'approve', files));
    assert.equal(await tryWith([]), 'decision_files_missing');
    kept = [FILE];
    assert.equal(await tryWith([{ ...FILE, sha256: '0'.repeat(64) }]), 'decision_files_missing');
    assert.equal(await tryWith([{ ...FILE, name: 'b.txt' }]), 'decision_files_missing');
    kept = [FILE, FILE];
    assert.equal(await tryWith([FILE, FILE]), 'decision_files_missing');
    kept = [FILE];
    assert.equal(await tryWith([FILE]), null);
    await settled();
    assert.deepEqual([answer.now, moved], ['approved', ['c1']]);
  });

  test('are decided once by two clicks, though files are looked at between', async () => {
    const { question, answer } = await ask('post_reply', { shown: { choose: { most: 1, bytes: 0, accepted: [] } } });
    kept = [FILE];
    questions.seen(question.id);
    clock.time += TOO_SOON_MS;
    const both = ['approve', 'approve'].map((decision) => problemOf(questions.decide(question.id, decision, [FILE])));
    assert.deepEqual(await Promise.all(both), [null, 'decision_gone']);
    await settled();
    assert.equal(answer.now, 'approved');
  });

  test('leave their steps in the log, without content', async () => {
    const { question } = await ask('post_reply', { shown: { texts: [{ name: 'message', text: 'secret words' }] } });
    await decide(question, 'deny');
    await activity.ended(command('post_reply'), SITE, new Failure('rejected'));
    const [entry, ...more] = await activity.entries();
    assert.deepEqual(more, []);
    assert.deepEqual({ ...entry, at: 0, asked: 0, decided: 0, ended: 0 }, {
      id: 'c1', at: 0, tool: 'post_reply', kind: 'write', site: 'a.example', asked: 0, decided: 0, decision: 'rejected',
      ended: 0, outcome: 'rejected',
    });
    assert.equal(JSON.stringify(entry).includes('secret'), false);
  });
});

test('The log keeps the last entries, and none after it was cleared', async () => {
  const area = new MemoryArea();
  const activity = new Activity(area, () => new Date(0));
  await Promise.all(Array.from({ length: LONGEST + 5 }, (_, i) => activity.began(command('get_course', `c${i}`))));
  const entries = await activity.entries();
  assert.deepEqual([entries.length, entries[0].id, entries.at(-1).id], [LONGEST, 'c5', `c${LONGEST + 4}`]);
  await activity.ended(command('get_course', 'c7'), null, null);
  await new Activity(area, () => new Date(0)).interrupted();
  const outcomes = (await activity.entries()).map(({ outcome }) => outcome);
  assert.deepEqual([outcomes[2], outcomes.filter((outcome) => outcome === 'interrupted').length], ['done', LONGEST - 1]);
  await activity.clear();
  assert.deepEqual(await activity.entries(), []);
});

test('The window is opened once, brought to the front, and opened anew after it was closed', async () => {
  const made = [];
  let isOpen = true;
  const windows = {
    create: async (options) => made.push(['create', options.url, options.type]) && { id: 7 },
    update: async (id) => {
      if (!isOpen) throw new Error('No window with this id.');
      made.push(['front', id]);
    },
    remove: async (id) => { made.push(['close', id]); },
  };
  const parts = { windows, memory: new MemoryArea(), getUrl: (path) => `chrome-extension://id/${path}` };
  const one = new ApprovalWindow(parts);
  await Promise.all([one.show(), one.show()]);
  await new ApprovalWindow(parts).show();
  isOpen = false;
  await one.show();
  const created = ['create', 'chrome-extension://id/approve/approve.html', 'popup'];
  assert.deepEqual(made, [created, ['front', 7], ['front', 7], created]);
  isOpen = true;
  await Promise.all([one.close(() => true), one.close(() => false), one.close(() => false), one.show()]);
  assert.deepEqual(made.slice(4), [['close', 7], created]);
});

test('Only the extension\'s own pages are heard', () => {
  const runtime = { id: 'own', getURL: () => 'chrome-extension://own/' };
  assert.equal(isOwnPage(runtime, { id: 'own', url: 'chrome-extension://own/approve/approve.html' }), true);
  for (const sender of [
    { id: 'own', url: 'https://moodle.example.edu/' }, { id: 'other', url: 'chrome-extension://own/approve/approve.html' },
    { url: 'chrome-extension://own.evil/' }, {},
  ]) assert.equal(isOwnPage(runtime, sender), false);
});
