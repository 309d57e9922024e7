/** Plain text, tables of text and notebooks as Markdown. */

import { Unreadable } from './problem.js';
import { MAX_PAGES, PART_CHARACTERS, markdownTable, partsOf } from './pages.js';
import { isObject, objectsIn, parseJson, textOf } from '../json.js';

/** @typedef {import('./pages.js').Reader} Reader */
/** @typedef {import('../json.js').JsonObject} JsonObject */

const ROWS_PER_PART = 100;
const OUTPUT_CHARACTERS = 2_000;

/**
 * The text of bytes: by its byte order mark, else as the server said, else UTF-8, else Windows-1252.
 * @param {Uint8Array} bytes
 * @param {string} charset
 */
export function decodeText(bytes, charset) {
  for (const label of [wideEncoding(bytes), charset, 'utf-8']) {
    try {
      if (label) return new TextDecoder(label, { fatal: true }).decode(bytes);
    } catch {
      continue;
    }
  }
  return new TextDecoder('windows-1252').decode(bytes);
}

/**
 * The encoding that a byte order mark of two bytes tells, or null.
 * @param {Uint8Array} bytes
 */
export function wideEncoding([first, second]) {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : null;
}

/** @type {Reader} */
export async function readText(bytes, sink, { charset }) {
  sink.begin('part', null);
  const text = decodeText(bytes, charset).replace(/\r\n?/g, '\n').replace(/\f/g, '\n').trimEnd();
  await sendParts(linesOf(text), sink, '\n');
}

/** @type {Reader} */
export async function readCsv(bytes, sink, { charset, name }) {
  sink.begin('part', null);
  const text = decodeText(bytes, charset);
  const [head, ...rows] = csvRows(text, name.toLowerCase().endsWith('.tsv') ? '\t' : delimiterOf(text));
  if (!head) throw new Unreadable('empty');
  for (let at = 0; at === 0 || at < rows.length; at += ROWS_PER_PART) {
    if (at >= ROWS_PER_PART * MAX_PAGES) {
      sink.note(`Only the first ${at} of ${rows.length} rows were read.`);
      break;
    }
    const some = rows.slice(at, at + ROWS_PER_PART);
    const title = some.length > 0 ? `Rows ${at + 2} to ${at + 1 + some.length}` : 'Row 1';
    await sink.page({ title, text: markdownTable([head, ...some]) });
  }
}

/** @type {Reader} */
export async function readNotebook(bytes, sink) {
  const notebook = parseJson(new TextDecoder().decode(bytes));
  if (!isObject(notebook) || !Array.isArray(notebook.cells)) throw new Unreadable('damaged');
  const metadata = isObject(notebook.metadata) ? notebook.metadata : {};
  const kernel = isObject(metadata.kernelspec) ? metadata.kernelspec : {};
  const language = isObject(metadata.language_info) ? textOf(metadata.language_info.name) : textOf(kernel.language);
  sink.begin('part', null);
  await sendParts(objectsIn(notebook.cells).map((cell, index) => cellText(cell, index + 1, language)), sink, '\n\n');
}

/**
 * @param {JsonObject} cell
 * @param {number} number
 * @param {string} language
 */
function cellText(cell, number, language) {
  const source = joined(cell.source);
  if (cell.cell_type !== 'code') return source;
  const outputs = objectsIn(cell.outputs).map(outputText).filter(Boolean);
  const shown = outputs.map((output) => `Output:\n${fenced(output, '')}`);
  return [`[cell ${number}]`, fenced(source, language), ...shown].join('\n');
}

/** @param {JsonObject} output */
function outputText(output) {
  const data = isObject(output.data) ? output.data : {};
  const text = joined(output.text) || joined(data['text/plain']) || joined(data['text/markdown'])
    || [textOf(output.ename), textOf(output.evalue)].filter(Boolean).join(': ');
  const image = Object.keys(data).some((type) => type.startsWith('image/'));
  const cut = text.length > OUTPUT_CHARACTERS ? `\n[cut after ${OUTPUT_CHARACTERS} of ${text.length} characters]` : '';
  return [image ? '[image]' : '', text.slice(0, OUTPUT_CHARACTERS).trimEnd() + cut].filter(Boolean).join('\n');
}

