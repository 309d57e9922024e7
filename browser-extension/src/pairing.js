/** Signs this browser in to the service (OAuth 2.1, public client with PKCE) and keeps its tokens. */

import { CLIENT_ID } from './config.js';
import { isObject, parseJson, textOf } from './json.js';
import { isLoopback } from './moodle/sites.js';
import { challengeOf, randomToken } from './pkce.js';

const LOCK = 'moodle-mcp-token';
const EARLY_MS = 60_000;
const TIMEOUT_MS = 20_000;
/** A person who signs out does not wait longer for a service that is away. */
const REVOKE_MS = 5_000;

/** @typedef {import('./capabilities.js').Area} Area */
/** @typedef {{server: string, refresh: string, url: string}} Grant what lasts: kept on disk */
/** @typedef {{token: string, expires: number}} Access what is short-lived: kept in memory */

/** @typedef {'sign_in_cancelled' | 'sign_in_denied' | 'sign_in_mismatch' | 'service_unreachable' | 'service_refused'} PairingProblem */

/** A sign-in or a renewal that did not succeed. */
export class PairingError extends Error {
  /** @param {PairingProblem} problem */
  constructor(problem) {
    super(problem);
    this.name = 'PairingError';
    this.problem = problem;
  }
}

/**
 * The WebSocket address that belongs to a service.
 * @param {string} server
 */
export function resourceOf(server) {
  return `${server.replace(/^http/, 'ws')}/ws`;
}

/** The pairing of this browser with one service. */
export class Pairing {
  #parts;

  /**
   * @param {object} parts
   * @param {Area} parts.local
   * @param {Area} parts.session
   * @param {import('./capabilities.js').Fetch} parts.fetch
   * @param {() => number} parts.now
   * @param {string} parts.redirectUrl
   * @param {(url: string) => Promise<string | undefined>} parts.authorize shows a page, gives the address it ends at
   * @param {<T>(name: string, work: () => Promise<T>) => Promise<T>} parts.locked
   */
  constructor(parts) {
    this.#parts = parts;
  }

