/** One course: its summary, its sections and what is in them. Nothing of it leaves a trace in Moodle. */

import { integer, onlyKnown } from './arguments.js';
import { dataOf } from '../moodle/ajax.js';
import { integerOf, isObject, objectsIn, textOf } from '../json.js';
import { plainName } from '../moodle/text.js';
import { courseUrl, coursesOf } from './courses.js';
import { readState, sectionsOf } from './course-state.js';
import { sectionsThatFit } from './paging.js';

const SUMMARY_CHARACTERS = 4_000;

/** @typedef {import('../moodle/sites.js').Site} Site */
/** @typedef {import('../moodle/ajax.js').Outcome} Outcome */
/** @typedef {import('../json.js').JsonObject} JsonObject */
/** @typedef {import('./index.js').Context} Context */

/** @type {import('./index.js').SiteOperation} */
export const getCourse = {
  name: 'get_course',
  sideEffect: 'read',
  on: 'one',
  async run(args, site, context) {
    onlyKnown(args, ['course_id', 'offset']);
    const id = integer(args, 'course_id', { min: 1 });
    const offset = integer(args, 'offset', { min: 0, otherwise: 0 });
    const [state, enrolled] = await context.ajax.batch(site, [
      { method: 'core_courseformat_get_state', args: { courseid: id } },
      {
        method: 'core_course_get_enrolled_courses_by_timeline_classification',
        args: { classification: 'allincludinghidden', limit: 0, offset: 0, sort: 'fullname' },
      },
    ], { signal: context.signal });
    const sections = sectionsOf(site, readState(site, dataOf(state)));
    const total = sections.reduce((sum, section) => sum + section.activities.length, 0);
    const page = sectionsThatFit(sections, offset);
    return {
      site: site.site,
      course: await describe(id, site, enrolled, context),
      sections: page.sections,
      coverage: { returned: page.returned, offset, total, more: offset + page.returned < total },
    };
  },
};

/**
 * @param {number} id
 * @param {Site} site
 * @param {Outcome} enrolled
 * @param {Context} context
 */
async function describe(id, site, enrolled, context) {
  const found = await findCourse(id, site, enrolled, context);
  if (!found) {
    return {
      id, name: null, short_name: null, category: null, summary: null, start: null, end: null, progress_percent: null,
      url: courseUrl(site, id),
      format_note: 'Moodle tells name, summary and dates of a course only to people who are enrolled in it.',
    };
  }
  const [course] = coursesOf(site, [found]);
  const { name, short_name, category, start, end, progress_percent, url } = course;
  const text = await context.engine.htmlToText(textOf(found.summary), context.signal);
  const note = text.length > SUMMARY_CHARACTERS
    ? { format_note: `The summary is cut after ${SUMMARY_CHARACTERS} of ${text.length} characters.` }
    : {};
  const summary = text.slice(0, SUMMARY_CHARACTERS) || null;
  return { id, name, short_name, category, summary, start, end, progress_percent, url, ...note };
}

/**
 * The course among those the person is enrolled in, else as Moodle shows it to people who manage it.
 * @param {number} id
 * @param {Site} site
 * @param {Outcome} enrolled
 * @param {Context} context
 * @returns {Promise<JsonObject | undefined>}
 */
async function findCourse(id, site, enrolled, { ajax, signal }) {
  const data = dataOf(enrolled);
  const mine = objectsIn(isObject(data) ? data.courses : []).find((course) => integerOf(course.id) === id);
  if (mine) return mine;
  const [managed] = await ajax.batch(site, [{ method: 'core_course_get_courses', args: { options: { ids: [id] } } }], {
    signal,
  });
  const courses = 'data' in managed ? objectsIn(managed.data) : [];
  return courses.find((course) => integerOf(course.id) === id && plainName(course.fullname) !== '');
}
