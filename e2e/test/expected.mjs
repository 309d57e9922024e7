/** What Anna sees in the demo Moodle. Zero-width characters do not reach a model, so emoji come in their parts. */

import assert from 'node:assert/strict';

/** @type {Record<number, string>} */
export const COURSES = {
  2: 'R&D <Intro>',
  3: 'Größenlehre: „Maß & Zahl“ – it\'s a "start"',
  4: 'مدخل إلى الفيزياء (Physics 1)',
  5: 'תולדות הדפוס (History of Printing)',
  6: '🧪 Lab Skills 🧑🔬 & Safety',
  8: 'Statistics for Everyone',
};

/** The course with the longest name. */
export const LONG_COURSE = 7;

/** Tools of this version. */
export const TOOLS = ['get_course', 'get_status', 'list_courses', 'list_files', 'read_file'];

/**
 * What came from Moodle, of an answer that must not be an error.
 * @param {import('../lib/mcp.mjs').ToolAnswer} answer
 */
export function dataOf(answer) {
  assert.equal(answer.isError, false, answer.text);
  return answer.data;
}

/**
 * The names by id, without the long one.
 * @param {{id: number, name: string}[]} courses
 */
export function namesOf(courses) {
  return Object.fromEntries(courses.filter(({ id }) => id !== LONG_COURSE).map(({ id, name }) => [id, name]));
}

/**
 * The activity with this id, wherever it is in the course.
 * @param {any} course a result of get_course
 * @param {number} id
 */
export function activityOf(course, id) {
  const found = course.sections.flatMap((/** @type {any} */ section) => section.activities)
    .find((/** @type {any} */ activity) => activity.id === id);
  if (!found) throw new Error(`Activity ${id} is not in the result.`);
  return found;
}
