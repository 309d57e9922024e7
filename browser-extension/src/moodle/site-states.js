/** What is known about each site, and who wants to hear of changes. */

import { isObject } from '../json.js';

/** @typedef {import('./sites.js').Site} Site */
/** @typedef {import('../bridge/protocol.js').SiteState} SiteState */

const KEY = 'siteStates';

/** Remembers the last known state of each site while the browser runs. */
export class SiteStates {
  #memory;
  #onChange;
  /** @type {Promise<unknown>} */
  #last = Promise.resolve();

  /**
   * @param {import('../capabilities.js').Area} memory
   * @param {() => void} onChange called when a state is other than before
   */
  constructor(memory, onChange) {
    this.#memory = memory;
    this.#onChange = onChange;
  }

  /**
   * The states of these sites; `unknown` where nobody looked yet.
   * @param {Site[]} sites
   * @returns {Promise<SiteState[]>}
   */
  async of(sites) {
    const known = await this.#load();
    return sites.map(({ site, url }) => ({ ...(known[site] ?? { state: 'unknown' }), site, url }));
  }

  /**
   * @param {SiteState} state
   * @returns {Promise<void>}
   */
  learn(state) {
    return this.#inTurn(async () => {
      const known = await this.#load();
      const before = known[state.site];
      await this.#memory.set(KEY, { ...known, [state.site]: state });
      if (before?.state !== state.state || before?.user_id !== state.user_id) this.#onChange();
    });
  }

  /**
   * @param {string} site
   * @returns {Promise<void>}
   */
  forget(site) {
    return this.#inTurn(async () => {
      const { [site]: _, ...rest } = await this.#load();
      await this.#memory.set(KEY, rest);
      this.#onChange();
    });
  }

  /** @returns {Promise<{[site: string]: SiteState}>} */
  async #load() {
    const stored = await this.#memory.get(KEY);
    return isObject(stored) ? /** @type {{[site: string]: SiteState}} */ (stored) : {};
  }

  /**
   * @param {() => Promise<void>} work
   * @returns {Promise<void>}
   */
  #inTurn(work) {
    const done = this.#last.then(work);
    this.#last = done.catch(() => {});
    return done;
  }
}
