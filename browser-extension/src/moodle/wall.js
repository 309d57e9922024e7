/**
 * What the browser itself refuses or changes of the extension's own requests, whatever its code does. The person's tabs
 * are left alone.
 */

/** Pages on which graded work is begun, gone on with or handed in. */
export const ATTEMPT_PAGES = Object.freeze([
  'quiz/startattempt', 'quiz/attempt', 'quiz/summary', 'quiz/processattempt', 'quiz/autosave.ajax', 'lesson/view',
  'lesson/continue', 'scorm/player', 'scorm/loadsco', 'scorm/datamodel', 'scorm/aicc', 'h5pactivity/view',
  'h5pactivity/grade', 'lti/launch',
].map((page) => `/mod/${page}.php`));

const NO_COOKIES = 1;

/** The first number of the rules for attempts, one for each page: a pattern for all is too large for browsers. */
const NO_ATTEMPTS = 100;

/** Requests that belong to no tab. */
const NO_TAB = -1;

/**
 * The rules: no page of an attempt is asked for, also not by way of a redirect; and no answer sets a cookie, because an
 * answer that comes while the person signs in would put an old session in the place of the new one.
 * @param {string} origin the extension's own
 * @returns {chrome.declarativeNetRequest.Rule[]}
 */
export function wallRules(origin) {
  const { protocol, hostname } = new URL(origin);
  const own = { tabIds: [NO_TAB], initiatorDomains: [hostname] };
  const block = /** @type {chrome.declarativeNetRequest.RuleActionType} */ ('block');
  const modify = /** @type {chrome.declarativeNetRequest.RuleActionType} */ ('modifyHeaders');
  const remove = /** @type {chrome.declarativeNetRequest.HeaderOperation} */ ('remove');
  const xhr = /** @type {chrome.declarativeNetRequest.ResourceType} */ ('xmlhttprequest');
  return [
    ...ATTEMPT_PAGES.map((page, index) => ({
      id: NO_ATTEMPTS + index,
      priority: 2,
      action: { type: block },
      condition: {
        ...(protocol === 'moz-extension:' ? { tabIds: [NO_TAB] } : own),
        urlFilter: page,
        isUrlFilterCaseSensitive: false,
      },
    })),
    {
      id: NO_COOKIES,
      priority: 1,
      action: { type: modify, responseHeaders: [{ header: 'set-cookie', operation: remove }] },
      condition: { ...own, resourceTypes: [xhr] },
    },
  ];
}

/**
 * Has the browser keep to the rules, until it ends.
 * @param {Pick<typeof chrome, 'declarativeNetRequest' | 'runtime'>} api
 * @returns {Promise<void>}
 */
export async function raiseWall(api) {
  const addRules = wallRules(api.runtime.getURL(''));
  await api.declarativeNetRequest.updateSessionRules({ removeRuleIds: addRules.map(({ id }) => id), addRules });
}

/**
 * A `fetch` that asks for nothing before the wall stands, and for nothing at all if it does not.
 * @param {import('../capabilities.js').Fetch} fetch
 * @param {Promise<void>} wall
 * @returns {import('../capabilities.js').Fetch}
 */
export function behindWall(fetch, wall) {
  wall.catch(() => {});
  return async (input, init) => {
    await wall;
    return fetch(input, init);
  };
}
