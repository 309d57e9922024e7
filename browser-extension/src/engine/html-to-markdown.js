/** HTML that others wrote as Markdown. Nothing in it is run, loaded or inserted into a page. */

import { markdownTable } from '../documents/pages.js';
import { fenced } from '../documents/text.js';

const SKIPPED = new Set([
  'SCRIPT', 'STYLE', 'TEMPLATE', 'NOSCRIPT', 'HEAD', 'TITLE', 'SVG', 'BUTTON', 'INPUT', 'SELECT', 'TEXTAREA', 'LINK',
  'META',
]);
const BLOCKS = new Set([
  'P', 'DIV', 'SECTION', 'ARTICLE', 'HEADER', 'FOOTER', 'MAIN', 'NAV', 'ASIDE', 'FIGURE', 'FIGCAPTION', 'ADDRESS',
  'DETAILS', 'SUMMARY', 'FORM', 'FIELDSET', 'LEGEND', 'DL', 'DT', 'DD', 'CENTER',
]);
const EMBEDDED = new Set(['IFRAME', 'VIDEO', 'AUDIO', 'OBJECT', 'EMBED']);
const UNSEEN = '.sr-only, .visually-hidden, .accesshide, [hidden], [aria-hidden="true"], .MathJax, .MathJax_Preview, '
  + '.action-menu';
const MARKS = new Map([['STRONG', '**'], ['B', '**'], ['EM', '*'], ['I', '*'], ['DEL', '~~'], ['S', '~~']]);
const MAX_DEPTH = 500;

/** @typedef {{base: string, depth: number}} Context */

/**
 * The visible content: headings, lists, tables, code, links and pictures by their alternative text; formulas as they
 * were written. Needs a `DOMParser`.
 * @param {string} html a page, or a piece of one
 * @param {string} [base] the address that links are relative to; without it only whole addresses are kept
 * @returns {string}
 */
export function htmlToMarkdown(html, base = '') {
  const whole = /<(body|html)[\s>]/i.test(html) ? html : `<!doctype html><html><body>${html}</body></html>`;
  const document = new DOMParser().parseFromString(whole, 'text/html');
  return document.body ? elementToMarkdown(document.body, base) : '';
}

/**
 * The content of an element as Markdown.
 * @param {Element} element
 * @param {string} base
 * @returns {string}
 */
export function elementToMarkdown(element, base) {
  return blocksOf(element, { base, depth: 0 }).join('\n\n');
}

/**
 * The blocks inside an element; text between them becomes paragraphs.
 * @param {Element} element
 * @param {Context} context
 * @returns {string[]}
 */
function blocksOf(element, { base, depth }) {
  if (depth > MAX_DEPTH) return [];
  const context = { base, depth: depth + 1 };
  /** @type {string[]} */
  const blocks = [];
  let line = '';
  const flush = () => {
    const text = tidy(line);
    if (text !== '') blocks.push(text);
    line = '';
  };
  for (const node of element.childNodes) {
    const inner = node.nodeType === 1 ? blockOf(/** @type {Element} */ (node), context) : null;
    if (inner === null) {
      line += inlineOf(node, context);
    } else {
      flush();
      blocks.push(...inner);
    }
  }
  flush();
  return blocks;
}

/**
 * The blocks that an element is, or null when it stands in the line.
 * @param {Element} element
 * @param {Context} context
 * @returns {string[] | null}
 */
function blockOf(element, context) {
  const name = element.tagName.toUpperCase();
  if (isSkipped(element, name)) return null;
  const heading = /^H([1-6])$/.exec(name);
  if (heading) {
    const text = tidy(inlineOfAll(element, context)).replace(/\n/g, ' ');
    return text === '' ? [] : [`${'#'.repeat(Number(heading[1]))} ${text}`];
  }
  switch (name) {
    case 'UL': case 'OL': case 'MENU': return listOf(element, name === 'OL', context);
    case 'TABLE': return tableOf(element, context);
    case 'PRE': return [fenced(element.textContent ?? '', languageOf(element))];
    case 'BLOCKQUOTE': return [blocksOf(element, context).join('\n\n').replace(/^/gm, '> ')];
    case 'HR': return ['---'];
    case 'DT': return blocksOf(element, context).map((text) => `**${text}**`);
    default: return BLOCKS.has(name) || holdsBlock(element) ? blocksOf(element, context) : null;
  }
}

