/** Chromium's offscreen document: the engine for a service worker that cannot read HTML. */

import { OFFSCREEN, carryOut } from './engine/engine.js';
import { Library } from './documents/library.js';
import { SYSTEM_CLOCK } from './system-clock.js';
import { answerFor } from './documents/documents.js';

const documents = new Library({ fetch: (input, init) => fetch(input, init), clock: SYSTEM_CLOCK });

chrome.runtime.onMessage.addListener((message, sender, reply) => {
  if (message?.to !== OFFSCREEN || sender.id !== chrome.runtime.id) return false;
  answer(message).then((result) => reply({ done: true, result }), () => reply({ done: false }));
  return true;
});

/**
 * @param {{work?: unknown, documents?: unknown, input?: unknown}} message
 * @returns {Promise<unknown>}
 */
async function answer({ work, documents: method, input }) {
  return method === undefined ? carryOut(String(work), input) : answerFor(documents, String(method), input);
}
