/** The real service behind a recorder, a scripted browser, and a key. */

import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TARGET, findPlaces } from '../lib/places.mjs';
import { freePort } from '../lib/ports.mjs';
import { pairOverHttp } from '../lib/portal-visit.mjs';
import { Recorder } from '../lib/recorder.mjs';
import { Running } from '../lib/running.mjs';
import { ScriptedExtension } from '../lib/scripted-extension.mjs';
import { startService } from '../lib/service.mjs';

const ACCOUNT = 'owner@localhost';
const EXTENSION = 'hmbhfmhalpcgecgadelbgdnlakjnbdag';
const GOLDEN_REPLY = '../../moodle-mcp-protocol/src/test/resources/golden/bridge/extension-to-server/command-result.json';

/** What the scripted browser answers to list_courses. */
export const COURSES = JSON.parse(readFileSync(new URL(GOLDEN_REPLY, import.meta.url), 'utf8')).result;

/** What the scripted browser tells before. */
export const PROGRESS = { progress: 3, total: 12, message: 'Reading page 3 of 12' };

/** What the clients' tests start. Logs stay in `target/clients/`. */
export class World {
  #running = new Running();
  #folder = mkdtempSync(join(tmpdir(), 'moodle-mcp-clients-'));
  #port = 0;
  #key = '';
  /** @type {import('../lib/service.mjs').Service | null} */
  #service = null;
  /** @type {Recorder | null} */
  #recorder = null;
  /** @type {ScriptedExtension | null} */
  #browser = null;
  /** @type {Map<unknown, Promise<void>>} */
  #held = new Map();

  /** The public base address, which is the recorder's. */
  get url() {
    return `http://localhost:${this.#port}`;
  }

  /** An API key. */
  get key() {
    return this.#key;
  }

  /** Looks like an API key, but nobody was given it. */
  get wrongKey() {
    return this.#key.slice(0, -1) + (this.#key.endsWith('x') ? 'y' : 'x');
  }

  /** Commands that the scripted browser was sent. */
  get commands() {
    return this.#browser?.commands ?? [];
  }

  get recorder() {
    if (!this.#recorder) throw new Error('The recorder was not started.');
    return this.#recorder;
  }

  /** A fresh one-time link of the account. */
  newLink() {
    if (!this.#service) throw new Error('The service was not started.');
    return this.#service.newLink(ACCOUNT);
  }

  /** A new folder that is removed at the end. @param {string} name */
  folder(name) {
    const path = join(this.#folder, name);
    mkdirSync(path, { recursive: true });
    return path;
  }

  /** A new folder of which nobody knows anything yet; removed at the end. @param {string} name */
  newFolder(name) {
    return mkdtempSync(join(this.#folder, `${name}-`));
  }

  /**
   * Lets the browser tell its progress with a call, but answer it only when what this returns is called.
   * @param {number} offset the argument of the call
   */
  hold(offset) {
    /** @type {() => void} */
    let release = () => {};
    this.#held.set(offset, new Promise((resolve) => { release = resolve; }));
    return release;
  }

  async start() {
    this.#running.endWithProcess();
    const { java, jar } = findPlaces();
    const artefacts = join(TARGET, 'clients');
    rmSync(artefacts, { recursive: true, force: true });
    const port = await freePort();
    this.#port = await freePort();
    const webSocket = `ws://localhost:${port}/ws`;
    Object.assign(process.env, { MCP_SERVER_URL: this.url, WEBSOCKET_URL: webSocket, REQUESTS_PER_MINUTE: '0' });
    this.#recorder = this.#running.add(new Recorder(port));
    await this.#recorder.listen(this.#port);
    const service = await startService({
      java, jar, port, data: join(this.#folder, 'data'), log: join(artefacts, 'service.log'), running: this.#running,
    });
    this.#service = service;
    const [key, link] = await Promise.all([service.newKey(ACCOUNT, 'clients'), service.newLink(ACCOUNT)]);
    this.#key = key;
    const places = { service: this.url, webSocket, extensionId: EXTENSION };
    this.#browser = this.#running.add(await ScriptedExtension.connect({
      ...places, token: await pairOverHttp(link, places), script: { list_courses: this.#listCourses.bind(this) },
    }));
    this.#recorder.take();
  }

  /** @type {import('../lib/scripted-extension.mjs').Operation} */
  async #listCourses(command, tell) {
    const held = this.#held.get(command.arguments.offset);
    if (held) tell(PROGRESS);
    await held;
    return COURSES;
  }

  async end() {
    await this.#running.end();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
