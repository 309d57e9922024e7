/** What operations that write have in common. */

import { Failure, asFailure } from '../failure.js';
import { dataOf } from '../moodle/ajax.js';
import { coursesOf } from './courses.js';
import { objectsIn } from '../json.js';
import { readState, sectionsOf } from './course-state.js';

/** @typedef {import('../moodle/sites.js').Site} Site */
/** @typedef {import('./index.js').Context} Context */
/** @typedef {true | false | 'unknown'} Verified whether Moodle shows what was written */

/**
 * Looks whether Moodle shows what was written. A look that fails says nothing about the write.
 * @param {() => Promise<boolean>} look
 * @returns {Promise<Verified>}
 */
export async function verified(look) {
  try {
    return await look();
  } catch {
    return 'unknown';
  }
}

/**
 * Plain text as the HTML that Moodle's editor would make of it.
 * @param {string} text
 */
export function htmlOf(text) {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return escaped.replace(/\r\n?/g, '\n').split(/\n{2,}/).filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => `<p>${paragraph.replaceAll('\n', '<br>')}</p>`).join('');
}

/**
 * Whether a text of Moodle's says the same as a plain text: spaces and line ends may differ.
 * @param {string} html
 * @param {string} text
 * @param {Context} context
 */
export async function saysSame(html, text, { engine }) {
  const [there, wanted] = await engine.run('htmlsToTexts', [html, htmlOf(text)]);
  return plain(there) === plain(wanted);
}

/** @param {string} text */
export function plain(text) {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}

/**
 * An activity as the person sees it in its course, and the course's name.
 * @param {Site} site
 * @param {number} courseId
 * @param {number} activityId
 * @param {Context} context
 */
export async function activityIn(site, courseId, activityId, { ajax, signal }) {
  const [state, enrolled] = await ajax.batch(site, [
    { method: 'core_courseformat_get_state', args: { courseid: courseId } },
    {
      method: 'core_course_get_enrolled_courses_by_timeline_classification',
      args: { classification: 'allincludinghidden', limit: 0, offset: 0, sort: 'fullname' },
    },
  ], { signal });
  const activity = sectionsOf(site, readState(site, dataOf(state))).flatMap(({ activities }) => activities)
    .find(({ id }) => id === activityId);
  if (!activity) throw new Failure('not_found', { site: site.site, detail: 'activity' });
  return { activity, course: courseName(site, courseId, enrolled) };
}

/**
 * @param {Site} site
 * @param {number} courseId
 * @param {import('../moodle/ajax.js').Outcome} enrolled
 */
function courseName(site, courseId, enrolled) {
  if ('failure' in enrolled) return `#${courseId}`;
  const data = /** @type {{courses?: unknown} | null} */ (enrolled.data);
  return coursesOf(site, objectsIn(data?.courses)).find(({ id }) => id === courseId)?.name ?? `#${courseId}`;
}

/**
 * Moodle said no inside an answer that looks like a success.
 * @param {Site} site
 * @param {string} detail
 */
export function refused(site, detail) {
  return new Failure('moodle_refused', { site: site.site, detail });
}

/**
 * Whether a call about a thing that was there a moment ago ended because it is not there any more. Moodle says of an
 * event that is gone that the person may not see it.
 * @param {unknown} error
 */
export function isGone(error) {
  const { reason, detail = '' } = asFailure(error);
  return reason === 'not_found' || detail.startsWith('invalidrecord') || detail === 'nopermissions';
}
