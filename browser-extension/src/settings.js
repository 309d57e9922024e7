/** What the person or an administrator chose, kept in the browser. */

import { CONSENT_VERSION, DEFAULT_SERVER } from './config.js';
import { isObject, objectsIn, textOf } from './json.js';
import { isLoopback, rootOf } from './moodle/sites.js';

/** @typedef {import('./capabilities.js').Area} Area */
/** @typedef {import('./moodle/sites.js').Site} Site */

/**
 * The service's address as it is kept, or null when the text is none: https, or http on this computer.
 * @param {string} text
 * @returns {string | null}
 */
export function serverAddress(text) {
  try {
    const url = new URL(text.trim());
    const safe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
    return safe && !url.username && !url.password ? rootOf(url) : null;
  } catch {
    return null;
  }
}

/** The settings. Changes happen one after another. */
export class Settings {
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

  /**
   * The service's address, and whether an administrator fixed it.
   * @returns {Promise<{address: string, managed: boolean}>}
   */
  async server() {
    const managed = serverAddress(textOf(await this.#managed.get('server').catch(() => undefined)));
    if (managed) return { address: managed, managed: true };
    return { address: serverAddress(textOf(await this.#local.get('server'))) ?? DEFAULT_SERVER, managed: false };
  }

  /** @param {string} address */
  setServer(address) {
    return this.#local.set('server', address);
  }

  /**
   * When the person agreed to the present consent text, or null.
   * @returns {Promise<string | null>}
   */
  async consentGiven() {
    const consent = await this.#local.get('consent');
    return isObject(consent) && consent.version === CONSENT_VERSION ? textOf(consent.at) : null;
  }

  /** @param {Date} at */
  giveConsent(at) {
    return this.#local.set('consent', { version: CONSENT_VERSION, at: at.toISOString() });
  }

  withdrawConsent() {
    return this.#local.remove('consent');
  }

  /**
   * The id of this browser profile, made once.
   * @returns {Promise<string>}
   */
  browserId() {
    return this.#inTurn(async () => {
      const known = textOf(await this.#local.get('browserId'));
      if (known) return known;
      const id = crypto.randomUUID();
      await this.#local.set('browserId', id);
      return id;
    });
  }

  /** @returns {Promise<Site[]>} */
  async sites() {
    return objectsIn(await this.#local.get('sites')).map((site) => ({
      site: textOf(site.site),
      url: textOf(site.url),
      ...(typeof site.userId === 'number' && { userId: site.userId }),
    }));
  }

  /**
   * Adds a site; one that is there already stays as it is.
   * @param {Site} added
   * @returns {Promise<void>}
   */
  addSite(added) {
    return this.#changeSites((sites) => (sites.some(({ site }) => site === added.site) ? sites : [...sites, added]));
  }

  /**
   * @param {string} name
   * @returns {Promise<void>}
   */
  removeSite(name) {
    return this.#changeSites((sites) => sites.filter(({ site }) => site !== name));
  }

  /**
   * Remembers the first user of a site, and tells which one that is.
   * @param {string} name
   * @param {number} userId
   * @returns {Promise<number>}
   */
  async pinUser(name, userId) {
    const first = (await this.sites()).find(({ site }) => site === name)?.userId;
    if (first !== undefined) return first;
    await this.useAs(name, userId);
    return userId;
  }

  /**
   * Sets which user a site is used as.
   * @param {string} name
   * @param {number} userId
   * @returns {Promise<void>}
   */
  useAs(name, userId) {
    return this.#changeSites((sites) => sites.map((site) => (site.site === name ? { ...site, userId } : site)));
  }

  /** @param {(sites: Site[]) => Site[]} change */
  #changeSites(change) {
    return this.#inTurn(async () => this.#local.set('sites', change(await this.sites())));
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
