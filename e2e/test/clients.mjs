/** The official client libraries. */

import { Client as ModernClient, StreamableHTTPClientTransport as ModernTransport } from '@modelcontextprotocol/client';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { toolAnswer } from '../lib/mcp.mjs';

const INFO = { name: 'moodle-mcp-e2e', version: '0.1.0' };

/**
 * @typedef {object} ConnectedClient
 * @property {() => Promise<string[]>} toolNames
 * @property {(name: string, args?: Record<string, unknown>) => Promise<import('../lib/mcp.mjs').ToolAnswer>} callTool
 */

/**
 * Lets the `initialize`-based client work, and closes it.
 * @param {string} service the base address
 * @param {string} key
 * @param {(client: ConnectedClient) => Promise<void>} work
 */
export async function withClient(service, key, work) {
  const client = new Client(INFO);
  await client.connect(new StreamableHTTPClientTransport(new URL(`${service}/mcp`), withKey(key)));
  try {
    await work({
      toolNames: async () => (await client.listTools()).tools.map(({ name }) => name),
      callTool: async (name, args = {}) => toolAnswer(await client.callTool({ name, arguments: args })),
    });
  } finally {
    await client.close();
  }
}

/**
 * Lets the client of revision 2026-07-28 work, and closes it.
 * @param {string} service the base address
 * @param {string} key
 * @param {(client: ConnectedClient & {era: string | undefined}) => Promise<void>} work
 */
export async function withModernClient(service, key, work) {
  const client = new ModernClient(INFO, { versionNegotiation: { mode: { pin: '2026-07-28' } } });
  await client.connect(new ModernTransport(new URL(`${service}/mcp`), withKey(key)));
  try {
    await work({
      era: client.getProtocolEra(),
      toolNames: async () => (await client.listTools()).tools.map(({ name }) => name),
      callTool: async (name, args = {}) => toolAnswer(await client.callTool({ name, arguments: args })),
    });
  } finally {
    await client.close();
  }
}

/** @param {string} key */
function withKey(key) {
  return { requestInit: { headers: { Authorization: `Bearer ${key}` } } };
}
