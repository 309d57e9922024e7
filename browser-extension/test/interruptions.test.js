import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { A, newCommandWorld } from './command-world.js';
import { settled } from './fakes.js';

const MINUTE = 60_000;

describe('A write that is cancelled at any moment', () => {
  const never = new Promise(() => {});
  let world;

  beforeEach(() => { world = newCommandWorld(); });

  test('frees its turn while the policy is looked up', async () => {
    world.hold.policy = never;
    for (const id of ['w1', 'w2']) await world.runWrite(id);
    await world.run('r', { site: A.site });
    world.commands.cancel('w1');
    await settled();
    assert.deepEqual([world.dataOf('w1'), world.started.length], [{ reason: 'cancelled' }, 1]);
  });

  test('asks for no claim after the sites were looked up again', async () => {
    let goOn;
    world.policy = 'ask';
    await world.runWrite('w');
    world.hold.sites = new Promise((resolve) => { goOn = resolve; });
    await world.decide('approved');
    world.commands.cancel('w');
    goOn();
    await settled();
    assert.deepEqual([world.claims, world.dataOf('w')], [[], { reason: 'cancelled' }]);
  });

  for (let ticks = 0; ticks < 12; ticks += 1) {
    test(`puts no question, ${ticks} turns of the event queue after the policy was known`, async () => {
      let goOn;
      world.policy = 'ask';
      world.hold.policy = new Promise((resolve) => { goOn = resolve; });
      await world.runWrite('w');
      goOn();
      for (let i = 0; i < ticks; i += 1) await null;
      world.commands.cancel('w');
      await settled();
      assert.deepEqual(world.dataOf('w'), { reason: 'cancelled' });
      assert.ok(world.questions.every(({ wasLate, signal }) => !wasLate && signal.aborted));
      assert.equal(world.told.length, world.questions.length);
    });

    test(`acts wholly or not at all, ${ticks} turns of the event queue after the claim was granted`, async () => {
      await world.runWrite('w');
      world.claims[0].resolve({ granted: true });
      for (let i = 0; i < ticks; i += 1) await null;
      world.commands.cancel('w');
      await settled();
      const acts = world.dataOf('w') === undefined;
      assert.equal(world.started.length, acts ? 1 : 0);
      assert.ok(world.started.every(({ signal }) => !signal.aborted));
      assert.deepEqual(await world.journal(), acts ? [{ command: 'w', outcome: 'claimed' }] : []);
    });
  }
});

/** How far a write is, in order, and how it gets there from the step before. */
const STEPS = [
  { step: 'waits for its turn', reach: async (world) => {
    for (const id of ['r1', 'r2']) await world.run(id, { site: A.site, remainingMs: 3_600_000 });
    await world.runWrite('w');
  } },
  { step: 'is asked', reach: async (world) => {
    world.started[0].resolve({});
    await settled();
    await world.run('r3', { site: A.site, remainingMs: 3_600_000 });
  } },
  { step: 'waits for its turn again', reach: (world) => world.decide('approved') },
  { step: 'waits for its claim', reach: async (world) => {
    world.started[1].resolve({});
    await settled();
  } },
  { step: 'is being noted', acts: true, reach: async (world) => {
    const { set } = world.local;
    world.local.set = (key, value) => new Promise((resolve) => {
      world.note = async () => {
        world.local.set = set;
        resolve(await set(key, value));
        await settled();
      };
    });
    await world.answerClaim();
  } },
  { step: 'acts', acts: true, noted: true, reach: (world) => world.note() },
];

/** Does what is left for a write to come to its end. */
async function goOn(world) {
  world.questions.forEach(({ resolve }) => resolve('approved'));
  await world.note?.();
  for (let i = 0; i < 4; i += 1) {
    world.started.forEach(({ resolve }) => resolve({}));
    world.claims.forEach(({ resolve }) => resolve({ granted: true }));
    await settled();
  }
}

describe('A write that is interrupted', () => {
  for (const [index, { step, acts = false, noted = false }] of STEPS.entries()) {
    const reachStep = async () => {
      const world = newCommandWorld();
      world.policy = 'ask';
      for (const { reach } of STEPS.slice(0, index + 1)) await reach(world);
      const steps = { claims: index >= 3 ? 1 : 0, questions: index >= 1 ? 1 : 0 };
      assert.deepEqual([world.claims.length, world.questions.length], [steps.claims, steps.questions]);
      return world;
    };

    for (const [what, reason, interrupt] of [
      ['cancelled', 'cancelled', (world) => world.commands.cancel('w')],
      ['left by its connection', 'cancelled', (world) => world.commands.cancelAll()],
      ['over', 'expired', (world) => world.clock.pass(11 * MINUTE)],
    ]) {
      const end = acts ? 'goes on to its end' : 'ends at once and never acts';
      test(`${end} when it is ${what} while it ${step}`, async () => {
        const world = await reachStep();
        await interrupt(world);
        await settled();
        const ended = world.replies.filter(({ id }) => id === 'w');
        assert.deepEqual(ended.map(({ error }) => error.data.reason), acts ? [] : [reason]);
        assert.ok(world.questions.every(({ signal }) => signal.aborted === !acts));
        const asked = world.claims.length;
        await goOn(world);
        assert.equal(world.claims.length, asked, 'no claim is asked for after the end');
        assert.deepEqual(await world.journal(), acts ? [{ command: 'w', outcome: 'done' }] : []);
        assert.equal(world.replies.filter(({ id }) => id === 'w').length, 1);
        assert.equal(world.clock.pending, 0);
        await runs(world, 'after');
      });
    }

    test(`is in the journal ${noted ? 'as claimed' : 'not at all'} when its worker ended while it ${step}`, async () => {
      const world = await reachStep();
      const journal = noted ? [{ command: 'w', outcome: 'claimed' }] : [];
      assert.deepEqual(await world.journal(), journal);
      world.commands = world.newCommands();
      world.policy = 'allow';
      const before = { started: world.started.length, claims: world.claims.length };
      await world.runWrite('w');
      assert.equal(world.claims.length, before.claims + 1);
      if (!noted) return;
      await world.answerClaim();
      assert.deepEqual([world.started.length, world.dataOf('w')], [before.started, { reason: 'internal', detail: 'ran_before' }]);
      assert.deepEqual(await world.journal(), journal);
    });
  }

  /** What was interrupted left its turns free. */
  async function runs(world, id) {
    world.policy = 'allow';
    for (const number of [1, 2]) {
      const { length } = world.started;
      await world.run(`${id}${number}`, { site: A.site });
      assert.equal(world.started.length, length + 1, 'a turn is free');
    }
  }
});
