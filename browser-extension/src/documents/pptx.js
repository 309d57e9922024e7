/** PowerPoint presentations as Markdown, slide by slide. */

import { Unreadable } from './problem.js';
import { MAX_PAGES, markdownTable } from './pages.js';
import { mathText } from './math.js';
import { partOfType, readPart, relationshipsOf } from './package-parts.js';

/** @typedef {import('./xml.js').Element} Element */
/** @typedef {import('./zip.js').Zip} Zip */
/** @typedef {import('./package-parts.js').Relationship} Relationship */

const TITLES = ['title', 'ctrTitle'];
const FURNITURE = ['sldNum', 'dt', 'ftr', 'hdr'];
const MAX_POINTS = 200;
const PLAIN = ['subTitle', ...TITLES];

/**
 * Reads a presentation. A slide's number is its place in the presentation.
 * @param {Zip} zip
 * @param {string} path of the main part
 * @param {import('./pages.js').Sink} sink
 */
export async function readPptx(zip, path, sink) {
  const relationships = await relationshipsOf(zip, path);
  const root = await readPart(zip, path);
  if (!root) throw new Unreadable('damaged');
  const slides = (root.child('sldIdLst')?.all('sldId') ?? [])
    .flatMap(({ attributes }) => relationships.get(attributes['r:id'])?.target ?? []);
  sink.begin('slide', slides.length);
  for (const slide of slides.slice(0, MAX_PAGES)) await sink.page(await readSlide(zip, slide));
}

/**
 * @param {Zip} zip
 * @param {string} path
 * @returns {Promise<import('./pages.js').Page>}
 */
async function readSlide(zip, path) {
  const slide = await readPart(zip, path);
  if (!slide) return { text: '[This slide is missing in the file.]' };
  const relationships = await relationshipsOf(zip, path);
  const shapes = shapesOf(slide.child('cSld', 'spTree')?.elements ?? []);
  const title = shapes.find((shape) => TITLES.includes(placeholderOf(shape) ?? ''));
  const blocks = [];
  for (const shape of shapes) {
    if (shape !== title) blocks.push(await shapeText(zip, shape, relationships));
  }
  const notes = await notesOf(zip, partOfType(relationships, 'notesSlide'));
  const words = title ? paragraphsOf(title).map(paragraphText).join(' ').replace(/\s+/g, ' ').trim() : '';
  return {
    ...(words && { title: words }),
    text: [
      slide.attributes.show === '0' ? '[hidden slide]' : '', ...blocks, notes && `Speaker notes: ${notes}`,
    ].filter(Boolean).join('\n\n'),
  };
}

/**
 * The shapes of a slide, those in groups included.
 * @param {Element[]} elements
 * @returns {Element[]}
 */
function shapesOf(elements) {
  return elements.flatMap((element) => {
    if (element.name === 'grpSp') return shapesOf(element.elements);
    if (element.name === 'AlternateContent') return shapesOf(element.child('Choice')?.elements ?? []);
    return ['sp', 'pic', 'graphicFrame', 'cxnSp'].includes(element.name) ? [element] : [];
  });
}

/**
 * The kind of placeholder a shape fills: `body` for one without a kind; undefined when it is none.
 * @param {Element} shape
 */
function placeholderOf(shape) {
  const placeholder = shape.child('nvSpPr', 'nvPr', 'ph');
  return placeholder && (placeholder.attributes.type ?? 'body');
}

/**
 * @param {Zip} zip
 * @param {Element} shape
 * @param {Map<string, Relationship>} relationships
 * @returns {Promise<string>}
 */
async function shapeText(zip, shape, relationships) {
  if (shape.name === 'pic') return pictureText(shape);
  if (shape.name === 'graphicFrame') return frameText(zip, shape, relationships);
  const kind = placeholderOf(shape);
  if (FURNITURE.includes(kind ?? '')) return '';
  return listText(paragraphsOf(shape), kind !== undefined && !PLAIN.includes(kind));
}

/** @param {Element} picture */
function pictureText(picture) {
  const { descr = '', title = '' } = picture.child('nvPicPr', 'cNvPr')?.attributes ?? {};
  const words = (descr || title).replace(/\s+/g, ' ').trim();
  return words ? `[image: ${words}]` : '[image]';
}

/**
 * A table, a chart with its numbers, or the words of a diagram.
 * @param {Zip} zip
 * @param {Element} frame
 * @param {Map<string, Relationship>} relationships
 * @returns {Promise<string>}
 */
