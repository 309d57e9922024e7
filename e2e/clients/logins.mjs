/** Clients that log in: each registers itself or names its document, has a person allow it, and calls the endpoint. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Client as ClientV2, StreamableHTTPClientTransport as HttpV2 } from '@modelcontextprotocol/client';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { allowApp } from '../lib/portal-visit.mjs';
import { until } from '../lib/until.mjs';
import { INFO, QUESTION, namesOf } from './client.mjs';
import { INSPECTOR } from './inspector.mjs';
import { claudeCode, codex } from './products.mjs';
import { MCP_REMOTE, inherited } from './typescript.mjs';

/** @typedef {import('./world.mjs').World} World */

/**
 * @typedef {object} Login
 * @property {string} name
 * @property {RegExp} clientId what it calls itself in the question
 * @property {boolean} [mustRegister] whether the service takes no documents of clients this time
 * @property {boolean} [onlyLogsIn] whether it makes no call afterwards
 * @property {(world: World, person: Person) => Promise<string[] | void>} run logs in; the names of the tools that it lists
 *   then, unless it only connects
 */

const REGISTERED = /^mcpc_/;
const CALLBACK = 'http://127.0.0.1:9/callback';
const LIMIT_MS = 60_000;

/** @type {Login[]} */
export const LOGINS = [
  { name: 'TypeScript SDK v1', clientId: REGISTERED, run: versionOne },
  { name: 'TypeScript SDK v2', clientId: REGISTERED, run: versionTwo },
  { name: 'mcp-remote', clientId: REGISTERED, run: mcpRemote },
  { name: 'Inspector', clientId: REGISTERED, run: inspector },
  { name: 'Claude Code', clientId: /^https:\/\/claude\.ai\/oauth\/claude-code-client-metadata$/, run: claudeCode },
  { name: 'Claude Code without documents', clientId: REGISTERED, run: claudeCode, mustRegister: true },
  { name: 'Codex', clientId: /^https:\/\/chatgpt\.com\/oauth\/codex\/client\.json$/, run: codex, onlyLogsIn: true },
  { name: 'Codex without documents', clientId: REGISTERED, run: codex, mustRegister: true, onlyLogsIn: true },
];

/** The person who is asked. */
export class Person {
  #world;
  /** What the client called itself in the question. */
  clientId = '';

  /** @param {World} world */
  constructor(world) {
    this.#world = world;
  }

  /**
   * Signs in and allows what the question asks.
   * @param {string} question
   * @returns {Promise<string>} the address that leads back to the client
   */
  async allow(question) {
    this.clientId = new URL(question).searchParams.get('client_id') ?? '';
    return allowApp(await this.#world.newLink(), this.#world.url, question);
  }

  /**
   * The same, and goes back as the browser does when the client is a program that listens on this computer.
   * @param {string} question
   */
  async allowAndReturn(question) {
    const answer = await fetch(await this.allow(question));
    if (!answer.ok) throw new Error(`The program answered the browser with ${answer.status}.`);
  }
}

/** What the SDK asks its user to keep; it lives as long as the test. */
class Memory {
  /** @type {any} */ #client;
  /** @type {any} */ #tokens;
  #verifier = '';
  /** The address that the person is to open. */
  question = '';
  redirectUrl = CALLBACK;
  clientMetadata = { client_name: 'A program', redirect_uris: [CALLBACK], grant_types: ['authorization_code', 'refresh_token'] };

  state() { return 'a-state'; }
  clientInformation() { return this.#client; }
  /** @param {any} client */
  saveClientInformation(client) { this.#client = client; }
  tokens() { return this.#tokens; }
  /** @param {any} tokens */
  saveTokens(tokens) { this.#tokens = tokens; }
  /** @param {URL} question */
  redirectToAuthorization(question) { this.question = String(question); }
  /** @param {string} verifier */
  saveCodeVerifier(verifier) { this.#verifier = verifier; }
  codeVerifier() { return this.#verifier; }
}

/**
 * @param {World} world
 * @param {Person} person
 */
async function versionOne(world, person) {
  const authProvider = new Memory();
  const transport = () => new StreamableHTTPClientTransport(new URL(`${world.url}/mcp`), { authProvider });
  const refused = transport();
  await new Client(INFO).connect(refused).catch(expectQuestion(authProvider));
  const back = new URL(await person.allow(authProvider.question));
  await refused.finishAuth(back.searchParams.get('code') ?? '');
  const client = new Client(INFO);
  await client.connect(transport());
  return listed(client);
}

/**
 * @param {World} world
 * @param {Person} person
 */
async function versionTwo(world, person) {
  const authProvider = new Memory();
  const transport = () => new HttpV2(new URL(`${world.url}/mcp`), { authProvider });
  const refused = transport();
  const first = new ClientV2(INFO, { versionNegotiation: { mode: 'auto' } });
  await first.connect(refused).catch(expectQuestion(authProvider));
  const back = new URL(await person.allow(authProvider.question));
  await refused.finishAuth(back.searchParams);
  const client = new ClientV2(INFO, { versionNegotiation: { mode: 'auto' } });
  await client.connect(transport());
  return listed(client);
}

/**
 * @param {World} world
 * @param {Person} person
 */
async function mcpRemote(world, person) {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [MCP_REMOTE, `${world.url}/mcp`, '--allow-http', '--auth-timeout', '120'],
    env: { ...inherited(), BROWSER: '/bin/true', HOME: world.folder('login-mcp-remote') },
    stderr: 'pipe',
  });
  let printed = '';
  transport.stderr?.on('data', (part) => { printed += part; });
  const client = new Client(INFO);
  const connecting = client.connect(transport);
  connecting.catch(() => {});
  await until('question', () => QUESTION.test(printed), { ms: LIMIT_MS });
  await person.allowAndReturn(questionIn(printed));
  await connecting;
  return listed(client);
}

/**
 * @param {World} world
 * @param {Person} person
 */
async function inspector(world, person) {
  const args = [INSPECTOR, '--cli', `${world.url}/mcp`, '--transport', 'http', '--format', 'json', '--method', 'tools/list'];
  const program = spawn(process.execPath, args, {
    env: { ...process.env, BROWSER: '/bin/true', MCP_AUTO_OPEN_ENABLED: 'true', HOME: world.folder('login-inspector') }, stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let printed = '';
  program.stdout.on('data', (part) => { out += part; });
  program.stderr.on('data', (part) => { printed += part; });
  try {
    await until('question', () => QUESTION.test(printed + out), { ms: LIMIT_MS });
    await person.allowAndReturn(questionIn(printed + out));
    await once(program, 'close', { signal: AbortSignal.timeout(LIMIT_MS) });
    return namesOf(JSON.parse(out.slice(out.indexOf('{'))).result);
  } catch (error) {
    throw new Error(`The Inspector did not log in. It printed:\n${printed}`, { cause: error });
  } finally {
    program.kill();
  }
}

/** @param {Memory} memory */
function expectQuestion(memory) {
  return (/** @type {unknown} */ error) => {
    if (!memory.question) throw error;
  };
}

/** @param {string} printed */
function questionIn(printed) {
  return String(QUESTION.exec(printed)?.[0]);
}

/** @param {Client | ClientV2} client */
async function listed(client) {
  try {
    return namesOf(await client.listTools());
  } finally {
    await client.close();
  }
}
