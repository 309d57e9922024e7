/** The assignments of one course, submitted ones too. */

import { assignmentsOf } from './assignments.js';
import { integer, onlyKnown, window } from './arguments.js';
import { localTime } from '../moodle/time.js';
import { pageOf } from './paging.js';

/** @type {import('./index.js').SiteOperation} */
export const listAssignments = {
  name: 'list_assignments',
  sideEffect: 'read-marks',
  on: 'one',
  async run(args, site, context) {
    onlyKnown(args, ['course_id', 'limit', 'offset']);
    const courseId = integer(args, 'course_id', { min: 1 });
    const wanted = window(args, { max: 200, otherwise: 50 });
    const { zone } = await context.ajax.session(site, context.signal);
    const rows = await assignmentsOf(site, courseId, context);
    const { entries, coverage } = pageOf(rows.map((row) => ({
      id: row.id,
      name: row.name,
      due: localTime(row.due, zone),
      due_in_moodles_words: said(row.dueText),
      status_in_moodles_words: said(row.status),
      grade: said(row.grade),
      url: `${site.url}/mod/assign/view.php?id=${row.id}`,
    })), wanted);
    return { site: site.site, course_id: courseId, time_zone: zone, assignments: entries, coverage };
  },
};

/**
 * What Moodle says, or null for nothing.
 * @param {string} text
 */
function said(text) {
  return text === '' || text === '-' ? null : text;
}
