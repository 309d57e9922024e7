/** Reads what is in activities that are texts or simple questions. */

import { datesOf, numberIn, oneLine, openPage, placeOf, titleOf } from './page.js';
import { elementToMarkdown } from '../html-to-markdown.js';
import { elementText, parse } from '../html-to-text.js';

/** @typedef {{title?: string, text: string}} Part */

/** What is told apart from a text; some versions and themes have it in the same part of the page. */
const TOLD_APART = '#intro, .activity-description, [data-region="activity-information"], '
  + '[data-region="activity-dates"]';

/** What Moodle puts around a text. */
const AROUND = '.modified, .tertiary-navigation, .activity-navigation, .glossarycontrol, .activity-header, .alert';

/**
 * How an activity stands on the page of its course, which leaves no trace.
 * @param {{html: string, id: number}} input a piece of that page with the activity in it
 */
export function courseItem({ html, id }) {
  const document = parse(`<!doctype html><html><body>${html}</body></html>`);
  const item = document.querySelector(`[data-for="cmitem"][data-id="${id}"]`);
  if (!item) return null;
  const list = (/** @type {string} */ selector) => [...item.querySelectorAll(selector)]
    .map(oneLine).filter((line) => line !== '');
  return {
    dates: datesOf(item),
    restrictions: list('[data-region="availabilityinfo"]'),
    completion: list('[data-region="completionrequirements"] [role="listitem"]'),
    description: markdownOf(item.querySelector('.activity-altcontent, .contentafterlink, .description')),
  };
}

/**
 * The page of an activity: what all kinds have, and the texts of this kind.
 * @param {{html: string, kind: string, base: string}} input
 */
export function activityPage({ html, kind, base }) {
  const { document, main } = openPage(html);
  const read = Object.hasOwn(READERS, kind) ? READERS[/** @type {keyof typeof READERS} */ (kind)] : textOfPage;
  const intro = document.querySelector('#intro, .activity-description');
  const found = {
    ...placeOf(document),
    name: titleOf(document),
    dates: datesOf(document),
    description: markdownOf(intro, base),
  };
  main.querySelectorAll(TOLD_APART).forEach((element) => element.remove());
  const heading = [...main.children].find((element) => /^H[12]$/i.test(element.tagName));
  if (heading && oneLine(heading) === found.name) heading.remove();
  return { ...found, ...NOTHING, ...read(main, base) };
}

/**
 * @typedef {object} Content
 * @property {Part[]} parts
 * @property {string | null} link where the activity leads
 * @property {{page: number, title: string}[]} pages other pages of a wiki
 * @property {number} lastPage the highest number of a further page of a glossary, 0 for none
 * @property {Choice | null} choice
 * @property {boolean} open whether the person could answer now
 */

/**
 * @typedef {object} Choice
 * @property {{text: string, chosen: boolean, full: boolean}[]} options
 * @property {string} answer the person's answer, as Moodle words it
 * @property {boolean} several whether several options may be chosen
 */

/** @type {Content} */
const NOTHING = Object.freeze({ parts: [], link: null, pages: [], lastPage: 0, choice: null, open: false });

const READERS = Object.freeze({ book, choice, feedback, glossary, url, wiki });

/**
 * @param {Element | null} element
 * @param {string} [base]
 */
function markdownOf(element, base = '') {
  return element ? elementToMarkdown(element, base) : '';
}

/**
 * @param {Element} main
 * @param {string} base
 * @returns {Partial<Content>}
 */
function textOfPage(main, base) {
  main.querySelectorAll(AROUND).forEach((element) => element.remove());
  const text = markdownOf(main, base);
  return { parts: text === '' ? [] : [{ text }] };
}

/**
 * The chapters of a book, from the page for printing it.
 * @param {Element} main
 * @param {string} base
 * @returns {Partial<Content>}
 */
function book(main, base) {
  return {
    parts: [...main.querySelectorAll('.book_chapter')].map((chapter) => {
      const heading = chapter.querySelector('h1, h2, h3, h4');
      const title = oneLine(heading);
      heading?.remove();
      return { title, text: markdownOf(chapter, base) };
    }),
  };
}

/**
 * The entries on a page of a glossary.
 * @param {Element} main
 * @param {string} base
 * @returns {Partial<Content>}
 */
function glossary(main, base) {
  const pages = [...main.querySelectorAll('.paging a[href*="page="]')].map((link) => numberIn(link, 'page'));
  return {
    parts: [...main.querySelectorAll('.glossarypost')].map((entry) => {
      const concept = entry.querySelector('.concept');
      const title = oneLine(concept);
      concept?.remove();
      entry.querySelectorAll('.entrylowersection, .commands, .attribution').forEach((one) => one.remove());
      return { title, text: markdownOf(entry, base) };
    }),
    lastPage: Math.max(0, ...pages),
  };
}

/**
 * @param {Element} main
 * @param {string} base
 * @returns {Partial<Content>}
 */
function wiki(main, base) {
  const heading = main.querySelector('.wiki_headingtitle');
  const title = oneLine(heading);
  heading?.remove();
  const pages = [...main.querySelectorAll('a[href*="/mod/wiki/view.php?pageid="]')].map((link) => (
    { page: numberIn(link, 'pageid'), title: oneLine(link) }));
  const { parts = [] } = textOfPage(main, base);
  return {
    parts: parts.map((part) => ({ title, ...part })),
    pages: [...new Map(pages.map((page) => [page.page, page])).values()],
  };
}

/**
 * Where a link leads: shown as a link, or embedded.
 * @param {Element} main
 * @returns {Partial<Content>}
 */
function url(main) {
  const frame = main.querySelector('#resourceobject, .resourcecontent iframe, .resourcecontent object');
  const link = main.querySelector('.urlworkaround a[href], .resourcecontent a[href], a[href^="http"]');
  const address = frame?.getAttribute('src') ?? frame?.getAttribute('data') ?? link?.getAttribute('href') ?? null;
  return { link: address !== null && /^https?:\/\//i.test(address) ? address : null };
}

/**
 * @param {Element} main
 * @param {string} base
 * @returns {Partial<Content>}
 */
function choice(main, base) {
  const options = [...main.querySelectorAll('.choices .option')].map((option) => {
    const input = option.querySelector('input');
    return {
      text: oneLine(option.querySelector('label')),
      chosen: input?.hasAttribute('checked') === true,
      full: input?.hasAttribute('disabled') === true,
    };
  });
  const form = main.querySelector('form');
  const answer = elementText(main.querySelector('#yourselection'));
  const open = form?.querySelector('input[type="submit"], button[type="submit"]') !== null && form !== null;
  main.querySelectorAll(`form, #yourselection, .chart-area, ${AROUND}`).forEach((element) => element.remove());
  const text = markdownOf(main, base);
  return {
    choice: { options, answer, several: form?.querySelector('input[name="answer[]"]') !== null && form !== null },
    parts: text === '' ? [] : [{ text }],
    open,
  };
}

/**
 * A survey: what it is about, not its questions, which are an attempt at answering it.
 * @param {Element} main
 * @param {string} base
 * @returns {Partial<Content>}
 */
function feedback(main, base) {
  const open = main.querySelector('a[href*="/mod/feedback/complete.php"]') !== null;
  return { ...textOfPage(main, base), open };
}
