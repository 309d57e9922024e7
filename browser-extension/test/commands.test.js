import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { Commands } from '../src/bridge/commands.js';
import { Failure } from '../src/failure.js';
import { Journal } from '../src/bridge/journal.js';
import { FakeClock, MemoryArea, settled } from './fakes.js';

const A = { site: 'a.example', url: 'https://a.example' };
const B = { site: 'b.example/moodle', url: 'https://b.example/moodle' };

describe('Commands', () => {
  let clock;
  let started;
  let replies;
  let commands;
  let sites;
  let heard;
  let claims;
  let local;

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
  /** Writes that exist in these tests only. */
  const write = { ...slow, name: 'write', sideEffect: 'write' };
  const destroy = {
    name: 'destroy', sideEffect: 'destructive', on: 'all', run: async () => { started.push({}); return {}; },
  };
  const broken = { name: 'broken', sideEffect: 'read', on: 'all', run: async () => { throw new TypeError('secret'); } };

  const run = (id, more = {}) => {
    void commands.run({ id, tool: 'slow', arguments: {}, remainingMs: 45_000, sideEffect: 'read', ...more }, {
      reply: (frame) => { replies.push(frame); },
      claim: (command) => new Promise((resolve) => { claims.push({ command, resolve }); }),
    });
    return settled();
  };
  const runWrite = (id, more = {}) => run(id, { tool: 'write', sideEffect: 'write', site: A.site, ...more });
  const answerClaim = (answer) => {
    claims.at(-1).resolve(answer);
    return settled();
  };
  const journal = () => new Journal(local).entries();
  const dataOf = (id) => replies.find((frame) => frame.id === id)?.error?.data;

  beforeEach(() => {
    clock = new FakeClock();
    started = [];
    replies = [];
    heard = [];
    claims = [];
    local = new MemoryArea();
    sites = [A, B];
    commands = new Commands({
      operations: new Map([slow, broken, write, destroy].map((operation) => [operation.name, operation])),
      sites: async () => sites,
      tools: {},
      clock,
      journal: new Journal(local),
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

  test('a slow site holds neither another one nor a command on none', async () => {
    for (let i = 0; i < 5; i += 1) await run(`a${i}`, { site: A.site });
    await run('b', { site: B.site });
    await run('c', { tool: 'broken' });
    started.at(-1).resolve({ b: 1 });
    await settled();
    assert.deepEqual(replies.map(({ id }) => id), ['c', 'b']);
  });

  test('reads ask for no claim and leave no trace', async () => {
    await run('1', { site: A.site });
    started[0].resolve({});
    await settled();
    assert.deepEqual([claims, await journal()], [[], []]);
  });

  for (const [tool, sideEffect] of [['write', 'write'], ['destroy', 'destructive']]) {
    test(`a ${sideEffect} acts only after its claim, and is noted before and after`, async () => {
      await runWrite('w', { tool, sideEffect });
      assert.deepEqual([claims.map(({ command }) => command), started.length, await journal()], [['w'], 0, []]);
      await answerClaim({ granted: true });
      assert.equal(started.length, 1);
      if (tool === 'write') {
        assert.deepEqual(await journal(), [{ command: 'w', outcome: 'claimed' }]);
        started[0].resolve({});
        await settled();
      }
      assert.deepEqual(await journal(), [{ command: 'w', outcome: 'done' }]);
      assert.deepEqual(replies, [{ jsonrpc: '2.0', id: 'w', result: {} }]);
    });
  }

  for (const [answer, data] of [
    [{ granted: false, reason: 'expired' }, { reason: 'expired' }],
    [{ granted: false, reason: 'cancelled' }, { reason: 'cancelled' }],
    [{ granted: false, reason: 'unknown_command' }, { reason: 'cancelled' }],
    [{ granted: false, reason: 'already_claimed' }, { reason: 'internal', detail: 'already_claimed' }],
    [{ granted: false, reason: 'toString' }, { reason: 'internal', detail: 'toString' }],
    [{ granted: 'yes' }, { reason: 'internal' }],
    [{}, { reason: 'internal' }],
  ]) {
    test(`a claim answered with ${JSON.stringify(answer)} means that nothing is done`, async () => {
      await runWrite('w');
      await answerClaim(answer);
      assert.deepEqual([started.length, await journal(), dataOf('w')], [0, [], data]);
    });
  }

  for (const [what, end, reason] of [
    ['cancelled', () => commands.cancel('w'), 'cancelled'],
    ['over', () => clock.pass(45_000), 'expired'],
    ['left by its connection', () => commands.cancelAll(), 'cancelled'],
  ]) {
    test(`a write that is ${what} while it waits for its claim never acts, even if the claim is granted then`, async () => {
      await runWrite('w');
      await end();
      await settled();
      assert.equal(dataOf('w').reason, reason);
      await answerClaim({ granted: true });
      assert.deepEqual([started.length, await journal(), replies.length], [0, [], 1]);
    });

    test(`a write that is ${what} after it began goes on to its end`, async () => {
      await runWrite('w');
      await answerClaim({ granted: true });
      await end();
      assert.deepEqual([started[0].signal.aborted, replies], [false, []]);
      started[0].resolve({});
      await settled();
      assert.deepEqual(await journal(), [{ command: 'w', outcome: 'done' }]);
      assert.equal(replies.length, 1);
    });
  }

  test('a write that waits for its turn asks for its claim only then', async () => {
    for (const id of ['1', '2']) await run(id, { site: A.site });
    await runWrite('w');
    assert.equal(claims.length, 0);
    started[0].resolve({});
    await settled();
    assert.equal(claims.length, 1);
  });

  test('a write that failed after it began stays claimed, with its own reason', async () => {
    await runWrite('w');
    await answerClaim({ granted: true });
    await clock.pass(60_000);
    started[0].reject(new Failure('unreachable', { site: A.site }));
    await settled();
    assert.deepEqual(await journal(), [{ command: 'w', outcome: 'claimed' }]);
    assert.deepEqual(dataOf('w'), { reason: 'unreachable', site: A.site });
  });

  test('a write in the journal is never made again, also by a worker that starts anew', async () => {
    local.content.set('journal', [{ command: 'w', outcome: 'claimed' }]);
    await runWrite('w');
    await answerClaim({ granted: true });
    assert.deepEqual([started.length, dataOf('w')], [0, { reason: 'internal', detail: 'ran_before' }]);
  });

  test('a write that cannot be noted does not act', async () => {
    local.set = async () => { throw new Error('The disk is full.'); };
    await runWrite('w');
    await answerClaim({ granted: true });
    assert.deepEqual([started.length, dataOf('w')], [0, { reason: 'internal' }]);
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
