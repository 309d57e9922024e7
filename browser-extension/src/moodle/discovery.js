/** Finds the Moodle behind an address that a person pasted. */

import { Failure, asFailure } from '../failure.js';
import { isObject, parseJson, textOf } from '../json.js';
import { pageConfig } from './session.js';
import { parseAddress, rootCandidates, rootOf, siteName } from './sites.js';

/** @typedef {import('./requests.js').Requests} Requests */
/** @typedef {import('./sites.js').Site} Site */

/** Moodle's code for: a page would have sent the browser to the site's own address. */
const ELSEWHERE = 'redirecterrordetected';

/** The Moodle is known under another address, whose host nobody gave permission for. */
export class OtherAddress extends Failure {
  /**
   * @param {string} site the one that was asked
   * @param {string | null} address the other address, where the Moodle told it
   */
  constructor(site, address) {
    super('no_permission', { site });
    this.address = address;
  }
}

/**
 * The site that an address belongs to. Fails with `unreachable` or `maintenance` when that is all that was seen, with
 * {@link OtherAddress} when the Moodle says that it lives at another host, else with `unexpected_answer`.
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
      if (url.hostname !== pasted.hostname) throw new OtherAddress(siteName(root), rootOf(url));
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
  const first = Array.isArray(answer) ? answer[0] : answer;
  if (!isObject(first)) return null;
  const problem = isObject(first.exception) ? first.exception : first;
  if (problem.errorcode === ELSEWHERE) throw new OtherAddress(siteName(root), otherAddress(problem, root));
  return isObject(first.data) ? textOf(first.data.wwwroot) || null : null;
}

/**
 * The address that Moodle adds to an error when its administrator wants developers to see more; it is the site's own
 * unless a page set another.
 * @param {import('../json.js').JsonObject} problem
 * @param {string} root the address that was asked
 * @returns {string | null}
 */
function otherAddress({ link, reproductionlink }, root) {
  const url = parseAddress(textOf(link) || textOf(reproductionlink));
  return url && url.origin !== new URL(root).origin ? rootOf(url) : null;
}
