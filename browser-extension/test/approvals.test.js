import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { A, B, newCommandWorld } from './command-world.js';
import { Commands } from '../src/bridge/commands.js';
import { Journal } from '../src/bridge/journal.js';
import { REFUSE_ALL } from '../src/bridge/approvals.js';
import { settled } from './fakes.js';

const MINUTE = 60_000;

describe('A write that needs approval', () => {
  let world;
  let clock;
  let started;
  let questions;

  const run = (id, more) => world.run(id, more);
  const runWrite = (id, more) => world.runWrite(id, more);
  const decide = (decision) => world.decide(decision);
  const dataOf = (id) => world.dataOf(id);
  const namesOf = (entries) => entries.map(({ command }) => command);

  beforeEach(() => {
    world = newCommandWorld();
    world.policy = 'ask';
    ({ clock, started, questions } = world);
  });

  test('goes through its steps in order', async () => {
    await runWrite('w', { arguments: { text: 'Hello' } });
    assert.deepEqual([world.order, world.told], [['policy', 'ask', 'approval'], ['w']]);
    assert.deepEqual([questions[0].command.arguments, questions[0].site], [{ text: 'Hello' }, A]);
    await clock.pass(9 * MINUTE);
    assert.deepEqual(world.replies, []);
    await decide('approved');
    assert.deepEqual([world.order.slice(3), await world.journal()], [['claim'], []]);
    await world.answerClaim();
    assert.deepEqual(await world.journal(), [{ command: 'w', outcome: 'claimed' }]);
    started[0].resolve({ n: 1 });
    await settled();
    assert.deepEqual(world.order, ['policy', 'ask', 'approval', 'claim', 'act', 'reply']);
    assert.deepEqual(world.replies, [{ jsonrpc: '2.0', id: 'w', result: { n: 1 } }]);
    assert.deepEqual([await world.journal(), clock.pending], [[{ command: 'w', outcome: 'done' }], 0]);
  });

  for (const decision of ['rejected', undefined, null, true, 'APPROVED', 'toString']) {
    test(`is rejected when the decision is ${decision}`, async () => {
      await runWrite('w');
      await decide(decision);
      assert.deepEqual(dataOf('w'), { reason: 'rejected', site: A.site });
      assert.deepEqual([started, world.claims, await world.journal(), clock.pending], [[], [], [], 0]);
    });
  }

  test('does nothing when the question cannot be put', async () => {
    await runWrite('w');
    questions[0].reject(new Error('No window.'));
    await settled();
    assert.deepEqual([dataOf('w'), world.claims], [{ reason: 'internal' }, []]);
  });

  for (const policy of ['refuse', undefined, true, 'ALLOW']) {
    test(`is rejected without a question when the policy says ${policy}`, async () => {
      world.policy = policy;
      await runWrite('w');
      assert.deepEqual(dataOf('w'), { reason: 'rejected', site: A.site });
      assert.deepEqual(world.order, ['policy', 'reply']);
    });
  }

  for (const [what, approvals] of [['nobody to ask', {}], ['what the extension has now', { approvals: REFUSE_ALL }]]) {
    test(`is rejected with ${what}, and nobody hears of a question`, async () => {
      const write = { name: 'write', sideEffect: 'write', on: 'one', run: async () => { started.push({}); return {}; } };
      world.commands = new Commands({
        operations: new Map([['write', write]]), sites: async () => [A], tools: {}, clock,
        journal: new Journal(world.local, async () => 'https://service.example'), ...approvals,
      });
      await runWrite('w');
      assert.deepEqual([dataOf('w').reason, world.order, started], ['rejected', ['reply'], []]);
    });
  }

  test('holds no turn while the person thinks, and queues again afterwards', async () => {
    for (const id of ['w1', 'w2', 'w3']) await runWrite(id);
    assert.deepEqual(namesOf(questions.map(({ command }) => ({ command: command.id }))), ['w1', 'w2', 'w3']);
    for (const id of ['r1', 'r2', 'r3']) await run(id, { site: A.site, arguments: { id } });
    assert.deepEqual(started.map(({ args }) => args.id), ['r1', 'r2']);
    questions[1].resolve('approved');
    await settled();
    assert.deepEqual(world.claims, []);
    started[0].resolve({});
    await settled();
    assert.deepEqual([started.map(({ args }) => args.id), world.claims], [['r1', 'r2', 'r3'], []]);
    started[1].resolve({});
    await settled();
    assert.deepEqual(namesOf(world.claims), ['w2']);
  });

  test('is not refused as busy once the person approved', async () => {
    await runWrite('w');
    for (let i = 0; i < 33; i += 1) await run(`r${i}`, { site: A.site });
    assert.equal(dataOf('r32').reason, 'busy');
    await decide('approved');
    assert.equal(dataOf('w'), undefined);
    for (let i = 0; i < 32; i += 1) {
      started[i].resolve({});
      await settled();
    }
    assert.deepEqual(namesOf(world.claims), ['w']);
  });

  test('is busy when 32 questions are open, and asked when one of them is over', async () => {
    for (let i = 0; i < 33; i += 1) await runWrite(`w${i}`, { site: i % 2 ? A.site : B.site });
    assert.deepEqual([questions.length, dataOf('w32')], [32, { reason: 'busy', site: B.site }]);
    questions[7].resolve('rejected');
    await settled();
    await runWrite('again');
    assert.equal(questions.length, 33);
  });

  test('expires after ten minutes, and its question is taken back', async () => {
    await runWrite('w');
    await clock.pass(10 * MINUTE - 1);
    assert.deepEqual([dataOf('w'), questions[0].signal.aborted], [undefined, false]);
    await clock.pass(1);
    assert.deepEqual(dataOf('w'), { reason: 'expired', site: A.site, detail: 'approval' });
    assert.equal(questions[0].signal.aborted, true);
    await decide('approved');
    assert.deepEqual([world.claims, world.replies.length, clock.pending], [[], 1, 0]);
  });

  test('expires while it is asked when its own time is over sooner', async () => {
    await runWrite('w', { remainingMs: 30_000 });
    await clock.pass(30_000);
    assert.deepEqual(dataOf('w'), { reason: 'expired', site: A.site, detail: 'approval' });
    assert.equal(questions[0].signal.aborted, true);
  });

  test('has the rest of its time, not ten minutes anew, once approved', async () => {
    for (const id of ['1', '2']) await run(id, { site: A.site, remainingMs: 3_600_000 });
    await runWrite('w');
    started[0].resolve({});
    await settled();
    await run('3', { site: A.site, remainingMs: 3_600_000 });
    await clock.pass(9 * MINUTE);
    await decide('approved');
    await clock.pass(2 * MINUTE);
    assert.deepEqual([dataOf('w'), world.claims], [{ reason: 'expired', site: A.site }, []]);
  });

  for (const [what, sites, data] of [
    ['removed', [B], { reason: 'unknown_site', sites: [B.site] }],
    ['used as somebody else', [{ ...A, userId: 7 }, B], { reason: 'site_changed_user', site: A.site }],
  ]) {
    test(`does nothing when the site was ${what} meanwhile`, async () => {
      world.sites = [{ ...A, userId: 6 }, B];
      await runWrite('w');
      world.sites = sites;
      await decide('approved');
      assert.deepEqual([dataOf('w'), world.claims, started], [data, [], []]);
    });
  }

  test('on no site in particular is asked as well', async () => {
    await run('d', { tool: 'destroy', sideEffect: 'destructive', remainingMs: 660_000 });
    assert.deepEqual([questions[0].site, started], [null, []]);
    await decide('approved');
    await world.answerClaim();
    assert.deepEqual([started.length, world.replies], [1, [{ jsonrpc: '2.0', id: 'd', result: {} }]]);
  });
});
