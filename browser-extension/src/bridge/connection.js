/** The connection to the service: the state machine that decides when there is a link. */

import * as protocol from './protocol.js';
import { CLOSE } from './protocol.js';
import { ABNORMAL_CLOSURE, Link } from './link.js';
import { LONGEST_WAIT_MS, WAIT_REASONS, delayAfter, waitReason } from './backoff.js';
import { isObject } from '../json.js';

/** @typedef {import('./link.js').Socket} Socket */
/** @typedef {import('./protocol.js').SiteState} SiteState */

/**
 * @typedef {{state: 'signed_out' | 'connecting' | 'connected' | 'superseded' | 'update_needed' | 'consent_needed'}
 *   | {state: 'waiting', until: number, why: WaitReason}} ConnectionState `until` in milliseconds since 1970
 */
/** @typedef {import('./backoff.js').WaitReason} WaitReason */

/**
 * @typedef {object} Pairing
 * @property {() => Promise<boolean>} isAllowed whether the person agreed to connect at all
 * @property {(options: {fresh: boolean}) => Promise<{token: string, url: string} | null>} access null when the person
 *     has to sign in; rejects when the service cannot be asked now
 * @property {() => Promise<void>} drop forgets a pairing that the service refuses
 */

/**
 * @typedef {object} Parts
 * @property {(url: string, protocols: string[]) => Socket} openSocket
 * @property {import('./commands.js').Clock} clock
 * @property {() => number} random
 * @property {import('../capabilities.js').Area} memory lasts as long as the browser runs, longer than the worker
 * @property {Pairing} pairing
 * @property {() => Promise<import('./protocol.js').Greeting>} greeting
 * @property {() => Promise<SiteState[]>} sites
 * @property {Pick<import('./commands.js').Commands, 'run' | 'cancel' | 'cancelAll'>} commands
 * @property {() => void} keepAlive tells the browser that the background page is still needed
 * @property {() => void} [onConnected]
 * @property {(state: ConnectionState) => void} [onState] told of every state
 */

const KEY = 'connection';

/** States that a worker that starts anew goes on with. */
const KEPT = /** @type {const} */ (['signed_out', 'consent_needed', 'superseded', 'update_needed']);

/**
 * Keeps the service connected.
 *
 *               ┌── consent_needed, signed_out: until the person does something
 *     ensure() ─┤
 *               └── connecting ──hello answered──► connected
 *                    ▲     │ lost                     │ lost
 *                    │     ▼                          ▼
 *                    └── waiting until ◄──────────────┘   superseded, update_needed: until reset()
 *
 * The state survives the service worker in `memory`, so that a worker that starts anew neither forgets a back-off nor
 * takes over from a newer connection.
 */
export class Connection {
  #parts;
  /** @type {ConnectionState} */
  #state = { state: 'connecting' };
  #attempt = 0;
  #renewed = false;
  #epoch = 0;
  /** @type {Link | null} */
  #link = null;
  /** @type {unknown} */
  #timer = null;
  /** @type {Promise<void> | null} */
  #opening = null;
  /** @type {Promise<void> | null} */
  #restored = null;
  #toldSites = '';

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /** @returns {ConnectionState} */
  get state() {
    return this.#state;
  }