  /** @returns {Promise<boolean>} */
  async isSignedIn() {
    return (await this.#grant()) !== null;
  }

  /**
   * Takes the person through the service's sign-in and consent pages.
   * @param {string} server
   * @returns {Promise<void>}
   */
  async signIn(server) {
    const { redirectUrl, authorize } = this.#parts;
    const verifier = randomToken(32);
    const state = randomToken(16);
    const request = new URLSearchParams({
      response_type: 'code',
      client_id: CLIENT_ID,
      redirect_uri: redirectUrl,
      scope: 'bridge',
      state,
      code_challenge: await challengeOf(verifier),
      code_challenge_method: 'S256',
      resource: resourceOf(server),
    });
    const back = await authorize(`${server}/authorize?${request}`).catch(() => undefined);
    if (!back) throw new PairingError('sign_in_cancelled');
    const code = codeIn(new URL(back).searchParams, { state, server });
    await this.#redeem(server, {
      grant_type: 'authorization_code', code, code_verifier: verifier, client_id: CLIENT_ID, redirect_uri: redirectUrl,
      resource: resourceOf(server),
    });
  }

  /**
   * A token that is good for another minute at least, or null when the person has to sign in.
   * @param {{fresh: boolean}} options fresh: not the one that is there
   * @returns {Promise<{token: string, url: string} | null>}
   */
  async access({ fresh }) {
    const before = await this.#access();
    return this.#parts.locked(LOCK, async () => {
      const grant = await this.#grant();
      if (!grant) return null;
      const access = await this.#access();
      const good = access !== null && access.expires - EARLY_MS > this.#parts.now();
      const replaced = access?.token !== before?.token;
      if (access && good && (!fresh || replaced)) return { token: access.token, url: grant.url };
      return this.#renew(grant);
    });
  }

  /** Forgets the tokens, and gives back what they stand for, as far as the service can be reached (RFC 7009). */
  async signOut() {
    const grant = await this.#parts.locked(LOCK, async () => {
      const held = await this.#grant();
      await this.forget();
      return held;
    });
    if (grant) await this.#revoke(grant);
  }

  /** Forgets the tokens, because they are worth nothing any more. */
  async forget() {
    await this.#parts.local.remove('grant');
    await this.#parts.session.remove('access');
  }

  /** @param {Grant} grant */
  async #revoke({ server, refresh }) {
    // Whatever the answer is, this browser has no token any more; the dashboard can end what the service still knows.
    await this.#send(`${server}/revoke`, { token: refresh, client_id: CLIENT_ID }, REVOKE_MS).catch(() => undefined);
  }

  /**
   * @param {Grant} grant
   * @returns {Promise<{token: string, url: string} | null>}
   */
  async #renew(grant) {
    try {
      return await this.#redeem(grant.server, {
        grant_type: 'refresh_token', refresh_token: grant.refresh, client_id: CLIENT_ID,
      });
    } catch (error) {
      if (!(error instanceof PairingError) || error.problem !== 'service_refused') throw error;
      await this.forget();
      return null;
    }
  }

  /**
   * @param {string} server
   * @param {Record<string, string>} form
   * @returns {Promise<{token: string, url: string}>}
   */
  async #redeem(server, form) {
    const answer = await this.#post(`${server}/token`, form);
    const token = textOf(answer.access_token);
    const refresh = textOf(answer.refresh_token);
    const url = socketAddress(textOf(answer.websocket_url) || resourceOf(server));
    if (!token || !refresh || !url) throw new PairingError('service_unreachable');
    const lifetime = typeof answer.expires_in === 'number' ? answer.expires_in : 0;
    await this.#parts.local.set('grant', { server, refresh, url });
    await this.#parts.session.set('access', { token, expires: this.#parts.now() + lifetime * 1000 });
    return { token, url };
  }

  /**
   * @param {string} url
   * @param {Record<string, string>} form
   */
  async #post(url, form) {
    const response = await this.#send(url, form, TIMEOUT_MS)
      .catch(() => { throw new PairingError('service_unreachable'); });
    const answer = parseJson(await response.text());
    if (response.ok && isObject(answer)) return answer;
    const refused = [400, 401].includes(response.status) && isObject(answer) && 'error' in answer;
    throw new PairingError(refused ? 'service_refused' : 'service_unreachable');
  }

  /**
   * @param {string} url
   * @param {Record<string, string>} form
   * @param {number} limitMs
   */
  #send(url, form, limitMs) {
    return this.#parts.fetch(url, {
      method: 'POST', credentials: 'omit', redirect: 'error', cache: 'no-store', body: new URLSearchParams(form),
      signal: AbortSignal.timeout(limitMs),
    });
  }

  /** @returns {Promise<Grant | null>} */
  async #grant() {
    const stored = await this.#parts.local.get('grant');
    if (!isObject(stored)) return null;
    return { server: textOf(stored.server), refresh: textOf(stored.refresh), url: textOf(stored.url) };
  }

  /** @returns {Promise<Access | null>} */
  async #access() {
    const stored = await this.#parts.session.get('access');
    if (!isObject(stored) || typeof stored.expires !== 'number') return null;
    return { token: textOf(stored.token), expires: stored.expires };
  }
}

/**
 * The code of an authorization response; RFC 9207 says why `iss` must be the service that was asked.
 * @param {URLSearchParams} answer
 * @param {{state: string, server: string}} expected
 */
function codeIn(answer, { state, server }) {
  const issuer = (answer.get('iss') ?? '').replace(/\/$/, '');
  if (answer.get('state') !== state || issuer !== server) throw new PairingError('sign_in_mismatch');
  if (answer.get('error') === 'access_denied') throw new PairingError('sign_in_denied');
  const code = answer.get('code');
  if (answer.has('error') || !code) throw new PairingError('service_refused');
  return code;
}

/**
 * A WebSocket address that is encrypted or stays on this computer, or null.
 * @param {string} text
 */
function socketAddress(text) {
  try {
    const url = new URL(text);
    const safe = url.protocol === 'wss:' || (url.protocol === 'ws:' && isLoopback(url.hostname));
    return safe ? url.href : null;
  } catch {
    return null;
  }
}
