/** Chromium's offscreen document: the engine for a service worker that cannot read HTML. */

import { OFFSCREEN } from './engine/engine.js';
import { htmlToText } from './engine/html-to-text.js';

chrome.runtime.onMessage.addListener((message, sender, reply) => {
  if (message?.to !== OFFSCREEN || sender.id !== chrome.runtime.id || message.work !== 'htmlToText') return;
  reply({ text: htmlToText(String(message.html)) });
});
