/** Word documents as Markdown. */

import { Unreadable } from './problem.js';
import { PART_CHARACTERS, markdownTable } from './pages.js';
import { inlineText } from './docx-inline.js';
import { partOfType, readPart, relationshipsOf } from './package-parts.js';
import { readStyles } from './docx-styles.js';

/** @typedef {import('./xml.js').Element} Element */
/** @typedef {import('./zip.js').Zip} Zip */
/** @typedef {import('./pages.js').Sink} Sink */

const HOLDERS = ['sdt', 'sdtContent', 'ins', 'moveTo', 'customXml', 'smartTag', 'Choice'];

/**
 * Reads a Word document. It has pages as Word laid them out last, where Word wrote that down, else parts of about the
 * same length.
 * @param {Zip} zip
 * @param {string} path of the main part
 * @param {Sink} sink
 */
export async function readDocx(zip, path, sink) {
  const relationships = await relationshipsOf(zip, path);
  const root = await readPart(zip, path);
  const body = root?.child('body');
  if (!body) throw new Unreadable('damaged');
  const { styles, numberings } = await readStyles(
    zip, partOfType(relationships, 'styles'), partOfType(relationships, 'numbering'),
  );
  const notes = {
    footnote: await notesOf(zip, partOfType(relationships, 'footnotes')),
    endnote: await notesOf(zip, partOfType(relationships, 'endnotes')),
  };
  const hasPages = body.below('lastRenderedPageBreak').length > 0;
  sink.begin(hasPages ? 'page' : 'part', null);
  if (hasPages) sink.note('Page numbers are those of the program that saved the file last.');
  const pages = new Pages(sink, hasPages);
  const blocks = new Blocks({ relationships, styles, numberings, notes });
  for (const element of unwrapped(body.elements)) {
    const { text, footnotes } = blocks.read(element);
    const breaks = hasPages ? pageBreaks(element) : { before: 0, inside: 0 };
    for (let i = 0; i < breaks.before; i += 1) await pages.turn();
    await pages.add(text, footnotes);
    for (let i = 0; i < breaks.inside; i += 1) await pages.turn();
  }
  await pages.end();
}

/** Gathers blocks into pages. */
class Pages {
  #sink;
  #hasPages;
  /** @type {string[]} */
  #blocks = [];
  /** @type {string[]} */
  #footnotes = [];
  #length = 0;

  /**
   * @param {Sink} sink
   * @param {boolean} hasPages
   */
  constructor(sink, hasPages) {
    this.#sink = sink;
    this.#hasPages = hasPages;
  }

