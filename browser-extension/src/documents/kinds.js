/** What kind of file it is: by its first bytes, and by its name where those do not tell. */

import { Unreadable } from './problem.js';
import { Zip } from './zip.js';
import { partOfType, relationshipsOf } from './package-parts.js';
import { readCsv, readNotebook, readText } from './text.js';
import { readDocx } from './docx.js';
import { readHtml } from './html.js';
import { readPdf } from './pdf.js';
import { readPptx } from './pptx.js';
import { readXlsx } from './xlsx.js';

/** @typedef {import('./pages.js').Reader} Reader */
/** @typedef {'pdf' | 'docx' | 'pptx' | 'xlsx' | 'html' | 'csv' | 'notebook' | 'text'} Kind */

const MEDIA = ['mp3', 'mp4', 'm4a', 'm4v', 'mov', 'avi', 'webm', 'ogg', 'wav', 'mkv', 'flac'];
const IMAGES = ['png', 'jpg', 'jpeg', 'gif', 'webp', 'svg', 'bmp', 'tif', 'tiff', 'heic', 'ico'];
const ARCHIVES = ['zip', 'rar', '7z', 'gz', 'tgz', 'tar', 'xz', 'mbz', 'jar'];

/** The Office formats by the folder of their main part. */
const OFFICE = { word: 'docx', ppt: 'pptx', xl: 'xlsx' };

/** The kinds that are text, by the ending of the name. @type {{[ending: string]: Kind}} */
const TEXTS = { html: 'html', htm: 'html', xhtml: 'html', csv: 'csv', tsv: 'csv', ipynb: 'notebook' };

/** @type {{[kind in Kind]: Reader}} */
const READERS = {
  pdf: readPdf,
  docx: office(readDocx),
  pptx: office(readPptx),
  xlsx: office(readXlsx),
  html: readHtml,
  csv: readCsv,
  notebook: readNotebook,
  text: readText,
};

/**
 * The kind of a file and what reads it.
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {string} name
 * @returns {Promise<{kind: Kind, read: Reader}>}
 * @throws {Unreadable} when nothing reads it
 */
export async function kindOf(bytes, name) {
  if (bytes.length === 0) throw new Unreadable('empty');
  const kind = starts(bytes, 0x50, 0x4b, 3, 4) ? await zipKind(bytes) : plainKind(bytes, endingOf(name));
  return { kind, read: READERS[kind] };
}

/**
 * @param {(zip: Zip, path: string, sink: import('./pages.js').Sink) => Promise<void>} read
 * @returns {Reader}
 */
function office(read) {
  return async (bytes, sink) => {
    const zip = new Zip(bytes);
    const path = await mainPart(zip);
    if (path === null) throw new Unreadable('damaged');
    await read(zip, path, sink);
  };
}

/** @param {Zip} zip */
async function mainPart(zip) {
  return partOfType(await relationshipsOf(zip, ''), 'officeDocument');
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @returns {Promise<Kind>}
 */
async function zipKind(bytes) {
  const zip = new Zip(bytes);
  const mime = await zip.text('mimetype') ?? '';
  if (mime.includes('opendocument')) throw new Unreadable('open_document');
  const path = zip.has('_rels/.rels') ? await mainPart(zip) : null;
  const root = /** @type {keyof typeof OFFICE} */ (path?.split('/')[0] ?? '');
  if (!Object.hasOwn(OFFICE, root)) throw new Unreadable('archive');
  if (path?.endsWith('.bin')) throw new Unreadable('unsupported');
  return /** @type {Kind} */ (OFFICE[root]);
}

/**
 * @param {Uint8Array} bytes
 * @param {string} ending
 * @returns {Kind}
 */
function plainKind(bytes, ending) {
  const head = new TextDecoder('windows-1252').decode(bytes.subarray(0, 1024));
  if (head.includes('%PDF-')) return 'pdf';
  if (starts(bytes, 0xd0, 0xcf, 0x11, 0xe0)) {
    throw new Unreadable(/^(docx|xlsx|pptx)$/.test(ending) ? 'encrypted' : 'old_office');
  }
  if (starts(bytes, 0x50, 0x4b)) throw new Unreadable('damaged');
  if (IMAGES.includes(ending)) throw new Unreadable('image');
  if (MEDIA.includes(ending)) throw new Unreadable('media');
  if (ARCHIVES.includes(ending)) throw new Unreadable('archive');
  if (/^(pdf|docx|pptx|xlsx)$/.test(ending)) throw new Unreadable('damaged');
  const wide = starts(bytes, 0xff, 0xfe) || starts(bytes, 0xfe, 0xff);
  if (!wide && bytes.subarray(0, 4096).includes(0)) throw new Unreadable('unsupported');
  if (Object.hasOwn(TEXTS, ending)) return TEXTS[ending];
  return /^\s*<(!doctype html|html)[\s>]/i.test(head) ? 'html' : 'text';
}

/**
 * @param {Uint8Array} bytes
 * @param {...number} first
 */
function starts(bytes, ...first) {
  return first.every((byte, index) => bytes[index] === byte);
}

/** @param {string} name */
function endingOf(name) {
  return /\.([a-z0-9]{1,8})$/i.exec(name)?.[1].toLowerCase() ?? '';
}
