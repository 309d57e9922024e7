/** Reads a forum's list of discussions. */

import { oneLine, openPage, placeOf, titleOf } from './page.js';
import { elementText } from '../html-to-text.js';

/**
 * The discussions on a page of a forum.
 * @param {string} html
 */
export function discussions(html) {
  const { document, main } = openPage(html);
  const rows = [...main.querySelectorAll('[data-region="discussion-list-item"][data-discussionid]')];
  return {
    ...placeOf(document),
    name: titleOf(document),
    description: elementText(document.querySelector('#intro')),
    discussions: rows.map(discussionOf),
    pages: Math.max(1, ...[...main.querySelectorAll('.pagination [data-page-number]')]
      .map((item) => Number(item.getAttribute('data-page-number')) || 0)),
  };
}

/** @param {Element} row */
function discussionOf(row) {
  const [created = 0, last = 0] = [...row.querySelectorAll('time[data-timestamp]')]
    .map((time) => Number(time.getAttribute('data-timestamp')) || 0);
  const link = row.querySelector('.topic a[href*="/mod/forum/discuss.php"], a[href*="/mod/forum/discuss.php"]');
  const author = row.querySelector('.author, td.author') ?? row;
  const counts = [...row.querySelectorAll('td')].map(oneLine).filter((text) => /^\d+$/.test(text));
  return {
    id: Number(row.getAttribute('data-discussionid')),
    subject: (link?.getAttribute('title') ?? '') || oneLine(link),
    author: oneLine(author.querySelector('.author-info div')),
    created,
    last: last || created,
    replies: counts.length > 0 ? Number(counts[0]) : null,
    locked: row.querySelector('[data-region="locked-label"]:not([hidden])') !== null,
  };
}