/**
 * Whether an element of the line, such as a link, has blocks in it.
 * @param {Element} element
 */
function holdsBlock(element) {
  return element.querySelector('p, div, ul, ol, table, pre, blockquote, h1, h2, h3, h4, h5, h6') !== null;
}

/**
 * @param {Element} list
 * @param {boolean} ordered
 * @param {Context} context
 */
function listOf(list, ordered, context) {
  let number = Number(list.getAttribute('start') ?? 1) || 1;
  const items = [...list.children].filter((child) => !isSkipped(child, child.tagName.toUpperCase())).flatMap((item) => {
    const marker = ordered ? `${number}. ` : '- ';
    const text = blocksOf(item, context).join('\n').replaceAll('\n', `\n${' '.repeat(marker.length)}`);
    if (text === '') return [];
    number += 1;
    return [/^(UL|OL)$/i.test(item.tagName) ? text.replace(/^/gm, '  ') : marker + text];
  });
  return items.length > 0 ? [items.join('\n')] : [];
}

/**
 * A table; cells that span several columns are followed by empty ones. One that only lays out is no table.
 * @param {Element} table
 * @param {Context} context
 */
function tableOf(table, context) {
  const rows = [...table.querySelectorAll('tr')].filter((row) => row.closest('table') === table);
  const nested = table.querySelector('table') !== null;
  const cells = rows.map((row) => [...row.children].filter(({ tagName }) => /^T[DH]$/i.test(tagName)));
  if (nested || table.getAttribute('role') === 'presentation' || cells.every((row) => row.length <= 1)) {
    return cells.flat().flatMap((cell) => blocksOf(cell, context));
  }
  const caption = tidy([...table.children].filter(({ tagName }) => /^caption$/i.test(tagName))
    .map((child) => inlineOfAll(child, context)).join(' '));
  return [...(caption === '' ? [] : [caption]), markdownTable(grid(cells, context))];
}

/**
 * @param {Element[][]} rows
 * @param {Context} context
 */
function grid(rows, context) {
  /** @type {string[][]} */
  const texts = rows.map(() => []);
  const taken = rows.map(() => new Set());
  rows.forEach((cells, row) => {
    let column = 0;
    for (const cell of cells) {
      while (taken[row].has(column)) column += 1;
      const width = spanOf(cell, 'colspan');
      texts[row][column] = blocksOf(cell, context).join('\n');
      for (let down = 0; down < spanOf(cell, 'rowspan') && row + down < rows.length; down += 1) {
        for (let right = 0; right < width; right += 1) taken[row + down].add(column + right);
      }
      column += width;
    }
  });
  return texts.map((row) => Array.from(row, (text) => text ?? ''));
}

/**
 * @param {Element} cell
 * @param {string} name
 */
function spanOf(cell, name) {
  return Math.min(100, Math.max(1, Number(cell.getAttribute(name) ?? 1) || 1));
}

/**
 * @param {Node} node
 * @param {Context} context
 * @returns {string}
 */
function inlineOf(node, context) {
  if (node.nodeType === 3) return (node.nodeValue ?? '').replace(/[\s\u00a0]+/g, ' ');
  if (node.nodeType !== 1 || context.depth > MAX_DEPTH) return '';
  const element = /** @type {Element} */ (node);
  const name = element.tagName.toUpperCase();
  if (isSkipped(element, name)) return '';
  if (EMBEDDED.has(name)) return embedded(element, name, context);
  switch (name) {
    case 'SCRIPT': return `$${element.textContent ?? ''}$`;
    case 'BR': return '\n';
    case 'IMG': return image(element);
    case 'MATH': return formula(element);
    case 'CODE': case 'KBD': case 'SAMP': case 'TT': return code(element.textContent ?? '');
    case 'A': return link(element, context);
    case 'SUP': return script('^', inlineOfAll(element, context));
    case 'SUB': return script('_', inlineOfAll(element, context));
    default: return marked(inlineOfAll(element, context), MARKS.get(name) ?? '');
  }
}

