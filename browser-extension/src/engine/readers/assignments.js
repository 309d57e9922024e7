/** Reads assignments: the list of a course, and one with the person's submission and feedback. */

import { datesOf, filesIn, numberIn, oneLine, openPage, placeOf, titleOf } from './page.js';
import { elementText, parse } from '../html-to-text.js';

/**
 * @typedef {object} AssignmentRow
 * @property {number} id
 * @property {string} name
 * @property {number} due in seconds since 1970, 0 when it is not told as a number
 * @property {string} dueText as Moodle words it
 * @property {string} status as Moodle words it
 * @property {string} grade as Moodle words it
 */

/**
 * The assignments in the overview of a course (5.0 and later), which tells moments as numbers.
 * @param {string} html
 * @returns {AssignmentRow[]}
 */
export function assignmentOverview(html) {
  return [...parse(html).querySelectorAll('tr[data-mdl-overview-cmid]')].map((row) => {
    const cell = (/** @type {string} */ name) => row.querySelector(`td[data-mdl-overview-item="${name}" i]`);
    const value = (/** @type {string} */ name) => cell(name)?.getAttribute('data-mdl-overview-value') ?? '';
    return {
      id: Number(row.getAttribute('data-mdl-overview-cmid')),
      name: oneLine(cell('name')?.querySelector('a.activityname')) || value('name'),
      due: Number(value('duedate')) || 0,
      dueText: oneLine(cell('duedate')),
      status: value('submissionstatus') || oneLine(cell('submissionstatus')),
      grade: oneLine(cell('grade')),
    };
  });
}

/**
 * The assignments in the list of a course (4.5 and earlier).
 * @param {string} html
 * @returns {AssignmentRow[]}
 */
export function assignmentList(html) {
  return [...openPage(html).main.querySelectorAll('table.generaltable tbody tr')].flatMap((row) => {
    const link = row.querySelector('td a[href*="/mod/assign/view.php?id="]');
    if (!link) return [];
    const cells = [...row.querySelectorAll('td')];
    const at = cells.findIndex((cell) => cell.contains(link));
    const [dueText = '', status = '', grade = ''] = cells.slice(at + 1).map(oneLine);
    return [{ id: numberIn(link), name: oneLine(link), due: 0, dueText, status, grade }];
  });
}

/** Classes of the status cells, and what they say in every language. */
const STATUSES = ['draft', 'submitted', 'reopened', 'new'];
const TIMES = ['overdue', 'latesubmission', 'earlysubmission', 'timeremaining'];

/**
 * One assignment as the person sees it.
 * @param {string} html
 */
export function assignment(html) {
  const { document, main } = openPage(html);
  const status = main.querySelector('.submissionstatustable');
  const feedback = main.querySelector('.feedback');
  const intro = document.querySelector('#intro');
  const has = (/** @type {string} */ name) => status?.querySelector(`td.${name}`) !== null && status !== null;
  return {
    ...placeOf(document),
    name: titleOf(document),
    dates: datesOf(document),
    description: elementText(intro),
    files: filesIn(intro),
    status: status === null ? 'not_shown' : STATUSES.find((name) => has(`submissionstatus${name}`)) ?? 'none',
    graded: has('submissiongraded') || feedback !== null,
    locked: has('submissionlocked'),
    time: TIMES.find(has) ?? null,
    submission: {
      text: elementText(status?.querySelector('[class*="summary_assignsubmission_onlinetext"]')),
      files: filesIn(status),
      details: rowsOf(status),
    },
    feedback: feedback === null ? null : {
      grade: oneLine(feedback.querySelector('table tr td')),
      comments: elementText(feedback.querySelector('[class*="summary_assignfeedback_comments"]')),
      files: filesIn(feedback),
      details: rowsOf(feedback),
    },
    next: [...main.querySelectorAll('.singlebutton form input[name="action"]')]
      .map((input) => input.getAttribute('value') ?? '').filter((action) => /^\w+$/.test(action)),
  };
}

/**
 * The rows of a table of Moodle's, in its own words, without those whose content is told apart.
 * @param {Element | null} part
 */
function rowsOf(part) {
  return [...part?.querySelectorAll('table.generaltable tr') ?? []].flatMap((row) => {
    if (row.querySelector('.plugincontentsummary')) return [];
    const [name, value] = [row.querySelector('th'), row.querySelector('td')].map(oneLine);
    return name !== '' && value !== '' ? [`${name}: ${value}`] : [];
  });
}
