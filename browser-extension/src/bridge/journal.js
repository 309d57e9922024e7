/** Which writes this browser began and ended: command ids only, kept on disk so that no write is made twice. */

import { objectsIn, textOf } from '../json.js';

const KEY = 'journal';
const LONGEST = 100;

/**
 * `claimed`: it began to act, and how it ended is not known; `done`: it was carried out; `refused`: Moodle said no.
 * @typedef {'claimed' | 'done' | 'refused'} JournalOutcome
 */
/** @typedef {{command: string, outcome: JournalOutcome}} JournalEntry */

/** @typedef {JournalEntry & {service: string}} KeptEntry */

/**
 * The last hundred writes of each service, the oldest first. It outlives the worker, the browser, and a stay with
 * another service: one that finds its command missing takes it that the write never began. Changes happen one after
 * another.
 */
export class Journal {
  #area;
  #service;
  /** @type {Promise<unknown>} */
  #last = Promise.resolve();

  /**
   * @param {import('../capabilities.js').Area} area
   * @param {() => Promise<string>} service the address of the present service
   */
  constructor(area, service) {
    this.#area = area;
    this.#service = service;
  }

  /**
   * Those of the present service; what another asked for is nothing to it.
   * @returns {Promise<JournalEntry[]>}
   */
  async entries() {
    const present = await this.#service();
    return (await this.#kept())
      .filter(({ service }) => service === present)
      .map(({ command, outcome }) => ({ command, outcome }));
  }

  /** @returns {Promise<KeptEntry[]>} */
  async #kept() {
    return objectsIn(await this.#area.get(KEY)).map(({ command, outcome, service }) => ({
      command: textOf(command),
      outcome: outcome === 'done' || outcome === 'refused' ? outcome : 'claimed',
      service: textOf(service),
    }));
  }

  /**
   * Notes that a write is about to act.
   * @param {string} command
   * @returns {Promise<boolean>} false when it was noted before: then it must not act
   */
  begin(command) {
    return this.#inTurn(async () => {
      const present = await this.#service();
      const entries = await this.#kept();
      if (entries.some((entry) => entry.command === command)) return false;
      const others = entries.filter(({ service }) => service !== present);
      const own = entries.filter(({ service }) => service === present);
      const begun = { command, outcome: 'claimed', service: present };
      await this.#area.set(KEY, [...others, ...[...own, begun].slice(-LONGEST)]);
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
      const entries = await this.#kept();
      await this.#area.set(KEY, entries.map((entry) => (entry.command === command ? { ...entry, outcome } : entry)));
    });
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
