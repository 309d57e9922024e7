/** The command lines of Claude Code and Codex, which log in by themselves and say whether they are connected. */

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from '../lib/until.mjs';
import { QUESTION } from './client.mjs';
import { inherited } from './typescript.mjs';

/** @typedef {import('./logins.mjs').Person} Person */
/** @typedef {import('./world.mjs').World} World */

const HERE = fileURLToPath(new URL('.', import.meta.url));
const LIMIT_MS = 120_000;
const COLOURS = /\u001b(?:\[[0-9;?]*[A-Za-z]|\][^\u0007\u001b]*(?:\u0007|\u001b\\))/g;
const SYSTEM = `${process.platform}-${process.arch}`;

/**
 * Claude Code, with the document that its maker publishes, or registered where the service knows no documents.
 * @param {World} world
 * @param {Person} person
 */
export async function claudeCode(world, person) {
  const program = join(folderOf(`@anthropic-ai/claude-code-${SYSTEM}`), 'claude');
  const env = {
    ...inherited(), HOME: world.newFolder('login-claude'), DISABLE_TELEMETRY: '1', DISABLE_AUTOUPDATER: '1',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1', NO_COLOR: '1',
  };
  await end(start(program, ['mcp', 'add', '--transport', 'http', 'moodle', `${world.url}/mcp`, '--scope', 'user'], env));
  await logIn(onTerminal(program, ['mcp', 'login', '--no-browser', 'moodle'], env), person);
  const list = start(program, ['mcp', 'list'], env);
  await end(list);
  if (!/moodle.*Connected/.test(list.printed())) throw new Error(`Claude Code is not connected: ${list.printed()}`);
}

/**
 * Codex, in the same two ways. It makes no call without a model, but tells how it is logged in.
 * @param {World} world
 * @param {Person} person
 */
export async function codex(world, person) {
  const program = join(folderOf('@openai/codex'), 'bin', 'codex.js');
  const home = world.newFolder('login-codex');
  const settings = join(home, '.codex');
  mkdirSync(settings);
  const env = { ...inherited(), HOME: home, CODEX_HOME: settings, BROWSER: '/bin/true' };
  const adding = start(process.execPath, [program, 'mcp', 'add', 'moodle', '--url', `${world.url}/mcp`], env);
  // It may begin to log in at once.
  await until('question or end', () => QUESTION.test(adding.printed()) || adding.hasEnded(), { ms: LIMIT_MS });
  if (adding.hasEnded()) await logIn(onTerminal(process.execPath, [program, 'mcp', 'login', 'moodle'], env), person);
  else await logIn(adding, person);
  const list = start(process.execPath, [program, 'mcp', 'list'], env);
  await end(list);
  if (!/moodle.*OAuth/.test(list.printed())) throw new Error(`Codex is not logged in: ${list.printed()}`);
}

/**
 * @param {Started} program which asks the person to open an address
 * @param {Person} person
 */
async function logIn(program, person) {
  try {
    await until('question', () => QUESTION.test(program.printed()), { ms: LIMIT_MS });
    await person.allowAndReturn(String(QUESTION.exec(program.printed())?.[0]));
    await end(program);
  } catch (error) {
    throw new Error(`It did not log in. It printed:\n${program.printed()}`, { cause: error });
  } finally {
    program.stop();
  }
}

/** @typedef {{printed: () => string, hasEnded: () => boolean, code: () => number | null, stop: () => void}} Started */

/**
 * @param {string} program
 * @param {string[]} args
 * @param {Record<string, string>} env
 * @returns {Started}
 */
function start(program, args, env) {
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  let ended = false;
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => { printed += part; });
  child.on('error', (error) => { printed += error.message; ended = true; });
  child.on('close', () => { ended = true; });
  return {
    printed: () => printed.replace(COLOURS, ''),
    hasEnded: () => ended,
    code: () => child.exitCode,
    stop: () => { child.kill(); },
  };
}

/**
 * The same for a program that wants a terminal.
 * @param {string} program
 * @param {string[]} args
 * @param {Record<string, string>} env
 */
function onTerminal(program, args, env) {
  return start('script', ['-qefc', [program, ...args].join(' '), '/dev/null'], env);
}

/** @param {Started} program */
async function end(program) {
  await until('end of the program', () => program.hasEnded(), { ms: LIMIT_MS });
  if (program.code() !== 0) throw new Error(`The program ended with ${program.code()}: ${program.printed()}`);
}

/** @param {string} name of a package */
function folderOf(name) {
  const folder = join(HERE, 'node_modules', name);
  if (!existsSync(folder)) throw new Error(`${name} is not installed, or not made for this computer.`);
  return folder;
}
