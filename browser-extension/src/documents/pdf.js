/** PDF files, page by page, with pdf.js. */

import { Unreadable } from './problem.js';
import { MAX_PAGES } from './pages.js';

/** What stands for a page whose text nobody wrote as text. */
const NO_TEXT = '[No text on this page: it is empty, or an image such as a scan.]';

/** pdf.js, loaded when the first PDF is read: a service worker, which reads none, could not load it. */
async function pdfJs() {
  const pdfjs = await import('../vendor/pdfjs/pdf.min.mjs');
  pdfjs.GlobalWorkerOptions.workerSrc = new URL('../vendor/pdfjs/pdf.worker.min.mjs', import.meta.url).href;
  return pdfjs;
}

/** @type {import('./pages.js').Reader} */
export async function readPdf(bytes, sink, { signal }) {
  const pdfjs = await pdfJs();
  const task = pdfjs.getDocument({
    data: bytes,
    useWorkerFetch: false,
    disableFontFace: true,
    useSystemFonts: false,
    verbosity: 0,
    cMapUrl: new URL('../vendor/pdfjs/cmaps/', import.meta.url).href,
    cMapPacked: true,
  });
  const stop = () => { void task.destroy(); };
  signal.addEventListener('abort', stop, { once: true });
  try {
    const pdf = await task.promise;
    sink.begin('page', pdf.numPages);
    let withText = 0;
    const last = Math.min(pdf.numPages, MAX_PAGES);
    for (let number = 1; number <= last; number += 1) {
      signal.throwIfAborted();
      const text = await pageText(pdf, number);
      if (text !== '') withText += 1;
      await sink.page({ text: text || NO_TEXT });
    }
    if (withText === 0) sink.note('No page has text: the file is probably a scan, a picture of each page.');
    if (last < pdf.numPages) sink.note(`Only the first ${last} of ${pdf.numPages} pages were read.`);
  } catch (error) {
    signal.throwIfAborted();
    const name = error instanceof Error ? error.name : '';
    throw new Unreadable(name === 'PasswordException' ? 'encrypted' : 'damaged');
  } finally {
    signal.removeEventListener('abort', stop);
    await task.destroy();
  }
}

/**
 * The text of a page in the order of the file, with its lines.
 * @param {import('pdfjs-dist').PDFDocumentProxy} pdf
 * @param {number} number
 */
async function pageText(pdf, number) {
  const page = await pdf.getPage(number);
  try {
    const { items } = await page.getTextContent();
    return items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('')
      .replace(/[ \t\u00a0]+/g, ' ').replace(/ ?\n ?/g, '\n').replace(/\n{3,}/g, '\n\n').trim();
  } finally {
    page.cleanup();
  }
}
