/** Clients that others wrote, logging in at the real service without a key; the person is played over HTTP. */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { LOGINS, Person } from './logins.mjs';
import { World } from './world.mjs';

const LANE_MS = 8 * 60_000;
const CLIENT_MS = 150_000;
const TOOLS = ['get_status', 'list_courses'];

describe('A client without a key', { timeout: LANE_MS }, () => {
  const world = new World();

  before(() => world.start());
  after(() => world.end());

  for (const login of LOGINS) {
    test(`${login.name} logs in`, { timeout: CLIENT_MS }, async (t) => {
      const start = performance.now();
      world.recorder.take();
      world.recorder.hidesDocuments = login.mustRegister === true;
      const person = new Person(world);

      const names = await login.run(world, person);

      if (names) assert.deepEqual(TOOLS.filter((tool) => !names.includes(tool)), []);

      const exchanges = world.recorder.take();
      assert.match(person.clientId, login.clientId);
      const registers = login.clientId.test('mcpc_');
      assert.equal(exchanges.some(({ path, status }) => path === '/register' && status === 201), registers, 'Whether it registered.');
      const given = exchanges.findIndex(({ path, status }) => path === '/token' && status === 200);
      assert.ok(given >= 0, 'It was given no token.');
      assert.ok(login.onlyLogsIn || exchanges.slice(given).some(({ path, status }) => path === '/mcp' && status === 200), 'It made no call with it.');
      t.diagnostic(`${login.name} logged in: ${Math.round(performance.now() - start)} ms; `
        + exchanges.map(({ method, path, status }) => `${method} ${path} ${status}`).join(', '));
    });
  }
});
