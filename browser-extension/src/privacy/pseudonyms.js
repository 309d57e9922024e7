/**
 * Pseudonyms for people: a name, an e-mail address and a number that stand for them and lead back to them. Which stands
 * for whom is drawn by lot and known in this browser alone.
 */

import { nameFinder } from './names.js';

/**
 * @typedef {object} Person
 * @property {number} lot what the pseudonyms are made of
 * @property {number | null} id Moodle's number for the person
 * @property {string} name
 * @property {string} email
 */

/** @typedef {{id?: number | null, name?: string, email?: string}} Seen what a result says of a person */

/** Numbers from here on are pseudonyms; Moodle's own never come near. */
const FIRST_NUMBER = 900_000_000_000;

const LOTS = 2 ** 30;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const CODE = /\bPerson ([A-Z2-7]{6})\b/g;
const CODED_EMAIL = /\b([a-z2-7]{6})@person\.invalid\b/gi;
const EMAIL = /[\p{L}\p{N}._%+'-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
const USER_LINK = /(\/user\/(?:view|profile)\.php\?(?:[^\s)"'<>#]*?&(?:amp;)?)?id=)(\d+)/g;

/** How many people are remembered for a site. */
const MOST = 5_000;

/** The people of one site. */
export class Pseudonyms {
  /** @type {Map<number, Person>} */
  #byLot = new Map();
  /** @type {Map<string, Person>} */
  #index = new Map();
  #random;
  #isChanged = false;
  /** @type {((text: string, nearby: Person[]) => string) | null} */
  #finder = null;
  /** @type {Set<string>} */
  #own = new Set();

  /**
   * @param {Person[]} known
   * @param {() => number} random from 0 to below 1
   */
  constructor(known, random) {
    this.#random = random;
    known.forEach((person) => this.#keep(person));
  }

  /** Whether somebody was learned of. */
  get isChanged() {
    return this.#isChanged;
  }

  /** Everybody, those who were learned of last at the end. */
  get all() {
    return [...this.#byLot.values()].slice(-MOST);
  }

  /**
   * Notes what is the own person's, and hidden nowhere.
   * @param {Seen} own
   */
  exempt({ id, name, email }) {
    keysOf({ id, name, email }).forEach((key) => this.#own.add(key));
    this.#finder = null;
  }

  /**
   * The person that this is, new or known; null for the own person and for nobody.
   * @param {Seen} seen
   * @returns {Person | null}
   */
  learn(seen) {
    const keys = keysOf(seen);
    if (keys.length === 0 || keys.some((key) => this.#own.has(key))) return null;
    const known = this.#known(seen);
    const person = known ?? { lot: this.#draw(), id: null, name: '', email: '' };
    const fuller = {
      lot: person.lot,
      id: person.id ?? seen.id ?? null,
      name: seen.name || person.name,
      email: person.email || seen.email || '',
    };
    const isNews = !known || fuller.id !== known.id || fuller.name !== known.name || fuller.email !== known.email;
    if (!isNews) return known;
    this.#isChanged = true;
    this.#keep(fuller);
    return fuller;
  }

  /**
   * A text without the names and addresses of others.
   * @param {string} text
   * @param {Person[]} [nearby] people the text is about or from: parts of their names are found too
   */
  hide(text, nearby = []) {
    const linked = text.replace(USER_LINK, (whole, before, id) => {
      const person = Number(id) < FIRST_NUMBER ? this.learn({ id: Number(id) }) : null;
      return person ? before + numberOf(person) : whole;
    });
    const mailed = linked.replace(EMAIL, (email) => {
      if (email.toLowerCase().endsWith('@person.invalid')) return email;
      const person = this.learn({ email });
      return person ? emailOf(person) : email;
    });
    const ownNames = () => [...this.#own].flatMap((key) => (key.startsWith('n:') ? [key.slice(2)] : []));
    this.#finder ??= nameFinder(this.all, ownNames());
    return this.#finder(mailed, nearby);
  }

  /**
   * A text with the people that its pseudonyms stand for.
   * @param {string} text
   */
  reveal(text) {
    const found = (/** @type {string} */ code) => this.#byLot.get(lotOf(code));
    return text
      .replace(CODED_EMAIL, (whole, code) => found(code)?.email || whole)
      .replace(CODE, (whole, code) => found(code)?.name || whole);
  }

  /**
   * The number that a pseudonym stands for; any other stays.
   * @param {number} number
   */
  revealNumber(number) {
    const lot = number - FIRST_NUMBER;
    return (lot >= 0 && lot < LOTS ? this.#byLot.get(lot)?.id : null) ?? number;
  }

  /**
   * @param {Seen} seen
   * @returns {Person | undefined}
   */
  #known({ id, name, email }) {
    const byId = id ? this.#index.get(`i:${id}`) : undefined;
    if (byId) return byId;
    const same = keysOf({ name, email }).map((key) => this.#index.get(key)).find((person) => person !== undefined);
    return same && (!id || same.id === null) ? same : undefined;
  }

  /** @param {Person} person */
  #keep(person) {
    this.#byLot.set(person.lot, person);
    keysOf(person).forEach((key) => this.#index.set(key, person));
    this.#finder = null;
  }

  #draw() {
    for (;;) {
      const lot = Math.floor(this.#random() * LOTS);
      if (!this.#byLot.has(lot)) return lot;
    }
  }
}

/**
 * What a person can be told by.
 * @param {Seen} seen
 */
function keysOf({ id, name, email }) {
  return [
    ...(id ? [`i:${id}`] : []),
    ...(name ? [`n:${name.normalize('NFC').toLowerCase()}`] : []),
    ...(email ? [`e:${email.toLowerCase()}`] : []),
  ];
}

/** @param {Person} person */
function codeOf({ lot }) {
  return [25, 20, 15, 10, 5, 0].map((shift) => LETTERS[(lot >>> shift) & 31]).join('');
}

/** @param {string} code */
function lotOf(code) {
  return [...code.toUpperCase()].reduce((lot, letter) => lot * 32 + LETTERS.indexOf(letter), 0);
}

/** @param {Person} person */
export function nameOf(person) {
  return `Person ${codeOf(person)}`;
}

/** @param {Person} person */
export function emailOf(person) {
  return `${codeOf(person).toLowerCase()}@person.invalid`;
}

/** @param {Person} person */
export function numberOf({ lot }) {
  return FIRST_NUMBER + lot;
}
