import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { delayAfter } from '../src/bridge/backoff.js';
import { connected, newServiceWorld } from './service-world.js';
import { settled } from './fakes.js';

describe('Connection', () => {
  let world;
  let clock;
  let sockets;
  let pairing;
  let ran;
  let connection;

  const newConnection = () => world.newConnection();
  const socket = () => sockets.at(-1);
  const connect = () => connected(connection, sockets);

  beforeEach(() => {
    world = newServiceWorld();
    ({ clock, sockets, pairing, ran } = world);
    connection = newConnection();
  });

  test('says hello on the subprotocol with its token and is connected once that is answered', async () => {
    await connection.ensure();
    assert.deepEqual(socket().protocols, ['moodle-mcp.v1', 'bearer.t0']);
    assert.equal(connection.state.state, 'connecting');
    socket().open();
    assert.equal(socket().sent[0].method, 'hello');
    assert.equal(connection.state.state, 'connecting');
    socket().answer('hello', {});
    await settled();
    assert.deepEqual(connection.state, { state: 'connected' });
  });

  test('opens one socket however often it is asked', async () => {
    await Promise.all([connection.ensure(), connection.ensure(), connection.ensure()]);
    await connection.ensure();
    assert.deepEqual([sockets.length, pairing.asked.length], [1, 1]);
  });

  test('connects nothing before the person agreed', async () => {
    pairing.allowed = false;
    await connection.ensure();
    assert.equal(connection.state.state, 'consent_needed');
    assert.deepEqual([sockets.length, pairing.asked.length], [0, 0]);
  });

  test('is signed out without a pairing', async () => {
    pairing.token = null;
    await connection.ensure();
    assert.equal(connection.state.state, 'signed_out');
    assert.equal(sockets.length, 0);
  });

  test('beats every 20 seconds and tells the browser that it is alive', async () => {
    await connect();
    for (let beat = 1; beat <= 4; beat += 1) {
      await clock.pass(20_000);
      assert.deepEqual([socket().count('ping'), world.alive], [beat, beat]);
      socket().answer('ping');
    }
    assert.equal(connection.state.state, 'connected');
  });

  test('abandons a socket that does not answer a heartbeat within 10 seconds', async () => {
    await connect();
    await clock.pass(29_999);
    assert.equal(connection.state.state, 'connected');
    await clock.pass(1);
    assert.equal(connection.state.state, 'waiting');
    assert.notEqual(sockets[0].closedWith, null);
    assert.equal(ran.cancelledAll, 1);
    await clock.pass(1_000);
    assert.equal(sockets.length, 2);
  });

  test('abandons a socket whose hello is not answered, or that never opens', async () => {
    await connection.ensure();
    socket().open();
    await clock.pass(10_000);
    assert.equal(connection.state.state, 'waiting');
    await clock.pass(1_000);
    assert.equal(sockets.length, 2);
    await clock.pass(20_000);
    assert.equal(connection.state.state, 'waiting');
  });

  test('waits longer after each failure, at most 30 seconds, and never gives up', async () => {
    await connection.ensure();
    const waits = [];
    for (let i = 0; i < 40; i += 1) {
      socket().drop(1006);
      await settled();
      waits.push(connection.state.until - clock.now());
      await clock.pass(connection.state.until - clock.now());
      assert.equal(sockets.length, i + 2);
    }
    assert.deepEqual(waits.slice(0, 7), [500, 1000, 2000, 4000, 8000, 15000, 15000]);
    assert.equal(waits.at(-1), 15000);
  });

  test('an answered heartbeat makes the next wait short again', async () => {
    await connection.ensure();
    for (let i = 0; i < 5; i += 1) {
      socket().drop(1006);
      await settled();
      await clock.pass(connection.state.until - clock.now());
    }
    await connect();
    await clock.pass(20_000);
    socket().answer('ping');
    socket().drop(1006);
    await settled();
    assert.equal(connection.state.until - clock.now(), 500);
  });

  for (const [code, why] of [[1006, 'lost'], [4408, 'lost'], [1012, 'restart'], [4429, 'too_many']]) {
    test(`the wait after ${code} is one for ${why}`, async () => {
      await connect();
      socket().drop(code);
      await settled();
      assert.equal(connection.state.why, why);
    });
  }

  test('a person who looks finds out within 10 seconds that the service is gone', async () => {
    await connect();
    connection.probe();
    await clock.pass(9_999);
    assert.equal(connection.state.state, 'connected');
    await clock.pass(1);
    assert.equal(connection.state.state, 'waiting');
    connection.probe();
  });

  test('the alarm does not shorten a wait', async () => {
    await connection.ensure();
    socket().drop(4429);
    await settled();
    assert.equal(connection.state.until - clock.now(), 60_000);
    await clock.pass(30_000);
    await connection.ensure();
    assert.equal(sockets.length, 1);
    await clock.pass(30_000);
    assert.equal(sockets.length, 2);
  });

  test('a refused token is renewed once, then the person has to sign in', async () => {
    await connect();
    socket().drop(4401);
    await settled();
    assert.deepEqual(pairing.asked, [false, true]);
    assert.equal(sockets.length, 2);
    socket().open();
    socket().drop(4401);
    await settled();
    assert.equal(connection.state.state, 'signed_out');
    assert.deepEqual([sockets.length, pairing.token, pairing.asked.length], [2, null, 2]);
    await clock.pass(600_000);
    await connection.ensure();
    assert.equal(sockets.length, 2);
  });

  test('a renewed token that works may be renewed again later', async () => {
    await connect();
    for (let i = 0; i < 3; i += 1) {
      socket().drop(4401);
      await settled();
      await connect();
      await clock.pass(20_000);
      socket().answer('ping');
    }
    assert.deepEqual(pairing.asked, [false, true, true, true]);
  });

  test('tokens that are taken and refused in turn are renewed with back-off, also by a worker that starts anew', async () => {
    await connect();
    socket().drop(4401);
    await settled();
    await connect();
    socket().drop(4401);
    await settled();
    const { until } = connection.state;
    assert.equal(until - clock.now(), 1_000);
    connection = newConnection();
    await connection.ensure();
    assert.deepEqual(connection.state, { state: 'waiting', until, why: 'lost' });
    assert.equal(pairing.asked.length, 2);
    await clock.pass(1_000);
    assert.deepEqual([...new Set(pairing.asked.slice(2))], [true]);
  });

  test('a pairing that ended while the token was renewed means signed out', async () => {
    await connect();
    pairing.token = null;
    socket().drop(4401);
    await settled();
    assert.equal(connection.state.state, 'signed_out');
  });

  test('a service that cannot be asked for a token is asked again later', async () => {
    pairing.error = new Error('offline');
    await connection.ensure();
    assert.equal(connection.state.state, 'waiting');
    pairing.error = null;
    await clock.pass(500);
    assert.equal(sockets.length, 1);
  });

  for (const [code, state] of [[4409, 'superseded'], [4426, 'update_needed']]) {
    test(`${code} ends in ${state}, also for a worker that starts anew, until the person connects`, async () => {
      await connect();
      socket().drop(code);
      await settled();
      assert.equal(connection.state.state, state);
      await clock.pass(3_600_000);
      await connection.ensure();
      connection = newConnection();
      await connection.ensure();
      assert.equal(connection.state.state, state);
      assert.equal(sockets.length, 1);
      await connection.reset();
      assert.equal(sockets.length, 2);
    });
  }

  test('a worker that starts anew goes on waiting where the last one stopped', async () => {
    await connection.ensure();
    socket().drop(4429);
    await settled();
    const { until } = connection.state;
    connection = newConnection();
    await connection.ensure();
    assert.deepEqual(connection.state, { state: 'waiting', until, why: 'too_many' });
  });

  test('a worker that starts anew connects although the last one was connected', async () => {
    await connect();
    connection = newConnection();
    await connection.ensure();
    assert.equal(connection.state.state, 'connecting');
    assert.equal(sockets.length, 2);
  });

  test('a reset while a token is awaited leaves one socket', async () => {
    const first = connection.ensure();
    await connection.reset();
    await first;
    await settled();
    assert.equal(sockets.length, 1);
  });

  test('a frame that is not JSON ends the socket with 4400', async () => {
    await connect();
    socket().receive('not json');
    await settled();
    assert.equal(sockets[0].closedWith, 4400);
    assert.equal(connection.state.state, 'waiting');
  });

  test('commands are run and cancelled; a reply goes out only on their own socket', async () => {
    await connect();
    const params = { tool: 'get_status', arguments: {}, remainingMs: 1000, sideEffect: 'read' };
    socket().receive({ jsonrpc: '2.0', id: 'c1', method: 'command/run', params });
    socket().receive({ jsonrpc: '2.0', method: 'command/cancel', params: { command: 'c1' } });
    assert.equal(ran.run[0].command.id, 'c1');
    assert.deepEqual(ran.cancelled, ['c1']);
    const [old] = sockets;
    old.drop(1006);
    await settled();
    await clock.pass(1_000);
    await connect();
    ran.run[0].reply({ jsonrpc: '2.0', id: 'c1', result: {} });
    assert.deepEqual([old, socket()].map(({ sent }) => sent.filter(({ id }) => id === 'c1').length), [0, 0]);
  });

  test('hello tells the journal, and a claim goes out on the command\'s own socket', async () => {
    world.journal = [{ command: 'c0', outcome: 'done' }];
    await connect();
    assert.deepEqual(socket().sent[0].params.journal, world.journal);
    const params = { tool: 'x', arguments: {}, remainingMs: 1000, sideEffect: 'write' };
    socket().receive({ jsonrpc: '2.0', id: 'c1', method: 'command/run', params });
    const claimed = ran.run[0].claim('c1');
    assert.deepEqual(socket().sent.at(-1).params, { command: 'c1' });
    socket().answer('command/claim', { granted: true });
    assert.deepEqual(await claimed, { granted: true });
    socket().drop(1006);
    await settled();
    await clock.pass(1_000);
    await connect();
    const timers = clock.pending;
    void ran.run[0].claim('c1');
    assert.deepEqual([...sockets.map((one) => one.count('command/claim')), clock.pending], [1, 0, timers]);
  });

  test('an approval is told on the command\'s own socket, and not after its end', async () => {
    await connect();
    const params = { tool: 'x', arguments: {}, remainingMs: 1000, sideEffect: 'write' };
    socket().receive({ jsonrpc: '2.0', id: 'c1', method: 'command/run', params });
    ran.run[0].approval('c1');
    assert.deepEqual(socket().sent.at(-1), { jsonrpc: '2.0', method: 'command/approval', params: { command: 'c1' } });
    socket().drop(1006);
    await settled();
    await clock.pass(1_000);
    await connect();
    ran.run[0].approval('c1');
    assert.deepEqual(sockets.map((one) => one.count('command/approval')), [1, 0]);
  });

  test('a claim that is not answered within 10 seconds ends the connection', async () => {
    await connect();
    socket().receive({ jsonrpc: '2.0', id: 'c1', method: 'command/run', params: { tool: 'x', remainingMs: 60_000 } });
    void ran.run[0].claim('c1');
    await clock.pass(10_000);
    assert.deepEqual([connection.state.state, ran.cancelledAll], ['waiting', 1]);
  });

  test('a reply over the limit becomes an error reply', async () => {
    await connect();
    socket().receive({ jsonrpc: '2.0', id: 'c1', method: 'command/run', params: { tool: 'x', remainingMs: 1 } });
    ran.run[0].reply({ jsonrpc: '2.0', id: 'c1', result: { text: 'ä'.repeat(1500) } });
    assert.deepEqual(socket().sent.at(-1).error.data, { reason: 'internal', detail: 'result_too_large' });
  });

  test('an unknown request is answered, an unknown notification not', async () => {
    await connect();
    const before = socket().sent.length;
    socket().receive({ jsonrpc: '2.0', method: 'news', params: {} });
    socket().receive({ jsonrpc: '2.0', id: 'q', method: 'news', params: {} });
    assert.deepEqual(socket().sent.slice(before).map(({ id, error }) => [id, error.code]), [['q', -32601]]);
  });

  test('tells the service of sites only when they are other than what it knows', async () => {
    const site = { site: 'm', url: 'https://m', state: 'signed_in', user_id: 6, checked_at: 'a' };
    world.sites = [site];
    await connect();
    await connection.tellSites();
    world.sites = [{ ...site, checked_at: 'b' }];
    await connection.tellSites();
    assert.equal(socket().count('status'), 0);
    world.sites = [{ ...site, state: 'signed_out' }];
    await connection.tellSites();
    await connection.tellSites();
    assert.equal(socket().count('status'), 1);
  });
});

describe('Back-off', () => {
  test('has full jitter', () => {
    assert.deepEqual([0, 0.25, 0.999].map((random) => Math.round(delayAfter(1006, 4, random))), [0, 4000, 15984]);
    assert.equal(delayAfter(1006, 1000, 1), 30_000);
  });

  test('spreads a restart over 20 seconds whatever the attempt', () => {
    assert.deepEqual([0, 9].map((attempt) => delayAfter(1012, attempt, 0.5)), [10_000, 10_000]);
  });
});