  /**
   * @param {string} text
   * @param {string[]} footnotes
   */
  async add(text, footnotes) {
    if (text === '') return;
    const full = this.#length > 0 && this.#length + text.length > PART_CHARACTERS;
    if (!this.#hasPages && full) await this.turn();
    const isItem = (/** @type {string | undefined} */ block) => /^ *(-|\S{1,12}[.)]) /.test(block ?? '');
    const tight = isItem(text) && isItem(this.#blocks.at(-1)?.split('\n').at(-1));
    if (tight) this.#blocks.push(`${this.#blocks.pop()}\n${text}`);
    else this.#blocks.push(text);
    this.#footnotes.push(...footnotes);
    this.#length += text.length + 2;
  }

  async turn() {
    const text = [...this.#blocks, ...this.#footnotes].join('\n\n');
    this.#blocks = [];
    this.#footnotes = [];
    this.#length = 0;
    await this.#sink.page({ text });
  }

  async end() {
    if (this.#blocks.length > 0) await this.turn();
  }
}

/** Turns blocks into Markdown. */
class Blocks {
  #parts;
  /** @type {string[]} */
  #footnotes = [];
  /** @type {Element[]} */
  #asides = [];
  #marks = 0;

  /**
   * @param {object} parts
   * @param {Map<string, import('./package-parts.js').Relationship>} parts.relationships
   * @param {import('./docx-styles.js').Styles} parts.styles
   * @param {import('./docx-styles.js').Numberings} parts.numberings
   * @param {{footnote: Map<string, Element>, endnote: Map<string, Element>}} parts.notes
   */
  constructor(parts) {
    this.#parts = parts;
  }

  /**
   * @param {Element} element
   * @returns {{text: string, footnotes: string[]}}
   */
  read(element) {
    const text = this.#block(element);
    const boxes = this.#asides.splice(0).map((aside) => this.#block(aside));
    return { text: [text, ...boxes].filter(Boolean).join('\n\n'), footnotes: this.#footnotes.splice(0) };
  }

  /**
   * @param {Element} element
   * @returns {string}
   */
  #block(element) {
    if (element.name === 'tbl') return this.#table(element);
    return element.name === 'p' ? this.#paragraph(element) : '';
  }

  /** @param {Element} paragraph */
  #paragraph(paragraph) {
    const { styles, numberings } = this.#parts;
    const properties = paragraph.child('pPr');
    const heading = styles.headingLevel(properties);
    const text = this.#inline(paragraph, heading > 0);
    const numbering = styles.numbering(properties, numberings);
    if (text === '') return '';
    const marker = numbering ? numberings.next(numbering) : '';
    if (heading > 0) {
      return `${'#'.repeat(heading)} ${marker && marker !== '-' ? `${marker} ` : ''}${text.replace(/\s*\n\s*/g, ' ')}`;
    }
    if (!numbering || marker === '') return text;
    const indent = '  '.repeat(Math.min(8, numbering.level));
    return `${indent}${marker} ${text.replaceAll('\n', `\n${indent}  `)}`;
  }

  /**
   * @param {Element} paragraph
   * @param {boolean} plain
   */
  #inline(paragraph, plain) {
    return inlineText(paragraph, {
      relationships: this.#parts.relationships,
      note: (id, kind) => this.#note(id, kind),
      aside: (elements) => { this.#asides.push(...unwrapped(elements)); },
    }, plain);
  }

  /**
   * @param {string} id
   * @param {'footnote' | 'endnote'} kind
   */
  #note(id, kind) {
    const note = this.#parts.notes[kind].get(id);
    if (!note) return '';
    this.#parts.notes[kind].delete(id);
    this.#marks += 1;
    const mark = `[^${this.#marks}]`;
    const text = note.all('p').map((paragraph) => this.#inline(paragraph, false)).filter(Boolean).join(' ');
    this.#footnotes.push(`${mark}: ${text}`);
    return mark;
  }

  /** @param {Element} table */
  #table(table) {
    const rows = unwrapped(table.elements).filter(({ name }) => name === 'tr').map((row) => (
      unwrapped(row.elements).filter(({ name }) => name === 'tc').flatMap((cell) => this.#cell(cell))));
    const filled = rows.filter((row) => row.length > 0);
    if (filled.length === 0) return '';
    return filled.length === 1 && filled[0].length === 1 ? filled[0][0] : markdownTable(filled);
  }

  /**
   * A cell, with empty ones for the columns it spans. One that goes on from the row above is empty.
   * @param {Element} cell
   */
  #cell(cell) {
    const properties = cell.child('tcPr');
    const span = Number(properties?.child('gridSpan')?.attributes.val ?? 1);
    const merge = properties?.child('vMerge');
    const continued = merge !== undefined && merge.attributes.val !== 'restart';
    const blocks = continued ? [] : unwrapped(cell.elements).map((element) => this.#block(element));
    const text = blocks.filter(Boolean).join('\n');
    return [text, ...Array(Math.min(100, Math.max(1, span || 1)) - 1).fill('')];
  }
}

/**
 * @param {Zip} zip
 * @param {string | null} path
 * @returns {Promise<Map<string, Element>>}
 */
async function notesOf(zip, path) {
  const root = path === null ? null : await readPart(zip, path);
  return new Map((root?.all('footnote', 'endnote') ?? [])
    .filter(({ attributes }) => attributes.type === undefined || attributes.type === 'normal')
    .map((note) => [note.attributes.id, note]));
}

/**
 * Paragraphs and tables, taken out of what only holds them.
 * @param {Element[]} elements
 * @returns {Element[]}
 */
function unwrapped(elements) {
  return elements.flatMap((element) => {
    if (element.name === 'AlternateContent') return unwrapped(element.all('Choice').slice(0, 1));
    return HOLDERS.includes(element.name) ? unwrapped(element.elements) : [element];
  });
}

/**
 * How many of an element's page breaks stand before its text, and how many after some of it.
 * @param {Element} element
 */
function pageBreaks(element) {
  const names = element.below('lastRenderedPageBreak', 't').map(({ name }) => name);
  const breaks = names.filter((name) => name === 'lastRenderedPageBreak').length;
  const before = names[0] === 'lastRenderedPageBreak' ? 1 : 0;
  return { before, inside: breaks - before };
}
