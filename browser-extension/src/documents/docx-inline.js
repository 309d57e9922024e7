/** What stands inside a paragraph of a Word document, as Markdown. */

import { mathText } from './math.js';

/** @typedef {import('./xml.js').Element} Element */
/** @typedef {import('./package-parts.js').Relationship} Relationship */

/**
 * @typedef {object} InlineContext
 * @property {Map<string, Relationship>} relationships
 * @property {(id: string, kind: 'footnote' | 'endnote') => string} note remembers a note, gives its mark
 * @property {(paragraphs: Element[]) => void} aside takes the paragraphs of a text box
 */

/**
 * @typedef {object} Piece a stretch of text of one look
 * @property {string} text
 * @property {string} mark what surrounds it, such as `**`
 * @property {string} link the address it leads to, or empty
 */

/** Elements that only hold others. */
const HOLDERS = ['ins', 'moveTo', 'smartTag', 'sdt', 'sdtContent', 'fldSimple', 'customXml', 'dir', 'bdo', 'Choice'];

/**
 * @param {Element} paragraph
 * @param {InlineContext} context
 * @param {boolean} plain without marks of bold and italic, as in a heading
 */
export function inlineText(paragraph, context, plain) {
  const pieces = paragraph.elements.flatMap((element) => piecesOf(element, context, ''));
  return merged(plain ? pieces.map((piece) => ({ ...piece, mark: '' })) : pieces).map(shown).join('')
    .replace(/[ \t\u00a0]+/g, ' ').replace(/ ?\n ?/g, '\n').trim();
}

/**
 * @param {Element} element
 * @param {InlineContext} context
 * @param {string} link
 * @returns {Piece[]}
 */
function piecesOf(element, context, link) {
  const { name, attributes } = element;
  if (name === 'r') return runPieces(element, context, link);
  if (name === 'oMath' || name === 'oMathPara') return [{ text: `$${mathText(element)}$`, mark: '', link: '' }];
  if (name === 'AlternateContent') {
    return element.all('Choice').slice(0, 1).flatMap((choice) => piecesOf(choice, context, link));
  }
  if (name !== 'hyperlink' && !HOLDERS.includes(name)) return [];
  const target = name === 'hyperlink' ? context.relationships.get(attributes['r:id'] ?? '') : undefined;
  const address = target?.external && /^(https?|mailto):/i.test(target.target) ? target.target : link;
  return element.elements.flatMap((child) => piecesOf(child, context, address));
}

/**
 * @param {Element} run
 * @param {InlineContext} context
 * @param {string} link
 * @returns {Piece[]}
 */
function runPieces(run, context, link) {
  const properties = run.child('rPr');
  if (isOn(properties?.child('vanish'))) return [];
  const mark = [['b', '**'], ['i', '*'], ['strike', '~~']]
    .map(([name, sign]) => (isOn(properties?.child(name)) ? sign : '')).join('');
  const raised = properties?.child('vertAlign')?.attributes.val;
  const text = run.elements.map((child) => runText(child, context)).join('');
  const sign = raised === 'superscript' ? '^' : raised === 'subscript' ? '_' : '';
  if (sign === '' || text.trim() === '' || text.startsWith('[^')) return [{ text, mark, link }];
  return [{ text: sign + (text.trim().length > 1 ? `{${text.trim()}}` : text.trim()), mark, link }];
}

/**
 * @param {Element} element
 * @param {InlineContext} context
 * @returns {string}
 */
function runText(element, context) {
  const { name, attributes } = element;
  switch (name) {
    case 't': return element.text;
    case 'tab': case 'ptab': return ' ';
    case 'br': return attributes.type === 'page' || attributes.type === 'column' ? '' : '\n';
    case 'cr': return '\n';
    case 'noBreakHyphen': return '-';
    case 'footnoteReference': return context.note(attributes.id, 'footnote');
    case 'endnoteReference': return context.note(attributes.id, 'endnote');
    case 'AlternateContent': return element.all('Choice').slice(0, 1)
      .flatMap(({ elements }) => elements).map((child) => runText(child, context)).join('');
    case 'drawing': case 'pict': case 'object': return drawingText(element, context);
    default: return '';
  }
}

/**
 * The alternative text of a picture; the text of a text box goes to the paragraphs after this one.
 * @param {Element} element
 * @param {InlineContext} context
 */
function drawingText(element, context) {
  const boxes = element.below('txbxContent');
  if (boxes.length > 0) {
    for (const box of boxes) context.aside(box.elements);
    return '';
  }
  const [properties] = element.below('docPr', 'shape');
  const { descr = '', title = '', alt = '' } = properties?.attributes ?? {};
  const words = (descr || title || alt).replace(/\s+/g, ' ').trim();
  return words ? `[image: ${words}]` : '[image]';
}

/**
 * @param {Piece[]} pieces
 * @returns {Piece[]}
 */
function merged(pieces) {
  /** @type {Piece[]} */
  const all = [];
  for (const piece of pieces) {
    const last = all.at(-1);
    if (piece.text === '') continue;
    const blank = piece.text.trim() === '';
    if (last && last.link === piece.link && (last.mark === piece.mark || blank)) last.text += piece.text;
    else all.push({ ...piece });
  }
  return all;
}

/** @param {Piece} piece */
function shown({ text, mark, link }) {
  const [, before, inner, after] = /** @type {RegExpExecArray} */ (/^(\s*)([^]*?)(\s*)$/.exec(text));
  if (inner === '') return text;
  const marked = mark + inner + [...mark].reverse().join('');
  return `${before}${link ? `[${marked}](${link})` : marked}${after}`;
}

/** @param {Element | undefined} property */
function isOn(property) {
  return property !== undefined && !['0', 'false', 'off', 'none'].includes(property.attributes.val ?? '1');
}
