/** Reads Moodle's table of the people in a course. */

import { numberIn, oneLine } from './page.js';
import { parse } from '../html-to-text.js';

/**
 * Its columns are found by the names that Moodle has for them in every language.
 * @param {string} html
 */
export function participants(html) {
  const document = parse(`<!doctype html><html><body>${html}</body></html>`);
  const table = document.querySelector('[data-region="core_table/dynamic"]');
  const columns = [...document.querySelectorAll('thead th')].map(columnOf);
  return {
    total: Number(table?.getAttribute('data-table-total-rows') ?? -1),
    people: [...document.querySelectorAll('tbody tr')].flatMap((row) => {
      const link = row.querySelector('a[href*="/user/view.php"], a[href*="/user/profile.php"]');
      if (!link) return [];
      const cells = [...row.querySelectorAll('th, td')];
      const cell = (/** @type {string} */ name) => oneLine(cells[columns.indexOf(name)]);
      link.querySelectorAll('.userinitials, img').forEach((element) => element.remove());
      return [{
        id: numberIn(link),
        name: oneLine(link),
        roles: cell('roles'),
        groups: cell('groups'),
        email: cell('email'),
        lastAccess: cell('lastaccess'),
      }];
    }),
  };
}

/** @param {Element} head */
function columnOf(head) {
  return head.querySelector('[data-column]')?.getAttribute('data-column')
    ?? head.querySelector('[data-sortby]')?.getAttribute('data-sortby') ?? '';
}
