/** The person's grades: the totals of all courses, or everything graded in one course. */

import { integer, onlyKnown, window } from './arguments.js';
import { pageOf } from './paging.js';
import { shortened } from './texts.js';

const FEEDBACK_CHARACTERS = 1_500;

/** @typedef {import('../moodle/sites.js').Site} Site */
/** @typedef {import('./index.js').Context} Context */
/** @typedef {ReturnType<typeof import('../engine/readers/grades.js').gradesOfCourse>[number]} Row */

/** @type {import('./index.js').SiteOperation} */
export const getGrades = {
  name: 'get_grades',
  sideEffect: 'read-marks',
  on: 'one',
  async run(args, site, context) {
    onlyKnown(args, ['course_id', 'limit', 'offset']);
    const courseId = integer(args, 'course_id', { min: 0, otherwise: 0 });
    const wanted = window(args, { max: 200, otherwise: 100 });
    if (courseId === 0) return overview(site, wanted, context);
    const html = await context.pages.read(site, 'gradesOfCourse', [courseId], context.signal);
    const rows = await context.engine.run('gradesOfCourse', html, context.signal);
    const { entries, coverage } = pageOf(rows.map(gradeOf), wanted);
    return { site: site.site, course_id: courseId, grades: entries, coverage };
  },
};

/**
 * @param {Site} site
 * @param {{limit: number, offset: number}} wanted
 * @param {Context} context
 */
async function overview(site, wanted, { pages, engine, signal }) {
  const html = await pages.read(site, 'gradesOverview', [], signal);
  const courses = await engine.run('gradesOverview', html, signal);
  const { entries, coverage } = pageOf(courses.map(({ id, name, grade }) => (
    { course_id: id, course: name, total: grade || null, total_number: numberOf(grade) })), wanted);
  return { site: site.site, courses: entries, coverage };
}

/** @param {Row} row */
function gradeOf({ kind, level, name, type, activityId, values, feedback }) {
  const { contributiontocoursetotal, lettergrade, grade, ...more } = values;
  const comment = shortened(feedback, FEEDBACK_CHARACTERS);
  return {
    kind,
    level,
    name,
    ...(activityId > 0 && { activity: { id: activityId, type } }),
    ...(kind !== 'category' && { grade: grade ?? null, grade_number: numberOf(grade ?? '') }),
    ...(lettergrade && { letter: lettergrade }),
    ...more,
    ...(contributiontocoursetotal && { contribution_to_course_total: contributiontocoursetotal }),
    ...(comment.text && { feedback: comment.text }),
    ...(comment.cut && { feedback_cut: comment.cut }),
  };
}

/**
 * The number that a grade is, written with a point or a comma; null for letters, scales and anything unclear.
 * @param {string} text
 */
export function numberOf(text) {
  return /^-?\d+([.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : null;
}
