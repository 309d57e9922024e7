/** A program that runs beside this one. */

import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { until } from './until.mjs';

const TAIL_LINES = 200;
const STOP_MS = 30_000;

/** @typedef {{env?: NodeJS.ProcessEnv, log?: string}} ChildOptions `log`: the file that gets what it prints */

/** A program could not be started, or ended before its time. The message is for people. */
export class StartError extends Error {
  /**
   * @param {string} message
   * @param {string[]} [tail] what the program printed last
   */
  constructor(message, tail = []) {
    super(tail.length === 0 ? message : `${message} It printed last:\n${tail.map((line) => `    ${line}`).join('\n')}`);
    this.name = 'StartError';
  }
}

/**
 * A running program. It has its own process group, so that Ctrl-C reaches only this process, which then ends its
 * children in order.
 */
export class Child {
  #name;
  #process;
  /** @type {string[]} */
  #lines = [];
  /** @type {string | null} */
  #end = null;
  /** @type {Promise<string>} */
  #ended;

  /**
   * @param {string} name for messages
   * @param {string} command
   * @param {string[]} args
   * @param {ChildOptions} [options]
   */
  constructor(name, command, args, { env = process.env, log } = {}) {
    this.#name = name;
    this.#process = spawn(command, args, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const file = log === undefined ? null : logFile(log);
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        this.#lines.push(line);
        file?.write(`${line}\n`);
      });
    }
    this.#ended = new Promise((resolve) => {
      this.#process.once('error', (error) => resolve(`cannot be run: ${error.message}`));
      this.#process.once('close', (code, signal) => resolve(`ended with ${signal ?? `exit code ${code}`}`));
    });
    void this.#ended.then((end) => {
      this.#end = end;
      file?.end();
    });
  }

  /** Null when it could not be started. */
  get pid() {
    return this.#process.pid ?? null;
  }

  /** Settled when it has ended, with how. */
  get ended() {
    return this.#ended;
  }

  get hasEnded() {
    return this.#end !== null;
  }

  /** The last lines it printed. */
  tail(count = 15) {
    return this.#lines.slice(-Math.min(count, TAIL_LINES));
  }

  /**
   * Waits for a condition of this program; fails at once when the program ends before that.
   * @template T
   * @param {string} what
   * @param {() => Promise<T | false | null | undefined> | T | false | null | undefined} condition
   * @param {{ms?: number}} [options]
   * @returns {Promise<T>}
   */
  async until(what, condition, options) {
    const outcome = await until(what, async () => {
      if (this.#end !== null) return { ended: true };
      const value = await condition();
      return value === false || value === null || value === undefined ? null : { value };
    }, options).catch((error) => { throw this.#failure(error.message); });
    if ('ended' in outcome) throw this.#failure(`${this.#name} ${this.#end}.`);
    return /** @type {{value: T}} */ (outcome).value;
  }

  /**
   * Waits for a line that matches.
   * @param {RegExp} pattern
   * @param {{ms?: number}} [options]
   * @returns {Promise<RegExpMatchArray>}
   */
  line(pattern, options) {
    return this.until(`line like ${pattern} from ${this.#name}`, () => this.printed(pattern), options);
  }

  /**
   * The last printed line that matches, or null.
   * @param {RegExp} pattern
   */
  printed(pattern) {
    for (const line of [...this.#lines].reverse()) {
      const match = line.match(pattern);
      if (match) return match;
    }
    return null;
  }

  /** Asks it to end, and waits until it has; after 30 s it is killed. */
  async stop() {
    this.#signal('SIGTERM');
    await until(`end of ${this.#name}`, () => this.hasEnded, { ms: STOP_MS }).catch(() => this.#signal('SIGKILL'));
    await until(`end of ${this.#name}`, () => this.hasEnded, { ms: 5_000 });
  }

  /** Kills it, and waits until it has ended. */
  async crash() {
    this.#signal('SIGKILL');
    await until(`end of ${this.#name}`, () => this.hasEnded, { ms: 5_000 });
  }

  /** Asks it to end without waiting. */
  kill() {
    this.#signal('SIGTERM');
  }

  /** @param {NodeJS.Signals} signal */
  #signal(signal) {
    if (!this.hasEnded) this.#process.kill(signal);
  }

  /** @param {string} message */
  #failure(message) {
    return new StartError(message, this.tail());
  }
}

/** @param {string} path */
function logFile(path) {
  mkdirSync(dirname(path), { recursive: true });
  return createWriteStream(path, { flags: 'a' });
}
