/** A call that a browser answers. */

const REVISION = '2026-07-28';
const TOOL = 'list_courses';

/** What every answer of the scripted extensions holds. */
const IN_RESULT = 'Introduction to measuring';

/**
 * The call, for the account whose number stands for `{account}`.
 * @param {string} url
 * @returns {import('./load.mjs').Call}
 */
export function toolCall(url) {
  const meta = {
    'io.modelcontextprotocol/protocolVersion': REVISION,
    'io.modelcontextprotocol/clientCapabilities': {},
    'io.modelcontextprotocol/clientInfo': { name: 'bench', version: '1.0.0' },
  };
  return {
    url,
    headers: {
      Authorization: 'Bearer bench-account-{account}',
      'Content-Type': 'application/json',
      Accept: 'application/json, text/event-stream',
      'MCP-Protocol-Version': REVISION,
      'Mcp-Method': 'tools/call',
      'Mcp-Name': TOOL,
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: TOOL, arguments: {}, _meta: meta } }),
  };
}

/**
 * Makes the call for one account.
 * @param {import('./load.mjs').Call} call
 * @param {number} [account]
 * @returns {Promise<string>} the body of the right answer; anything else is an error
 */
export async function toolResult({ url, headers, body }, account = 0) {
  const own = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.replace('{account}', String(account))]));
  const response = await fetch(url, { method: 'POST', headers: own, body });
  const text = await response.text();
  if (response.status === 200 && text.includes(IN_RESULT)) return text;
  throw new Error(`${url} answered ${response.status} ${text.slice(0, 300)}`);
}
