/** What the styles and numberings of a Word document say about a paragraph: whether it is a heading, or in a list. */

import { readPart } from './package-parts.js';

/** @typedef {import('./xml.js').Element} Element */
/** @typedef {{id: string, level: number}} Numbering */

const MAX_CHAIN = 20;

/** The styles of a document, each with what it inherits. */
export class Styles {
  /** @type {Map<string, Element>} */
  #styles;
  #default;

  /** @param {Element | null} root of the styles part */
  constructor(root) {
    const styles = root?.all('style') ?? [];
    this.#styles = new Map(styles.map((style) => [style.attributes.styleId, style]));
    this.#default = styles.find(({ attributes }) => attributes.type === 'paragraph' && isOn(attributes.default))
      ?.attributes.styleId ?? '';
  }

  /**
   * How deep a heading a paragraph is: 1 to 6, or 0 for none.
   * @param {Element | undefined} properties of the paragraph
   */
  headingLevel(properties) {
    const own = outlineLevel(properties);
    if (own !== null) return own;
    for (const style of this.#chain(properties)) {
      const name = (style.child('name')?.attributes.val ?? '').toLowerCase();
      if (name === 'title') return 1;
      const heading = /^heading (\d)$/.exec(name);
      if (heading) return Math.min(6, Math.max(1, Number(heading[1])));
      const level = outlineLevel(style.child('pPr'));
      if (level !== null) return level;
    }
    return 0;
  }

  /**
   * The list a paragraph is in, by itself or by its style. A number of 0 takes it out of the list of its style.
   * @param {Element | undefined} properties of the paragraph
   * @param {Numberings} numberings
   * @returns {Numbering | null}
   */
  numbering(properties, numberings) {
    const own = properties?.child('numPr');
    let level = integer(own?.child('ilvl')?.attributes.val);
    const ownId = own?.child('numId')?.attributes.val;
    if (ownId !== undefined) return ownId === '0' ? null : { id: ownId, level: level ?? 0 };
    for (const style of this.#chain(properties)) {
      const inherited = style.child('pPr', 'numPr');
      level ??= integer(inherited?.child('ilvl')?.attributes.val);
      const id = inherited?.child('numId')?.attributes.val;
      if (id === '0') return null;
      if (id !== undefined) return { id, level: level ?? numberings.levelOfStyle(id, style.attributes.styleId) ?? 0 };
    }
    return null;
  }

  /**
   * The number of a style that only names a list.
   * @param {string} styleId
   */
  numberOf(styleId) {
    return this.#styles.get(styleId)?.child('pPr', 'numPr', 'numId')?.attributes.val;
  }

  /**
   * The style of a paragraph and those it is based on.
   * @param {Element | undefined} properties
   * @returns {Element[]}
   */
  #chain(properties) {
    const chain = [];
    let id = properties?.child('pStyle')?.attributes.val ?? this.#default;
    while (chain.length < MAX_CHAIN) {
      const style = this.#styles.get(id);
      if (!style) break;
      chain.push(style);
      id = style.child('basedOn')?.attributes.val ?? '';
    }
    return chain;
  }
}

/** @typedef {{format: string, start: number, text: string, style: string}} Level */

/** The numberings of a document; they count as the document is read from its beginning to its end. */
export class Numberings {
  /** @type {Map<string, Map<number, Level>>} */
  #abstracts = new Map();
  /** @type {Map<string, {abstract: string, starts: Map<number, number>}>} */
  #numbers = new Map();
  /** @type {Map<string, number[]>} */
  #counts = new Map();
  /** @type {Set<string>} */
  #restarted = new Set();

  /**
   * @param {Element | null} root of the numbering part
   * @param {Styles} styles
   */
  constructor(root, styles) {
    /** @type {Map<string, string>} */
    const links = new Map();
    for (const abstract of root?.all('abstractNum') ?? []) {
      const id = abstract.attributes.abstractNumId;
      const link = abstract.child('numStyleLink')?.attributes.val;
      if (link !== undefined) links.set(id, link);
      const levels = abstract.all('lvl');
      this.#abstracts.set(id, new Map(levels.map((level) => [integer(level.attributes.ilvl) ?? 0, levelOf(level)])));
    }
    for (const number of root?.all('num') ?? []) {
      /** @type {Map<number, number>} */
      const starts = new Map();
      for (const override of number.all('lvlOverride')) {
        const start = integer(override.child('startOverride')?.attributes.val);
        if (start !== null) starts.set(integer(override.attributes.ilvl) ?? 0, start);
      }
      const abstract = number.child('abstractNumId')?.attributes.val ?? '';
      this.#numbers.set(number.attributes.numId, { abstract, starts });
    }
    for (const number of this.#numbers.values()) {
      const other = this.#numbers.get(styles.numberOf(links.get(number.abstract) ?? '') ?? '');
      if (other) number.abstract = other.abstract;
    }
  }

