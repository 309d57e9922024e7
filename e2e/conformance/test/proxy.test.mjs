/** The proxy adds the key and changes nothing else. */

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { after, before, test } from 'node:test';
import { startKeyProxy } from '../lib/proxy.mjs';

/** @typedef {import('node:http').IncomingMessage} IncomingMessage */
/** @typedef {import('node:http').ServerResponse} ServerResponse */

/** @type {(incoming: IncomingMessage, outgoing: ServerResponse) => void} */
let answer = (_incoming, outgoing) => { outgoing.end(); };
const server = createServer((incoming, outgoing) => { answer(incoming, outgoing); });
/** @type {import('../lib/proxy.mjs').KeyProxy} */
let proxy;

before(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  proxy = await startKeyProxy(`http://127.0.0.1:${address.port}`, 'the-key');
});

after(async () => {
  await proxy.stop();
  server.closeAllConnections();
  server.close();
});

/**
 * @param {import('node:http').RequestOptions} options
 * @param {string} body
 * @returns {Promise<IncomingMessage>}
 */
async function send(options, body) {
  const sent = request(proxy.url('/mcp'), options);
  sent.end(body);
  const [response] = await once(sent, 'response');
  return response;
}

/** @param {IncomingMessage} message */
async function textOf(message) {
  return Buffer.concat(await message.toArray()).toString();
}

test('host, origin, body and other headers arrive as they were sent, with the key', async () => {
  /** @type {Promise<{headers: import('node:http').IncomingHttpHeaders, method: string | undefined, body: string}>} */
  const seen = new Promise((resolve) => {
    answer = async (incoming, outgoing) => {
      resolve({ headers: incoming.headers, method: incoming.method, body: await textOf(incoming) });
      outgoing.writeHead(404, { 'Mcp-Session-Id': 'a', 'Content-Type': 'application/json' }).end('{"a":1}');
    };
  });
  const headers = { Host: 'evil.example', Origin: 'http://evil.example', 'Mcp-Name': 'x', Authorization: 'Bearer other' };
  const response = await send({ method: 'PUT', headers }, 'body');

  assert.equal(response.statusCode, 404);
  assert.equal(response.headers['mcp-session-id'], 'a');
  assert.equal(await textOf(response), '{"a":1}');
  const { headers: arrived, method, body } = await seen;
  assert.equal(arrived.host, 'evil.example');
  assert.equal(arrived.origin, 'http://evil.example');
  assert.equal(arrived['mcp-name'], 'x');
  assert.equal(arrived.authorization, 'Bearer the-key');
  assert.equal(method, 'PUT');
  assert.equal(body, 'body');
});

test('an event passes before the next one is written', async () => {
  /** @type {ServerResponse | null} */
  let stream = null;
  answer = (_incoming, outgoing) => {
    stream = outgoing;
    outgoing.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('data: 1\n\n');
  };
  const response = await send({ method: 'POST' }, '{}');
  const [first] = await once(response, 'data');
  assert.equal(String(first), 'data: 1\n\n');
  /** @type {ServerResponse} */ (/** @type {unknown} */ (stream)).end('data: 2\n\n');
  const [second] = await once(response, 'data');
  assert.equal(String(second), 'data: 2\n\n');
});

test('a client that leaves is missed by the server', async () => {
  const left = new Promise((resolve) => {
    answer = (_incoming, outgoing) => {
      outgoing.on('close', () => { resolve(outgoing.writableFinished); });
      outgoing.writeHead(200).write('begun');
    };
  });
  const response = await send({ method: 'POST' }, '{}');
  await once(response, 'data');
  response.destroy();
  assert.equal(await left, false);
});

test('a server that breaks off is broken off to the client', async () => {
  answer = (_incoming, outgoing) => {
    outgoing.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('data: 1\n\n', () => { outgoing.destroy(); });
  };
  const response = await send({ method: 'POST' }, '{}');
  await assert.rejects(textOf(response), { code: 'ECONNRESET' });
});
