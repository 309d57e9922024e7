/** Which functions a site was found not to have: forgotten in time, because an update brings new ones. */

import { isObject } from '../json.js';

const FORGET_MS = 12 * 3_600_000;

/** @typedef {import('./sites.js').Site} Site */

/** Remembers missing functions while the browser runs. */
export class MissingFunctions {
  #memory;
  #now;

  /**
   * @param {import('../capabilities.js').Area} memory
   * @param {() => number} now milliseconds since 1970
   */
  constructor(memory, now) {
    this.#memory = memory;
    this.#now = now;
  }

  /**
   * @param {Site} site
   * @returns {Promise<Set<string>>}
   */
  async of(site) {
    return new Set(Object.keys(await this.#load(site)));
  }

  /**
   * @param {Site} site
   * @param {{method: string}[]} calls that failed because the site does not have their function
   */
  async learn(site, calls) {
    if (calls.length === 0) return;
    const found = Object.fromEntries(calls.map(({ method }) => [method, this.#now()]));
    await this.#memory.set(keyOf(site), { ...(await this.#load(site)), ...found });
  }

  /**
   * @param {Site} site
   * @returns {Promise<{[method: string]: unknown}>}
   */
  async #load(site) {
    const stored = await this.#memory.get(keyOf(site));
    const since = this.#now() - FORGET_MS;
    return Object.fromEntries(Object.entries(isObject(stored) ? stored : {})
      .filter(([, found]) => typeof found === 'number' && found > since));
  }
}

/** @param {Site} site */
function keyOf(site) {
  return `missing:${site.site}`;
}
