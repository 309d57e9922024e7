/** What readers of Moodle's pages have in common. Selectors are ids, classes and attributes, never words. */

import { elementText, parse } from '../html-to-text.js';

/**
 * A page and the part of it that is its own.
 * @param {string} html
 */
export function openPage(html) {
  const document = parse(html);
  const main = document.querySelector('[role="main"]') ?? document.querySelector('#region-main') ?? document.body;
  return { document, main };
}

/**
 * What the body's classes say about where the page is.
 * @param {Document} document
 */
export function placeOf(document) {
  const classes = document.body.getAttribute('class') ?? '';
  const number = (/** @type {RegExp} */ pattern) => Number(pattern.exec(` ${classes} `)?.[1] ?? 0);
  return { courseId: number(/\scourse-(\d+)\s/), activityId: number(/\scmid-(\d+)\s/) };
}

/**
 * The title of an activity's page.
 * @param {Document} document
 */
export function titleOf(document) {
  return oneLine(document.querySelector('.page-header-headings h1, .page-context-header h1, h1.h2, header h1, h1'));
}

/**
 * The text on one line.
 * @param {Element | null | undefined} element
 */
export function oneLine(element) {
  return elementText(element).replace(/\s+/g, ' ').trim();
}

/**
 * The number at the end of an address's query, as in `view.php?id=5`, or 0.
 * @param {Element | null | undefined} link
 * @param {string} [name]
 */
export function numberIn(link, name = 'id') {
  const found = new RegExp(`[?&]${name}=(\\d+)`).exec(link?.getAttribute('href') ?? '');
  return Number(found?.[1] ?? 0);
}

/**
 * The files that an element links to, named by their address: Moodle's own names can be cut.
 * @param {Element | null | undefined} element
 * @returns {{name: string, url: string}[]}
 */
export function filesIn(element) {
  const files = new Map();
  for (const link of element?.querySelectorAll('a[href*="/pluginfile.php/"]') ?? []) {
    const url = link.getAttribute('href') ?? '';
    const last = url.split(/[?#]/)[0].split('/').at(-1) ?? '';
    files.set(url, { name: decoded(last), url });
  }
  return [...files.values()];
}

/**
 * The dates that Moodle shows at the top of an activity, as it words them.
 * @param {ParentNode} place
 */
export function datesOf(place) {
  const region = place.querySelector('[data-region="activity-dates"]');
  return [...region?.querySelectorAll('div') ?? []]
    .filter((line) => line.querySelector('div') === null).map(oneLine).filter((line) => line !== '');
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
