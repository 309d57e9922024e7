/** Runs the service's commands: at most two at a time per site, in order, each until its time is over. */

import { commandError, commandResult } from './protocol.js';
import { Failure, asFailure } from '../failure.js';
import { Gate } from '../moodle/gate.js';
import { findSite } from '../moodle/sites.js';

const AT_A_TIME = 2;
const MAX_WAITING = 30;
const NO_SITE = '*';

/** @typedef {import('./protocol.js').RunCommand} RunCommand */
/** @typedef {import('../operations/index.js').Operation} Operation */
/** @typedef {import('../operations/index.js').Context} Context */
/** @typedef {import('../moodle/sites.js').Site} Site */
/** @typedef {import('../json.js').JsonObject} JsonObject */

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
  #heard;
  #gate = new Gate(AT_A_TIME, MAX_WAITING);
  /** @type {Map<string, AbortController>} */
  #live = new Map();

  /**
   * @param {object} parts
   * @param {ReadonlyMap<string, Operation>} parts.operations
   * @param {() => Promise<Site[]>} parts.sites those the person added
   * @param {Omit<Context, 'sites' | 'signal'>} parts.tools what operations may use
   * @param {Clock} parts.clock
   * @param {(site: Site, failure: Failure | null) => void} [parts.heard] told how each command on a site ended
   */
  constructor({ operations, sites, tools, clock, heard = () => {} }) {
    this.#operations = operations;
    this.#sites = sites;
    this.#tools = tools;
    this.#clock = clock;
    this.#heard = heard;
  }

  /** The names of all operations, sorted. */
  names() {
    return [...this.#operations.keys()].sort();
  }

  /**
   * Runs one command; the reply frame comes exactly once.
   * @param {RunCommand} command
   * @param {(frame: JsonObject) => void} reply
   * @returns {Promise<void>}
   */
  async run(command, reply) {
    if (this.#live.has(command.id)) return;
    const controller = new AbortController();
    this.#live.set(command.id, controller);
    const expire = () => controller.abort(new Failure('expired', { site: command.site }));
    if (command.remainingMs <= 0) expire();
    const timer = this.#clock.setTimeout(expire, Math.max(0, command.remainingMs));
    try {
      reply(commandResult(command.id, await this.#result(command, controller.signal)));
    } catch (error) {
      reply(commandError(command.id, asFailure(controller.signal.aborted ? controller.signal.reason : error)));
    } finally {
      this.#clock.clearTimeout(timer);
      this.#live.delete(command.id);
    }
  }

  /**
   * Stops a command, running or waiting; one that has ended is left alone.
   * @param {string} id
   */
  cancel(id) {
    this.#live.get(id)?.abort(new Failure('cancelled'));
  }

  /** Stops all commands, because the connection that asked for them is gone. */
  cancelAll() {
    for (const id of this.#live.keys()) this.cancel(id);
  }

  /**
   * @param {RunCommand} command
   * @param {AbortSignal} signal
   * @returns {Promise<JsonObject>}
   */
  async #result(command, signal) {
    const operation = this.#operations.get(command.tool);
    if (!operation) throw new Failure('unknown_operation');
    if (operation.sideEffect !== command.sideEffect) throw new Failure('invalid_arguments', { detail: 'sideEffect' });
    const sites = await this.#sites();
    const context = { ...this.#tools, sites, signal };
    if (operation.on === 'all') {
      return this.#inTurn(NO_SITE, signal, () => operation.run(command.arguments, context));
    }
    const site = chooseSite(sites, command.site ?? command.arguments.site);
    return this.#inTurn(site.site, signal, async () => {
      try {
        const result = await operation.run(command.arguments, site, context);
        this.#heard(site, null);
        return result;
      } catch (error) {
        if (!signal.aborted) this.#heard(site, asFailure(error));
        throw error;
      }
    });
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
