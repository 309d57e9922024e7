/** A service, a demo Moodle and a place for what the tests leave behind. */

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { McpEndpoint } from '../lib/mcp.mjs';
import { Running } from '../lib/running.mjs';
import { TARGET, findPlaces } from '../lib/places.mjs';
import { freePort } from '../lib/ports.mjs';
import { startDemoMoodle } from '../lib/demo-moodle.mjs';
import { startService } from '../lib/service.mjs';

export const ACCOUNT = 'owner@localhost';

/** @typedef {import('../lib/browser.mjs').Tab} Tab */

/** What one test file starts. Logs and pictures stay in `target/`. */
export class World {
  running = new Running();
  places = findPlaces();
  #name;
  #folder;
  #port = 0;
  /** @type {Record<string, string>} */
  #settings = {};
  /** @type {import('../lib/service.mjs').Service | null} */
  #service = null;
  /** @type {import('../lib/demo-moodle.mjs').DemoMoodle | null} */
  #moodle = null;

  /** @param {string} name of the test file */
  constructor(name) {
    this.#name = name;
    this.#folder = mkdtempSync(join(tmpdir(), `moodle-mcp-${name}-`));
    rmSync(join(TARGET, name), { recursive: true, force: true });
    mkdirSync(join(TARGET, name), { recursive: true });
    mkdirSync(join(TARGET, 'screenshots'), { recursive: true });
    this.running.endWithProcess();
  }

  get service() {
    if (!this.#service) throw new Error('The service was not started.');
    return this.#service;
  }

  get moodle() {
    if (!this.#moodle) throw new Error('The demo Moodle was not started.');
    return this.#moodle;
  }

  /** A folder that is removed at the end. @param {string} name */
  folder(name) {
    return join(this.#folder, name);
  }

  /** A file that stays. @param {string} name */
  artefact(name) {
    return join(TARGET, this.#name, name);
  }

  /** @param {string} key */
  mcp(key) {
    return new McpEndpoint(this.service.url, key);
  }

  /** @param {Record<string, string>} [settings] of the service, beside those that all tests need */
  async start(settings = {}) {
    const { java, testkit } = this.places;
    this.#settings = settings;
    this.#port = await freePort();
    [this.#moodle] = await Promise.all([
      startDemoMoodle({ java, testkit, port: await freePort(), log: this.artefact('moodle.log'), running: this.running }),
      this.startService(),
    ]);
  }

  /** Starts the service; after a stop, on the same port and data. */
  async startService() {
    const { java, jar } = this.places;
    this.#service = await startService({
      java, jar, port: this.#port, data: this.folder('data'), log: this.artefact('service.log'), running: this.running,
      settings: { REQUESTS_PER_MINUTE: '0', ...this.#settings }, // The tests ask faster than people do.
    });
  }

  /**
   * @param {string} name
   * @param {Tab} tab
   */
  async picture(name, tab) {
    await tab.screenshot(join(TARGET, 'screenshots', `${this.#name}-${name}.png`));
  }

  async end() {
    await this.running.end();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