  /**
   * Connects when that is due, and gives up a link that a sleep of the computer left dead. Safe to call at any time and
   * any number of times.
   * @returns {Promise<void>}
   */
  async ensure() {
    await (this.#restored ??= this.#restore());
    this.#link?.check();
    if (this.#link || this.#opening) return this.#opening ?? undefined;
    const { state } = this.#state;
    if (state === 'superseded' || state === 'update_needed') return;
    if (this.#state.state === 'waiting' && !this.#isDue(this.#state.until)) {
      if (this.#timer === null) this.#wakeAt(this.#state.until);
      return;
    }
    const opening = this.#open().finally(() => {
      if (this.#opening === opening) this.#opening = null;
    });
    this.#opening = opening;
    return opening;
  }

  /**
   * The computer changed networks: a link is tried at once, and a wait for a network that was gone is over.
   * @returns {Promise<void>}
   */
  async networkChanged() {
    await (this.#restored ??= this.#restore());
    this.#link?.probe();
    if (this.#state.state !== 'waiting' || this.#state.why !== 'lost' || this.#opening) return;
    this.#attempt = 0;
    await this.#wait(ABNORMAL_CLOSURE);
  }

  /** Finds out within ten seconds whether the service still answers, for a person who looks. */
  probe() {
    this.#link?.probe();
  }

  /**
   * Gives up the present connection and every reason to wait, and connects anew if the person is signed in.
   * @returns {Promise<void>}
   */
  async reset() {
    await (this.#restored ??= this.#restore());
    this.#epoch += 1;
    this.#opening = null;
    this.#attempt = 0;
    this.#renewed = false;
    this.#link?.end();
    this.#link = null;
    await this.#become({ state: 'connecting' });
    return this.ensure();
  }

  /**
   * Tells the service how the sites stand, if that is other than what it was told last.
   * @returns {Promise<void>}
   */
  async tellSites() {
    const link = this.#link;
    if (this.#state.state !== 'connected' || !link) return;
    const sites = await this.#parts.sites();
    const told = comparable(sites);
    if (told === this.#toldSites || this.#link !== link) return;
    this.#toldSites = told;
    link.send(protocol.status(sites));
  }

  /** @returns {Promise<void>} */
  async #restore() {
    const stored = await this.#parts.memory.get(KEY);
    if (!isObject(stored)) return;
    if (typeof stored.attempt === 'number') this.#attempt = stored.attempt;
    this.#renewed = stored.renewed === true;
    const kept = KEPT.find((state) => state === stored.state);
    if (kept) this.#state = { state: kept };
    if (stored.state === 'waiting' && typeof stored.until === 'number') {
      const why = WAIT_REASONS.find((reason) => reason === stored.why) ?? 'lost';
      this.#state = { state: 'waiting', until: stored.until, why };
    }
  }

  /** @returns {Promise<void>} */
  async #open() {
    const epoch = ++this.#epoch;
    this.#stopTimer();
    try {
      if (!(await this.#parts.pairing.isAllowed())) return await this.#become({ state: 'consent_needed' }, epoch);
      if (this.#state.state !== 'signed_out') await this.#become({ state: 'connecting' }, epoch);
      const access = await this.#parts.pairing.access({ fresh: this.#renewed });
      if (!access) return await this.#become({ state: 'signed_out' }, epoch);
      await this.#become({ state: 'connecting' }, epoch);
      const greeting = await this.#parts.greeting();
      if (epoch === this.#epoch) this.#start(access, greeting);
    } catch {
      if (epoch === this.#epoch) await this.#lost(ABNORMAL_CLOSURE);
    }
  }

  /**
   * @param {{token: string, url: string}} access
   * @param {import('./protocol.js').Greeting} greeting
   */
  #start({ token, url }, greeting) {
    const { openSocket, clock, commands, keepAlive } = this.#parts;
    this.#toldSites = comparable(greeting.sites);
    const link = new Link({
      socket: openSocket(url, [protocol.SUBPROTOCOL, `bearer.${token}`]),
      clock,
      greeting,
      commands,
      keepAlive,
      onUp: () => { void this.#connected(link); },
      onBeat: () => { this.#attempt = 0; },
      onDown: (code, slept) => {
        if (slept) this.#attempt = 0;
        void this.#lost(code);
      },
    });
    this.#link = link;
  }

  /** @param {Link} link */
  async #connected(link) {
    this.#renewed = false;
    await this.#become({ state: 'connected' });
    if (this.#link !== link) return;
    this.#parts.onConnected?.();
    await this.tellSites();
  }

  /**
   * @param {number} code
   * @returns {Promise<void>}
   */
  async #lost(code) {
    this.#link = null;
    switch (code) {
      case CLOSE.superseded:
        return this.#become({ state: 'superseded' });
      case CLOSE.updateNeeded:
        return this.#become({ state: 'update_needed' });
      case CLOSE.tokenRefused:
        return this.#refused();
      default:
        return this.#wait(code);
    }
  }

  /**
   * The token was refused: one fresh token is tried, then the person has to sign in. Tokens that are taken and refused
   * in turn are not renewed faster than any other connection is tried.
   */
  async #refused() {
    const again = !this.#renewed;
    this.#renewed = true;
    if (again && this.#attempt > 0) return this.#wait(CLOSE.tokenRefused);
    const epoch = this.#epoch;
    if (again) this.#attempt = 1;
    else await this.#parts.pairing.drop();
    await this.#become({ state: again ? 'connecting' : 'signed_out' }, epoch);
    if (again) await this.ensure();
  }

  /** @param {number} code */
  async #wait(code) {
    const until = this.#parts.clock.now() + delayAfter(code, this.#attempt, this.#parts.random());
    this.#attempt += 1;
    this.#wakeAt(until);
    await this.#become({ state: 'waiting', until, why: waitReason(code) });
  }

  /** @param {number} until */
  #isDue(until) {
    const left = until - this.#parts.clock.now();
    return left <= 0 || left > LONGEST_WAIT_MS;
  }

  /** @param {number} time */
  #wakeAt(time) {
    this.#stopTimer();
    this.#timer = this.#parts.clock.setTimeout(() => {
      this.#timer = null;
      void this.ensure();
    }, Math.max(0, time - this.#parts.clock.now()));
  }

  #stopTimer() {
    this.#parts.clock.clearTimeout(this.#timer);
    this.#timer = null;
  }

  /**
   * @param {ConnectionState} state
   * @param {number} [epoch] the attempt this state belongs to
   * @returns {Promise<void>}
   */
  async #become(state, epoch = this.#epoch) {
    if (epoch !== this.#epoch) return;
    this.#state = state;
    this.#parts.onState?.(state);
    await this.#parts.memory.set(KEY, { ...state, attempt: this.#attempt, renewed: this.#renewed });
  }
}

/**
 * What of the states makes a difference to the service.
 * @param {SiteState[]} sites
 */
function comparable(sites) {
  return JSON.stringify(sites.map(({ site, url, state, user_id }) => [site, url, state, user_id]));
}
