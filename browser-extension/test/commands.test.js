import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { A, B, newCommandWorld } from './command-world.js';
import { Failure } from '../src/failure.js';
import { settled } from './fakes.js';

describe('Commands', () => {
  let world;
  let clock;
  let started;
  let replies;
  let commands;

  const run = (id, more) => world.run(id, more);
  const dataOf = (id) => world.dataOf(id);

  beforeEach(() => {
    world = newCommandWorld();
    ({ clock, started, replies, commands } = world);
  });

  test('at most two run at a time on one site, in the order they came; other sites are not held up', async () => {
    for (const id of ['1', '2', '3', '4']) await run(id, { site: A.site, arguments: { n: id } });
    await run('5', { site: B.site, arguments: { n: '5' } });
    assert.deepEqual(started.map(({ args }) => args.n), ['1', '2', '5']);
    started[1].resolve({ ok: 2 });
    await settled();
    assert.deepEqual(started.map(({ args }) => args.n), ['1', '2', '5', '3']);
    assert.deepEqual(replies, [{ jsonrpc: '2.0', id: '2', result: { ok: 2 } }]);
  });

  test('too many waiting commands are refused as busy', async () => {
    for (let i = 0; i < 33; i += 1) await run(`c${i}`, { site: A.site });
    assert.deepEqual(replies.map(({ id }) => id), ['c32']);
    assert.deepEqual(dataOf('c32'), { reason: 'busy', site: A.site });
  });

  test('a cancelled command stops, waiting or running, and frees its place', async () => {
    for (const id of ['1', '2', '3', '4']) await run(id, { site: A.site, arguments: { n: id } });
    commands.cancel('3');
    commands.cancel('1');
    await settled();
    assert.deepEqual([dataOf('1').reason, dataOf('3').reason], ['cancelled', 'cancelled']);
    assert.equal(started[0].signal.aborted, true);
    assert.deepEqual(started.map(({ args }) => args.n), ['1', '2', '4']);
    commands.cancel('unknown');
  });

  test('a command expires when its time is over, also while it waits', async () => {
    for (const id of ['1', '2']) await run(id, { site: A.site, remainingMs: 1_000 });
    await run('3', { site: A.site, remainingMs: 500 });
    await run('4', { site: A.site, remainingMs: 0 });
    assert.equal(dataOf('4').reason, 'expired');
    await clock.pass(500);
    assert.deepEqual([dataOf('1'), dataOf('3')?.reason], [undefined, 'expired']);
    await clock.pass(500);
    assert.deepEqual(['1', '2', '3'].map((id) => dataOf(id).reason), ['expired', 'expired', 'expired']);
    assert.equal(started.length, 2);
    assert.equal(clock.pending, 0);
  });

  test('the end of the connection stops everything', async () => {
    for (const id of ['1', '2', '3']) await run(id, { site: A.site });
    commands.cancelAll();
    await settled();
    assert.equal(replies.length, 3);
    assert.equal(clock.pending, 0);
  });

  test('the site is the one named, else the only one', async () => {
    await run('1');
    assert.deepEqual(dataOf('1'), { reason: 'several_sites', sites: [A.site, B.site] });
    await run('2', { site: 'c.example' });
    assert.deepEqual(dataOf('2'), { reason: 'unknown_site', sites: [A.site, B.site] });
    await run('3', { site: 'https://B.example/moodle/' });
    assert.equal(started[0].site, B);
    world.sites = [A];
    await run('4');
    assert.equal(started[1].site, A);
    world.sites = [];
    await run('5');
    assert.deepEqual(dataOf('5'), { reason: 'no_site' });
    await run('6', { site: A.site });
    assert.deepEqual(dataOf('6'), { reason: 'no_site' });
  });

  test('unknown operations and other side effects are refused, a defect shows nothing of itself', async () => {
    await run('1', { tool: 'toString' });
    await run('2', { sideEffect: 'write', site: A.site });
    await run('3', { tool: 'broken' });
    assert.deepEqual(dataOf('1'), { reason: 'unknown_operation' });
    assert.deepEqual(dataOf('2'), { reason: 'invalid_arguments', detail: 'sideEffect' });
    assert.deepEqual(dataOf('3'), { reason: 'internal' });
    assert.equal(JSON.stringify(replies).includes('secret'), false);
  });

  test('a command id that is running already is not run again', async () => {
    await run('1', { site: A.site });
    await run('1', { site: A.site });
    assert.equal(started.length, 1);
    started[0].resolve({});
    await settled();
    await run('1', { site: A.site });
    assert.equal(started.length, 2);
  });

  test('a slow site holds neither another one nor a command on none', async () => {
    for (let i = 0; i < 5; i += 1) await run(`a${i}`, { site: A.site });
    await run('b', { site: B.site });
    await run('c', { tool: 'broken' });
    started.at(-1).resolve({ b: 1 });
    await settled();
    assert.deepEqual(replies.map(({ id }) => id), ['c', 'b']);
  });

  test('reads ask nobody for approval or a claim, and leave no trace', async () => {
    world.policy = 'refuse';
    await run('1', { site: A.site });
    started[0].resolve({});
    await settled();
    assert.deepEqual([world.order, await world.journal()], [['act', 'reply'], []]);
  });

  test('how a command ended is told, but not that it was cancelled', async () => {
    for (const id of ['1', '2', '3']) await run(id, { site: A.site });
    started[0].resolve({});
    started[1].reject(new Failure('signed_out'));
    await settled();
    commands.cancelAll();
    await settled();
    assert.deepEqual(world.heard, [[A.site, null], [A.site, 'signed_out']]);
  });
});
