/** Hides other people: results leave the browser with pseudonyms, arguments come in with the people they stand for. */

import { Pseudonyms, emailOf, nameOf, numberOf } from './pseudonyms.js';
import { isObject, objectsIn, textOf } from '../json.js';

/** @typedef {import('../moodle/sites.js').Site} Site */
/** @typedef {import('../json.js').JsonObject} JsonObject */
/** @typedef {import('./pseudonyms.js').Person} Person */

/** Where other people are hidden. @typedef {{lists: boolean, rest: boolean}} Where */

const SETTING = 'hidePeople';

/** Members of results that hold nothing but the name of somebody. */
const NAMES = ['started_by'];

/** The choice of the person or an administrator, and the pseudonyms of each site. */
export class Hiding {
  #local;
  #managed;
  #random;
  /** @type {Promise<unknown>} */
  #last = Promise.resolve();

  /**
   * @param {import('../capabilities.js').Area} local
   * @param {Pick<import('../capabilities.js').Area, 'get'>} managed set by an administrator; may reject where there is
   *     none
   * @param {() => number} random from 0 to below 1, of good quality
   */
  constructor(local, managed, random) {
    this.#local = local;
    this.#managed = managed;
    this.#random = random;
  }

  /**
   * Where people are hidden: in lists of people unless the person wants otherwise, elsewhere when they want it. What an
   * administrator hides stays hidden.
   * @returns {Promise<Where & {managed: boolean}>}
   */
  async where() {
    const chosen = await this.#local.get(SETTING);
    const managed = textOf(await this.#managed.get(SETTING).catch(() => undefined));
    const own = isObject(chosen) ? chosen : {};
    if (managed === 'everywhere') return { lists: true, rest: true, managed: true };
    return { lists: managed === 'lists' || own.lists !== false, rest: own.rest === true, managed: managed === 'lists' };
  }

  /** @param {Where} where */
  choose({ lists, rest }) {
    return this.#local.set(SETTING, { lists, rest });
  }

  /**
   * Forgets who the pseudonyms of a site stand for.
   * @param {string} site
   */
  forget(site) {
    return this.#local.remove(keyOf(site));
  }

  /**
   * Arguments with the people that their pseudonyms stand for.
   * @param {Site} site
   * @param {JsonObject} args
   * @returns {Promise<JsonObject>}
   */
  async incoming({ site }, args) {
    const people = await this.#load(site);
    if (people.all.length === 0) return args;
    return /** @type {JsonObject} */ (mapped(args, {
      text: (text) => people.reveal(text), number: (number) => people.revealNumber(number),
    }));
  }

  /**
   * A result as it may leave the browser.
   * @param {Site} site
   * @param {JsonObject} result
   * @param {boolean} isList whether it is a list of people
   * @returns {Promise<JsonObject>}
   */
  async outgoing(site, result, isList) {
    const where = await this.where();
    if (!(isList ? where.lists : where.rest)) return result;
    return this.#inTurn(async () => {
      const people = await this.#load(site.site);
      if (site.userId !== undefined) people.exempt({ id: site.userId });
      const hidden = pseudonymous(result, people);
      if (people.isChanged) await this.#local.set(keyOf(site.site), { people: people.all });
      return hidden;
    });
  }

  /**
   * @param {string} site
   * @returns {Promise<Pseudonyms>}
   */
  async #load(site) {
    const stored = await this.#local.get(keyOf(site));
    const people = objectsIn(isObject(stored) ? stored.people : []).map(({ lot, id, name, email }) => ({
      lot: Number(lot), id: typeof id === 'number' ? id : null, name: textOf(name), email: textOf(email),
    }));
    return new Pseudonyms(people, this.#random);
  }

  /**
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  #inTurn(work) {
    const done = this.#last.then(work);
    this.#last = done.catch(() => {});
    return done;
  }
}

/** @param {string} site */
function keyOf(site) {
  return `people:${site}`;
}

/**
 * The result with pseudonyms. People are learned of first, wherever they stand, and then found in every text.
 * @param {JsonObject} result
 * @param {Pseudonyms} people
 * @returns {JsonObject}
 */
function pseudonymous(result, people) {
  for (const own of peopleIn(result, true)) people.exempt(own);
  const nearby = peopleIn(result, false).flatMap((seen) => people.learn(seen) ?? []);
  const text = (/** @type {string} */ written) => people.hide(written, nearby);
  return /** @type {JsonObject} */ (mapped(result, {
    text,
    object: (object) => {
      if (!isPerson(object) || object.you === true) return null;
      const person = people.learn(seenOf(object));
      if (!person) return null;
      const { id, name, email, ...more } = object;
      return {
        id: id === null ? null : numberOf(person),
        name: name === null ? null : nameOf(person),
        ...(email !== undefined && { email: emailOf(person) }),
        .../** @type {JsonObject} */ (mapped(more, { text })),
      };
    },
    member: (key, value) => {
      const person = NAMES.includes(key) && typeof value === 'string' ? people.learn({ name: value }) : null;
      return person ? nameOf(person) : undefined;
    },
  }));
}

/**
 * Whether this is somebody, as results name people.
 * @param {JsonObject} object
 */
function isPerson(object) {
  return typeof object.you === 'boolean' && 'id' in object && 'name' in object;
}

/**
 * @param {JsonObject} person
 * @returns {import('./pseudonyms.js').Seen}
 */
function seenOf({ id, name, email }) {
  return { id: typeof id === 'number' ? id : null, name: textOf(name), email: textOf(email) };
}

/**
 * Everybody in a result: the own person, or the others.
 * @param {unknown} value
 * @param {boolean} own
 * @returns {import('./pseudonyms.js').Seen[]}
 */
function peopleIn(value, own) {
  if (Array.isArray(value)) return value.flatMap((entry) => peopleIn(entry, own));
  if (!isObject(value)) return [];
  const inside = Object.entries(value).flatMap(([key, entry]) => {
    const isName = !own && NAMES.includes(key) && typeof entry === 'string' && !isPerson(value);
    return isName ? [{ name: textOf(entry) }] : peopleIn(entry, own);
  });
  return isPerson(value) && (value.you === true) === own ? [seenOf(value), ...inside] : inside;
}

/**
 * A copy of a JSON value with some of its parts changed.
 * @param {unknown} value
 * @param {object} change
 * @param {(text: string) => string} change.text
 * @param {(number: number) => number} [change.number]
 * @param {(object: JsonObject) => JsonObject | null} [change.object] null to look inside
 * @param {(key: string, value: unknown) => unknown} [change.member] undefined to look inside
 * @returns {unknown}
 */
function mapped(value, change) {
  if (typeof value === 'string') return change.text(value);
  if (typeof value === 'number') return change.number?.(value) ?? value;
  if (Array.isArray(value)) return value.map((entry) => mapped(entry, change));
  if (!isObject(value)) return value;
  return change.object?.(value) ?? Object.fromEntries(Object.entries(value).map(([key, entry]) => (
    [key, change.member?.(key, entry) ?? mapped(entry, change)])));
}