/**
 * @param {Element} element
 * @param {Context} context
 */
function inlineOfAll(element, { base, depth }) {
  return [...element.childNodes].map((node) => inlineOf(node, { base, depth: depth + 1 })).join('');
}

/**
 * @param {string} text
 * @param {string} mark
 */
function marked(text, mark) {
  const inner = text.trim();
  if (mark === '' || inner === '') return text;
  return `${/^\s/.test(text) ? ' ' : ''}${mark}${inner}${mark}${/\s$/.test(text) ? ' ' : ''}`;
}

/**
 * @param {string} sign
 * @param {string} text
 */
function script(sign, text) {
  const inner = text.trim();
  if (inner === '') return '';
  return inner.length === 1 ? sign + inner : `${sign}{${inner}}`;
}

/** @param {string} text */
function code(text) {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return text === '' ? '' : `${fence}${longest > 0 ? ' ' : ''}${text}${longest > 0 ? ' ' : ''}${fence}`;
}

/**
 * @param {Element} element
 * @param {Context} context
 */
function link(element, context) {
  const text = inlineOfAll(element, context);
  const address = addressOf(element.getAttribute('href'), context.base);
  const inner = tidy(text).replace(/\n/g, ' ');
  if (address === '' || inner === '') return text;
  return inner === address ? `<${address}>` : `[${inner}](${address})`;
}

/** @param {Element} element */
function image(element) {
  const words = (element.getAttribute('alt') ?? '').replace(/\s+/g, ' ').trim();
  if (element.classList.contains('texrender')) return `$${words}$`;
  return words === '' ? '[image]' : `[image: ${words}]`;
}

/**
 * @param {Element} element
 * @param {string} name
 * @param {Context} context
 */
function embedded(element, name, context) {
  const source = element.getAttribute('src') ?? element.getAttribute('data')
    ?? element.querySelector('source')?.getAttribute('src') ?? null;
  const address = addressOf(source, context.base);
  const title = (element.getAttribute('title') ?? '').trim() || name.toLowerCase();
  return address === '' ? `[${title}]` : `[${title}](${address})`;
}

/** @param {Element} element */
function formula(element) {
  const notes = [...element.querySelectorAll('annotation')];
  const tex = notes.find((note) => (note.getAttribute('encoding') ?? '').includes('tex'));
  return `$${(tex ?? element).textContent?.replace(/\s+/g, ' ').trim() ?? ''}$`;
}

/**
 * A whole address of the web or of mail, or an empty text.
 * @param {string | null} written
 * @param {string} base
 */
function addressOf(written, base) {
  try {
    const url = new URL((written ?? '').trim(), base || undefined);
    if (!['http:', 'https:', 'mailto:'].includes(url.protocol)) return '';
    return /sesskey=|token=/i.test(url.search) ? '' : url.href.replaceAll(')', '%29');
  } catch {
    return '';
  }
}

/** @param {Element} element */
function languageOf(element) {
  const classes = `${element.className} ${element.querySelector('code')?.className ?? ''}`;
  return /(?:language|lang)-([\w+#-]+)/.exec(classes)?.[1] ?? '';
}

/**
 * @param {Element} element
 * @param {string} name
 */
function isSkipped(element, name) {
  if (name === 'SCRIPT') return !/^math\/tex/i.test(element.getAttribute('type') ?? '');
  return SKIPPED.has(name) || element.matches(UNSEEN);
}

/** @param {string} text */
function tidy(text) {
  return text.replace(/[ \t]+/g, ' ').replace(/ ?\n ?/g, '\n').replace(/\n{3,}/g, '\n\n').trim();
}
