/** Where a Moodle site keeps files, and which of them operations may fetch: nothing else can be asked for. */

/** The areas whose files a person finds in a course, by component. */
const AREAS = new Map([
  ['mod_resource', ['content', 'intro']],
  ['mod_folder', ['content', 'intro']],
  ['mod_assign', ['introattachment', 'intro', 'activityattachment']],
  ['assignsubmission_file', ['submission_files']],
  ['assignfeedback_file', ['feedback_files']],
]);

/** The areas whose addresses have no number before the path of the file. */
const WITHOUT_ITEM = ['intro'];

/**
 * @typedef {object} FileLink
 * @property {string} component such as `mod_folder`
 * @property {string} area such as `content`
 * @property {string} path the folders and the name of the file, between slashes
 * @property {string} address below the site's own
 */

/**
 * The file of the site that an address leads to, or null when it is no file, of another site or of no area that may be
 * read. A key in the address is never kept.
 * @param {string} root the site's address
 * @param {string} address
 * @returns {FileLink | null}
 */
export function fileLink(root, address) {
  if (!address.startsWith(`${root}/pluginfile.php/`)) return null;
  const rest = address.slice(`${root}/pluginfile.php/`.length).replace(/[?#].*$/s, '');
  const [context, component, area, ...more] = rest.split('/');
  if (!/^\d{1,15}$/.test(context) || !AREAS.get(component)?.includes(area)) return null;
  const names = WITHOUT_ITEM.includes(area) ? more : more.slice(1);
  const path = names.map(decoded).join('/');
  if (path === '' || names.some((name) => ['', '.', '..'].includes(decoded(name)))) return null;
  return { component, area, path, address: `/pluginfile.php/${rest}?forcedownload=1` };
}

/** @param {string} part */
function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
