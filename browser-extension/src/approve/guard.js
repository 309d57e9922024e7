/**
 * Keeps a decision from being made by accident or by trick: it takes a moment in which the window was in front and the
 * question unchanged, and the moment starts again when the window comes to the front or is laid open.
 */

const MOMENT_MS = 1_200;
const STEP_MS = 100;

/** One guard for one window. */
export class Guard {
  /** Called when the person can begin to see the question. */
  onSeen = () => {};
  #onChange;
  #left = MOMENT_MS;
  #isSeen = false;

  /** @param {() => void} onChange called when it is over, or begins again */
  constructor(onChange) {
    this.#onChange = onChange;
    window.addEventListener('focus', () => this.#again());
    window.addEventListener('blur', () => this.#again());
    window.addEventListener('resize', () => this.#again());
    document.addEventListener('visibilitychange', () => this.#again());
    setInterval(() => this.#step(), STEP_MS);
  }

  /** Begins for another question. */
  start() {
    this.#isSeen = false;
    this.#again();
  }

  get isOver() {
    return this.#left <= 0;
  }

  #again() {
    this.#left = MOMENT_MS;
    this.#onChange();
  }

  #step() {
    if (document.visibilityState !== 'visible' || !document.hasFocus()) return;
    if (!this.#isSeen) {
      this.#isSeen = true;
      this.onSeen();
    }
    if (this.isOver) return;
    this.#left -= STEP_MS;
    if (this.isOver) this.#onChange();
  }
}
