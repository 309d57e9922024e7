/** The service, run as its own program. */

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Child, StartError } from './child.mjs';
import { QUICK_START } from './places.mjs';
import { messageOf } from './until.mjs';

const START_MS = 180_000;
const KEY = /^mmcp_\w+$/;
const LINK = /http\S+\/sign-in\?link=\S+/;

/** @typedef {{java: string, jar: string, data: string, port: number}} Installation */

/** A running service. */
export class Service {
  #child;
  #installation;
  #running;

  /**
   * @param {Child} child
   * @param {Installation} installation
   * @param {import('./running.mjs').Running} running
   */
  constructor(child, installation, running) {
    this.#child = child;
    this.#installation = installation;
    this.#running = running;
  }

  /** The base address, without a slash at the end. */
  get url() {
    return addressOf(this.#installation.port);
  }

  /** The program. */
  get child() {
    return this.#child;
  }

  /** The link that signs the first account in, printed at the start. */
  async firstLink() {
    const [link] = await this.#child.line(LINK);
    return link;
  }

  /**
   * A new link that signs this account in, which is made if need be.
   * @param {string} email
   */
  async newLink(email) {
    const link = LINK.exec(await this.#command('sign-in-link', '--email', email))?.[0];
    if (!link) throw new StartError('The command sign-in-link printed no link.');
    return link;
  }

  /**
   * A new API key of this account, which is made if need be.
   * @param {string} email
   * @param {string} name
   * @param {...string} flags further ones of the command
   */
  async newKey(email, name, ...flags) {
    const key = (await this.#command('create-key', '--email', email, '--name', name, ...flags)).trim();
    if (!KEY.test(key)) throw new StartError('The command create-key printed something else than one API key.');
    return key;
  }

  stop() {
    return this.#child.stop();
  }

  kill() {
    this.#child.kill();
  }

  /** Ends it without warning, as a power cut does. */
  crash() {
    return this.#child.crash();
  }

  /**
   * Runs one of the service's commands and gives what it prints.
   * @param {string} name
   * @param {...string} args
   */
  async #command(name, ...args) {
    const { java, jar, data, port } = this.#installation;
    const flags = [...QUICK_START, '-jar', jar, name, '--data', data, ...args];
    const ending = promisify(execFile)(java, flags, { env: { ...process.env, PORT: String(port) } });
    this.#running.add({
      kill: () => { ending.child.kill(); },
      stop: async () => {
        ending.child.kill();
        await ending.catch(() => {});
      },
    });
    try {
      return (await ending).stdout;
    } catch (error) {
      const printed = error instanceof Error && 'stderr' in error ? String(error.stderr).trimEnd() : '';
      throw new StartError(`The command ${name} failed.`, (printed || messageOf(error)).split('\n').slice(-15));
    }
  }
}

/** @param {number} port */
function addressOf(port) {
  return `http://localhost:${port}`;
}

/**
 * Starts the service and waits until it answers.
 * @param {Installation & {
 *   log?: string, settings?: Record<string, string>, running: import('./running.mjs').Running,
 * }} options `settings`: by their names, beside those of the environment
 * @returns {Promise<Service>}
 */
export async function startService({ log, settings = {}, running, ...installation }) {
  const { java, jar, data, port } = installation;
  const args = ['-jar', jar, 'serve', '--port', String(port), '--data', data];
  const child = running.add(new Child('The service', java, args, { log, env: { ...process.env, ...settings } }));
  const health = `${addressOf(port)}/health`;
  await child.until(`answer from ${health}`, async () => (await fetch(health)).ok, { ms: START_MS });
  return new Service(child, installation, running);
}