  /**
   * The level of a list that belongs to a paragraph style.
   * @param {string} id
   * @param {string} styleId
   */
  levelOfStyle(id, styleId) {
    const levels = this.#abstracts.get(this.#numbers.get(id)?.abstract ?? '');
    return [...levels ?? []].find(([, { style }]) => style === styleId)?.[0] ?? null;
  }

  /**
   * The marker of the next paragraph of a list, as the document shows it, `-` for a bullet; empty when it shows none.
   * @param {Numbering} numbering
   */
  next({ id, level }) {
    const number = this.#numbers.get(id);
    const levels = this.#abstracts.get(number?.abstract ?? '');
    const own = levels?.get(level);
    if (!number || !levels || !own) return '-';
    const counts = this.#counts.get(number.abstract) ?? [];
    this.#counts.set(number.abstract, counts);
    const start = number.starts.get(level);
    if (start !== undefined && !this.#restarted.has(`${id}/${level}`)) {
      this.#restarted.add(`${id}/${level}`);
      counts[level] = start - 1;
    }
    counts[level] = (counts[level] ?? own.start - 1) + 1;
    counts.length = level + 1;
    if (own.format === 'bullet') return '-';
    if (own.format === 'none') return '';
    return own.text.replace(/%(\d)/g, (_, digit) => {
      const at = Number(digit) - 1;
      const shown = levels.get(at);
      return shown ? numeral(counts[at] ?? shown.start, shown.format) : '';
    }).trim();
  }
}

/**
 * @param {import('./zip.js').Zip} zip
 * @param {string | null} stylesPath
 * @param {string | null} numberingPath
 */
export async function readStyles(zip, stylesPath, numberingPath) {
  const styles = new Styles(stylesPath === null ? null : await readPart(zip, stylesPath));
  const numberings = new Numberings(numberingPath === null ? null : await readPart(zip, numberingPath), styles);
  return { styles, numberings };
}

/**
 * A number in the form a list shows it.
 * @param {number} value
 * @param {string} format Word's name of the form
 */
export function numeral(value, format) {
  switch (format) {
    case 'lowerLetter': return letters(value);
    case 'upperLetter': return letters(value).toUpperCase();
    case 'lowerRoman': return roman(value);
    case 'upperRoman': return roman(value).toUpperCase();
    case 'decimalZero': return String(value).padStart(2, '0');
    default: return String(value);
  }
}

/** @param {number} value */
function letters(value) {
  if (value < 1) return String(value);
  return String.fromCharCode(97 + ((value - 1) % 26)).repeat(Math.min(10, Math.ceil(value / 26)));
}

/** @param {number} value */
function roman(value) {
  if (value < 1 || value > 3999) return String(value);
  const signs = Object.entries({
    m: 1000, cm: 900, d: 500, cd: 400, c: 100, xc: 90, l: 50, xl: 40, x: 10, ix: 9, v: 5, iv: 4, i: 1,
  });
  let left = value;
  let text = '';
  for (const [sign, worth] of signs) {
    text += sign.repeat(Math.floor(left / worth));
    left %= worth;
  }
  return text;
}

/** @param {Element} level */
function levelOf(level) {
  return {
    format: level.child('numFmt')?.attributes.val ?? 'decimal',
    start: integer(level.child('start')?.attributes.val) ?? 0,
    text: level.child('lvlText')?.attributes.val ?? '',
    style: level.child('pStyle')?.attributes.val ?? '',
  };
}

/** @param {Element | undefined} properties */
function outlineLevel(properties) {
  const level = integer(properties?.child('outlineLvl')?.attributes.val);
  if (level === null) return null;
  return level >= 0 && level < 9 ? Math.min(6, level + 1) : 0;
}

/** @param {string | undefined} value */
function isOn(value) {
  return value !== undefined && !['0', 'false', 'off'].includes(value);
}

/** @param {string | undefined} text */
function integer(text) {
  return text !== undefined && /^-?\d{1,9}$/.test(text) ? Number(text) : null;
}
