/** Finds out how a site stands right now: who is signed in, or what is in the way. */

import { asFailure } from '../failure.js';
import { integerOf, isObject } from '../json.js';
import { ChangedUser } from './session.js';

/** How long one site may keep the report on all of them waiting. */
const LOOK_MS = 12_000;

/** @typedef {import('./sites.js').Site} Site */
/** @typedef {import('../bridge/protocol.js').SiteState} SiteState */
/** @typedef {import('../bridge/protocol.js').SiteStateName} SiteStateName */

/** @type {{[reason: string]: SiteStateName}} */
const STATES = {
  signed_out: 'signed_out',
  no_permission: 'no_permission',
  unreachable: 'unreachable',
  maintenance: 'maintenance',
  site_changed_user: 'other_user',
};

/** Asks sites for their state without prolonging the person's session. */
export class Probe {
  #ajax;
  #sessions;
  #states;
  #now;
  #timeout;

  /**
   * @param {object} parts
   * @param {import('./ajax.js').Ajax} parts.ajax
   * @param {import('./session.js').Sessions} parts.sessions
   * @param {import('./site-states.js').SiteStates} parts.states learns what was found
   * @param {() => number} parts.now
   * @param {(ms: number) => AbortSignal} [parts.timeout]
   */
  constructor({ ajax, sessions, states, now, timeout = (ms) => AbortSignal.timeout(ms) }) {
    this.#ajax = ajax;
    this.#sessions = sessions;
    this.#states = states;
    this.#now = now;
    this.#timeout = timeout;
  }

  /**
   * @param {Site} site
   * @param {AbortSignal} [signal]
   * @returns {Promise<SiteState>}
   */
  async look(site, signal) {
    const found = await this.#find(site, signal);
    signal?.throwIfAborted();
    const state = {
      site: site.site, url: site.url, ...found, checked_at: new Date(this.#now()).toISOString(),
    };
    await this.#states.learn(state);
    return state;
  }

  /**
   * @param {Site[]} sites
   * @param {SiteStateName[]} [seen] only those that were last seen in one of these states
   * @returns {Promise<void>}
   */
  async lookAt(sites, seen) {
    const known = await this.#states.of(sites);
    await Promise.all(sites.filter((_, i) => !seen || seen.includes(known[i].state)).map((site) => this.look(site)));
  }

  /**
   * Looks anew when the way a command ended does not fit what is known of its site.
   * @param {Site} site
   * @param {import('../failure.js').Failure | null} failure null for a command that succeeded
   * @returns {Promise<void>}
   */
  async heard(site, failure) {
    const implied = failure ? STATES[failure.reason] : 'signed_in';
    const [known] = await this.#states.of([site]);
    const changedUser = failure?.reason === 'site_changed_user';
    if (changedUser || (implied !== undefined && implied !== known.state)) await this.look(site);
  }

  /**
   * @param {Site} site
   * @param {AbortSignal} [signal]
   * @returns {Promise<{state: SiteStateName, user_id?: number}>}
   */
  async #find(site, signal) {
    const limit = this.#timeout(LOOK_MS);
    try {
      const userId = await this.#userId(site, signal ? AbortSignal.any([signal, limit]) : limit);
      return { state: 'signed_in', user_id: userId };
    } catch (error) {
      if (error === limit.reason) return { state: 'unreachable' };
      if (error instanceof ChangedUser) return { state: 'other_user', user_id: error.userId };
      return { state: STATES[asFailure(error).reason] ?? 'unknown' };
    }
  }

  /**
   * @param {Site} site
   * @param {AbortSignal} signal
   * @returns {Promise<number>}
   */
  async #userId(site, signal) {
    if (!(await this.#sessions.remembered(site))) return (await this.#sessions.current(site, signal)).userId;
    const data = await this.#ajax.call(site, 'core_session_time_remaining', {}, { signal, background: true });
    const session = await this.#sessions.current(site, signal);
    const userId = (isObject(data) ? integerOf(data.userid) : null) ?? session.userId;
    if (userId !== session.userId) throw new ChangedUser(site.site, userId);
    return userId;
  }
}
