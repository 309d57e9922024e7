/** Lets a few pieces of work per key run at a time; the others wait in order. */
export class Gate {
  #limit;
  #maxWaiting;
  /** @type {Map<string, {running: number, waiting: (() => void)[]}>} */
  #lanes = new Map();

  /**
   * @param {number} limit how many run at a time per key
   * @param {number} [maxWaiting] how many may wait per key
   */
  constructor(limit, maxWaiting = Infinity) {
    this.#limit = limit;
    this.#maxWaiting = maxWaiting;
  }

  /**
   * Whether no more work may wait for this key.
   * @param {string} key
   */
  isFull(key) {
    const lane = this.#lanes.get(key);
    return lane !== undefined && lane.running >= this.#limit && lane.waiting.length >= this.#maxWaiting;
  }

  /**
   * Runs the work when its turn comes; rejects with the signal's reason when that comes first.
   * @template T
   * @param {string} key
   * @param {AbortSignal | undefined} signal
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  async run(key, signal, work) {
    await this.#enter(key, signal);
    try {
      signal?.throwIfAborted();
      return await work();
    } finally {
      this.#leave(key);
    }
  }

  /**
   * @param {string} key
   * @param {AbortSignal | undefined} signal
   * @returns {Promise<void>}
   */
  #enter(key, signal) {
    signal?.throwIfAborted();
    const lane = this.#lanes.get(key) ?? { running: 0, waiting: [] };
    this.#lanes.set(key, lane);
    if (lane.running < this.#limit) {
      lane.running += 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const admit = () => {
        signal?.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = () => {
        lane.waiting.splice(lane.waiting.indexOf(admit), 1);
        reject(signal?.reason);
      };
      lane.waiting.push(admit);
      signal?.addEventListener('abort', giveUp, { once: true });
    });
  }

  /** @param {string} key */
  #leave(key) {
    const lane = this.#lanes.get(key);
    if (!lane) return;
    const next = lane.waiting.shift();
    if (next) {
      next();
      return;
    }
    lane.running -= 1;
    if (lane.running === 0) this.#lanes.delete(key);
  }
}
