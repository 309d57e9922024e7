/** What was started, so that all of it ends, in reverse order, whatever happens. */

const EXIT_CODES = /** @type {const} */ ({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 });

/** @typedef {{stop: () => Promise<void>, kill?: () => void}} Started */

/** The things that run. */
export class Running {
  /** @type {Started[]} */
  #things = [];
  /** @type {Promise<void> | null} */
  #ending = null;

  /**
   * Notes something that has to be stopped at the end; at once, when the end has begun.
   * @template {Started} T
   * @param {T} thing
   * @returns {T}
   */
  add(thing) {
    this.#things.push(thing);
    if (this.#ending) void thing.stop().catch(() => thing.kill?.());
    return thing;
  }

  get isEnding() {
    return this.#ending !== null;
  }

  /**
   * Stops everything, the last started first. Safe to call more than once.
   * @returns {Promise<void>}
   */
  end() {
    this.#ending ??= this.#end();
    return this.#ending;
  }

  async #end() {
    for (const thing of [...this.#things].reverse()) {
      await thing.stop().catch(() => thing.kill?.());
    }
    this.#things = [];
  }

  /**
   * Ends everything when this process is told to end. A second signal does not wait.
   * @param {() => number | undefined} [exitCode] another exit code than the usual one of the signal
   */
  endWithProcess(exitCode = () => undefined) {
    process.on('exit', () => {
      for (const thing of this.#things) thing.kill?.();
    });
    for (const [signal, code] of Object.entries(EXIT_CODES)) {
      process.on(signal, () => {
        if (this.isEnding) process.exit(code);
        const wanted = exitCode() ?? code;
        void this.end().finally(() => process.exit(wanted));
      });
    }
  }
}
