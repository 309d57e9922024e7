/** The MCP Inspector's command line, which connects anew for everything it does. */

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { authorization, namesOf, textOf } from './client.mjs';

/** @typedef {import('./client.mjs').McpClient} McpClient */
/** @typedef {import('./client.mjs').Server} Server */

export const INSPECTOR = fileURLToPath(
  new URL('node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js', import.meta.url),
);
const LIMIT_MS = 60_000;

/** @type {McpClient[]} */
export const INSPECTORS = [
  inspector('Inspector', '2025-11-25', ['--transport', 'http']),
  inspector('Inspector, modern', '2026-07-28', ['--transport', 'http', '--protocol-era', 'modern']),
  inspector('Inspector, auto', '2026-07-28', ['--transport', 'http', '--protocol-era', 'auto']),
  { ...inspector('Inspector over SSE', '2025-11-25', ['--transport', 'sse'], '/mcp/sse'), isStream: true },
];

/**
 * @param {string} name
 * @param {string} revision
 * @param {string[]} flags
 * @param {string} [path]
 * @returns {McpClient}
 */
function inspector(name, revision, flags, path = '/mcp') {
  return {
    name,
    revision,
    refusal: /auth_required|\(401\)/,
    connect: async (server) => {
      const ask = async (/** @type {string[]} */ ...args) =>
        (await runInspector(server, path, [...flags, ...args])).result;
      return {
        toolNames: async () => namesOf(await ask('--method', 'tools/list')),
        callTool: async (tool, args) =>
          textOf(await ask('--method', 'tools/call', '--tool-name', tool, '--tool-args-json', JSON.stringify(args))),
        prompts: async () => (await ask('--method', 'prompts/list')).prompts,
        resourceTemplates: async () => (await ask('--method', 'resources/templates/list')).resourceTemplates,
        close: async () => {},
      };
    },
  };
}

/**
 * What its lint finds in the schemas of the tools.
 * @param {Server} server
 * @returns {Promise<unknown[]>} warnings; errors end the program
 */
export async function schemaFindings(server) {
  const answer = await runInspector(server, '/mcp', ['--transport', 'http', '--method', 'tools/list', '--strict']);
  return answer.schemaFindings ?? [];
}

/**
 * Runs the program once.
 * @param {Server} server
 * @param {string} path
 * @param {string[]} args
 * @returns {Promise<any>} what it prints
 * @throws {Error} with the exit code and what it printed, without the key among its arguments
 */
async function runInspector(server, path, args) {
  const header = `Authorization: ${authorization(server).Authorization}`;
  try {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [INSPECTOR, '--cli', `${server.url}${path}`, '--header', header, '--stored-auth-only', '--format', 'json', ...args],
      { env: { ...process.env, HOME: server.folder('inspector') }, timeout: LIMIT_MS },
    );
    return JSON.parse(stdout);
  } catch (error) {
    const { code, signal, stderr } = /** @type {any} */ (error);
    throw new Error(`The Inspector ended with ${signal ?? code}: ${stderr}`);
  }
}
