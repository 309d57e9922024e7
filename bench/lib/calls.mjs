/** The call that is measured: `tools/call` of a tool that answers with its argument. */

export const KEY = 'bench-key-0123456789abcdefghijklmnopqrstuvwxyz';

const TEXT = 'How many assignments are due this week?';
const PARAMS = { name: 'echo', arguments: { text: TEXT } };

const HEADERS = {
  Authorization: `Bearer ${KEY}`,
  'Content-Type': 'application/json',
  Accept: 'application/json, text/event-stream',
};

/** The revisions that are measured, newest first. */
export const REVISIONS = /** @type {const} */ (['2026-07-28', '2025-11-25']);

/** @typedef {typeof REVISIONS[number]} Revision */

/**
 * The call in the words of a revision.
 * @param {Revision} revision
 * @param {string} url
 * @returns {import('./load.mjs').Call}
 */
export function callOf(revision, url) {
  const headers = { ...HEADERS, 'MCP-Protocol-Version': revision };
  if (revision === '2025-11-25') return { url, headers, body: request(PARAMS) };
  const meta = {
    'io.modelcontextprotocol/protocolVersion': revision,
    'io.modelcontextprotocol/clientCapabilities': {},
    'io.modelcontextprotocol/clientInfo': { name: 'bench', version: '1.0.0' },
  };
  return {
    url,
    headers: { ...headers, 'Mcp-Method': 'tools/call', 'Mcp-Name': PARAMS.name },
    body: request({ ...PARAMS, _meta: meta }),
  };
}

/** @param {object} params */
function request(params) {
  return JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params });
}

/**
 * Makes the call once.
 * @param {import('./load.mjs').Call} call
 * @returns {Promise<string>} the body of the right answer; anything else is an error
 */
export async function tried({ url, headers, body }) {
  const response = await fetch(url, { method: 'POST', headers, body });
  const text = await response.text();
  if (response.status === 200 && answeredText(text) === TEXT) return text;
  throw new Error(`${url} answered ${response.status} ${text.slice(0, 300)}`);
}

/**
 * Whether the call is refused when the key is wrong.
 * @param {import('./load.mjs').Call} call
 */
export async function isGuarded({ url, headers, body }) {
  const response = await fetch(url, { method: 'POST', headers: { ...headers, Authorization: 'Bearer wrong' }, body });
  await response.text();
  return response.status === 401;
}

/**
 * The text of the tool's answer, sent as JSON or as the one event of a stream.
 * @param {string} body
 */
function answeredText(body) {
  const json = body.startsWith('{') ? body : (/^data: (.*)$/m.exec(body)?.[1] ?? '{}');
  return JSON.parse(json).result?.content?.[0]?.text;
}
