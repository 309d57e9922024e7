/** What the popup and the welcome page can ask the background to do. */

import { Failure, asFailure } from './failure.js';
import { NotDecided } from './approval/questions.js';
import { PairingError } from './pairing.js';
import { OtherAddress, discover } from './moodle/discovery.js';
import { isOldLink, originPattern, pastedAddress } from './moodle/sites.js';
import { serverAddress } from './settings.js';
import { textOf } from './json.js';

/** How long a page waits for the connection to find out how it stands. */
const SETTLE_MS = 250;

const EXPECTED = 'expectedSite';

/** @typedef {import('./moodle/sites.js').Site} Site */

/**
 * @typedef {object} View what the pages show
 * @property {string} version
 * @property {string | null} consent when the person agreed
 * @property {{address: string, managed: boolean}} server
 * @property {boolean} signedIn
 * @property {import('./bridge/connection.js').ConnectionState} connection
 * @property {import('./bridge/protocol.js').SiteState[]} sites
 * @property {number} questions that wait for the person
 * @property {number} working commands that are being carried out
 * @property {boolean} paused
 */

/** A request of a page that cannot be met; the pages have a sentence for each problem. */
class PageProblem extends Error {
  /** @param {string} problem */
  constructor(problem) {
    super(problem);
    this.problem = problem;
  }
}

/**
 * The problem that an error is, as the pages name it.
 * @param {unknown} error
 * @returns {import('./messages.js').ProblemAnswer}
 */
export function problemOf(error) {
  const named = error instanceof PageProblem || error instanceof PairingError || error instanceof NotDecided;
  if (named) return { problem: error.problem };
  if (error instanceof OtherAddress) {
    return error.address ? { problem: 'site_elsewhere', about: error.address } : { problem: 'site_elsewhere_unnamed' };
  }
  return { problem: error instanceof Failure ? `site_${error.reason}` : 'internal' };
}

/**
 * @param {object} parts
 * @param {typeof chrome} parts.api
 * @param {import('./settings.js').Settings} parts.settings
 * @param {import('./pairing.js').Pairing} parts.pairing
 * @param {import('./bridge/connection.js').Connection} parts.connection
 * @param {import('./moodle/requests.js').Requests} parts.requests
 * @param {import('./moodle/session.js').Sessions} parts.sessions
 * @param {import('./moodle/site-states.js').SiteStates} parts.states
 * @param {import('./moodle/probe.js').Probe} parts.probe
 * @param {import('./capabilities.js').Area} parts.memory
 * @param {(states?: import('./bridge/protocol.js').SiteStateName[]) => Promise<void>} parts.lookAtSites looks at all
 *     sites, or at those that were last seen in one of these states
 * @param {() => Promise<import('./bridge/protocol.js').SiteState[]>} parts.siteStates
 * @param {import('./privacy/hiding.js').Hiding} parts.hiding
 * @param {() => Date} parts.now
 * @param {() => Promise<Pick<View, 'questions' | 'working' | 'paused'>>} parts.writing
 * @param {(site: string) => Promise<void>} parts.forgetChoices of a site that is removed
 */
