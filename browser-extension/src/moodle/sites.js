/** What a Moodle site is called, which permission it needs, and where it may begin in an address. */

/**
 * @typedef {object} Site a Moodle site that the person added
 * @property {string} site its name by host and path, such as `moodle.example.edu/moodle`
 * @property {string} url its `wwwroot`, without a slash at the end
 * @property {number} [userId] the Moodle user it is used as
 */

/** Folders of Moodle itself: what stands before the first of them in a path is the site. */
const MOODLE_FOLDERS = new Set([
  'admin', 'auth', 'badges', 'blocks', 'blog', 'calendar', 'cohort', 'comment', 'competency', 'completion',
  'contentbank', 'course', 'enrol', 'files', 'grade', 'group', 'h5p', 'lib', 'local', 'login', 'message', 'mod',
  'my', 'notes', 'payment', 'question', 'report', 'repository', 'search', 'tag', 'theme', 'user', 'webservice',
]);

/** @param {string} hostname */
export function isLoopback(hostname) {
  return hostname === 'localhost' || hostname === '127.0.0.1';
}

/**
 * An address, with or without its scheme, or null when it is none that the extension may use: https, or http on this
 * computer.
 * @param {string} text
 * @returns {URL | null}
 */
export function parseAddress(text) {
  const typed = text.trim();
  const bare = !/^[a-z][a-z0-9+.-]*:\/\//i.test(typed);
  const local = /^(localhost|127\.0\.0\.1)([:/]|$)/i.test(typed);
  const url = parseUrl(bare ? `${local ? 'http' : 'https'}://${typed}` : typed);
  if (!url?.hostname || url.username || url.password) return null;
  const allowed = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
  return allowed ? url : null;
}

/**
 * The address a person typed or pasted, read like {@link parseAddress}, but an old link of http is taken as the same of
 * https.
 * @param {string} text
 * @returns {URL | null}
 */
export function pastedAddress(text) {
  return parseAddress(isOldLink(text) ? new URL(text.trim()).href.replace(/^http:/, 'https:') : text);
}

/**
 * Whether a pasted address is one of http at another computer, at the usual port.
 * @param {string} text
 */
export function isOldLink(text) {
  const url = parseUrl(text.trim());
  return url !== null && url.protocol === 'http:' && url.port === '' && !isLoopback(url.hostname);
}

/** @param {string} text */
function parseUrl(text) {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/**
 * An address without query, fragment and slash at the end.
 * @param {URL} url
 */
export function rootOf(url) {
  return url.origin + url.pathname.replace(/\/+$/, '');
}

/**
 * The name of a site: host, port when it is not the usual one, and path.
 * @param {string} root
 */
export function siteName(root) {
  const url = new URL(root);
  return url.host + url.pathname.replace(/\/+$/, '');
}

/**
 * The host permission a site needs. Match patterns carry no port.
 * @param {string} root
 */
export function originPattern(root) {
  const url = new URL(root);
  return `${url.protocol}//${url.hostname}/*`;
}

/**
 * The site that an argument names, or undefined.
 * @param {Site[]} sites
 * @param {string} name
 */
export function findSite(sites, name) {
  const wanted = name.trim().replace(/^https?:\/\//i, '').replace(/\/+$/, '').toLowerCase();
  return sites.find(({ site }) => site.toLowerCase() === wanted);
}

/**
 * The addresses at which the Moodle behind a pasted address may begin, the likeliest first; at most five.
 * @param {URL} pasted
 * @returns {string[]}
 */
export function rootCandidates(pasted) {
  const folders = pasted.pathname.split('/').filter((part) => part !== '' && !part.endsWith('.php'));
  const first = folders.findIndex((part) => MOODLE_FOLDERS.has(part));
  const depth = first < 0 ? folders.length : first;
  const prefixes = [depth, ...folders.keys(), folders.length]
    .map((length) => [pasted.origin, ...folders.slice(0, length)].join('/'));
  return [...new Set(prefixes)].slice(0, 5);
}
