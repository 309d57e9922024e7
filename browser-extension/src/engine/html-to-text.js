/** HTML of Moodle as plain text. Nothing in it is run, loaded or inserted into a page. */

const SKIPPED = new Set([
  'SCRIPT', 'STYLE', 'TEMPLATE', 'NOSCRIPT', 'HEAD', 'TITLE', 'SVG', 'BUTTON', 'INPUT', 'SELECT', 'TEXTAREA', 'IFRAME',
  'OBJECT', 'VIDEO', 'AUDIO',
]);
const PARAGRAPHS = new Set(['P', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'UL', 'OL', 'TABLE', 'BLOCKQUOTE', 'PRE', 'DL']);
const LINES = new Set([
  'DIV', 'SECTION', 'ARTICLE', 'HEADER', 'FOOTER', 'LI', 'TR', 'DT', 'DD', 'FIGURE', 'FIGCAPTION', 'ADDRESS', 'HR',
]);

/** Classes of Moodle's themes for what is not seen, or is no part of the text. */
const UNSEEN = ['accesshide', 'sr-only', 'visually-hidden', 'userinitials', 'action-menu', 'commentscontainer'];

/**
 * The visible text: paragraphs apart by an empty line, list items with a dash, table cells with ` | `, images by their
 * alternative text. Needs a `DOMParser`.
 * @param {string} html
 * @returns {string}
 */
export function htmlToText(html) {
  return elementText(parse(`<!doctype html><html><body>${html}</body></html>`).body);
}

/**
 * A document that nothing in it can act in.
 * @param {string} html
 */
export function parse(html) {
  return new DOMParser().parseFromString(html, 'text/html');
}

/**
 * The visible text of an element, as {@link htmlToText}; empty for none.
 * @param {Element | null | undefined} element
 * @returns {string}
 */
export function elementText(element) {
  if (!element) return '';
  return [...element.childNodes].map(textOf).join('')
    .replace(/[ \t\u00a0]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/**
 * @param {Node} node
 * @returns {string}
 */
function textOf(node) {
  if (node.nodeType === 3) return (node.nodeValue ?? '').replace(/\s+/g, ' ');
  if (node.nodeType !== 1) return '';
  const element = /** @type {Element} */ (node);
  const name = element.tagName.toUpperCase();
  if (SKIPPED.has(name) || isHidden(element)) return '';
  if (name === 'BR') return '\n';
  if (name === 'IMG') return element.getAttribute('alt') ?? '';
  const inner = [...element.childNodes].map(textOf).join('');
  if (name === 'LI') return `\n- ${inner.trim()}`;
  if (name === 'TD' || name === 'TH') return element.nextElementSibling ? `${inner.trim()} | ` : inner.trim();
  if (PARAGRAPHS.has(name)) return `\n\n${inner}\n\n`;
  return LINES.has(name) ? `\n${inner}\n` : inner;
}

/** @param {Element} element */
function isHidden(element) {
  return element.hasAttribute('hidden') || element.getAttribute('aria-hidden') === 'true'
    || UNSEEN.some((name) => element.classList.contains(name));
}
