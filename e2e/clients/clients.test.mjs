/** Clients that others wrote, against the real service: each lists the tools and calls one with an API key. */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { INSPECTORS, schemaFindings } from './inspector.mjs';
import { FRAMEWORKS } from './frameworks.mjs';
import { TYPESCRIPT } from './typescript.mjs';
import { COURSES, PROGRESS, World } from './world.mjs';
import { assertTraffic, isStreamedCall, told } from './traffic.mjs';
import { messageOf, until } from '../lib/until.mjs';

const LANE_MS = 8 * 60_000;
const CLIENT_MS = 120_000;
const STREAM_MS = 60_000;
const PROGRESS_MS = 10_000;
/** @type {import('./client.mjs').McpClient[]} */
const CLIENTS = [...TYPESCRIPT, ...FRAMEWORKS, ...INSPECTORS];
const TOOLS = ['get_course', 'get_status', 'list_courses', 'list_files', 'read_file'];

/** @typedef {import('./client.mjs').McpClient} McpClient */

describe('A client', { timeout: LANE_MS }, () => {
  const world = new World();

  /**
   * The answer is held back until it has begun as a stream, and what the browser told meanwhile has come.
   * @param {McpClient} client
   * @param {number} offset that makes the call known
   */
  async function takeSlowAnswer(client, offset) {
    const release = world.hold(offset);
    const session = await client.connect(world);
    let hasProgress = client.tellsProgress !== true;
    const answer = session.callTool('list_courses', { limit: 5, offset }, ({ message }) => {
      hasProgress ||= message === PROGRESS.message;
    });
    const streamed = until('stream', () => world.recorder.exchanges.some((it) => isStreamedCall(it, offset)), { ms: STREAM_MS })
      .then(() => until('progress', () => hasProgress, { ms: PROGRESS_MS })).finally(release);
    const [text] = await Promise.all([answer, streamed]).finally(() => session.close());
    assert.ok(text.includes(JSON.stringify(COURSES.courses)), text);
  }

  before(() => world.start());
  after(() => world.end());

  for (const client of CLIENTS) {
    test(`${client.name} lists the tools and calls one`, { timeout: CLIENT_MS }, async (t) => {
      const start = performance.now();
      world.recorder.take();
      const session = await client.connect(world);
      try {
        const names = await session.toolNames();
        assert.deepEqual(TOOLS.filter((tool) => !names.includes(tool)), []);
        const asked = world.commands.length;
        const text = await session.callTool('list_courses', { limit: 5 });
        assert.deepEqual(world.commands.slice(asked).map((command) => command.arguments), [{ limit: 5 }]);
        assert.ok(text.includes(JSON.stringify(COURSES.courses)), text);
      } finally {
        await session.close();
      }
      const exchanges = world.recorder.take();
      t.diagnostic(`${client.name}: ${Math.round(performance.now() - start)} ms; ${told(exchanges)}`);
      assertTraffic(client, exchanges);
    });

    test(`${client.name} says that a key is wrong`, { timeout: CLIENT_MS }, async () => {
      world.recorder.take();
      const stranger = { url: world.url, key: world.wrongKey, folder: world.folder.bind(world) };
      await assert.rejects(connectAndList(client, stranger), (/** @type {any} */ error) => {
        assert.match(error.message, client.refusal);
        return true;
      });
      assert.equal(world.recorder.take()[0]?.status, 401);
    });
  }

  test('of any kind takes a slow answer as a stream', { timeout: CLIENT_MS }, async () => {
    world.recorder.take();
    const ends = await Promise.allSettled(CLIENTS.map((client, index) => takeSlowAnswer(client, index + 1)));
    const failed = ends.flatMap((end, index) =>
      end.status === 'rejected' ? [`${CLIENTS[index]?.name}: ${messageOf(end.reason)}`] : []);
    assert.deepEqual(failed, []);
  });

  for (const client of INSPECTORS) {
    test(`${client.name} lists the prompts and the resource templates`, { timeout: CLIENT_MS }, async () => {
      const session = await client.connect(world);
      const prompts = await session.prompts?.() ?? [];
      const templates = await session.resourceTemplates?.() ?? [];
      assert.ok(prompts.length >= 4, JSON.stringify(prompts));
      assert.ok(templates.some(({ uriTemplate }) => uriTemplate.startsWith('moodle://')), JSON.stringify(templates));
    });
  }

  test('finds nothing in the schemas of the tools that another host would refuse', { timeout: CLIENT_MS }, async () => {
    assert.deepEqual(await schemaFindings(world), []);
  });
});

/**
 * @param {McpClient} client
 * @param {import('./client.mjs').Server} server
 */
async function connectAndList(client, server) {
  const session = await client.connect(server);
  try {
    await session.toolNames();
  } finally {
    await session.close();
  }
}

