/** Chromium's offscreen document: the engine for a service worker that cannot read HTML. */

import { OFFSCREEN, carryOut } from './engine/engine.js';

chrome.runtime.onMessage.addListener((message, sender, reply) => {
  if (message?.to !== OFFSCREEN || sender.id !== chrome.runtime.id) return;
  try {
    reply({ done: true, result: carryOut(String(message.work), message.input) });
  } catch {
    reply({ done: false });
  }
});
