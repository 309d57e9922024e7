/**
 * The extension API under one name in both browsers.
 * @type {typeof chrome}
 */
export const api = /** @type {{browser?: typeof chrome}} */ (/** @type {unknown} */ (globalThis)).browser ?? chrome;
