import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { Activity } from '../src/activity.js';
import { Choices } from '../src/approval/choices.js';
import { A, newCommandWorld } from './command-world.js';
import { Commands } from '../src/bridge/commands.js';
import { Journal } from '../src/bridge/journal.js';
import { MemoryArea, settled } from './fakes.js';
import { OPERATIONS } from '../src/operations/index.js';
import { writeHandlers } from '../src/approval/page-handlers.js';

describe('The settings page', () => {
  let choices;
  let handlers;
  let changes;
  const managed = new MemoryArea();

  beforeEach(() => {
    managed.content.clear();
    changes = 0;
    choices = new Choices(new MemoryArea(), managed);
    handlers = writeHandlers({
      questions: { list: () => [] },
      choices,
      activity: new Activity(new MemoryArea(), () => new Date(0)),
      operations: OPERATIONS,
      sites: async () => [A],
      showWindow: async () => {},
      closeWindow: async () => {},
      changed: () => { changes += 1; },
    });
  });

  test('shows each kind of write for each site, and which can be allowed', async () => {
    const { kinds, sites } = await handlers.policy();
    const writes = [...OPERATIONS.values()].filter(({ write }) => write).map(({ name }) => name);
    assert.deepEqual(kinds.map(({ name }) => name), writes);
    assert.equal(kinds.find(({ name }) => name === 'send_message').canBeAllowed, false);
    assert.equal(kinds.find(({ name }) => name === 'mark_read').canBeAllowed, true);
    assert.deepEqual(sites, [{ site: A.site, choices: Object.fromEntries(writes.map((name) => [name, 'ask'])) }]);
  });

  test('changes a choice, and only one that there is', async () => {
    await handlers.chooseWrite({ site: A.site, operation: 'mark_read', choice: 'allow' });
    assert.equal((await choices.of(A.site, 'mark_read')).choice, 'allow');
    for (const wrong of [
      { site: A.site, operation: 'send_message', choice: 'allow' }, { site: A.site, operation: 'delete_event', choice: 'allow' },
      { site: 'other', operation: 'mark_read', choice: 'deny' }, { site: A.site, operation: 'get_course', choice: 'deny' },
      { site: A.site, operation: 'mark_read', choice: 'always' },
    ]) await assert.rejects(handlers.chooseWrite(wrong), TypeError);
    await handlers.chooseWrite({ site: A.site, operation: 'send_message', choice: 'deny' });
    assert.equal((await choices.of(A.site, 'send_message')).choice, 'deny');
  });

  test('shows what an administrator set', async () => {
    managed.content.set('readOnly', true).set('alwaysAsk', true).set('deniedWrites', ['send_message']);
    const { readOnly, kinds } = await handlers.policy();
    assert.equal(readOnly, true);
    assert.deepEqual(kinds.filter(({ denied }) => denied).map(({ name }) => name), ['send_message']);
    assert.equal(kinds.some(({ canBeAllowed }) => canBeAllowed), false);
    await handlers.setReadOnly({ readOnly: false });
    assert.equal((await choices.of(A.site, 'mark_read')).readOnly, true);
  });

  test('pauses and goes on, and takes nothing else for a yes', async () => {
    await handlers.setPaused({ paused: true });
    assert.deepEqual([(await handlers.policy()).paused, changes], [true, 1]);
    await handlers.setPaused({ paused: 'true' });
    assert.equal((await handlers.policy()).paused, false);
  });
});

test('A paused browser does nothing on a site, and says why', async () => {
  const world = newCommandWorld();
  let paused = true;
  const began = [];
  world.commands = new Commands({
    operations: new Map([['slow', { name: 'slow', sideEffect: 'read', on: 'one', run: async () => ({ ok: 1 }) }]]),
    sites: async () => world.sites,
    tools: {},
    clock: world.clock,
    journal: new Journal(world.local, async () => 'https://service.example'),
    isPaused: async () => paused,
    watch: { began: ({ id }) => began.push(id), ended: ({ id }, site, failure) => began.push(failure?.detail ?? `${id} done`) },
  });
  await world.run('r', { site: A.site });
  assert.deepEqual(world.dataOf('r'), { reason: 'rejected', site: A.site, detail: 'paused' });
  paused = false;
  await world.run('s', { site: A.site });
  await settled();
  assert.deepEqual(began, ['r', 'paused', 's', 's done']);
});
