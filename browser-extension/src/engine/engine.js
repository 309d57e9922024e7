/** Reads HTML, where the browser can: in this very page, or in the offscreen document of Chromium. */

import { WORKS } from './works.js';

/** @typedef {import('./works.js').Works} Works */

/**
 * Carries out one of the works. What goes in and comes out is JSON.
 * @typedef {<W extends keyof Works>(work: W, input: Parameters<Works[W]>[0], signal?: AbortSignal)
 *     => Promise<ReturnType<Works[W]>>} Run
 */

/**
 * @typedef {object} Engine
 * @property {(html: string, signal?: AbortSignal) => Promise<string>} htmlToText
 * @property {Run} run
 */

/** The address of messages to the offscreen document. */
export const OFFSCREEN = 'offscreen';

/**
 * An engine for pages that have a `DOMParser`, such as Firefox's event page.
 * @returns {Engine}
 */
export function localEngine() {
  return engineThat(async (work, input) => carryOut(work, input));
}

/**
 * An engine for Chromium's service worker, which has no `DOMParser`.
 * @param {Pick<typeof chrome, 'offscreen' | 'runtime'>} api
 * @param {() => Promise<void>} [ready] settles when the offscreen document is there
 * @returns {Engine}
 */
export function offscreenEngine(api, ready = offscreenPage(api)) {
  return engineThat(async (work, input, signal) => {
    await ready();
    signal?.throwIfAborted();
    const answer = await api.runtime.sendMessage({ to: OFFSCREEN, work, input });
    if (answer?.done !== true) throw new Error('No answer from the offscreen document.');
    return answer.result;
  });
}

/**
 * Makes sure that the offscreen document is there, once for all who ask at the same time.
 * @param {Pick<typeof chrome, 'offscreen' | 'runtime'>} api
 * @returns {() => Promise<void>}
 */
export function offscreenPage(api) {
  /** @type {Promise<void> | null} */
  let opening = null;
  return () => {
    opening ??= open(api).finally(() => { opening = null; });
    return opening;
  };
}

/**
 * Carries out one of the works in this page.
 * @param {string} work
 * @param {unknown} input
 * @returns {unknown}
 */
export function carryOut(work, input) {
  if (!Object.hasOwn(WORKS, work)) throw new Error('The engine has no such work.');
  const run = /** @type {(input: unknown) => unknown} */ (WORKS[/** @type {keyof Works} */ (work)]);
  return run(input);
}

/**
 * @param {(work: string, input: unknown, signal?: AbortSignal) => Promise<unknown>} carryOutWork
 * @returns {Engine}
 */
function engineThat(carryOutWork) {
  const run = /** @type {Run} */ (carryOutWork);
  return {
    run,
    htmlToText: async (html, signal) => (html.trim() === '' ? '' : run('htmlToText', html, signal)),
  };
}

/** @param {Pick<typeof chrome, 'offscreen' | 'runtime'>} api */
async function open(api) {
  const contexts = await api.runtime.getContexts({ contextTypes: [api.runtime.ContextType.OFFSCREEN_DOCUMENT] });
  if (contexts.length > 0) return;
  await api.offscreen.createDocument({
    url: 'offscreen.html',
    reasons: [api.offscreen.Reason.DOM_PARSER],
    justification: 'Reads Moodle pages and texts, which are HTML, and the documents of courses.',
  });
}
