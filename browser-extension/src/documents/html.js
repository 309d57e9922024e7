/** HTML files as Markdown. */

import { Unreadable } from './problem.js';
import { decodeText, sendParts } from './text.js';
import { htmlToMarkdown } from '../engine/html-to-markdown.js';

/** How many bytes of HTML are read at once: the whole of it stands in memory as a tree. */
const MAX_BYTES = 20 * 1024 * 1024;

/** @type {import('./pages.js').Reader} */
export async function readHtml(bytes, sink, { charset }) {
  if (bytes.length > MAX_BYTES) throw new Unreadable('too_large');
  sink.begin('part', null);
  const head = new TextDecoder('windows-1252').decode(bytes.subarray(0, 2048));
  const declared = /<meta[^>]+charset\s*=\s*["']?([\w-]+)/i.exec(head);
  const markdown = htmlToMarkdown(decodeText(bytes, declared?.[1] ?? charset));
  await sendParts(markdown.split('\n\n'), sink, '\n\n');
}