/** @param {unknown} lines */
function joined(lines) {
  return Array.isArray(lines) ? lines.map(textOf).join('') : textOf(lines);
}

/**
 * Code between fences longer than any in it.
 * @param {string} code
 * @param {string} language
 */
export function fenced(code, language) {
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${/^[\w+#-]{1,20}$/.test(language) ? language : ''}\n${code.replace(/\n$/, '')}\n${fence}`;
}

/**
 * Gives blocks to a sink as parts, as many as are allowed.
 * @param {Iterable<string>} blocks
 * @param {import('./pages.js').Sink} sink
 * @param {string} between
 */
export async function sendParts(blocks, sink, between) {
  let count = 0;
  for (const text of partsOf(blocks, PART_CHARACTERS, between)) {
    count += 1;
    if (count > MAX_PAGES) {
      sink.note(`Only the first ${MAX_PAGES} parts were read.`);
      return;
    }
    await sink.page({ text });
  }
  if (count === 0) throw new Unreadable('empty');
}

/**
 * The lines of a text; one that is longer than a part comes in pieces.
 * @param {string} text
 * @returns {Generator<string, void>}
 */
function* linesOf(text) {
  if (text.trim() === '') return;
  for (const line of text.split('\n')) {
    for (let at = 0; at === 0 || at < line.length; at += PART_CHARACTERS) yield line.slice(at, at + PART_CHARACTERS);
  }
}

/**
 * The sign between the fields: the one that the first lines have most of.
 * @param {string} text
 */
export function delimiterOf(text) {
  const head = text.slice(0, 4_000).split('\n').slice(0, 5).join('\n').replace(/"[^"]*"/g, '');
  const counts = [',', ';', '\t', '|'].map((sign) => ({ sign, count: head.split(sign).length - 1 }));
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).sign;
}

/**
 * The rows of a table of text; fields may be quoted, with line breaks in them. Empty rows are left out.
 * @param {string} text
 * @param {string} delimiter
 * @returns {string[][]}
 */
export function csvRows(text, delimiter) {
  /** @type {string[][]} */
  const rows = [];
  /** @type {string[]} */
  let row = [];
  let at = text.startsWith('\ufeff') ? 1 : 0;
  const endRow = () => {
    if (row.some((field) => field.trim() !== '')) rows.push(row);
    row = [];
  };
  while (at < text.length) {
    const { field, end } = text[at] === '"' ? quotedField(text, at) : plainField(text, at, delimiter);
    row.push(field);
    at = end;
    if (text[at] === delimiter) {
      at += 1;
      if (at === text.length) row.push('');
      continue;
    }
    if (at < text.length && text[at] !== '\n' && text[at] !== '\r') {
      const { field: more, end: after } = plainField(text, at, delimiter);
      row.push(`${row.pop()}${more}`);
      at = after;
      if (text[at] === delimiter) {
        at += 1;
        continue;
      }
    }
    if (text.startsWith('\r\n', at)) at += 1;
    at += 1;
    endRow();
  }
  endRow();
  return rows;
}

/**
 * @param {string} text
 * @param {number} start at the opening quote
 */
function quotedField(text, start) {
  let field = '';
  let at = start + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return { field: field + text.slice(at), end: text.length };
    field += text.slice(at, quote);
    if (text[quote + 1] !== '"') return { field, end: quote + 1 };
    field += '"';
    at = quote + 2;
  }
}

/**
 * @param {string} text
 * @param {number} start
 * @param {string} delimiter
 */
function plainField(text, start, delimiter) {
  let end = start;
  while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') end += 1;
  return { field: text.slice(start, end), end };
}
