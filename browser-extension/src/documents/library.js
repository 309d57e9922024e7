/**
 * The documents that are being read, or were read a short while ago. It lives where documents can be read: Chromium's
 * offscreen document, Firefox's event page. Reading goes on there when nobody waits for it.
 */

import { download } from './download.js';
import { kindOf } from './kinds.js';
import { piecesOf } from './pieces.js';
import { Unreadable, problemOf } from './problem.js';
import { searchPages } from './search.js';

/** @typedef {import('./problem.js').ProblemCode} ProblemCode */
/** @typedef {import('./pages.js').Page} Page */
/** @typedef {import('./pages.js').Unit} Unit */

/** How long a document is kept after it was last asked for, in milliseconds. */
const KEPT_MS = 10 * 60_000;

/** How many documents are kept at most. */
const MOST = 8;

/** How long others may have to wait while pages are made, in milliseconds. */
const SLICE_MS = 30;

/** @typedef {import('./download.js').Miss} Miss */

/**
 * @typedef {object} State what is known of a document
 * @property {'fetching' | 'reading' | 'read' | 'missed' | 'unreadable'} state
 * @property {Miss} [miss] when it was missed
 * @property {ProblemCode} [problem] when it is unreadable
 * @property {string} [kind]
 * @property {number} bytes how many have come
 * @property {Unit} unit
 * @property {number | null} total how many pages there are, when that is known
 * @property {number} ready how many pages are ready
 * @property {string[]} notes
 */

/** @typedef {import('./pieces.js').Piece} Piece */

/**
 * @typedef {object} Job
 * @property {State} state
 * @property {Page[]} pages
 * @property {AbortController} controller
 * @property {Promise<void>} fetched settles when the file has come, or did not
 * @property {Promise<void>} ended settles when nothing more will be read
 * @property {(() => void)[]} waiting called at each page
 * @property {number} used when it was last asked for
 */

/** Fetches and reads documents, one job for each key. */
export class Library {
  #fetch;
  #clock;
  #whileBusy;
  /** @type {Map<string, Job>} */
  #jobs = new Map();

  /**
   * @param {object} parts
   * @param {import('../capabilities.js').Fetch} parts.fetch
   * @param {import('../bridge/commands.js').Clock} parts.clock
   * @param {(work: Promise<unknown>) => void} [parts.whileBusy] told of each document that is being read
   */
  constructor({ fetch, clock, whileBusy = () => {} }) {
    this.#whileBusy = whileBusy;
    this.#fetch = fetch;
    this.#clock = clock;
  }

  /**
   * Begins to fetch and read a document, unless that was done already; settles when the file has come. A file that was
   * missed is asked for anew.
   * @param {{key: string, url: string, name: string}} document
   * @returns {Promise<State>}
   */
  async open({ key, url, name }) {
    this.#forgetOld();
    const known = this.#jobs.get(key);
    const job = known && known.state.state !== 'missed' ? known : this.#begin(key, url, name);
    job.used = this.#clock.now();
    await job.fetched;
    return snapshot(job);
  }

  /**
   * The pages that are ready, from a place on; waits until there are enough of them, or the time is over.
   * @param {object} wanted
   * @param {string} wanted.key
   * @param {number} wanted.page the first page, counted from 1
   * @param {number} wanted.offset how many characters of it to skip
   * @param {number} wanted.characters how many characters at most
   * @param {number} wanted.waitMs
   * @returns {Promise<{state: State, pieces: Piece[]} | null>} null when the document is not known
   */
  async pages({ key, page, offset, characters, waitMs }) {
    const job = this.#jobs.get(key);
    if (!job) return null;
    job.used = this.#clock.now();
    const isEnough = () => {
      const length = job.pages.slice(page - 1).reduce((sum, { text }) => sum + text.length, -offset);
      return length >= characters;
    };
    await this.#until(job, isEnough, waitMs);
    return { state: snapshot(job), pieces: piecesOf(job.pages, page, offset, characters) };
  }

  /**
   * The pages on which words stand; waits until all is read, or the time is over.
   * @param {{key: string, query: string, most: number, waitMs: number}} wanted
   * @returns {Promise<{state: State, matches: import('./search.js').Match[], total: number} | null>} null when the
   *     document is not known
   */
  async search({ key, query, most, waitMs }) {
    const job = this.#jobs.get(key);
    if (!job) return null;
    job.used = this.#clock.now();
    await this.#until(job, () => false, waitMs);
    return { state: snapshot(job), ...searchPages(job.pages, query, most) };
  }

