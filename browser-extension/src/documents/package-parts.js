/** The parts of an Office file and how they refer to one another. */

import { parseXml } from './xml.js';

/** @typedef {import('./zip.js').Zip} Zip */
/** @typedef {import('./xml.js').Element} Element */
/** @typedef {{type: string, target: string, external: boolean}} Relationship */

/**
 * The root element of a part, or null when there is no such part.
 * @param {Zip} zip
 * @param {string} path
 * @returns {Promise<Element | null>}
 */
export async function readPart(zip, path) {
  const text = await zip.text(path);
  return text === null ? null : parseXml(text);
}

/**
 * What a part refers to, by id. Targets inside the file are paths from its root; types are their last words.
 * @param {Zip} zip
 * @param {string} path of the part; empty for the file itself
 * @returns {Promise<Map<string, Relationship>>}
 */
export async function relationshipsOf(zip, path) {
  const slash = path.lastIndexOf('/');
  const folder = path.slice(0, slash + 1);
  const root = await readPart(zip, `${folder}_rels/${path.slice(slash + 1)}.rels`);
  return new Map((root?.all('Relationship') ?? []).map(({ attributes }) => {
    const external = attributes.TargetMode === 'External';
    const target = external ? attributes.Target ?? '' : resolved(folder, attributes.Target ?? '');
    return [attributes.Id, { type: (attributes.Type ?? '').split('/').at(-1) ?? '', target, external }];
  }));
}

/**
 * The part of a type that another part refers to, or null.
 * @param {Map<string, Relationship>} relationships
 * @param {string} type
 * @returns {string | null}
 */
export function partOfType(relationships, type) {
  return [...relationships.values()].find((one) => one.type === type && !one.external)?.target ?? null;
}

/**
 * @param {string} folder
 * @param {string} target
 */
function resolved(folder, target) {
  const path = target.startsWith('/') ? target.slice(1) : folder + target;
  /** @type {string[]} */
  const parts = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
