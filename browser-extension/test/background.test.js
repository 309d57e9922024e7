/** The background as it is put together for a browser: the one place that says who decides about writes. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CONSENT_VERSION } from '../src/config.js';
import { FakeSocket, settled } from './fakes.js';
import { OPERATIONS } from '../src/operations/index.js';

const WRITE = 'write_a_note';
const COMMAND = '0123456789abcdef0123456789abcdef';
const WELCOME = { connection: 'c', heartbeatSeconds: 20, limits: { frameBytes: 1_048_576 } };

/** Listeners of the browser, which nobody calls. */
const event = { addListener: () => {} };

/** One storage area as the browser has it. */
function area(content) {
  const kept = new Map(Object.entries(content));
  return {
    get: async (key) => (kept.has(key) ? { [key]: structuredClone(kept.get(key)) } : {}),
    set: async (values) => { for (const [key, value] of Object.entries(values)) kept.set(key, structuredClone(value)); },
    remove: async (key) => { kept.delete(key); },
  };
}

/** A browser whose person agreed and signed in. */
function browser() {
  return {
    runtime: {
      onInstalled: event, onStartup: event, onMessage: event, onConnect: event,
      getPlatformInfo: async () => ({ os: 'linux' }),
      getManifest: () => ({ version: '0.1.0' }),
      getURL: (path) => `chrome-extension://id/${path}`,
    },
    alarms: { onAlarm: event, get: async () => undefined, create: async () => {} },
    permissions: { onAdded: event, onRemoved: event, contains: async () => false },
    identity: { getRedirectURL: () => 'https://id.chromiumapp.org/' },
    action: { setBadgeText: async () => {}, setBadgeBackgroundColor: async () => {}, setTitle: async () => {} },
    declarativeNetRequest: { updateSessionRules: async () => {} },
    i18n: { getMessage: (key) => key },
    windows: { create: async () => ({ id: 1 }), update: async () => {} },
    storage: {
      local: area({
        consent: { version: CONSENT_VERSION, at: '2026-11-22T09:30:00Z' },
        grant: { server: 'http://localhost', refresh: 'r', url: 'ws://localhost/ws' },
      }),
      session: area({ access: { token: 't', expires: Date.now() + 600_000 } }),
      managed: area({}),
    },
  };
}

test('no write is made in a browser unless its person decided so', async () => {
  const sockets = [];
  let written = 0;
  globalThis.chrome = browser();
  globalThis.WebSocket = class extends FakeSocket {
    constructor(url, protocols) {
      super(url, protocols);
      sockets.push(this);
    }
  };
  globalThis.addEventListener = () => {};
  const navigator = { userAgent: 'Chrome/156', locks: { request: (name, work) => work() } };
  Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true });
  OPERATIONS.set(WRITE, {
    name: WRITE, sideEffect: 'write', on: 'all', run: async () => { written += 1; return {}; },
  });

  await import('../src/background.js');
  await until(() => sockets.length > 0);
  const socket = sockets[0];
  socket.open();
  await until(() => socket.count('hello') > 0);
  socket.answer('hello', WELCOME);
  socket.receive({
    jsonrpc: '2.0', id: COMMAND, method: 'command/run',
    params: { tool: WRITE, arguments: {}, remainingMs: 600_000, sideEffect: 'write' },
  });
  const said = (frame) => frame.id === COMMAND || frame.params?.command === COMMAND;
  await until(() => socket.sent.some(said));
  await settled();
  socket.drop(4409);

  const [first, ...more] = socket.sent.filter(said);
  assert.deepEqual([first.error?.data?.reason ?? first.method, more], ['rejected', []]);
  assert.equal(written, 0);
});

/** @param {() => boolean} reached */
async function until(reached) {
  for (let i = 0; i < 1000 && !reached(); i += 1) await settled();
  assert.ok(reached(), 'It does not come to that');
}
