/** Documents that are read elsewhere: a service worker has them read in Chromium's offscreen document. */

import { OFFSCREEN } from '../engine/engine.js';

/** @typedef {import('./library.js').Library} Library */

/**
 * What operations may ask for; what goes in and comes out is JSON.
 * @typedef {Pick<Library, 'open' | 'pages' | 'search'> & {close: (document: {key: string}) => Promise<void>}} Documents
 */

/** The methods that a message to the offscreen document may name. */
const METHODS = ['open', 'pages', 'search', 'close'];

/**
 * Documents that are read in Chromium's offscreen document; they stay there when the service worker ends.
 * @param {typeof chrome.runtime} runtime
 * @param {() => Promise<void>} ready settles when the offscreen document is there
 * @returns {Documents}
 */
export function offscreenDocuments(runtime, ready) {
  const ask = (/** @type {string} */ method) => async (/** @type {unknown} */ input) => {
    await ready();
    const answer = await runtime.sendMessage({ to: OFFSCREEN, documents: method, input });
    if (answer?.done !== true) throw new Error('No answer from the offscreen document.');
    return answer.result;
  };
  return { open: ask('open'), pages: ask('pages'), search: ask('search'), close: ask('close') };
}

/**
 * Carries out what a message asks for.
 * @param {Library} library
 * @param {string} method
 * @param {any} input
 * @returns {Promise<unknown>}
 */
export async function answerFor(library, method, input) {
  if (!METHODS.includes(method)) throw new Error('Documents have no such method.');
  return library[/** @type {keyof Documents} */ (method)](input);
}
