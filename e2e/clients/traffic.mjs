/** What a client and the service said to each other. */

import assert from 'node:assert/strict';

/** @typedef {import('../lib/recorder.mjs').Exchange} Exchange */
/** @typedef {import('./client.mjs').McpClient} McpClient */

const MODERN = '2026-07-28';
const REVISION_IN_META = 'io.modelcontextprotocol/protocolVersion';

/**
 * Checks the transport, the revision that was agreed on, and that the service found nothing to complain about.
 * @param {McpClient} client
 * @param {Exchange[]} all
 */
export function assertTraffic(client, all) {
  const exchanges = all.filter(({ path }) => path.startsWith('/mcp') && !path.includes('.well-known'));
  for (const { method, path, status } of exchanges) {
    assert.ok(isFine(method, status), `${method} ${path} was answered with ${status}`);
  }
  if (client.revision === MODERN) {
    assertModern(exchanges);
  } else {
    assertLegacy(client.revision, exchanges);
  }
  assertTransport(client.isStream === true, exchanges);
}

/**
 * In one line for the log.
 * @param {Exchange[]} exchanges
 */
export function told(exchanges) {
  return exchanges.map(({ method, path, headers, sent, status }) => {
    const version = headers['mcp-protocol-version'];
    return [method, path === '/mcp' ? '' : path, sent.map((message) => message.method ?? 'answer').join('+'),
      version ? `(${version})` : '', status].filter(Boolean).join(' ');
  }).join(', ');
}

/**
 * Whether it is the call with this offset, and its answer began as a stream or comes on the one that is open anyway.
 * @param {Exchange} exchange
 * @param {number} offset
 */
export function isStreamedCall({ sent, status, type }, offset) {
  return (type === 'text/event-stream' || status === 202)
    && sent.some(({ method, params }) => method === 'tools/call' && params.arguments.offset === offset);
}

/**
 * 0 is the answer to a request that the client gave up before.
 * @param {string} method
 * @param {number} status
 */
function isFine(method, status) {
  return method === 'POST' ? [200, 202].includes(status) : [0, 200, 204, 405].includes(status);
}

/** @param {Exchange[]} exchanges */
function assertModern(exchanges) {
  for (const { method, headers, sent } of exchanges) {
    assert.equal(method, 'POST');
    assert.equal(headers['mcp-protocol-version'], MODERN);
    for (const { params } of sent) assert.equal(params?._meta?.[REVISION_IN_META], MODERN);
  }
}

/**
 * @param {string} revision
 * @param {Exchange[]} exchanges
 */
function assertLegacy(revision, exchanges) {
  const agreed = exchanges.flatMap(({ received }) => received().map(({ result }) => result?.protocolVersion)).filter(Boolean);
  assert.ok(agreed.length > 0, 'nothing was agreed on');
  assert.deepEqual([...new Set(agreed)], [revision]);
  for (const { headers, sent } of exchanges) {
    assert.ok([undefined, revision].includes(String(headers['mcp-protocol-version'] ?? revision)));
    for (const { params } of sent) assert.equal(params?._meta?.[REVISION_IN_META], undefined);
  }
}

/**
 * @param {boolean} isStream
 * @param {Exchange[]} exchanges
 */
function assertTransport(isStream, exchanges) {
  const posts = exchanges.filter(({ method }) => method === 'POST');
  assert.ok(posts.length >= 3, told(exchanges));
  assert.deepEqual([...new Set(posts.map(({ path }) => path))], [isStream ? '/mcp/messages' : '/mcp']);
  const streams = exchanges.filter(({ method, type }) => method === 'GET' && type === 'text/event-stream');
  assert.equal(streams.some(({ path }) => path === '/mcp/sse'), isStream);
}
