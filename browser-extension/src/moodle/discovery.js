/** Finds the Moodle behind an address that a person pasted. */

import { Failure, asFailure } from '../failure.js';
import { isObject, parseJson, textOf } from '../json.js';
import { pageConfig } from './session.js';
import { parseAddress, rootCandidates, rootOf, siteName } from './sites.js';

/** @typedef {import('./requests.js').Requests} Requests */
/** @typedef {import('./sites.js').Site} Site */

/**
 * The site that an address belongs to. Fails with `unreachable` or `maintenance` when that is all that was seen, with
 * `no_permission` (naming the site) when the Moodle says that it lives at another host, else with
 * `unexpected_answer`.
 * @param {Requests} requests
 * @param {URL} pasted
 * @returns {Promise<Site>}
 */
export async function discover(requests, pasted) {
  let failure = new Failure('unexpected_answer', { site: pasted.host, detail: 'no_moodle_page' });
  for (const root of rootCandidates(pasted)) {
    try {
      const wwwroot = (await rootByLoginPage(requests, root)) ?? (await rootByPublicConfig(requests, root));
      const url = wwwroot === null ? null : parseAddress(wwwroot);
      if (!url) continue;
      if (url.hostname !== pasted.hostname) throw new Failure('no_permission', { site: siteName(rootOf(url)) });
      return { site: siteName(rootOf(url)), url: rootOf(url) };
    } catch (error) {
      failure = asFailure(error);
      if (failure.reason !== 'unexpected_answer' && failure.reason !== 'unreachable') throw failure;
    }
  }
  throw failure;
}

/**
 * @param {Requests} requests
 * @param {string} root
 * @returns {Promise<string | null>}
 */
async function rootByLoginPage(requests, root) {
  try {
    const { status, text } = await requests.get(root, '/login/index.php');
    if (status === 503) throw new Failure('maintenance', { site: siteName(root) });
    return pageConfig(text)?.wwwroot ?? null;
  } catch (error) {
    if (asFailure(error).reason === 'unreachable') return null;
    throw error;
  }
}

/**
 * What Moodle tells everybody about itself: it helps where the login page redirects to another host.
 * @param {Requests} requests
 * @param {string} root
 * @returns {Promise<string | null>}
 */
async function rootByPublicConfig(requests, root) {
  const method = 'tool_mobile_get_public_config';
  const body = [{ index: 0, methodname: method, args: {} }];
  const query = new URLSearchParams({ info: method });
  const { text } = await requests.post(root, '/lib/ajax/service-nologin.php', query, body);
  const answer = parseJson(text);
  const data = Array.isArray(answer) && isObject(answer[0]) && isObject(answer[0].data) ? answer[0].data : {};
  return textOf(data.wwwroot) || null;
}
