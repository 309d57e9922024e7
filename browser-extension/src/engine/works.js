/** What the engine can do with HTML: pure functions of JSON to JSON, the same in every page that has a `DOMParser`. */

import { filesOfPage } from './readers/files.js';
import { htmlToText } from './html-to-text.js';

/** One work for each name; a message to the offscreen document names it. */
export const WORKS = Object.freeze({
  filesOfPage,
  htmlToText,
  /** @param {string[]} htmls */
  htmlsToTexts: (htmls) => htmls.map(htmlToText),
});

/** @typedef {typeof WORKS} Works */
