/**
 * Runs the service's commands: at most two at a time per site, in order, each until its time is over, writes only with
 * approval and only once.
 */

import { REFUSE_ALL } from './approvals.js';
import { commandError, commandResult } from './protocol.js';
import { Failure, asFailure } from '../failure.js';
import { Gate } from '../moodle/gate.js';
import { Writes } from './writes.js';
import { findSite } from '../moodle/sites.js';

const AT_A_TIME = 2;
const MAX_WAITING = 30;
const NO_SITE = '*';

/** @type {Proposal} */
const NOTHING_TO_SHOW = Object.freeze({ shown: {}, plan: {} });

/** @type {Approved} */
const NOTHING_APPROVED = Object.freeze({ proposal: NOTHING_TO_SHOW, files: async () => [] });

/** The side effects that need a claim. */
const WRITES = ['write', 'destructive'];

/** @typedef {import('./approvals.js').Approvals} Approvals */
/** @typedef {import('./protocol.js').RunCommand} RunCommand */
/** @typedef {import('../operations/index.js').Operation} Operation */
/** @typedef {import('../operations/index.js').Context} Context */
/** @typedef {import('../approval/shown.js').Proposal} Proposal */
/** @typedef {import('../approval/shown.js').Approved} Approved */
/** @typedef {import('../moodle/sites.js').Site} Site */
/** @typedef {import('../json.js').JsonObject} JsonObject */

/**
 * @typedef {object} Service the service on the connection that a command came over
 * @property {(frame: JsonObject) => void} reply
 * @property {(command: string) => void} approval tells that the person is being asked
 * @property {(command: string) => Promise<JsonObject>} claim asks whether a write may act now
 */

/**
 * @typedef {object} Running a command that has not ended
 * @property {AbortController} controller
 * @property {() => void} expire ends it because its time is over
 * @property {boolean} isAsking whether the person is being asked
 * @property {boolean} isActing whether it is a write that began to act: nothing stops it any more
 * @property {Site | null} site where it runs, once that is known
 */

/**
 * @typedef {object} Task a command that is ready to be carried out
 * @property {RunCommand} command
 * @property {Site | null} site null for an operation on no site in particular
 * @property {Running} running
 * @property {Service} service
 * @property {() => Promise<Proposal>} propose finds out what the write would do, and changes nothing
 * @property {(approved: Approved) => Promise<JsonObject>} act
 */

/**
 * @typedef {object} Watch
 * @property {(command: RunCommand) => void} began called before a command does anything
 * @property {(command: RunCommand, site: Site | null, failure: Failure | null) => void} ended with null for success
 */

/**
 * @typedef {object} People hides other people
 * @property {(site: Site, args: JsonObject) => Promise<JsonObject>} incoming arguments with the people that are meant
 * @property {(site: Site, result: JsonObject, isList: boolean) => Promise<JsonObject>} outgoing a result as it may
 *     leave the browser
 */

/** @type {People} */
const HIDE_NOBODY = { incoming: async (_, args) => args, outgoing: async (_, result) => result };