async function frameText(zip, frame, relationships) {
  const [found] = frame.below('tbl', 'chart', 'relIds');
  if (!found) return '';
  if (found.name === 'tbl') {
    const rows = found.all('tr').map((row) => row.all('tc').map((cell) => (
      cell.below('p').map(paragraphText).filter(Boolean).join('\n'))));
    return rows.length > 0 ? markdownTable(rows) : '';
  }
  const part = relationships.get(found.attributes['r:id'] ?? found.attributes['r:dm'] ?? '')?.target;
  const root = part === undefined ? null : await readPart(zip, part);
  if (!root) return found.name === 'chart' ? '[chart]' : '[diagram]';
  return found.name === 'chart' ? chartText(root) : diagramText(root);
}

/** @param {Element} root */
function chartText(root) {
  const words = (root.below('title')[0]?.below('t') ?? []).map(({ text }) => text).join('').trim();
  const series = root.below('ser');
  const name = (/** @type {Element} */ one) => one.child('tx')?.below('v').map(({ text }) => text).join(' ') ?? '';
  const head = `[chart${words ? `: ${words}` : ''}]`;
  if (series.length === 0) return head;
  const columns = [pointsOf(series[0], 'cat', 'xVal'), ...series.map((one) => pointsOf(one, 'val', 'yVal'))];
  const indexes = [...new Set(columns.flatMap((column) => [...column.keys()]))].sort((a, b) => a - b);
  const rows = indexes.slice(0, MAX_POINTS).map((at) => columns.map((column) => column.get(at) ?? ''));
  const left = indexes.length > MAX_POINTS ? `\n\n[${indexes.length - MAX_POINTS} further points of the chart]` : '';
  return `${head}\n\n${markdownTable([['', ...series.map(name)], ...rows])}${left}`;
}

/**
 * The values of a series by their place, as they were when the file was saved.
 * @param {Element} series
 * @param {...string} kinds
 */
function pointsOf(series, ...kinds) {
  const points = series.all(...kinds).flatMap((values) => values.below('pt'));
  return new Map(points.map((point) => [Number(point.attributes.idx), point.child('v')?.text ?? '']));
}

/** @param {Element} root */
function diagramText(root) {
  const words = root.below('pt').flatMap((point) => {
    const text = point.child('t')?.below('p').map(paragraphText).join(' ').trim() ?? '';
    return text ? [`- ${text}`] : [];
  });
  return ['[diagram]', ...words].join('\n');
}

/**
 * @param {Zip} zip
 * @param {string | null} path
 */
async function notesOf(zip, path) {
  const root = path === null ? null : await readPart(zip, path);
  const shapes = shapesOf(root?.child('cSld', 'spTree')?.elements ?? []);
  return shapes.filter((shape) => placeholderOf(shape) === 'body').flatMap(paragraphsOf).map(paragraphText)
    .filter(Boolean).join('\n');
}

/** @param {Element} shape */
function paragraphsOf(shape) {
  return shape.child('txBody')?.all('p') ?? [];
}

/** @param {Element} paragraph */
function paragraphText(paragraph) {
  const texts = paragraph.elements.map((element) => {
    if (element.name === 'r' || element.name === 'fld') return element.child('t')?.text ?? '';
    if (element.name === 'br') return '\n';
    if (element.name === 'AlternateContent') return element.below('oMath').slice(0, 1).map(mathPiece).join('');
    return element.below('oMath').map(mathPiece).join('');
  });
  return texts.join('').replace(/[ \t\u00a0\v]+/g, ' ').trim();
}

/** @param {Element} formula */
function mathPiece(formula) {
  return `$${mathText(formula)}$`;
}

/**
 * Paragraphs with the markers they show: those of a body have bullets unless they say otherwise.
 * @param {Element[]} paragraphs
 * @param {boolean} bulleted
 */
function listText(paragraphs, bulleted) {
  /** @type {number[]} */
  const counts = [];
  const lines = paragraphs.flatMap((paragraph) => {
    const text = paragraphText(paragraph);
    if (text === '') return [];
    const properties = paragraph.child('pPr');
    const level = Math.min(8, Math.max(0, Number(properties?.attributes.lvl ?? 0) || 0));
    const numbered = properties?.child('buAutoNum');
    const bullet = properties?.child('buNone') ? false : bulleted || properties?.child('buChar') !== undefined;
    counts.length = numbered ? Math.min(counts.length, level + 1) : Math.min(counts.length, level);
    if (numbered) counts[level] = (counts[level] ?? (Number(numbered.attributes.startAt ?? 1) || 1) - 1) + 1;
    const marker = numbered ? `${counts[level]}. ` : bullet ? '- ' : '';
    const indent = marker ? '  '.repeat(level) : '';
    return [`${indent}${marker}${text.replaceAll('\n', `\n${indent}${marker ? '  ' : ''}`)}`];
  });
  return lines.join('\n');
}