  /**
   * Stops reading a document and forgets it.
   * @param {{key: string}} document
   * @returns {Promise<void>}
   */
  async close({ key }) {
    this.#jobs.get(key)?.controller.abort();
    this.#jobs.delete(key);
  }

  /**
   * @param {string} key
   * @param {string} url
   * @param {string} name
   * @returns {Job}
   */
  #begin(key, url, name) {
    /** @type {Job} */
    const job = {
      state: { state: 'fetching', bytes: 0, unit: 'page', total: null, ready: 0, notes: [] },
      pages: [],
      controller: new AbortController(),
      fetched: Promise.resolve(),
      ended: Promise.resolve(),
      waiting: [],
      used: this.#clock.now(),
    };
    this.#jobs.set(key, job);
    const file = this.#file(job, url);
    job.fetched = file.then(() => {});
    job.ended = file.then((found) => (found ? this.#read(job, name, found) : undefined));
    this.#whileBusy(job.ended);
    return job;
  }

  /**
   * The file, or null when it did not come: then the job says why.
   * @param {Job} job
   * @param {string} url
   * @returns {Promise<import('./download.js').File | null>}
   */
  async #file({ state, controller }, url) {
    try {
      const file = await download(url, {
        fetch: this.#fetch, clock: this.#clock, signal: controller.signal,
        came: (bytes) => { state.bytes = bytes; },
      });
      Object.assign(state, 'miss' in file ? { state: 'missed', miss: file.miss } : { state: 'reading' });
      return 'miss' in file ? null : file;
    } catch (error) {
      Object.assign(state, { state: 'unreadable', problem: problemOf(error) });
      return null;
    }
  }

  /**
   * @param {Job} job
   * @param {string} name
   * @param {import('./download.js').File} file
   */
  async #read(job, name, { bytes, charset }) {
    const { state, controller: { signal } } = job;
    let since = this.#clock.now();
    try {
      const { kind, read } = await kindOf(bytes, name);
      state.kind = kind;
      await read(bytes, {
        begin: (unit, total) => Object.assign(state, { unit, total }),
        note: (sentence) => state.notes.push(sentence),
        page: async (page) => {
          signal.throwIfAborted();
          job.pages.push(page);
          state.ready = job.pages.length;
          job.waiting.splice(0).forEach((tell) => tell());
          if (this.#clock.now() - since < SLICE_MS) return;
          await new Promise((resolve) => { this.#clock.setTimeout(() => resolve(undefined), 0); });
          since = this.#clock.now();
        },
      }, { name, charset, signal });
      if (job.pages.length === 0) throw new Unreadable('empty');
      Object.assign(state, { state: 'read', total: state.total ?? job.pages.length });
    } catch (error) {
      Object.assign(state, { state: 'unreadable', problem: problemOf(error) });
    }
    job.waiting.splice(0).forEach((tell) => tell());
  }

  /**
   * Waits until there is enough, or nothing more will come, or the time is over.
   * @param {Job} job
   * @param {() => boolean} isEnough
   * @param {number} waitMs
   */
  async #until(job, isEnough, waitMs) {
    const end = this.#clock.now() + waitMs;
    /** @type {unknown} */
    let timer;
    const over = new Promise((resolve) => { timer = this.#clock.setTimeout(() => resolve(undefined), waitMs); });
    while (isGoingOn(job) && !isEnough() && this.#clock.now() < end) {
      const next = new Promise((resolve) => { job.waiting.push(() => resolve(undefined)); });
      await Promise.race([next, job.ended, over]);
    }
    this.#clock.clearTimeout(timer);
  }

  /** Forgets documents that nobody asked for in a while, and the oldest when there are too many. */
  #forgetOld() {
    const byAge = [...this.#jobs].sort((a, b) => a[1].used - b[1].used);
    byAge.forEach(([key, { used }], index) => {
      if (this.#clock.now() - used > KEPT_MS || byAge.length - index > MOST - 1) void this.close({ key });
    });
  }
}

/** @param {Job} job */
function isGoingOn({ state: { state } }) {
  return state === 'fetching' || state === 'reading';
}

/** @param {Job} job @returns {State} */
function snapshot({ state }) {
  return { ...state, notes: [...state.notes] };
}
