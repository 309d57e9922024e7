/** One person at the portal who signs in by a link and lets the extension or an app in, over HTTP as a browser does. */

import { createHash, randomBytes } from 'node:crypto';

const HIDDEN = /<input type="hidden" name="([^"]+)" value="([^"]*)">/g;
const CLIENT = 'moodle-mcp-extension';

/** @typedef {{service: string, webSocket: string, extensionId: string}} Places `service`: the public base address */

/**
 * Signs in and allows the extension.
 * @param {string} signInLink a fresh one-time link
 * @param {Places} places
 * @returns {Promise<string>} the access token for the bridge
 */
export async function pairOverHttp(signInLink, places) {
  const visit = new Visit(places.service);
  await visit.get(signInLink);
  const verifier = randomBytes(32).toString('base64url');
  const redirect = `https://${places.extensionId}.chromiumapp.org/`;
  const code = await allow(visit, places, redirect, verifier);
  const answer = await visit.post('/token', {
    grant_type: 'authorization_code', client_id: CLIENT, code, code_verifier: verifier, redirect_uri: redirect,
    resource: places.webSocket,
  });
  const { access_token: token } = JSON.parse(answer.body);
  if (typeof token !== 'string') throw new Error(`The service gave no access token but ${answer.status}.`);
  return token;
}

/**
 * Signs in and allows an app, with everything it asks for.
 * @param {string} signInLink a fresh one-time link
 * @param {string} service the public base address
 * @param {string} question the address that the app opens in the browser
 * @returns {Promise<string>} the address that the browser goes to then, which is the app's
 */
export async function allowApp(signInLink, service, question) {
  const visit = new Visit(service);
  await visit.get(signInLink);
  const page = await visit.get(question);
  const answer = await visit.post('/authorize', { ...hiddenFields(page.body), decision: 'allow', allow_write: 'yes' });
  const back = /^0; url=(.+)$/.exec(answer.refresh ?? '')?.[1];
  if (!back) throw new Error(`The service did not lead back to the app; it asked with ${page.status} and answered with ${answer.status}.`);
  return back;
}

/** @param {string} html */
function hiddenFields(html) {
  return Object.fromEntries([...html.matchAll(HIDDEN)]
    .map(([, name, value]) => [String(name), String(value).replaceAll('&amp;', '&')]));
}

/**
 * Answers the question whether the extension may connect.
 * @param {Visit} visit
 * @param {Places} places
 * @param {string} redirect
 * @param {string} verifier
 */
async function allow(visit, { service, webSocket }, redirect, verifier) {
  const question = await visit.get(`${service}/authorize?${new URLSearchParams({
    response_type: 'code', client_id: CLIENT, redirect_uri: redirect, scope: 'bridge', state: 'state-1',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256',
    resource: webSocket,
  })}`);
  const answer = await visit.post('/authorize', { ...hiddenFields(question.body), decision: 'allow' });
  const code = new URL(answer.location ?? service).searchParams.get('code');
  if (!code) throw new Error(`The service did not let the extension pair; it answered with ${answer.status}.`);
  return code;
}

/** Requests that keep their cookies. */
class Visit {
  #base;
  /** @type {Map<string, string>} */
  #cookies = new Map();

  /** @param {string} base */
  constructor(base) {
    this.#base = base;
  }

  /** @param {string} url */
  get(url) {
    return this.#send(url, {});
  }

  /**
   * Sends a form of the service's own pages.
   * @param {string} path
   * @param {Record<string, string>} fields
   */
  post(path, fields) {
    return this.#send(this.#base + path, {
      method: 'POST', body: new URLSearchParams(fields), headers: { Origin: this.#base },
    });
  }

  /**
   * @param {string} url
   * @param {RequestInit} request
   */
  async #send(url, request) {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      ...request, redirect: 'manual', headers: { ...request.headers, ...(cookie && { Cookie: cookie }) },
    });
    for (const set of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (name !== undefined) this.#cookies.set(name, String(value));
    }
    return {
      status: response.status, location: response.headers.get('Location'), refresh: response.headers.get('Refresh'),
      body: await response.text(),
    };
  }
}
