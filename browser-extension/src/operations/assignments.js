/** The assignments of a course, from where each version of Moodle has them. */

import { integerOf, isObject, textOf } from '../json.js';
import { monthOf } from '../moodle/time.js';
import { monthlyEvents, monthsFrom } from './events.js';

/** Moodle's calendar is looked at from so many months before to so many after this one. */
const MONTHS = { before: 3, after: 4 };

/** @typedef {import('../moodle/sites.js').Site} Site */
/** @typedef {import('./index.js').Context} Context */
/** @typedef {import('../engine/readers/assignments.js').AssignmentRow} AssignmentRow */

/**
 * The rows of Moodle's own list. Older versions tell due dates only in words there, so their moments come from the
 * calendar, as far as it was looked at.
 * @param {Site} site
 * @param {number} courseId
 * @param {Context} context
 * @returns {Promise<AssignmentRow[]>}
 */
export async function assignmentsOf(site, courseId, context) {
  const { ajax, pages, engine, signal } = context;
  const { contextId } = await ajax.session(site, signal);
  const fragment = await ajax.call(site, 'core_get_fragment', {
    component: 'course',
    callback: 'course_overview',
    contextid: contextId,
    args: [{ name: 'courseid', value: String(courseId) }, { name: 'modname', value: 'assign' }],
  }, { signal });
  const html = isObject(fragment) ? textOf(fragment.html) : '';
  if (html !== '') return engine.run('assignmentOverview', html, signal);
  const list = await engine.run('assignmentList', await pages.read(site, 'assignments', [courseId], signal), signal);
  const due = list.length === 0 ? new Map() : await dueDates(site, courseId, context);
  return list.map((row) => ({ ...row, due: due.get(row.id) ?? 0 }));
}

/**
 * Due dates by activity.
 * @param {Site} site
 * @param {number} courseId
 * @param {Context} context
 * @returns {Promise<Map<number, number>>}
 */
async function dueDates(site, courseId, context) {
  const { zone } = await context.ajax.session(site, context.signal);
  const { year, month } = monthOf(context.now() / 1000, zone);
  const months = monthsFrom({ year, month: month - MONTHS.before }, MONTHS.before + MONTHS.after + 1);
  const events = await monthlyEvents(months, courseId, site, context);
  return new Map(events.flatMap((event) => {
    const id = integerOf(/\/mod\/assign\/view\.php\?id=(\d+)/.exec(textOf(event.url))?.[1]);
    const due = integerOf(event.timestart);
    return event.eventtype === 'due' && id !== null && due !== null ? [[id, due]] : [];
  }));
}
