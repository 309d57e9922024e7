/** Runs the service's commands: at most two at a time per site, in order, each until its time is over, writes once. */

import { commandError, commandResult } from './protocol.js';
import { Failure, asFailure } from '../failure.js';
import { Gate } from '../moodle/gate.js';
import { findSite } from '../moodle/sites.js';
import { textOf } from '../json.js';
import { unlessAborted } from '../abort.js';

const AT_A_TIME = 2;
const MAX_WAITING = 30;
const NO_SITE = '*';

/** The side effects that need a claim. */
const WRITES = ['write', 'destructive'];

/** What a refused claim means for the command. @type {{[reason: string]: import('../failure.js').Reason}} */
const REFUSED = { expired: 'expired', cancelled: 'cancelled', unknown_command: 'cancelled' };

/** @typedef {import('./protocol.js').RunCommand} RunCommand */
/** @typedef {import('../operations/index.js').Operation} Operation */
/** @typedef {import('../operations/index.js').Context} Context */
/** @typedef {import('../moodle/sites.js').Site} Site */
/** @typedef {import('../json.js').JsonObject} JsonObject */

/**
 * @typedef {object} Service the service on the connection that a command came over
 * @property {(frame: JsonObject) => void} reply
 * @property {(command: string) => Promise<JsonObject>} claim asks whether a write may act now
 */

/**
 * @typedef {object} Running a command that has not ended
 * @property {AbortController} controller
 * @property {boolean} isActing whether it is a write that began to act: nothing stops it any more
 */

/**
 * @typedef {object} Clock
 * @property {() => number} now milliseconds since 1970
 * @property {(work: () => void, ms: number) => unknown} setTimeout
 * @property {(timer: unknown) => void} clearTimeout
 */

/** The commands of the present connection. */
export class Commands {
  #operations;
  #sites;
  #tools;
  #clock;
  #journal;
  #heard;
  #gate = new Gate(AT_A_TIME, MAX_WAITING);
  /** @type {Map<string, Running>} */
  #live = new Map();

  /**
   * @param {object} parts
   * @param {ReadonlyMap<string, Operation>} parts.operations
   * @param {() => Promise<Site[]>} parts.sites those the person added
   * @param {Omit<Context, 'sites' | 'signal'>} parts.tools what operations may use
   * @param {Clock} parts.clock
   * @param {import('./journal.js').Journal} parts.journal
   * @param {(site: Site, failure: Failure | null) => void} [parts.heard] told how each command on a site ended
   */
  constructor({ operations, sites, tools, clock, journal, heard = () => {} }) {
    this.#operations = operations;
    this.#sites = sites;
    this.#tools = tools;
    this.#clock = clock;
    this.#journal = journal;
    this.#heard = heard;
  }

  /** The names of all operations, sorted. */
  names() {
    return [...this.#operations.keys()].sort();
  }

  /**
   * Runs one command; the reply frame comes exactly once.
   * @param {RunCommand} command
   * @param {Service} service
   * @returns {Promise<void>}
   */
  async run(command, { reply, claim }) {
    if (this.#live.has(command.id)) return;
    /** @type {Running} */
    const running = { controller: new AbortController(), isActing: false };
    const { signal } = running.controller;
    this.#live.set(command.id, running);
    const expire = () => stop(running, new Failure('expired', { site: command.site }));
    if (command.remainingMs <= 0) expire();
    const timer = this.#clock.setTimeout(expire, Math.max(0, command.remainingMs));
    try {
      reply(commandResult(command.id, await this.#result(command, running, claim)));
    } catch (error) {
      reply(commandError(command.id, asFailure(signal.aborted ? signal.reason : error)));
    } finally {
      this.#clock.clearTimeout(timer);
      this.#live.delete(command.id);
    }
  }

  /**
   * Stops a command, running or waiting; one that has ended and a write that acts are left alone.
   * @param {string} id
   */
  cancel(id) {
    const running = this.#live.get(id);
    if (running) stop(running, new Failure('cancelled'));
  }

  /** Stops all commands, because the connection that asked for them is gone. */
  cancelAll() {
    for (const id of this.#live.keys()) this.cancel(id);
  }

  /**
   * @param {RunCommand} command
   * @param {Running} running
   * @param {Service['claim']} claim
   * @returns {Promise<JsonObject>}
   */
  async #result(command, running, claim) {
    const { signal } = running.controller;
    const operation = this.#operations.get(command.tool);
    if (!operation) throw new Failure('unknown_operation');
    if (operation.sideEffect !== command.sideEffect) throw new Failure('invalid_arguments', { detail: 'sideEffect' });
    const sites = await this.#sites();
    const context = { ...this.#tools, sites, signal };
    if (operation.on === 'all') {
      return this.#inTurn(NO_SITE, signal, () => this.#carryOut(command, running, claim, () => (
        operation.run(command.arguments, context))));
    }
    const site = chooseSite(sites, command.site ?? command.arguments.site);
    return this.#inTurn(site.site, signal, async () => {
      try {
        const result = await this.#carryOut(command, running, claim, () => (
          operation.run(command.arguments, site, context)));
        this.#heard(site, null);
        return result;
      } catch (error) {
        if (!signal.aborted) this.#heard(site, asFailure(error));
        throw error;
      }
    });
  }

  /**
   * Lets a command act. A write acts only with a claim, is noted before and after, and then goes on to its end
   * whoever still waits: half a write helps nobody.
   * @param {RunCommand} command
   * @param {Running} running
   * @param {Service['claim']} claim
   * @param {() => Promise<JsonObject>} act
   * @returns {Promise<JsonObject>}
   */
  async #carryOut({ id, sideEffect }, running, claim, act) {
    if (!WRITES.includes(sideEffect)) return act();
    const { signal } = running.controller;
    const { granted, reason } = await unlessAborted(signal, claim(id));
    if (granted !== true) throw refusal(textOf(reason));
    signal.throwIfAborted();
    running.isActing = true;
    if (!(await this.#journal.begin(id))) throw new Failure('internal', { detail: 'ran_before' });
    const result = await act();
    await this.#journal.end(id).catch(() => {});
    return result;
  }

  /**
   * @param {string} lane
   * @param {AbortSignal} signal
   * @param {() => Promise<JsonObject>} work
   */
  #inTurn(lane, signal, work) {
    if (this.#gate.isFull(lane)) throw new Failure('busy', lane === NO_SITE ? {} : { site: lane });
    return this.#gate.run(lane, signal, work);
  }
}

/**
 * @param {Running} running
 * @param {Failure} failure
 */
function stop({ controller, isActing }, failure) {
  if (!isActing) controller.abort(failure);
}

/** @param {string} reason why a claim was refused */
function refusal(reason) {
  return Object.hasOwn(REFUSED, reason) ? new Failure(REFUSED[reason]) : new Failure('internal', { detail: reason });
}

/**
 * @param {Site[]} sites
 * @param {unknown} wanted
 * @returns {Site}
 */
function chooseSite(sites, wanted) {
  if (sites.length === 0) throw new Failure('no_site');
  const names = sites.map(({ site }) => site);
  if (typeof wanted === 'string' && wanted !== '') {
    const found = findSite(sites, wanted);
    if (!found) throw new Failure('unknown_site', { sites: names });
    return found;
  }
  if (sites.length > 1) throw new Failure('several_sites', { sites: names });
  return sites[0];
}
