/** The questions that wait for the person, and what the person decides. */

import { Failure } from '../failure.js';
import { canBeAllowed, decide } from './policy.js';
import { objectsIn, textOf } from '../json.js';

/** How long a person has to decide; the command ends then. */
export const DECIDE_MS = 600_000;

/** A decision that comes sooner after the question was seen was not meant for it. */
export const TOO_SOON_MS = 800;

/** @typedef {import('../bridge/protocol.js').RunCommand} RunCommand */
/** @typedef {import('../moodle/sites.js').Site} Site */
/** @typedef {import('./shown.js').Proposal} Proposal */
/** @typedef {import('./shown.js').FileSeen} FileSeen */
/** @typedef {'approve' | 'always' | 'deny'} Decision */

/**
 * @typedef {object} Question what the pages know of a question
 * @property {string} id random, and not the command's
 * @property {string} tool
 * @property {string} site
 * @property {number} asked in milliseconds since 1970
 * @property {number} until when it expires
 * @property {boolean} canAlways
 * @property {boolean} afterReading whether it is asked only because text by others was read
 * @property {import('./shown.js').Shown} shown
 */

/**
 * @typedef {object} Open
 * @property {Question} question
 * @property {RunCommand} command
 * @property {number | null} seen when a page began to show it
 * @property {(decision: 'approved' | 'rejected') => void} settle
 */

/** Why a decision does not count. */
export class NotDecided extends Error {
  /** @param {'gone' | 'too_soon' | 'not_allowed' | 'files_missing'} problem */
  constructor(problem) {
    super(problem);
    this.problem = `decision_${problem}`;
  }
}

/**
 * Asks the person, whose policy it minds. Questions live as long as the worker: with it ends the connection that the
 * commands came over, so nobody could carry them out.
 */
export class Questions {
  #operations;
  #choices;
  #reading;
  #now;
  #show;
  #changed;
  #files;
  #note;
  /** @type {Map<string, Open>} */
  #open = new Map();

  /**
   * @param {object} parts
   * @param {ReadonlyMap<string, import('../operations/index.js').Operation>} parts.operations
   * @param {import('./choices.js').Choices} parts.choices
   * @param {{isRecent: boolean}} parts.reading
   * @param {() => number} parts.now
   * @param {() => void} parts.show brings the window with the questions to the front
   * @param {() => void} parts.changed called when there are more or fewer questions
   * @param {{names: (id: string) => Promise<FileSeen[]>, move: (from: string, to: string) => Promise<void>,
   *     drop: (id: string) => Promise<void>}} parts.files those that the person chose for a question
   * @param {(command: RunCommand, site: Site, what: import('../activity.js').Step) => void} parts.note
   */
  constructor({ operations, choices, reading, now, show, changed, files, note }) {
    this.#operations = operations;
    this.#choices = choices;
    this.#reading = reading;
    this.#now = now;
    this.#show = show;
    this.#changed = changed;
    this.#files = files;
    this.#note = note;
  }

  /**
   * @param {RunCommand} command
   * @param {Site | null} site
   */
  async policy(command, site) {
    const operation = this.#operation(command);
    if (!operation || !site) return /** @type {const} */ ('refuse');
    const settled = await this.#choices.of(site.site, command.tool);
    return decide(operation, { ...settled, hasRead: this.#reading.isRecent });
  }

  /**
   * @param {RunCommand} command
   * @param {Site | null} site
   * @param {AbortSignal} signal
   * @param {Proposal} proposal
   * @returns {Promise<'approved' | 'rejected'>}
   */
  async ask(command, site, signal, { shown }) {
    const operation = this.#operation(command);
    if (!operation || !site) return 'rejected';
    const settled = await this.#choices.of(site.site, command.tool);
    signal.throwIfAborted();
    const asked = this.#now();
    const question = {
      id: crypto.randomUUID(),
      tool: command.tool,
      site: site.site,
      asked,
      until: asked + Math.min(DECIDE_MS, command.remainingMs),
      canAlways: canBeAllowed(operation) && !settled.alwaysAsk && settled.choice !== 'allow' && !shown.choose,
      afterReading: settled.choice === 'allow' && canBeAllowed(operation) && !settled.alwaysAsk,
      shown,
    };
    this.#note(command, site, 'asked');
    return this.#decision({ question, command }, site, signal);
  }

  /**
   * @param {Pick<Open, 'question' | 'command'>} asked
   * @param {Site} site
   * @param {AbortSignal} signal
   * @returns {Promise<'approved' | 'rejected'>}
   */
  async #decision({ question, command }, site, signal) {
    try {
      const decision = await new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
        this.#open.set(question.id, { question, command, seen: null, settle: resolve });
        this.#changed();
        this.#show();
      });
      this.#note(command, site, decision);
      return decision;
    } catch (error) {
      await this.#files.drop(question.id).catch(() => {});
      throw error;
    } finally {
      this.#open.delete(question.id);
      this.#changed();
    }
  }

  /** @param {RunCommand} command */
  #operation({ tool }) {
    const operation = this.#operations.get(tool);
    return operation?.on === 'one' ? operation : null;
  }

  /** The questions that are open, the oldest first. @returns {Question[]} */
  list() {
    return [...this.#open.values()].map(({ question }) => question);
  }

  get count() {
    return this.#open.size;
  }

  /**
   * A page shows the question from now on.
   * @param {string} id
   */
  seen(id) {
    const open = this.#open.get(id);
    if (open) open.seen ??= this.#now();
  }

  /**
   * The person decided. It counts once, and not in the first moment.
   * @param {string} id
   * @param {Decision} decision
   * @param {unknown} files what the page showed of the files that the person chose
   */
  async decide(id, decision, files) {
    const open = this.#open.get(id);
    if (!open) throw new NotDecided('gone');
    const { question, command, seen, settle } = open;
    if (seen === null || this.#now() - seen < TOO_SOON_MS) throw new NotDecided('too_soon');
    if (decision === 'deny') {
      this.#settle(id, settle, 'rejected');
      return;
    }
    if (decision === 'always' && !question.canAlways) throw new NotDecided('not_allowed');
    if (question.shown.choose && !(await this.#hasFiles(question, files))) throw new NotDecided('files_missing');
    if (question.shown.choose) await this.#files.move(id, command.id);
    this.#settle(id, settle, 'approved');
    if (decision === 'always') await this.#choices.choose(question.site, question.tool, 'allow');
  }

  /**
   * @param {string} id
   * @param {Open['settle']} settle
   * @param {'approved' | 'rejected'} decision
   */
  #settle(id, settle, decision) {
    if (!this.#open.delete(id)) throw new NotDecided('gone');
    settle(decision);
  }

  /**
   * Whether the files that were shown are those that are there, and as many as Moodle takes.
   * @param {Question} question
   * @param {unknown} shown
   */
  async #hasFiles({ id, shown: { choose } }, shown) {
    const kept = await this.#files.names(id);
    const seen = objectsIn(shown).map(({ name, sha256 }) => `${textOf(sha256)} ${textOf(name)}`);
    const same = kept.length === seen.length && kept.every(({ name, sha256 }, i) => `${sha256} ${name}` === seen[i]);
    return same && kept.length > 0 && kept.length <= (choose?.most ?? 0);
  }
}

/**
 * The decision that a page sent.
 * @param {unknown} word
 * @returns {Decision}
 */
export function decisionOf(word) {
  if (word === 'approve' || word === 'always' || word === 'deny') return word;
  throw new Failure('internal');
}
