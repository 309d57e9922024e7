import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { readFileSync } from 'node:fs';
import { A, newCommandWorld } from './command-world.js';
import { Failure, MESSAGES } from '../src/failure.js';
import { settled } from './fakes.js';

const MINUTE = 60_000;

/** The reasons by which Moodle says no for certain, as the bridge protocol lists them. */
const REFUSALS = refusals();

function refusals() {
  const page = readFileSync(new URL('../../docs/reference/bridge-protocol.md', import.meta.url), 'utf8');
  const sentence = /A definite refusal is .*?had been claimed: (.*?)\./s.exec(page);
  assert.ok(sentence, 'The page names no definite refusals.');
  return [...sentence[1].matchAll(/`(\w+)`/g)].map(([, reason]) => reason);
}

describe('A write', () => {
  let world;
  let clock;
  let started;
  let replies;
  let claims;
  let commands;
  let local;

  const run = (id, more) => world.run(id, more);
  const runWrite = (id, more) => world.runWrite(id, more);
  const answerClaim = (answer) => world.answerClaim(answer);
  const journal = () => world.journal();
  const dataOf = (id) => world.dataOf(id);

  beforeEach(() => {
    world = newCommandWorld();
    ({ clock, started, replies, claims, commands, local } = world);
  });

  for (const [tool, sideEffect] of [['write', 'write'], ['destroy', 'destructive']]) {
    test(`of class ${sideEffect} acts only after its claim, and is noted before and after`, async () => {
      await runWrite('w', { tool, sideEffect });
      assert.deepEqual([claims.map(({ command }) => command), started.length, await journal()], [['w'], 0, []]);
      await answerClaim();
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
    test(`whose claim is answered with ${JSON.stringify(answer)} does nothing`, async () => {
      await runWrite('w');
      await answerClaim(answer);
      assert.deepEqual([started.length, await journal(), dataOf('w')], [0, [], data]);
    });
  }

  for (const [what, end, reason] of [
    ['cancelled', () => commands.cancel('w'), 'cancelled'],
    ['over', () => clock.pass(11 * MINUTE), 'expired'],
    ['left by its connection', () => commands.cancelAll(), 'cancelled'],
  ]) {
    test(`that is ${what} while it waits for its claim never acts, even if the claim is granted then`, async () => {
      await runWrite('w');
      await end();
      await settled();
      assert.equal(dataOf('w').reason, reason);
      await answerClaim();
      assert.deepEqual([started.length, await journal(), replies.length], [0, [], 1]);
    });

    test(`that is ${what} after it began goes on to its end`, async () => {
      await runWrite('w');
      await answerClaim();
      await end();
      assert.deepEqual([started[0].signal.aborted, replies], [false, []]);
      started[0].resolve({});
      await settled();
      assert.deepEqual(await journal(), [{ command: 'w', outcome: 'done' }]);
      assert.equal(replies.length, 1);
    });
  }

  test('that waits for its turn asks for its claim only then', async () => {
    for (const id of ['1', '2']) await run(id, { site: A.site });
    await runWrite('w');
    assert.equal(claims.length, 0);
    started[0].resolve({});
    await settled();
    assert.equal(claims.length, 1);
  });

  test('in the journal is never made again, also by a worker that starts anew', async () => {
    local.content.set('journal', [{ command: 'w', outcome: 'claimed' }]);
    await runWrite('w');
    await answerClaim();
    assert.deepEqual([started.length, dataOf('w')], [0, { reason: 'internal', detail: 'ran_before' }]);
  });

  test('that cannot be noted does not act', async () => {
    local.set = async () => { throw new Error('The disk is full.'); };
    await runWrite('w');
    await answerClaim();
    assert.deepEqual([started.length, dataOf('w')], [0, { reason: 'internal' }]);
  });

  for (const reason of Object.keys(MESSAGES)) {
    const outcome = REFUSALS.includes(reason) ? 'refused' : 'claimed';
    test(`that failed with ${reason} after it began is ${outcome} in the journal`, async () => {
      await runWrite('w');
      await answerClaim();
      await clock.pass(11 * MINUTE);
      started[0].reject(new Failure(reason, { site: A.site }));
      await settled();
      assert.deepEqual(await journal(), [{ command: 'w', outcome }]);
      assert.deepEqual(dataOf('w'), { reason, site: A.site });
    });
  }

  test('that failed by a defect after it began stays claimed', async () => {
    await runWrite('w');
    await answerClaim();
    started[0].reject(new TypeError('secret'));
    await settled();
    assert.deepEqual([await journal(), dataOf('w')], [[{ command: 'w', outcome: 'claimed' }], { reason: 'internal' }]);
  });

  test('whose end cannot be noted stays claimed, and its result is told', async () => {
    await runWrite('w');
    await answerClaim();
    local.set = async () => { throw new Error('The disk is full.'); };
    started[0].resolve({ n: 1 });
    await settled();
    assert.deepEqual(await journal(), [{ command: 'w', outcome: 'claimed' }]);
    assert.deepEqual(replies, [{ jsonrpc: '2.0', id: 'w', result: { n: 1 } }]);
  });
});
