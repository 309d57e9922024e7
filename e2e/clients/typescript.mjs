/** The official TypeScript SDK, both major versions, and mcp-remote driven by it. */

import { fileURLToPath } from 'node:url';
import { Client as ClientV2, StreamableHTTPClientTransport as HttpV2 } from '@modelcontextprotocol/client';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { INFO, OWN_WORDS, authorization, namesOf, textOf } from './client.mjs';

/** @typedef {import('./client.mjs').McpClient} McpClient */
/** @typedef {import('./client.mjs').Server} Server */
/** @typedef {import('@modelcontextprotocol/client').ClientOptions['versionNegotiation']} Negotiation */

export const MCP_REMOTE = fileURLToPath(new URL('node_modules/mcp-remote/dist/proxy.js', import.meta.url));

const NEEDS_AUTHORIZATION = /requires authorization \(HTTP 401\)/;

/** @type {McpClient[]} */
const CLIENTS = [
  {
    name: 'TypeScript SDK v1',
    revision: '2025-11-25',
    refusal: OWN_WORDS,
    connect: (server) => versionOne(new StreamableHTTPClientTransport(endpoint(server), withKey(server))),
  },
  {
    name: 'TypeScript SDK v1 over SSE',
    revision: '2025-11-25',
    refusal: /\(401\)/,
    isStream: true,
    connect: (server) => versionOne(new SSEClientTransport(new URL(`${server.url}/mcp/sse`), withKey(server))),
  },
  {
    name: 'TypeScript SDK v2',
    revision: '2025-11-25',
    refusal: OWN_WORDS,
    connect: (server) => versionTwo(server, undefined),
  },
  {
    name: 'TypeScript SDK v2, auto',
    revision: '2026-07-28',
    refusal: NEEDS_AUTHORIZATION,
    connect: (server) => versionTwo(server, { mode: 'auto' }),
  },
  {
    name: 'TypeScript SDK v2, pinned',
    revision: '2026-07-28',
    refusal: NEEDS_AUTHORIZATION,
    connect: (server) => versionTwo(server, { mode: { pin: '2026-07-28' } }),
  },
  // It asks the person to log in instead, and gives up when nobody does.
  { name: 'mcp-remote', revision: '2025-11-25', refusal: /authorize this client by visiting/, connect: mcpRemote },
];

export const TYPESCRIPT = CLIENTS.map((client) => ({ ...client, tellsProgress: true }));

/** @param {import('@modelcontextprotocol/sdk/shared/transport.js').Transport} transport */
async function versionOne(transport) {
  const client = new Client(INFO);
  await connected(client.connect(transport), client);
  return session(client);
}

/**
 * @param {Server} server
 * @param {Negotiation} versionNegotiation
 */
async function versionTwo(server, versionNegotiation) {
  const client = new ClientV2(INFO, { versionNegotiation });
  await connected(client.connect(new HttpV2(endpoint(server), withKey(server))), client);
  return session(client);
}

/**
 * As a program for assistants that speak only stdio.
 * @param {Server} server
 */
async function mcpRemote(server) {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [MCP_REMOTE, String(endpoint(server)), '--header', 'Authorization:${AUTHORIZATION}', '--allow-http',
      '--auth-timeout', '3'],
    env: {
      ...inherited(), AUTHORIZATION: authorization(server).Authorization, BROWSER: '/bin/true',
      HOME: server.folder('mcp-remote'),
    },
    stderr: 'pipe',
  });
  let printed = '';
  transport.stderr?.on('data', (part) => { printed += part; });
  return versionOne(transport).catch((error) => { throw new Error(`${error.message}. It printed:\n${printed}`); });
}

/**
 * @param {Promise<void>} connecting
 * @param {{close: () => Promise<void>}} client closed when it cannot connect
 */
async function connected(connecting, client) {
  await connecting.catch(async (error) => {
    await client.close();
    throw error;
  });
}

/**
 * @param {Client | ClientV2} client
 * @returns {import('./client.mjs').Session}
 */
function session(client) {
  return {
    toolNames: async () => namesOf(await client.listTools()),
    callTool: (name, args, onProgress) => callTool(client, { name, arguments: args }, onProgress),
    close: () => client.close(),
  };
}

/**
 * @param {Client | ClientV2} client
 * @param {{name: string, arguments: Record<string, unknown>}} call
 * @param {import('./client.mjs').OnProgress} [onprogress]
 */
async function callTool(client, call, onprogress) {
  return textOf(client instanceof Client
    ? await client.callTool(call, undefined, { onprogress })
    : await client.callTool(call, { onprogress }));
}

/** @param {Server} server */
function endpoint({ url }) {
  return new URL(`${url}/mcp`);
}

/** @param {Server} server */
function withKey(server) {
  return { requestInit: { headers: authorization(server) } };
}

/** The environment without what is not set. @returns {Record<string, string>} */
export function inherited() {
  return /** @type {Record<string, string>} */ ({ ...process.env });
}
