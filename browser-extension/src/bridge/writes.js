/** How a write gets to act: policy or person allow it, the service grants its claim, the journal notes it. */

import { Failure, asFailure, isRefusal } from '../failure.js';
import { textOf } from '../json.js';
import { unlessAborted } from '../abort.js';

/** How long a person has to decide. */
const DECIDE_MS = 600_000;

const MAX_QUESTIONS = 32;

/** What a refused claim means for the command. @type {{[reason: string]: import('../failure.js').Reason}} */
const REFUSED = { expired: 'expired', cancelled: 'cancelled', unknown_command: 'cancelled' };

/** @typedef {import('./commands.js').Task} Task */
/** @typedef {import('../json.js').JsonObject} JsonObject */
/** @typedef {import('../approval/shown.js').Proposal} Proposal */

/** The steps of a write, each called in its turn by {@link import('./commands.js').Commands}. */
export class Writes {
  #approvals;
  #journal;
  #clock;
  #takeFiles;
  #questions = 0;

  /**
   * @param {object} parts
   * @param {import('./approvals.js').Approvals} parts.approvals
   * @param {import('./journal.js').Journal} parts.journal
   * @param {import('./commands.js').Clock} parts.clock
   * @param {import('../approval/shown.js').TakeFiles} parts.takeFiles
   */
  constructor({ approvals, journal, clock, takeFiles }) {
    this.#approvals = approvals;
    this.#journal = journal;
    this.#clock = clock;
    this.#takeFiles = takeFiles;
  }

  /**
   * Whether the person must be asked; fails when the write is not allowed at all.
   * @param {Task} task
   * @returns {Promise<boolean>}
   */
  async needsPerson({ command, site, running }) {
    const policy = await unlessAborted(running.controller.signal, this.#approvals.policy(command, site));
    if (policy === 'ask') return true;
    if (policy === 'allow') return false;
    throw new Failure('rejected', { site: site?.site });
  }

  /**
   * Ends well only when the person approved.
   * @param {Task} task
   * @param {Proposal} proposal what the person is to see
   * @returns {Promise<void>}
   */
  async askPerson({ command, site, running, service }, proposal) {
    const { signal } = running.controller;
    signal.throwIfAborted();
    if (this.#questions >= MAX_QUESTIONS) throw new Failure('busy', { site: site?.site });
    this.#questions += 1;
    running.isAsking = true;
    const timer = this.#clock.setTimeout(running.expire, DECIDE_MS);
    try {
      const asked = this.#approvals.ask(command, site, signal, proposal);
      service.approval(command.id);
      if ((await unlessAborted(signal, asked)) !== 'approved') throw new Failure('rejected', { site: site?.site });
    } finally {
      this.#clock.clearTimeout(timer);
      running.isAsking = false;
      this.#questions -= 1;
    }
  }

  /**
   * Lets a write act: only with a claim, and only once. It is noted before and after, and once begun it goes on to its
   * end whoever still waits: half a write helps nobody.
   * @param {Task} task
   * @param {Proposal} proposal
   * @returns {Promise<JsonObject>}
   */
  async carryOut({ command: { id }, running, service, act }, proposal) {
    const { signal } = running.controller;
    signal.throwIfAborted();
    const { granted, reason } = await unlessAborted(signal, service.claim(id));
    if (granted !== true) throw refusal(textOf(reason));
    signal.throwIfAborted();
    running.isActing = true;
    if (!(await this.#journal.begin(id))) throw new Failure('internal', { detail: 'ran_before' });
    try {
      const result = await act({ proposal, files: () => this.#takeFiles(id) });
      await this.#note(id, 'done');
      return result;
    } catch (error) {
      if (isRefusal(asFailure(error).reason)) await this.#note(id, 'refused');
      throw error;
    }
  }

  /**
   * Notes how a write ended. If that fails the write counts as one whose end is not known.
   * @param {string} id
   * @param {'done' | 'refused'} outcome
   */
  async #note(id, outcome) {
    await this.#journal.end(id, outcome).catch(() => {});
  }
}

/** @param {string} reason why a claim was refused */
function refusal(reason) {
  return Object.hasOwn(REFUSED, reason) ? new Failure(REFUSED[reason]) : new Failure('internal', { detail: reason });
}
