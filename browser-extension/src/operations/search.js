/**
 * Finds words in what the person can see: courses, activities, forum posts and files. All but opening files leaves no
 * mark on what is found; the files of a course are opened only when they are asked for.
 */

import { Failure, asFailure } from '../failure.js';
import { PAGE_CHARACTERS, firstThatFit } from './paging.js';
import { integer, oneOf, onlyKnown, words } from './arguments.js';
import { coursesOf } from './courses.js';
import { dataOf } from '../moodle/ajax.js';
import { filesFound, openFilesFound } from './search-files.js';
import { folded } from '../documents/search.js';
import { isObject } from '../json.js';
import { postsFound } from './search-posts.js';
import { readState, sectionsOf } from './course-state.js';

/** @typedef {import('../moodle/sites.js').Site} Site */
/** @typedef {import('./index.js').Context} Context */
/** @typedef {ReturnType<typeof coursesOf>[number]} Course */
/** @typedef {import('./course-state.js').Activity & {course: Course, section: string}} Placed */

const SCOPES = /** @type {const} */ (['all', 'courses', 'activities', 'posts', 'files']);

/** How many courses one call looks into when none is named: those that are going on. */
const COURSES = 8;

/** How much of a result each kind may take. */
const SHARE = Math.floor(PAGE_CHARACTERS / 4);

/** @type {import('./index.js').SiteOperation} */
export const search = {
  name: 'search',
  sideEffect: 'read-marks',
  on: 'one',
  async run(args, site, context) {
    onlyKnown(args, ['query', 'in', 'course_id', 'first_file']);
    const query = words(args, 'query', { max: 200 });
    const scope = oneOf(args, 'in', SCOPES, 'all');
    const course = args.course_id === undefined ? 0 : integer(args, 'course_id', { min: 1 });
    const first = integer(args, 'first_file', { min: 1, otherwise: 1 });
    const all = await coursesToSearch(course, site, context);
    const courses = course === 0 ? all.filter(isGoingOn(context.now())).slice(0, COURSES) : all;
    const wants = (/** @type {string} */ kind) => scope === 'all' || scope === kind;
    const isIn = matcher(query);
    const share = scope === 'all' ? SHARE : PAGE_CHARACTERS;
    /** @type {import('../json.js').JsonObject} */
    const result = { site: site.site, query };
    if (course === 0 && wants('courses')) {
      result.courses = listed(all.filter(({ name, short_name: short }) => isIn(`${name} ${short}`))
        .map(({ id, name, url }) => ({ id, name, url })), share);
    }
    const activities = scope === 'courses' || scope === 'posts' ? [] : await activitiesOf(courses, site, context);
    if (wants('activities')) {
      result.activities = listed(activities.filter(({ name }) => isIn(name)).map(briefly), share);
    }
    if (wants('posts')) result.posts = listed(await postsFound(query, courses, site, context), share);
    if (scope === 'files') result.files = await filesFound(query, activities, first, site, context);
    if (scope === 'all') result.files = listed(await openFilesFound(query, activities, site, context), share);
    return { ...result, coverage: coverageOf(scope, course, courses, all) };
  },
};

/**
 * A test for texts in which all words stand, whatever their case and accents.
 * @param {string} query
 */
function matcher(query) {
  const wanted = folded(query).split(/\s+/).filter(Boolean);
  return (/** @type {string} */ text) => {
    const found = folded(text);
    return wanted.every((word) => found.includes(word));
  };
}

/**
 * The person's courses, or the one that is named though they are not enrolled in it.
 * @param {number} course
 * @param {Site} site
 * @param {Context} context
 * @returns {Promise<Course[]>}
 */
async function coursesToSearch(course, site, { ajax, signal }) {
  const data = await ajax.call(site, 'core_course_get_enrolled_courses_by_timeline_classification', {
    classification: 'allincludinghidden', limit: 0, offset: 0, sort: 'fullname',
  }, { signal });
  if (!isObject(data) || !Array.isArray(data.courses)) {
    throw new Failure('unexpected_answer', { site: site.site, detail: 'courses' });
  }
  const all = coursesOf(site, data.courses);
  if (course === 0) return all;
  const known = all.filter(({ id }) => id === course);
  return known.length > 0 ? known : coursesOf(site, [{ id: course, fullname: '', shortname: '' }]);
}

/** @param {number} now */
function isGoingOn(now) {
  return (/** @type {Course} */ { start, end, hidden }) => !hidden
    && (start === null || Date.parse(start) <= now) && (end === null || Date.parse(end) > now);
}

/**
 * The activities of courses, those of courses that cannot be read left out.
 * @param {Course[]} courses
 * @param {Site} site
 * @param {Context} context
 * @returns {Promise<Placed[]>}
 */
async function activitiesOf(courses, site, { ajax, signal }) {
  const outcomes = await ajax.batch(site, courses.map(({ id }) => (
    { method: 'core_courseformat_get_state', args: { courseid: id } })), { signal });
  return outcomes.flatMap((outcome, index) => {
    if ('failure' in outcome && courses.length > 1 && asFailure(outcome.failure).reason === 'not_found') return [];
    return sectionsOf(site, readState(site, dataOf(outcome))).flatMap((section) => section.activities
      .map((activity) => ({ ...activity, course: courses[index], section: section.title })));
  });
}

/** @param {Placed} activity */
function briefly({ id, name, type, available, course, section }) {
  return {
    id, name, type, course_id: course.id, course: course.name, section, ...(!available && { available: false }),
  };
}

/**
 * The first entries that fit, with how many there are.
 * @template T
 * @param {T[]} entries
 * @param {number} characters
 */
function listed(entries, characters) {
  const found = firstThatFit(entries, characters);
  return { found, total: entries.length, more: found.length < entries.length };
}

/**
 * What was looked into, and what was not.
 * @param {typeof SCOPES[number]} scope
 * @param {number} course
 * @param {Course[]} courses
 * @param {Course[]} all
 */
function coverageOf(scope, course, courses, all) {
  const inCourses = scope !== 'courses';
  const left = all.length - courses.length;
  return {
    ...(inCourses && { searched_courses: courses.map(({ id, name }) => ({ id, name: name || null })) }),
    ...(inCourses && course === 0 && left > 0 && {
      not_searched: `${left} other courses (over, not begun, hidden, or after the first ${COURSES}): name one `
        + 'with course_id.',
    }),
    ...(scope === 'all' && {
      files: 'Only files that were read in this browser a short while ago. To open and search all: in "files".',
    }),
    ...(inCourses && { not_covered: 'Texts inside activities other than forums and files: read_activity with find.' }),
  };
}
