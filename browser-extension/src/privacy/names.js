/** Finds the names of people in texts. */

import { nameOf } from './pseudonyms.js';

/** @typedef {import('./pseudonyms.js').Person} Person */

/** Scripts that write words without spaces between them, or with endings that belong to other words. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}]/u;

/** Scripts that write small words such as "to" and "and" onto the next. */
const PREFIXED = /[\p{sc=Hebrew}\p{sc=Arabic}]/u;

const BEFORE = '(?<![\\p{L}\\p{N}\\p{M}])';
const AFTER = '(?![\\p{L}\\p{N}\\p{M}])';

/** The shortest name in letters that have cases: shorter ones are too often words. */
const LEAST_LETTERS = 3;

/**
 * A function that puts pseudonyms in the place of names: of whole names, in either order, wherever they stand; of parts
 * of names only of the people it is told are near, where no other of them has the same part.
 * @param {Person[]} people
 * @param {string[]} own names that stay
 * @returns {(text: string, nearby: Person[]) => string}
 */
export function nameFinder(people, own) {
  /** @type {Map<string, Person>} */
  const byName = new Map();
  const kept = own.map(plain);
  for (const person of people) {
    for (const name of variants(person.name)) {
      if (isName(name) && !kept.includes(plain(name))) byName.set(plain(name), person);
    }
  }
  const whole = patternOf([...byName.keys()], 'giu');
  const ownParts = new Set(own.flatMap(wordsOf).map(plain));
  return (text, nearby) => {
    const pseudonym = (/** @type {string} */ name) => nameOf(byName.get(plain(name)) ?? people[0]);
    const found = whole ? text.normalize('NFC').replace(whole, pseudonym) : text;
    return hideParts(hideCut(found, byName), nearby, ownParts);
  };
}

/**
 * A text that ends or begins in the middle of a name because it was cut there.
 * @param {string} text
 * @param {Map<string, Person>} byName
 */
function hideCut(text, byName) {
  const end = plain(text.slice(-80).replace(/…$/, ''));
  const start = text.startsWith('…') ? plain(text.slice(1, 80)) : '';
  let result = text;
  for (const [name, person] of byName) {
    const space = name.indexOf(' ');
    if (space < 0) continue;
    for (let length = name.length - 1; length > space + 1; length -= 1) {
      if (!end.endsWith(name.slice(0, length))) continue;
      const isCut = text.endsWith('…');
      result = result.slice(0, result.length - length - (isCut ? 1 : 0)) + nameOf(person) + (isCut ? '…' : '');
      break;
    }
    for (let from = 1; start !== '' && from <= name.lastIndexOf(' '); from += 1) {
      const rest = name.slice(from);
      if (!start.startsWith(rest) || /^[\p{L}\p{N}]/u.test(start.slice(rest.length))) continue;
      result = `…${nameOf(person)}${result.slice(1 + rest.length)}`;
      break;
    }
  }
  return result;
}

/**
 * @param {string} text
 * @param {Person[]} nearby
 * @param {Set<string>} ownParts
 */
function hideParts(text, nearby, ownParts) {
  /** @type {Map<string, Person | null>} */
  const parts = new Map();
  for (const person of new Set(nearby)) {
    for (const part of wordsOf(person.name)) {
      if (!isName(part) || !/^[\p{Lu}\p{Lo}]/u.test(part) || ownParts.has(plain(part))) continue;
      parts.set(part, parts.has(part) && parts.get(part) !== person ? null : person);
    }
  }
  const pattern = patternOf([...parts.keys()], 'gu');
  if (!pattern) return text;
  return text.replace(pattern, (part) => {
    const person = parts.get(part.normalize('NFC'));
    return person ? nameOf(person) : 'a person';
  });
}

/**
 * A name as people write it: as it is, and with the last word first.
 * @param {string} name
 */
function variants(name) {
  const words = name.normalize('NFC').split(/\s+/).filter(Boolean);
  if (words.length < 2) return [words.join('')];
  const [last] = words.slice(-1);
  const first = words.slice(0, -1).join(' ');
  return [words.join(' '), `${last} ${first}`, `${last}, ${first}`];
}

/** @param {string} name */
function wordsOf(name) {
  return name.normalize('NFC').split(/[\s,]+/).filter(Boolean);
}

/** @param {string} name */
function isName(name) {
  const letters = name.match(/\p{L}/gu)?.length ?? 0;
  return letters >= LEAST_LETTERS || (letters >= 2 && (UNSPACED.test(name) || PREFIXED.test(name)));
}

/**
 * @param {string[]} names
 * @param {string} flags
 */
function patternOf(names, flags) {
  if (names.length === 0) return null;
  const longestFirst = names.sort((a, b) => b.length - a.length);
  return new RegExp(longestFirst.map((name) => {
    const [first, last] = [name[0], [...name].at(-1) ?? ''];
    const before = UNSPACED.test(first) || PREFIXED.test(first) ? '' : BEFORE;
    return before + escaped(name) + (UNSPACED.test(last) ? '' : AFTER);
  }).join('|'), flags);
}

/** @param {string} name */
function escaped(name) {
  return name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replace(/['’‘]/g, '[\'’‘]').replace(/\s+/g, '\\s+');
}

/** @param {string} text */
function plain(text) {
  return text.normalize('NFC').toLowerCase().replace(/[’‘]/g, '\'').replace(/\s+/g, ' ');
}