/** @type {Watch} */
const NOBODY = { began: () => {}, ended: () => {} };

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
  #writes;
  #heard;
  #isPaused;
  #people;
  #watch;
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
   * @param {Approvals} [parts.approvals] without it no write is made
   * @param {(site: Site, failure: Failure | null) => void} [parts.heard] told how each command on a site ended
   * @param {() => Promise<boolean>} [parts.isPaused] whether the person wants nothing to be done on sites now
   * @param {Watch} [parts.watch] told of every command
   * @param {People} [parts.people] without it nobody is hidden
   * @param {import('../approval/shown.js').TakeFiles} [parts.takeFiles] the files that the person chose for a command
   */
  constructor({
    operations, sites, tools, clock, journal, approvals = REFUSE_ALL, heard = () => {}, isPaused = async () => false,
    watch = NOBODY, people = HIDE_NOBODY, takeFiles = async () => [],
  }) {
    this.#operations = operations;
    this.#sites = sites;
    this.#tools = tools;
    this.#clock = clock;
    this.#writes = new Writes({ approvals, journal, clock, takeFiles });
    this.#heard = heard;
    this.#isPaused = isPaused;
    this.#people = people;
    this.#watch = watch;
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
  async run(command, service) {
    if (this.#live.has(command.id)) return;
    const running = this.#begin(command);
    const { signal } = running.controller;
    if (command.remainingMs <= 0) running.expire();
    const timer = this.#clock.setTimeout(running.expire, Math.max(0, command.remainingMs));
    this.#watch.began(command);
    try {
      const result = await this.#result(command, running, service);
      this.#watch.ended(command, running.site, null);
      service.reply(commandResult(command.id, result));
    } catch (error) {
      const failure = asFailure(signal.aborted ? signal.reason : error);
      this.#watch.ended(command, running.site, failure);
      service.reply(commandError(command.id, failure));
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
   * @returns {Running}
   */
  #begin({ id, site }) {
    /** @type {Running} */
    const running = {
      controller: new AbortController(),
      expire: () => stop(running, new Failure('expired', { site, ...(running.isAsking && { detail: 'approval' }) })),
      isAsking: false,
      isActing: false,
      site: null,
    };
    this.#live.set(id, running);
    return running;
  }

  /**
   * @param {RunCommand} command
   * @param {Running} running
   * @param {Service} service
   * @returns {Promise<JsonObject>}
   */
  async #result(command, running, service) {
    const { signal } = running.controller;
    const operation = this.#operations.get(command.tool);
    if (!operation) throw new Failure('unknown_operation');
    if (operation.sideEffect !== command.sideEffect) throw new Failure('invalid_arguments', { detail: 'sideEffect' });
    const sites = await this.#sites();
    const context = { ...this.#tools, sites, signal };
    if (operation.on === 'all') {
      const act = () => operation.run(command.arguments, context);
      return this.#carryOut({ command, site: null, running, service, propose: async () => NOTHING_TO_SHOW, act });
    }
    const site = chooseSite(sites, command.site ?? command.arguments.site);
    running.site = site;
    if (await this.#isPaused()) throw new Failure('rejected', { site: site.site, detail: 'paused' });
    try {
      const args = await this.#people.incoming(site, command.arguments);
      const propose = async () => operation.propose?.(args, site, context) ?? NOTHING_TO_SHOW;
      const act = (/** @type {Approved} */ approved) => operation.run(args, site, context, approved);
      const meant = { ...command, arguments: args };
      const result = await this.#carryOut({ command: meant, site, running, service, propose, act });
      this.#heard(site, null);
      const used = (await this.#sites()).find((one) => one.site === site.site) ?? site;
      return await this.#people.outgoing(used, result, operation.listsPeople === true);
    } catch (error) {
      if (!signal.aborted) this.#heard(site, asFailure(error));
      throw error;
    }
  }

  /**
   * Lets a command act. A write may need a person first, who is asked outside the site's turn: others go on meanwhile.
   * @param {Task} task
   * @returns {Promise<JsonObject>}
   */
  async #carryOut(task) {
    const { command, site, running: { controller: { signal } } } = task;
    const lane = site?.site ?? NO_SITE;
    if (this.#gate.isFull(lane)) throw new Failure('busy', { site: site?.site });
    if (!WRITES.includes(command.sideEffect)) return this.#gate.run(lane, signal, () => task.act(NOTHING_APPROVED));
    const { proposal, done } = await this.#gate.run(lane, signal, async () => {
      const needsPerson = await this.#writes.needsPerson(task);
      const proposed = await task.propose();
      return { proposal: proposed, done: needsPerson ? null : await this.#writes.carryOut(task, proposed) };
    });
    if (done) return done;
    await this.#writes.askPerson(task, proposal);
    return this.#gate.run(lane, signal, async () => {
      await this.#checkUnchanged(site);
      return this.#writes.carryOut(task, proposal);
    });
  }

  /**
   * Refuses what was approved for a site that the person has removed since, or uses as somebody else.
   * @param {Site | null} site as it was when the person was asked
   * @returns {Promise<void>}
   */
  async #checkUnchanged(site) {
    if (!site) return;
    const now = chooseSite(await this.#sites(), site.site);
    if (site.userId !== undefined && now.userId !== site.userId) {
      throw new Failure('site_changed_user', { site: site.site });
    }
  }
}

/**
 * @param {Running} running
 * @param {Failure} failure
 */
function stop({ controller, isActing }, failure) {
  if (!isActing) controller.abort(failure);
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
