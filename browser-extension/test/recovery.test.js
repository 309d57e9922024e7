import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { connected, newServiceWorld } from './service-world.js';
import { settled } from './fakes.js';

describe('Connection after a sleep or a change of networks', () => {
  let world;
  let clock;
  let sockets;
  let ran;
  let connection;

  const newConnection = () => world.newConnection();
  const socket = () => sockets.at(-1);
  const connect = () => connected(connection, sockets);

  beforeEach(() => {
    world = newServiceWorld();
    ({ clock, sockets, ran } = world);
    connection = newConnection();
  });

  for (const [what, slept, state] of [
    ['long sleep', 90_000, 'waiting'], ['short pause', 15_000, 'connected'], ['clock that was set back', -3_600_000, 'connected'],
  ]) {
    test(`after a ${what} the alarm leaves the connection ${state}`, async () => {
      await connect();
      clock.time += slept;
      await connection.ensure();
      assert.equal(connection.state.state, state);
      assert.equal(sockets[0].closedWith !== null, state === 'waiting');
      if (state === 'connected') return;
      assert.equal(ran.cancelledAll, 1);
      await clock.pass(1_000);
      assert.equal(sockets.length, 2);
    });
  }

  test('a beat that comes after a long sleep gives the socket up without waiting for an answer', async () => {
    await connect();
    clock.time += 3_600_000;
    await clock.pass(0);
    assert.equal(connection.state.state, 'waiting');
    assert.equal(socket().count('ping'), 0);
  });

  test('nothing is done that was sent while the computer slept, and nothing of it keeps the socket', async () => {
    await connect();
    clock.time += 90_000;
    const [old] = sockets;
    const params = { tool: 'x', arguments: {}, remainingMs: 45_000, sideEffect: 'write' };
    for (const id of ['c1', 'c2']) old.receive({ jsonrpc: '2.0', id, method: 'command/run', params });
    await settled();
    assert.deepEqual([ran.run, old.closedWith, ran.cancelledAll], [[], 1005, 1]);
    assert.equal(connection.state.state, 'waiting');
  });

  for (const end of ['the alarm', 'a frame', 'the close']) {
    test(`after a sleep that ${end} tells of, the wait is short whatever went before`, async () => {
      await connection.ensure();
      for (let i = 0; i < 6; i += 1) {
        socket().drop(1006);
        await settled();
        await clock.pass(connection.state.until - clock.now());
      }
      await connect();
      clock.time += 90_000;
      if (end === 'the alarm') await connection.ensure();
      if (end === 'a frame') socket().receive({ jsonrpc: '2.0', method: 'news' });
      if (end === 'the close') socket().drop(4408);
      await settled();
      assert.equal(connection.state.until - clock.now(), 500);
    });
  }

  for (const [code, state] of [[4409, 'superseded'], [4426, 'update_needed']]) {
    test(`a close with ${code} during a sleep still means ${state}`, async () => {
      await connect();
      clock.time += 90_000;
      socket().drop(code);
      await settled();
      assert.equal(connection.state.state, state);
    });
  }

  test('a socket that was being opened when the computer fell asleep is given up', async () => {
    await connection.ensure();
    clock.time += 3_600_000;
    await connection.ensure();
    assert.equal(connection.state.state, 'waiting');
  });

  test('a clock that is set back makes no wait longer', async () => {
    await connection.ensure();
    socket().drop(4429);
    await settled();
    clock.time -= 3_600_000;
    connection = newConnection();
    await connection.ensure();
    assert.equal(sockets.length, 2);
  });

  test('after a change of networks a live connection is tried at once, one question at a time', async () => {
    await connect();
    await clock.pass(1_000);
    await connection.networkChanged();
    await connection.networkChanged();
    assert.equal(socket().count('ping'), 1);
    await clock.pass(9_999);
    assert.equal(connection.state.state, 'connected');
    await clock.pass(1);
    assert.equal(connection.state.state, 'waiting');
  });

  test('a change of networks ends a wait for a network that was gone', async () => {
    await connection.ensure();
    for (let i = 0; i < 8; i += 1) {
      socket().drop(1006);
      await settled();
      if (i < 7) await clock.pass(connection.state.until - clock.now());
    }
    assert.equal(connection.state.until - clock.now(), 15_000);
    await connection.networkChanged();
    assert.equal(connection.state.until - clock.now(), 500);
    await clock.pass(500);
    assert.equal(sockets.length, 9);
    socket().drop(1006);
    await settled();
    assert.equal(connection.state.until - clock.now(), 1_000);
  });

  for (const code of [4429, 1012]) {
    test(`a change of networks does not shorten the wait after ${code}, also for a worker that starts anew`, async () => {
      await connection.ensure();
      socket().drop(code);
      await settled();
      const { until } = connection.state;
      await connection.networkChanged();
      connection = newConnection();
      await connection.networkChanged();
      assert.deepEqual(connection.state, { state: 'waiting', until, why: code === 1012 ? 'restart' : 'too_many' });
    });
  }

  test('a change of networks wakes nothing that waits for the person', async () => {
    await connect();
    socket().drop(4409);
    await settled();
    await connection.networkChanged();
    await clock.pass(60_000);
    assert.deepEqual([connection.state.state, sockets.length], ['superseded', 1]);
  });
});
