/** Excel workbooks as Markdown, sheet by sheet, with the names of columns and the numbers of rows. */

import { Unreadable } from './problem.js';
import { MAX_PAGES, markdownTable } from './pages.js';
import { cellForms, numberText } from './xlsx-values.js';
import { elementsNamed } from './xml.js';
import { partOfType, readPart, relationshipsOf } from './package-parts.js';

/** @typedef {import('./xml.js').Element} Element */
/** @typedef {import('./zip.js').Zip} Zip */
/** @typedef {{shared: string[], forms: import('./xlsx-values.js').Form[], since1904: boolean}} Book */
/** @typedef {{number: number, cells: Map<number, string>}} Row */

const MAX_COLUMNS = 100;

/** How many characters of a sheet's cells are read. */
const SHEET_CHARACTERS = 2_000_000;

/**
 * Reads a workbook. Each sheet is one page.
 * @param {Zip} zip
 * @param {string} path of the main part
 * @param {import('./pages.js').Sink} sink
 */
export async function readXlsx(zip, path, sink) {
  const relationships = await relationshipsOf(zip, path);
  const root = await readPart(zip, path);
  if (!root) throw new Unreadable('damaged');
  const styles = partOfType(relationships, 'styles');
  const book = {
    shared: await sharedStrings(zip, partOfType(relationships, 'sharedStrings')),
    forms: cellForms(styles === null ? null : await readPart(zip, styles)),
    since1904: ['1', 'true'].includes(root.child('workbookPr')?.attributes.date1904 ?? ''),
  };
  const sheets = root.child('sheets')?.all('sheet') ?? [];
  sink.begin('sheet', sheets.length);
  for (const { attributes } of sheets.slice(0, MAX_PAGES)) {
    const part = relationships.get(attributes['r:id'] ?? '');
    const hidden = (attributes.state ?? 'visible') !== 'visible' ? ' (hidden)' : '';
    const text = part?.type === 'worksheet' ? await sheetText(zip, part.target, book) : '[not a sheet of cells]';
    await sink.page({ title: `${attributes.name ?? ''}${hidden}`, text });
  }
}

/**
 * @param {Zip} zip
 * @param {string | null} path
 * @returns {Promise<string[]>}
 */
async function sharedStrings(zip, path) {
  const text = path === null ? null : await zip.text(path);
  return text === null ? [] : [...elementsNamed(text, 'si')].map(stringText);
}

/**
 * A string of one look or several; the readings of Asian signs are left out.
 * @param {Element} element
 */
function stringText(element) {
  return element.all('t', 'r').map((part) => (part.name === 't' ? part.text : part.child('t')?.text ?? '')).join('');
}

/**
 * @param {Zip} zip
 * @param {string} path
 * @param {Book} book
 */
async function sheetText(zip, path, book) {
  const text = await zip.text(path);
  if (text === null) throw new Unreadable('damaged');
  /** @type {Row[]} */
  const rows = [];
  let number = 0;
  let characters = 0;
  let skipped = 0;
  for (const element of elementsNamed(text, 'row')) {
    number = Number(element.attributes.r ?? number + 1) || number + 1;
    if (characters > SHEET_CHARACTERS) {
      skipped += 1;
      continue;
    }
    const cells = cellsOf(element, book);
    for (const value of cells.values()) characters += value.length + 3;
    if (cells.size > 0) rows.push({ number, cells });
  }
  if (rows.length === 0) return '[empty sheet]';
  const left = skipped > 0 ? `\n\n[${skipped} further rows of this sheet were not read: it is too long.]` : '';
  return tableOf(rows) + left;
}

/**
 * The cells of a row that hold something, by column.
 * @param {Element} row
 * @param {Book} book
 */
function cellsOf(row, book) {
  /** @type {Map<number, string>} */
  const cells = new Map();
  let column = -1;
  for (const cell of row.all('c')) {
    column = columnOf(cell.attributes.r ?? '') ?? column + 1;
    const text = cellText(cell, book).trim();
    if (text !== '') cells.set(column, text);
  }
  return cells;
}

/**
 * @param {Element} cell
 * @param {Book} book
 * @returns {string}
 */
function cellText(cell, { shared, forms, since1904 }) {
  const value = cell.child('v')?.text ?? '';
  switch (cell.attributes.t ?? 'n') {
    case 's': return shared[Number(value)] ?? '';
    case 'inlineStr': {
      const inline = cell.child('is');
      return inline ? stringText(inline) : '';
    }
    case 'b': return value === '1' ? 'TRUE' : 'FALSE';
    case 'n': return numberText(value, forms[Number(cell.attributes.s ?? 0)] ?? 'number', since1904);
    default: return value;
  }
}

/** @param {Row[]} rows */
function tableOf(rows) {
  const columns = [...new Set(rows.flatMap(({ cells }) => [...cells.keys()]))].sort((a, b) => a - b);
  const shown = columns.slice(0, MAX_COLUMNS);
  const table = markdownTable([
    ['', ...shown.map(columnName)],
    ...rows.map(({ number, cells }) => [String(number), ...shown.map((column) => cells.get(column) ?? '')]),
  ]);
  if (shown.length === columns.length) return table;
  return `${table}\n\n[${columns.length - shown.length} further columns of this sheet were not read: it is too wide.]`;
}

/**
 * The column of a cell's name, counted from 0, or null.
 * @param {string} name such as `AB12`
 */
function columnOf(name) {
  const letters = /^([A-Z]{1,3})\d+$/.exec(name)?.[1];
  if (letters === undefined) return null;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/**
 * @param {number} column counted from 0
 * @returns {string}
 */
function columnName(column) {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : columnName(Math.floor(column / 26) - 1) + last;
}
