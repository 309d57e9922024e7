/**
 * The clock of the browser.
 * @type {import('./bridge/commands.js').Clock}
 */
export const SYSTEM_CLOCK = Object.freeze({
  now: () => Date.now(),
  setTimeout: (/** @type {() => void} */ work, /** @type {number} */ ms) => setTimeout(work, ms),
  clearTimeout: (/** @type {unknown} */ timer) => clearTimeout(/** @type {number} */ (timer)),
});
