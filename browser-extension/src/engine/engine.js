/** Reads HTML, where the browser can: in this very page, or in the offscreen document of Chromium. */

import { htmlToText } from './html-to-text.js';

/**
 * @typedef {object} Engine
 * @property {(html: string, signal?: AbortSignal) => Promise<string>} htmlToText
 */

/** The address of messages to the offscreen document. */
export const OFFSCREEN = 'offscreen';

/**
 * An engine for pages that have a `DOMParser`, such as Firefox's event page.
 * @returns {Engine}
 */
export function localEngine() {
  return { htmlToText: async (html) => htmlToText(html) };
}

/**
 * An engine for Chromium's service worker, which has no `DOMParser`.
 * @param {Pick<typeof chrome, 'offscreen' | 'runtime'>} api
 * @returns {Engine}
 */
export function offscreenEngine(api) {
  /** @type {Promise<void> | null} */
  let opening = null;
  return {
    async htmlToText(html, signal) {
      if (html.trim() === '') return '';
      opening ??= open(api).finally(() => { opening = null; });
      await opening;
      signal?.throwIfAborted();
      const answer = await api.runtime.sendMessage({ to: OFFSCREEN, work: 'htmlToText', html });
      if (typeof answer?.text !== 'string') throw new Error('No answer from the offscreen document.');
      return answer.text;
    },
  };
}

/** @param {Pick<typeof chrome, 'offscreen' | 'runtime'>} api */
async function open(api) {
  const contexts = await api.runtime.getContexts({ contextTypes: [api.runtime.ContextType.OFFSCREEN_DOCUMENT] });
  if (contexts.length > 0) return;
  await api.offscreen.createDocument({
    url: 'offscreen.html',
    reasons: [api.offscreen.Reason.DOM_PARSER],
    justification: 'Turns the HTML of a course summary into text.',
  });
}
