/** What the person or an administrator settled about writes, kept in the browser. */

import { isObject } from '../json.js';

const KEY = 'policy';
const CHOICES = /** @type {const} */ (['ask', 'allow', 'deny']);

/** @typedef {import('../capabilities.js').Area} Area */
/** @typedef {import('./policy.js').Choice} Choice */
/** @typedef {{[site: string]: {[operation: string]: Choice}}} SiteChoices */
/** @typedef {{paused: boolean, readOnly: boolean, sites: SiteChoices}} Kept */
/** @typedef {{readOnly: boolean, alwaysAsk: boolean, denied: string[]}} Managed */

/** The choices. Changes happen one after another. */
export class Choices {
  #local;
  #managed;
  /** @type {Promise<unknown>} */
  #last = Promise.resolve();

  /**
   * @param {Area} local
   * @param {Pick<Area, 'get'>} managed set by an administrator; may reject where there is none
   */
  constructor(local, managed) {
    this.#local = local;
    this.#managed = managed;
  }

  /** @returns {Promise<Kept>} */
  async kept() {
    const stored = await this.#local.get(KEY);
    const { paused, readOnly, sites } = isObject(stored) ? stored : {};
    return {
      paused: paused === true,
      readOnly: readOnly === true,
      sites: isObject(sites) ? /** @type {SiteChoices} */ (sites) : {},
    };
  }

  /** @returns {Promise<Managed>} */
  async managed() {
    const [readOnly, alwaysAsk, denied] = await Promise.all(['readOnly', 'alwaysAsk', 'deniedWrites']
      .map((key) => this.#managed.get(key).catch(() => undefined)));
    return {
      readOnly: readOnly === true,
      alwaysAsk: alwaysAsk === true,
      denied: Array.isArray(denied) ? denied.filter((name) => typeof name === 'string') : [],
    };
  }

  /**
   * What holds for an operation on a site.
   * @param {string} site
   * @param {string} operation
   * @returns {Promise<Omit<import('./policy.js').Circumstances, 'hasRead'>>}
   */
  async of(site, operation) {
    const [kept, managed] = await Promise.all([this.kept(), this.managed()]);
    return {
      readOnly: kept.readOnly || managed.readOnly,
      choice: choiceIn(kept.sites, site, operation),
      alwaysAsk: managed.alwaysAsk,
      denied: managed.denied,
    };
  }

  /** @param {boolean} paused */
  setPaused(paused) {
    return this.#change((kept) => ({ ...kept, paused }));
  }

  /** @param {boolean} readOnly */
  setReadOnly(readOnly) {
    return this.#change((kept) => ({ ...kept, readOnly }));
  }

  /**
   * @param {string} site
   * @param {string} operation
   * @param {Choice} choice
   */
  choose(site, operation, choice) {
    return this.#change((kept) => ({
      ...kept, sites: { ...kept.sites, [site]: { ...kept.sites[site], [operation]: choice } },
    }));
  }

  /**
   * Forgets what was chosen for a site.
   * @param {string} site
   */
  forget(site) {
    return this.#change((kept) => {
      const { [site]: _, ...sites } = kept.sites;
      return { ...kept, sites };
    });
  }

  /**
   * @param {(kept: Kept) => Kept} change
   * @returns {Promise<void>}
   */
  #change(change) {
    const done = this.#last.then(async () => this.#local.set(KEY, change(await this.kept())));
    this.#last = done.catch(() => {});
    return done;
  }
}

/**
 * @param {SiteChoices} sites
 * @param {string} site
 * @param {string} operation
 * @returns {Choice}
 */
export function choiceIn(sites, site, operation) {
  const ofSite = Object.hasOwn(sites, site) && isObject(sites[site]) ? sites[site] : {};
  const chosen = Object.hasOwn(ofSite, operation) ? ofSite[operation] : 'ask';
  return CHOICES.includes(chosen) ? chosen : 'ask';
}
