/** Files that a page names. */

import { ownUrl } from './course-state.js';

/**
 * Those of the site itself.
 * @param {import('../moodle/sites.js').Site} site
 * @param {{name: string, url: string}[]} files
 */
export function ownFiles(site, files) {
  return files.filter(({ url }) => ownUrl(site, url) !== null).map(({ name }) => ({ name }));
}
