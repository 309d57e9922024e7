/** Which writes this browser began and ended: command ids only, kept on disk so that no write is made twice. */

import { objectsIn, textOf } from '../json.js';

const KEY = 'journal';
const LONGEST = 100;

/**
 * `claimed`: it began to act, and how it ended is not known; `done`: it was carried out; `refused`: Moodle said no.
 * @typedef {'claimed' | 'done' | 'refused'} JournalOutcome
 */
/** @typedef {{command: string, outcome: JournalOutcome}} JournalEntry */

/**
 * The last hundred writes, the oldest first. It outlives the worker and the browser. Changes happen one after another.
 */
export class Journal {
  #area;
  /** @type {Promise<unknown>} */
  #last = Promise.resolve();

  /** @param {import('../capabilities.js').Area} area */
  constructor(area) {
    this.#area = area;
  }

  /** @returns {Promise<JournalEntry[]>} */
  async entries() {
    return objectsIn(await this.#area.get(KEY)).map(({ command, outcome }) => ({
      command: textOf(command), outcome: outcome === 'done' || outcome === 'refused' ? outcome : 'claimed',
    }));
  }

  /**
   * Notes that a write is about to act.
   * @param {string} command
   * @returns {Promise<boolean>} false when it was noted before: then it must not act
   */
  begin(command) {
    return this.#inTurn(async () => {
      const entries = await this.entries();
      if (entries.some((entry) => entry.command === command)) return false;
      await this.#area.set(KEY, [...entries, { command, outcome: 'claimed' }].slice(-LONGEST));
      return true;
    });
  }

  /**
   * Notes how a write ended.
   * @param {string} command
   * @param {'done' | 'refused'} outcome
   * @returns {Promise<void>}
   */
  end(command, outcome) {
    return this.#inTurn(async () => {
      const entries = await this.entries();
      await this.#area.set(KEY, entries.map((entry) => (
        entry.command === command ? { command, outcome } : entry)));
    });
  }

  /**
   * Forgets everything: what one service asked for is nothing to another.
   * @returns {Promise<void>}
   */
  clear() {
    return this.#inTurn(() => this.#area.remove(KEY));
  }

  /**
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  #inTurn(work) {
    const done = this.#last.then(work);
    this.#last = done.catch(() => {});
    return done;
  }
}
