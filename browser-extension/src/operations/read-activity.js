/**
 * What is in one activity. Pages, books, glossaries, wikis, links, folders, choices and surveys are opened, which
 * Moodle notes as a visit; all others are only described as the course page shows them, which leaves no trace. Nothing
 * that a person has to work through, such as a lesson, is ever opened.
 */

import { Failure } from '../failure.js';
import { PART_ARGUMENTS, partsResult, wantedParts } from './parts.js';
import { integer, onlyKnown } from './arguments.js';
import { isObject, textOf } from '../json.js';
import { nameOf } from './file-names.js';
import { readState, sectionsOf } from './course-state.js';
import { shortened } from './texts.js';

/** @typedef {import('../moodle/sites.js').Site} Site */
/** @typedef {import('./index.js').Context} Context */
/** @typedef {import('./course-state.js').Activity} Activity */
/** @typedef {Activity & {section: string, sectionId: number | null}} Found */
/** @typedef {ReturnType<typeof import('../engine/readers/activities.js').activityPage>} ActivityPage */

const DESCRIPTION_CHARACTERS = 4_000;
const GLOSSARY_PAGES = 20;

/** Kinds that are opened, with their pages. */
const OPENED = Object.freeze({
  page: 'page', book: 'book', url: 'url', folder: 'folder', glossary: 'glossary', wiki: 'wiki', choice: 'choice',
  feedback: 'feedback',
});

/** Kinds that another tool reads. */
const READ_WITH = Object.freeze({
  assign: 'get_assignment',
  quiz: 'get_quiz',
  forum: 'list_discussions',
  resource: 'read_file',
  subsection: 'get_course',
});

/** @type {import('./index.js').SiteOperation} */
export const readActivity = {
  name: 'read_activity',
  sideEffect: 'read-marks',
  on: 'one',
  async run(args, site, context) {
    onlyKnown(args, ['course_id', 'activity_id', 'wiki_page', ...PART_ARGUMENTS]);
    const course = integer(args, 'course_id', { min: 1 });
    const id = integer(args, 'activity_id', { min: 1 });
    const wikiPage = args.wiki_page === undefined ? null : integer(args, 'wiki_page', { min: 1 });
    const wanted = wantedParts(args);
    const activity = await activityOf(course, id, site, context);
    if (wikiPage !== null && activity.type !== 'wiki') throw new Failure('invalid_arguments', { detail: 'wiki_page' });
    const about = {
      site: site.site,
      course_id: course,
      activity: {
        id, name: activity.name, type: activity.type, section: activity.section, available: activity.available,
        completion: activity.completion, url: activity.url,
      },
    };
    const opens = activity.available && Object.hasOwn(OPENED, activity.type);
    const found = opens ? await opened(activity, wikiPage, wanted, site, context)
      : await described(activity, course, site, context);
    return { ...about, opened: opens, ...found };
  },
};

/**
 * @param {number} course
 * @param {number} id
 * @param {Site} site
 * @param {Context} context
 * @returns {Promise<Found>}
 */
async function activityOf(course, id, site, { ajax, signal }) {
  const state = await ajax.call(site, 'core_courseformat_get_state', { courseid: course }, { signal });
  const found = sectionsOf(site, readState(site, state)).flatMap((section) => section.activities
    .map((activity) => ({ ...activity, section: section.title, sectionId: section.id })))
    .find((activity) => activity.id === id);
  if (!found) throw new Failure('not_found', { site: site.site, detail: 'activity_id' });
  return found;
}

/**
 * @param {Found} activity
 * @param {number | null} wikiPage
 * @param {import('./parts.js').Wanted} wanted
 * @param {Site} site
 * @param {Context} context
 */
async function opened(activity, wikiPage, wanted, site, context) {
  const { id, type } = activity;
  const read = (/** @type {import('../moodle/page-list.js').PageName} */ name, /** @type {number[]} */ numbers) => (
    pageOf(name, numbers, activity, site, context));
  switch (type) {
    case 'glossary': return glossary(await read('glossary', [id, 0]), wanted, (page) => read('glossary', [id, page]));
    case 'wiki': {
      const page = await (wikiPage === null ? read('wiki', [id]) : read('wikiPage', [wikiPage]));
      const pages = page.pages.map(({ page: number, title }) => ({ wiki_page: number, title }));
      return { ...frameOf(page), ...partsResult(page.parts, wanted), links_to: pages };
    }
    case 'url': {
      const page = await read('url', [id]);
      return { ...frameOf(page), link: page.link };
    }
    case 'folder': return folder(id, site, context);
    case 'choice': return choiceOf(await read('choice', [id]));
    case 'feedback': {
      const page = await read('feedback', [id]);
      return { ...frameOf(page), ...partsResult(page.parts, wanted), can_be_answered_now: page.open };
    }
    default: {
      const page = await read(type === 'book' ? 'book' : 'page', [id]);
      return { ...frameOf(page), ...partsResult(page.parts, wanted) };
    }
  }
}

/**
 * A page that certainly belongs to the activity.
 * @param {import('../moodle/page-list.js').PageName} name
 * @param {number[]} numbers
 * @param {Found} activity
 * @param {Site} site
 * @param {Context} context
 * @returns {Promise<ActivityPage>}
 */
