import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AFTER_READING_MS, Reading } from '../src/approval/reading.js';
import { Choices } from '../src/approval/choices.js';
import { FakeClock, MemoryArea } from './fakes.js';
import { OPERATIONS } from '../src/operations/index.js';
import { badgeOf } from '../src/badge.js';
import { canBeAllowed, decide } from '../src/approval/policy.js';
import { visible } from '../src/approval/shown.js';

const writes = [...OPERATIONS.values()].filter(({ sideEffect }) => !sideEffect.startsWith('read'));
const free = { readOnly: false, choice: 'ask', alwaysAsk: false, denied: [], hasRead: false };

describe('The policy of writes', () => {
  test('knows of each write whether others see it and whether it can be allowed', () => {
    assert.ok(writes.length >= 6);
    for (const { name, write, propose } of writes) {
      assert.equal(typeof write?.outward, 'boolean', name);
      assert.equal(typeof write.standing, 'boolean', name);
      assert.equal(typeof propose, 'function', name);
    }
  });

  test('never allows messages, submissions and what destroys, whatever was chosen', () => {
    const always = writes.filter((operation) => decide(operation, { ...free, choice: 'allow' }) !== 'allow');
    const expected = ['send_message', 'submit_assignment', 'delete_event'].filter((name) => OPERATIONS.has(name));
    assert.deepEqual(always.map(({ name }) => name).sort(), expected.sort());
    for (const operation of always) assert.equal(canBeAllowed(operation), false);
    assert.equal(decide({ name: 'x', sideEffect: 'write' }, { ...free, choice: 'allow' }), 'ask');
    assert.equal(decide({ name: 'x', sideEffect: 'destructive', write: { outward: false, standing: true } },
      { ...free, choice: 'allow' }), 'ask');
  });

  test('asks for what others see after their text was read, in each of all circumstances', () => {
    for (const operation of writes) {
      for (const choice of ['ask', 'allow', 'deny']) {
        for (const readOnly of [true, false]) {
          for (const alwaysAsk of [true, false]) {
            for (const denied of [[], [operation.name], ['other']]) {
              for (const hasRead of [true, false]) {
                const decision = decide(operation, { readOnly, choice, alwaysAsk, denied, hasRead });
                const refuses = readOnly || choice === 'deny' || denied.includes(operation.name);
                assert.equal(decision === 'refuse', refuses);
                if (decision !== 'allow') continue;
                assert.ok(choice === 'allow' && !alwaysAsk && operation.write.standing);
                assert.ok(!(operation.write.outward && hasRead), operation.name);
              }
            }
          }
        }
      }
    }
  });
});

describe('Reading', () => {
  const read = { tool: 'read_discussion', sideEffect: 'read' };

  test('counts as recent when the worker starts, and for half an hour after each read', () => {
    const clock = new FakeClock();
    const reading = new Reading(clock.now);
    assert.equal(reading.isRecent, true);
    clock.time += AFTER_READING_MS;
    assert.equal(reading.isRecent, false);
    reading.began({ ...read, sideEffect: 'read-marks' });
    clock.time += AFTER_READING_MS - 1;
    assert.equal(reading.isRecent, true);
    clock.time += 1;
    assert.equal(reading.isRecent, false);
    reading.began({ tool: 'get_status', sideEffect: 'read' });
    reading.began({ tool: 'mark_read', sideEffect: 'write' });
    assert.equal(reading.isRecent, false);
    clock.time -= 1 + AFTER_READING_MS;
    assert.equal(reading.isRecent, true, 'the clock was set back');
  });

  test('is noted for every tool that reads, but one', () => {
    for (const { name, sideEffect } of [...OPERATIONS.values()].filter(({ write }) => !write)) {
      const clock = new FakeClock();
      const reading = new Reading(clock.now);
      clock.time += AFTER_READING_MS;
      reading.began({ tool: name, sideEffect });
      assert.equal(reading.isRecent, name !== 'get_status', name);
    }
  });
});

describe('Choices', () => {
  const managedBy = (values) => new Choices(new MemoryArea(), new MemoryArea(values));

  test('begin with asking, and are kept by site and operation', async () => {
    const local = new MemoryArea();
    const choices = new Choices(local, new MemoryArea());
    assert.deepEqual(await choices.of('a', 'mark_read'), { readOnly: false, choice: 'ask', alwaysAsk: false, denied: [] });
    await Promise.all([
      choices.choose('a', 'mark_read', 'allow'), choices.choose('a', 'post_reply', 'deny'), choices.setPaused(true),
    ]);
    const again = new Choices(local, new MemoryArea());
    assert.equal((await again.of('a', 'mark_read')).choice, 'allow');
    assert.equal((await again.of('a', 'post_reply')).choice, 'deny');
    assert.equal((await again.of('b', 'mark_read')).choice, 'ask');
    assert.equal((await again.kept()).paused, true);
    await again.forget('a');
    assert.equal((await again.of('a', 'mark_read')).choice, 'ask');
  });

  test('take nothing for a permission that is none', async () => {
    for (const policy of [7, { sites: 'x' }, { sites: { a: { mark_read: 'yes' } } }, { sites: { a: null } }]) {
      assert.equal((await new Choices(new MemoryArea({ policy }), new MemoryArea()).of('a', 'mark_read')).choice, 'ask');
    }
    assert.equal((await managedBy({}).of('constructor', 'name')).choice, 'ask');
  });

  test('yield to an administrator, and stand without one', async () => {
    const managed = managedBy({ readOnly: true, alwaysAsk: true, deniedWrites: ['send_message', 7] });
    assert.deepEqual(await managed.of('a', 'x'), { readOnly: true, choice: 'ask', alwaysAsk: true, denied: ['send_message'] });
    const none = new Choices(new MemoryArea(), { get: async () => { throw new Error('no managed storage'); } });
    assert.deepEqual(await none.managed(), { readOnly: false, alwaysAsk: false, denied: [] });
    assert.deepEqual(await managedBy({ readOnly: 'yes', deniedWrites: 'all' }).managed(), {
      readOnly: false, alwaysAsk: false, denied: [],
    });
  });
});

test('What is not seen in a text is made visible', () => {
  assert.equal(visible('a\u202Eb\u200Bc\u{E0041}d\u0000'), 'a⟨U+202E⟩b⟨U+200B⟩c⟨U+E0041⟩d⟨U+0000⟩');
  assert.equal(visible('line\r\ntwo\tnext 🧑‍🔬 می‌خواهم'), 'line\ntwo\tnext 🧑‍🔬 می‌خواهم');
});

test('The badge tells the most important first', () => {
  const calm = { state: 'connected', questions: 0, paused: false, working: 0 };
  const texts = [
    { ...calm, questions: 2, paused: true, state: 'signed_out', working: 3 }, { ...calm, state: 'signed_out', paused: true },
    { ...calm, paused: true, working: 1 }, { ...calm, state: 'waiting', working: 1 }, { ...calm, working: 1 }, calm,
  ].map((situation) => badgeOf(situation)).map(({ text, title }) => `${text} ${title.slice(6)}`);
  assert.deepEqual(texts, ['2 questions', '! person', 'II paused', ' offline', '… working', ' connected']);
});
