/** What was asked, approved and done in this browser, and when: no content, only what a person needs to look back. */

import { objectsIn, textOf } from './json.js';

const KEY = 'activity';

/** How many entries are kept. */
export const LONGEST = 500;

/** @typedef {import('./bridge/protocol.js').RunCommand} RunCommand */
/** @typedef {import('./moodle/sites.js').Site} Site */
/** @typedef {'asked' | 'approved' | 'rejected'} Step */

/**
 * @typedef {object} Entry
 * @property {string} id the command's
 * @property {string} at when it came, in ISO 8601
 * @property {string} tool
 * @property {string} kind the class of its side effect
 * @property {string} site empty when it was not known
 * @property {string} [asked] when the person was asked
 * @property {string} [decided] when the person decided
 * @property {'approved' | 'rejected'} [decision]
 * @property {string} [ended]
 * @property {string} [outcome] `done`, the reason of the failure, or `interrupted` when the worker ended before it did
 * @property {string} [detail] a code
 */

/** The log: the last entries, the newest last. Changes happen one after another. */
export class Activity {
  #area;
  #now;
  /** @type {Promise<unknown>} */
  #last = Promise.resolve();

  /**
   * @param {import('./capabilities.js').Area} area
   * @param {() => Date} now
   */
  constructor(area, now) {
    this.#area = area;
    this.#now = now;
  }

  /** @returns {Promise<Entry[]>} */
  async entries() {
    return /** @type {Entry[]} */ (/** @type {unknown} */ (objectsIn(await this.#area.get(KEY))));
  }

  /** @param {RunCommand} command */
  began(command) {
    return this.#change(command, null, {});
  }

  /**
   * @param {RunCommand} command
   * @param {Site} site
   * @param {Step} step
   */
  step(command, site, step) {
    const at = this.#now().toISOString();
    return this.#change(command, site, step === 'asked' ? { asked: at } : { decided: at, decision: step });
  }

  /**
   * @param {RunCommand} command
   * @param {Site | null} site
   * @param {import('./failure.js').Failure | null} failure
   */
  ended(command, site, failure) {
    return this.#change(command, site, {
      ended: this.#now().toISOString(),
      outcome: failure?.reason ?? 'done',
      ...(failure?.detail && { detail: failure.detail }),
    });
  }

  /**
   * Says of what an earlier worker left without an end that it was interrupted. Call it before anything begins.
   * @returns {Promise<void>}
   */
  interrupted() {
    return this.#inTurn(async () => {
      const entries = await this.entries();
      if (entries.every(({ outcome }) => outcome !== undefined)) return;
      await this.#area.set(KEY, entries.map((entry) => ({ outcome: 'interrupted', ...entry })));
    });
  }

  clear() {
    return this.#inTurn(() => this.#area.remove(KEY));
  }

  /**
   * @param {RunCommand} command
   * @param {Site | null} site
   * @param {Partial<Entry>} more
   */
  #change({ id, tool, sideEffect }, site, more) {
    const at = this.#now().toISOString();
    return this.#inTurn(async () => {
      const entries = await this.entries();
      const known = entries.find((entry) => textOf(entry.id) === id);
      const entry = {
        ...(known ?? { id, at, tool: tool.slice(0, 64), kind: sideEffect.slice(0, 16), site: '' }),
        ...(site && { site: site.site }), ...more,
      };
      const others = known ? entries.map((one) => (one === known ? entry : one)) : [...entries, entry];
      await this.#area.set(KEY, others.slice(-LONGEST));
    });
  }

  /** @param {() => Promise<void>} work */
  #inTurn(work) {
    const done = this.#last.then(work).catch(() => {});
    this.#last = done;
    return done;
  }
}
