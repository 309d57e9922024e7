/** A course as Moodle lists it, in the words of our results. */

import { integerOf, objectsIn } from '../json.js';
import { isoTime, plainName } from '../moodle/text.js';

/** @typedef {import('../moodle/sites.js').Site} Site */

/**
 * @param {Site} site
 * @param {unknown} courses
 */
export function coursesOf(site, courses) {
  return objectsIn(courses).flatMap((course) => {
    const id = integerOf(course.id);
    return id === null ? [] : [courseOf(site, id, course)];
  });
}

/**
 * @param {Site} site
 * @param {number} id
 * @param {import('../json.js').JsonObject} course
 */
function courseOf(site, id, course) {
  return {
    id,
    name: plainName(course.fullname),
    short_name: plainName(course.shortname),
    category: plainName(course.coursecategory) || null,
    start: isoTime(course.startdate),
    end: isoTime(course.enddate),
    progress_percent: progressOf(course),
    favourite: course.isfavourite === true,
    hidden: course.hidden === true,
    url: courseUrl(site, id),
  };
}

/**
 * @param {Site} site
 * @param {number} id
 */
export function courseUrl(site, id) {
  return `${site.url}/course/view.php?id=${id}`;
}

/** @param {import('../json.js').JsonObject} course */
function progressOf(course) {
  return course.hasprogress === true && typeof course.progress === 'number' ? Math.round(course.progress) : null;
}
