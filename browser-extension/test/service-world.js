/** A service that is a fake, and a connection to it. */

import assert from 'node:assert/strict';
import { Connection } from '../src/bridge/connection.js';
import { FakeClock, FakeSocket, MemoryArea, settled } from './fakes.js';

const WELCOME = { connection: 'c', heartbeatSeconds: 20, limits: { frameBytes: 2000 } };

/** Everything a connection needs; a test changes what it likes. */
export function newServiceWorld() {
  const world = {
    clock: new FakeClock(),
    sockets: [],
    memory: new MemoryArea(),
    pairing: { allowed: true, token: 't0', asked: [], error: null },
    sites: [],
    journal: [],
    ran: { run: [], cancelled: [], cancelledAll: 0 },
    alive: 0,
    random: 0.5,
  };
  const { clock, sockets, memory, pairing, ran } = world;
  const newConnection = () => new Connection({
    openSocket: (url, protocols) => {
      const socket = new FakeSocket(url, protocols);
      sockets.push(socket);
      return socket;
    },
    clock,
    random: () => world.random,
    memory,
    pairing: {
      isAllowed: async () => pairing.allowed,
      access: async ({ fresh }) => {
        pairing.asked.push(fresh);
        if (pairing.error) throw pairing.error;
        return pairing.token && { token: pairing.token, url: 'ws://localhost/ws' };
      },
      drop: async () => { pairing.token = null; },
    },
    greeting: async () => ({
      browser: { id: 'b', name: 'B' }, version: '0.1.0', sites: world.sites, operations: ['get_status'],
      journal: world.journal,
    }),
    sites: async () => world.sites,
    commands: {
      run: async (command, service) => { ran.run.push({ command, ...service }); },
      cancel: (id) => { ran.cancelled.push(id); },
      cancelAll: () => { ran.cancelledAll += 1; },
    },
    keepAlive: () => { world.alive += 1; },
  });
  return Object.assign(world, { newConnection });
}

/** Connects: the service takes the newest socket and answers hello. */
export async function connected(connection, sockets) {
  await connection.ensure();
  sockets.at(-1).open();
  sockets.at(-1).answer('hello', WELCOME);
  await settled();
  assert.equal(connection.state.state, 'connected');
}
