/**
 * Reads the XML of Office files, as text alone: nothing is fetched, no document type and no entity of its own is
 * accepted. Elements are known by their local names (`p` for `w:p`).
 */

import { Unreadable } from './problem.js';

const MAX_DEPTH = 400;
const PREDEFINED = new Map([['amp', '&'], ['lt', '<'], ['gt', '>'], ['quot', '"'], ['apos', '\'']]);

/** An element with its attributes, each by its full name, and by its local one where that is free. */
export class Element {
  /**
   * @param {string} name
   * @param {{[name: string]: string}} attributes
   */
  constructor(name, attributes) {
    this.name = name;
    this.attributes = attributes;
    /** @type {(Element | string)[]} */
    this.children = [];
  }

  /** The child elements. @returns {Element[]} */
  get elements() {
    return /** @type {Element[]} */ (this.children.filter((child) => typeof child !== 'string'));
  }

  /** All text below. @returns {string} */
  get text() {
    return this.children.map((child) => (typeof child === 'string' ? child : child.text)).join('');
  }

  /**
   * The first child element on this path of names.
   * @param {...string} path
   * @returns {Element | undefined}
   */
  child(...path) {
    /** @type {Element | undefined} */
    let at = this;
    for (const name of path) at = at?.elements.find((element) => element.name === name);
    return at;
  }

  /**
   * The child elements of these names.
   * @param {...string} names
   */
  all(...names) {
    return this.elements.filter(({ name }) => names.includes(name));
  }

  /**
   * The elements of these names anywhere below, in order; not those inside one that was found.
   * @param {...string} names
   * @returns {Element[]}
   */
  below(...names) {
    return this.elements.flatMap((element) => (names.includes(element.name) ? [element] : element.below(...names)));
  }
}

/**
 * The root element.
 * @param {string} text
 * @returns {Element}
 * @throws {Unreadable} `damaged`
 */
export function parseXml(text) {
  const { value } = elementsNamed(text, null).next();
  if (!value) throw new Unreadable('damaged');
  return value;
}

/**
 * The outermost elements of this local name (null: the root), one after the other; what is around them is not kept.
 * @param {string} text
 * @param {string | null} wanted
 * @returns {Generator<Element, void>}
 * @throws {Unreadable} `damaged`
 */
export function* elementsNamed(text, wanted) {
  /** @type {string[]} */
  const open = [];
  /** @type {Element[]} */
  const kept = [];
  for (const token of tokens(text)) {
    if (token.kind === 'text') {
      kept.at(-1)?.children.push(token.text);
    } else if (token.kind === 'close') {
      if (open.pop() !== token.name) throw new Unreadable('damaged');
      const element = kept.pop();
      if (element && kept.length === 0) yield element;
    } else {
      if (open.length >= MAX_DEPTH) throw new Unreadable('damaged');
      const keep = kept.length > 0 || wanted === null || localName(token.name) === wanted;
      const element = keep ? new Element(localName(token.name), attributesOf(token.attributes)) : null;
      if (element) kept.at(-1)?.children.push(element);
      if (token.empty) {
        if (element && kept.length === 0) yield element;
      } else {
        open.push(token.name);
        if (element) kept.push(element);
      }
    }
  }
  if (open.length > 0) throw new Unreadable('damaged');
}

/**
 * @typedef {{kind: 'text', text: string} | {kind: 'close', name: string}
 *     | {kind: 'open', name: string, attributes: string, empty: boolean}} Token
 */

/**
 * @param {string} text
 * @returns {Generator<Token, void>}
 */
function* tokens(text) {
  let at = 0;
  while (at < text.length) {
    const tag = text.indexOf('<', at);
    const end = tag < 0 ? text.length : tag;
    if (end > at) yield { kind: 'text', text: decoded(text.slice(at, end)) };
    if (tag < 0) return;
    if (text.startsWith('<![CDATA[', tag)) {
      at = endOf(text, ']]>', tag);
      yield { kind: 'text', text: text.slice(tag + 9, at - 3) };
    } else if (text.startsWith('<!--', tag)) {
      at = endOf(text, '-->', tag + 4);
    } else if (text.startsWith('<?', tag)) {
      at = endOf(text, '?>', tag);
    } else if (text[tag + 1] === '!') {
      throw new Unreadable('damaged');
    } else {
      at = endOfTag(text, tag);
      yield tagOf(text.slice(tag + 1, at - 1));
    }
  }
}

/**
 * @param {string} inner what stands between the angle brackets
 * @returns {Token}
 */
function tagOf(inner) {
  if (inner.startsWith('/')) return { kind: 'close', name: inner.slice(1).trim() };
  const empty = inner.endsWith('/');
  const body = empty ? inner.slice(0, -1) : inner;
  const space = body.search(/\s/);
  const name = space < 0 ? body : body.slice(0, space);
  if (name === '') throw new Unreadable('damaged');
  return { kind: 'open', name, attributes: space < 0 ? '' : body.slice(space), empty };
}

/**
 * @param {string} text
 * @returns {{[name: string]: string}}
 */
function attributesOf(text) {
  /** @type {{[name: string]: string}} */
  const attributes = Object.create(null);
  for (const [, name, quoted] of text.matchAll(/([^\s=]+)\s*=\s*("[^"]*"|'[^']*')/g)) {
    const value = decoded(quoted.slice(1, -1));
    attributes[name] = value;
    const local = localName(name);
    if (!(local in attributes)) attributes[local] = value;
  }
  return attributes;
}

/** @param {string} name */
function localName(name) {
  return name.slice(name.indexOf(':') + 1);
}

/**
 * @param {string} text
 * @param {string} mark
 * @param {number} from
 */
function endOf(text, mark, from) {
  const found = text.indexOf(mark, from);
  if (found < 0) throw new Unreadable('damaged');
  return found + mark.length;
}

/**
 * The place after the tag that begins here; an angle bracket in a quoted value does not end it.
 * @param {string} text
 * @param {number} start
 */
function endOfTag(text, start) {
  let at = start;
  for (;;) {
    const end = text.indexOf('>', at);
    if (end < 0) throw new Unreadable('damaged');
    const quote = text.slice(at, end).search(/["']/);
    if (quote < 0) return end + 1;
    at = endOf(text, text[at + quote], at + quote + 1);
  }
}

/** @param {string} text */
function decoded(text) {
  if (!text.includes('&')) return text;
  return text.replace(/&(#x?[0-9a-f]+|\w+);/gi, (whole, name) => {
    if (!name.startsWith('#')) return PREDEFINED.get(name) ?? whole;
    const code = name[1] === 'x' || name[1] === 'X' ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}
