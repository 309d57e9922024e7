import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { Commands } from '../src/bridge/commands.js';
import { Failure } from '../src/failure.js';
import { FakeClock, settled } from './fakes.js';

const A = { site: 'a.example', url: 'https://a.example' };
const B = { site: 'b.example/moodle', url: 'https://b.example/moodle' };

describe('Commands', () => {
  let clock;
  let started;
  let replies;
  let commands;
  let sites;
  let heard;

  /** An operation that ends when the test says so. */
  const slow = {
    name: 'slow',
    sideEffect: 'read',
    on: 'one',
    run: (args, site, { signal }) => new Promise((resolve, reject) => {
      started.push({ args, site, resolve, reject, signal });
      signal.addEventListener('abort', () => reject(signal.reason));
    }),
  };
  const broken = { name: 'broken', sideEffect: 'read', on: 'all', run: async () => { throw new TypeError('secret'); } };

  const run = (id, more = {}) => {
    void commands.run({ id, tool: 'slow', arguments: {}, remainingMs: 45_000, sideEffect: 'read', ...more }, (frame) => {
      replies.push(frame);
    });
    return settled();
  };
  const dataOf = (id) => replies.find((frame) => frame.id === id)?.error?.data;

  beforeEach(() => {
    clock = new FakeClock();
    started = [];
    replies = [];
    heard = [];
    sites = [A, B];
    commands = new Commands({
      operations: new Map([['slow', slow], ['broken', broken]]),
      sites: async () => sites,
      tools: {},
      clock,
      heard: (site, failure) => { heard.push([site.site, failure?.reason ?? null]); },
    });
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
    sites = [A];
    await run('4');
    assert.equal(started[1].site, A);
    sites = [];
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

  test('how a command ended is told, but not that it was cancelled', async () => {
    for (const id of ['1', '2', '3']) await run(id, { site: A.site });
    started[0].resolve({});
    started[1].reject(new Failure('signed_out'));
    await settled();
    commands.cancelAll();
    await settled();
    assert.deepEqual(heard, [[A.site, null], [A.site, 'signed_out']]);
  });
});
