/** Whether the assistant has lately read text by others, which could tell it what to write. */

/** So long after a text was read, what is written may be due to it. */
export const AFTER_READING_MS = 30 * 60_000;

/** Operations whose results hold no text that others wrote. */
const HARMLESS = ['get_status'];

/** Kept in memory only: a worker that starts anew does not know, and takes it that something was read just now. */
export class Reading {
  #now;
  #last;

  /** @param {() => number} now milliseconds since 1970 */
  constructor(now) {
    this.#now = now;
    this.#last = now();
  }

  /** @param {{tool: string, sideEffect: string}} command that is about to run */
  began({ tool, sideEffect }) {
    if (sideEffect.startsWith('read') && !HARMLESS.includes(tool)) this.#last = this.#now();
  }

  /** Whether text by others was read in the last half hour, or may have been. A clock that was set back counts so. */
  get isRecent() {
    const since = this.#now() - this.#last;
    return !(since >= AFTER_READING_MS);
  }
}
