/** Commands on two sites, with operations, a service and a person that do what a test says. */

import { Commands } from '../src/bridge/commands.js';
import { Journal } from '../src/bridge/journal.js';
import { FakeClock, MemoryArea, settled } from './fakes.js';

export const A = { site: 'a.example', url: 'https://a.example' };
export const B = { site: 'b.example/moodle', url: 'https://b.example/moodle' };

/** Everything that commands need; a test changes what it likes. Writes are allowed without asking. */
export function newCommandWorld() {
  const world = {
    clock: new FakeClock(),
    /** What began to act, each to be ended by the test. */
    started: [],
    replies: [],
    heard: [],
    claims: [],
    /** The commands whose approvals the service was told of. */
    told: [],
    /** What the person was asked, each to be decided by the test. */
    questions: [],
    /** What happened, in order. */
    order: [],
    policy: 'allow',
    /** What reading the sites or the policy waits for. */
    hold: { sites: null, policy: null },
    sites: [A, B],
    local: new MemoryArea(),
  };
  const { clock, started, replies, heard, claims, told, questions, order, local } = world;

  /** An operation that ends when the test says so. */
  const slow = {
    name: 'slow',
    sideEffect: 'read',
    on: 'one',
    run: (args, site, { signal }) => new Promise((resolve, reject) => {
      order.push('act');
      started.push({ args, site, resolve, reject, signal });
      signal.addEventListener('abort', () => reject(signal.reason));
    }),
  };
  const operations = [
    slow,
    { ...slow, name: 'write', sideEffect: 'write' },
    { name: 'destroy', sideEffect: 'destructive', on: 'all', run: async () => { started.push({}); return {}; } },
    { name: 'broken', sideEffect: 'read', on: 'all', run: async () => { throw new TypeError('secret'); } },
  ];
  const approvals = {
    policy: async () => {
      order.push('policy');
      await world.hold.policy;
      return world.policy;
    },
    ask: (command, site, signal) => new Promise((resolve, reject) => {
      order.push('ask');
      questions.push({ command, site, signal, resolve, reject, wasLate: signal.aborted });
    }),
  };

  /** Commands as a worker that starts anew has them: only what is on disk is left. */
  const newCommands = () => new Commands({
    operations: new Map(operations.map((operation) => [operation.name, operation])),
    sites: async () => {
      await world.hold.sites;
      return world.sites;
    },
    tools: {},
    clock,
    journal: new Journal(local, async () => 'https://service.example'),
    approvals,
    heard: (site, failure) => { heard.push([site.site, failure?.reason ?? null]); },
  });
  const service = {
    reply: (frame) => {
      order.push('reply');
      replies.push(frame);
    },
    approval: (command) => {
      order.push('approval');
      told.push(command);
    },
    claim: (command) => new Promise((resolve) => {
      order.push('claim');
      claims.push({ command, resolve });
    }),
  };

  return Object.assign(world, {
    commands: newCommands(),
    newCommands,
    run(id, more = {}) {
      void world.commands.run(
        { id, tool: 'slow', arguments: {}, remainingMs: 45_000, sideEffect: 'read', ...more }, service,
      );
      return settled();
    },
    runWrite: (id, more = {}) => world.run(id, {
      tool: 'write', sideEffect: 'write', site: A.site, remainingMs: 660_000, ...more,
    }),
    answerClaim(answer = { granted: true }) {
      claims.at(-1).resolve(answer);
      return settled();
    },
    decide(decision) {
      questions.at(-1).resolve(decision);
      return settled();
    },
    journal: () => new Journal(local, async () => 'https://service.example').entries(),
    dataOf: (id) => replies.find((frame) => frame.id === id)?.error?.data,
  });
}