async function pageOf(name, numbers, { id, type }, site, { pages, engine, signal }) {
  const html = await pages.read(site, name, numbers, signal);
  const page = await engine.run('activityPage', { html, kind: type, base: `${site.url}/` }, signal);
  if (page.activityId !== id) throw new Failure('not_found', { site: site.site, detail: 'activity_id' });
  return page;
}

/**
 * What every opened activity tells.
 * @param {{description: string, dates: string[]}} page
 */
function frameOf({ description, dates }) {
  const text = shortened(description, DESCRIPTION_CHARACTERS);
  return {
    description: text.text || null,
    ...(text.cut && { description_cut: text.cut }),
    ...(dates.length > 0 && { dates_in_moodles_words: dates }),
  };
}

/**
 * A glossary page by page, as far as the wanted entries need.
 * @param {ActivityPage} first
 * @param {import('./parts.js').Wanted} wanted
 * @param {(page: number) => Promise<ActivityPage>} read
 */
async function glossary(first, wanted, read) {
  const parts = [...first.parts];
  let { lastPage } = first;
  let page = 0;
  const isEnough = () => wanted.find === null && partsResult(parts, { ...wanted, part: 1, offset: 0 }).coverage.more
    && parts.length > wanted.part;
  while (page < lastPage && page + 1 < GLOSSARY_PAGES && !isEnough()) {
    page += 1;
    const next = await read(page);
    parts.push(...next.parts);
    lastPage = Math.max(lastPage, next.lastPage);
  }
  const all = page >= lastPage;
  const { coverage, ...result } = partsResult(parts, wanted);
  return {
    ...frameOf(first),
    ...result,
    coverage: { ...coverage, ...(!all && { total: null, entries_seen: parts.length, complete: false, more: true }) },
    ...(!all && !('next' in result) && wanted.find === null && { next: { part: parts.length + 1, offset: 0 } }),
  };
}

/**
 * @param {number} id
 * @param {Site} site
 * @param {Context} context
 */
async function folder(id, site, { pages, engine, signal }) {
  const html = await pages.read(site, 'folder', [id], signal);
  const page = await engine.run('activityPage', { html, kind: 'folder', base: `${site.url}/` }, signal);
  const links = await engine.run('filesOfPage', { html, root: site.url }, signal);
  return {
    ...frameOf(page),
    files: links.map((link) => ({ name: link.path, file: nameOf('folder', id, link) })),
    read_with: 'read_file',
  };
}

/**
 * @param {ActivityPage} page
 */
function choiceOf(page) {
  const choice = page.choice ?? { options: [], answer: '', several: false };
  const chosen = choice.options.filter(({ chosen: isChosen }) => isChosen).map(({ text }) => text);
  const shown = shortened(page.parts.map(({ text }) => text).join('\n\n'), DESCRIPTION_CHARACTERS);
  return {
    ...frameOf(page),
    options: choice.options,
    own_answer: chosen.length > 0 ? chosen : choice.answer || null,
    several_allowed: choice.several,
    can_be_answered_now: page.open,
    ...(shown.text && { shown_besides: shown.text }),
  };
}

/**
 * An activity as the page of its course shows it.
 * @param {Found} activity
 * @param {number} course
 * @param {Site} site
 * @param {Context} context
 */
async function described(activity, course, site, context) {
  const item = await courseItem(activity, course, site, context);
  const tool = Object.hasOwn(READ_WITH, activity.type)
    ? READ_WITH[/** @type {keyof typeof READ_WITH} */ (activity.type)] : null;
  const isText = activity.type === 'label';
  const text = shortened(item?.description ?? '', DESCRIPTION_CHARACTERS * 2);
  return {
    [isText ? 'text' : 'description']: text.text || null,
    ...(text.cut && { description_cut: text.cut }),
    ...(item && item.dates.length > 0 && { dates_in_moodles_words: item.dates }),
    ...(item && item.restrictions.length > 0 && { restrictions_in_moodles_words: item.restrictions }),
    ...(item && item.completion.length > 0 && { to_complete_in_moodles_words: item.completion }),
    ...(activity.available && tool !== null && { read_with: tool }),
    ...(activity.type === 'resource' && activity.available && { file: `resource-${activity.id}` }),
    ...(activity.available && tool === null && !isText && {
      note: 'This kind of activity is only described. The person opens it in the browser.',
    }),
  };
}

/**
 * @param {Found} activity
 * @param {number} course
 * @param {Site} site
 * @param {Context} context
 */
async function courseItem({ id, available, sectionId }, course, site, { ajax, engine, signal }) {
  if (!available && sectionId === null) return null;
  const { contextId } = await ajax.session(site, signal);
  const fragment = await ajax.call(site, 'core_get_fragment', {
    component: 'core_courseformat',
    callback: available ? 'cmitem' : 'section',
    contextid: contextId,
    args: [{ name: 'id', value: String(available ? id : sectionId) }, { name: 'courseid', value: String(course) }],
  }, { signal });
  const html = isObject(fragment) ? textOf(fragment.html) : '';
  return engine.run('courseItem', { html, id }, signal);
}
