/** Reads the grades of one course, and the course totals of all courses. */

import { numberIn, oneLine, openPage } from './page.js';
import { elementText } from '../html-to-text.js';

/** The columns of the report, each of which a site or a course can leave out. */
const COLUMNS = [
  'grade', 'lettergrade', 'range', 'percentage', 'weight', 'rank', 'average', 'contributiontocoursetotal',
];

/**
 * The user report of a course: categories and what is graded, in order. What Moodle shows as `-` is left out.
 * @param {string} html
 */
export function gradesOfCourse(html) {
  return [...openPage(html).main.querySelectorAll('table.user-grade tr')].flatMap((row) => {
    const title = row.querySelector('.column-itemname');
    if (!title || row.closest('thead') !== null) return [];
    const classes = [...title.classList];
    const link = title.querySelector('a.gradeitemheader');
    const name = oneLine(link ?? title.querySelector('.gradeitemheader, .rowtitle, .category-content > span') ?? title);
    return [{
      kind: classes.includes('category') ? 'category' : classes.includes('baggt') || classes.includes('baggb')
        ? 'total' : 'item',
      level: Number(classes.find((one) => /^level\d+$/.test(one))?.slice(5) ?? 1),
      name,
      type: /\/mod\/(\w+)\//.exec(link?.getAttribute('href') ?? '')?.[1] ?? '',
      activityId: link?.getAttribute('href')?.includes('/mod/') ? numberIn(link) : 0,
      values: valuesOf(row),
      feedback: elementText(row.querySelector('td.column-feedback')),
    }];
  });
}

/** @param {Element} row */
function valuesOf(row) {
  return Object.fromEntries(COLUMNS.flatMap((column) => {
    const text = oneLine(row.querySelector(`td.column-${column}`));
    return text === '' || text === '-' ? [] : [[column, text]];
  }));
}

/**
 * The totals of the person's courses.
 * @param {string} html
 */
export function gradesOverview(html) {
  return [...openPage(html).main.querySelectorAll('#overview-grade tbody tr')].flatMap((row) => {
    const link = row.querySelector('a[href*="id="]');
    const grade = oneLine(row.querySelectorAll('td')[1]);
    return link ? [{ id: numberIn(link), name: oneLine(link), grade: grade === '-' ? '' : grade }] : [];
  });
}