export function pageHandlers(parts) {
  const { api, settings, pairing, connection, requests, sessions, states, probe } = parts;
  /** @type {Promise<void> | null} */
  let signingIn = null;

  /** @type {Map<string, Promise<string>>} */
  const adding = new Map();

  /** @returns {Promise<View>} */
  async function view() {
    await Promise.race([connection.ensure(), new Promise((resolve) => { setTimeout(resolve, SETTLE_MS); })]);
    return {
      version: api.runtime.getManifest().version,
      consent: await settings.consentGiven(),
      server: await settings.server(),
      signedIn: await pairing.isSignedIn(),
      connection: connection.state,
      sites: await parts.siteStates(),
      ...(await parts.writing()),
    };
  }

  async function needConsent() {
    if ((await settings.consentGiven()) === null) throw new PageProblem('consent_needed');
  }

  async function signOut() {
    await pairing.signOut();
    await connection.reset();
  }

  async function signIn() {
    await needConsent();
    const { address } = await settings.server();
    await pairing.signIn(address);
    await connection.reset();
  }

  /** @param {string} name */
  async function siteNamed(name) {
    const site = (await settings.sites()).find((candidate) => candidate.site === name);
    if (!site) throw new PageProblem('site_unknown_site');
    return site;
  }

  /** @param {Site} site */
  async function forgetSite(site) {
    await settings.removeSite(site.site);
    await parts.forgetChoices(site.site);
    await sessions.forget(site);
    await states.forget(site.site);
    await parts.hiding.forget(site.site);
    await dropPermission(site.url);
  }

  /**
   * Gives a host permission back that no site needs.
   * @param {string} url
   */
  async function dropPermission(url) {
    const pattern = originPattern(url);
    const stillUsed = (await settings.sites()).some((site) => originPattern(site.url) === pattern);
    if (!stillUsed) await api.permissions.remove({ origins: [pattern] }).catch(() => false);
  }

  /** @param {string} address */
  async function addSite(address) {
    await needConsent();
    const pasted = pastedAddress(address);
    if (!pasted) throw new PageProblem('address_invalid');
    try {
      const site = await discover(requests, pasted);
      await settings.addSite(site);
      await probe.look(site);
      return site.site;
    } catch (error) {
      await dropPermission(pasted.href);
      const unanswered = isOldLink(address) && asFailure(error).reason === 'unreachable';
      throw unanswered ? new PageProblem('site_unreachable_https') : error;
    }
  }

  /**
   * Adds a site once, however many ask for it at the same time.
   * @param {string} address
   */
  function addOnce(address) {
    const running = adding.get(address) ?? addSite(address).finally(() => adding.delete(address));
    adding.set(address, running);
    return running;
  }

  async function finishSite() {
    const address = textOf(await parts.memory.get(EXPECTED));
    const pasted = pastedAddress(address);
    if (!pasted || !(await api.permissions.contains({ origins: [originPattern(pasted.href)] }))) return;
    await parts.memory.remove(EXPECTED);
    await addOnce(address);
  }

  return /** @satisfies {import('./messages.js').Handlers} */ ({
    view,
    /** Finds out anew how connection and sites stand. */
    check() {
      connection.probe();
      return parts.lookAtSites();
    },
    connect: () => connection.reset(),
    signOut,
    signIn() {
      signingIn ??= signIn().finally(() => { signingIn = null; });
      return signingIn;
    },
    async consent() {
      await settings.giveConsent(parts.now());
      await connection.reset();
    },
    async withdraw() {
      await settings.withdrawConsent();
      await signOut();
    },
    async setServer({ address }) {
      const server = serverAddress(textOf(address));
      if (!server) throw new PageProblem('server_invalid');
      const before = await settings.server();
      if (before.managed || before.address === server) return;
      await settings.setServer(server);
      await signOut();
    },
    /** Notes the site that a page is about to ask permission for: the question may close the popup. */
    expectSite: ({ address }) => parts.memory.set(EXPECTED, textOf(address)),
    async addSite({ address }) {
      await parts.memory.remove(EXPECTED);
      return addOnce(textOf(address));
    },
    /**
     * Goes on after a permission was granted: adds the site that was waiting for it, though its page may be gone, and
     * looks at those that lacked it.
     */
    async permitted() {
      await finishSite().catch(() => {});
      await parts.lookAtSites(['no_permission']);
    },
    async removeSite({ site }) {
      await forgetSite(await siteNamed(textOf(site)));
    },
    async useOtherUser({ site: name }) {
      const site = await siteNamed(textOf(name));
      const [state] = await states.of([site]);
      if (state.state !== 'other_user' || state.user_id === undefined) return;
      await settings.useAs(site.site, state.user_id);
      await sessions.forget(site);
      await probe.look(site);
    },
  });
}
