/** Firefox with the extension. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Bidi } from './bidi.mjs';
import { Child } from './child.mjs';
import { findProgram } from './programs.mjs';
import { until } from './until.mjs';

const GECKO_ID = 'moodle-mcp@moodlemcp.github.io';
const PROGRAMS = ['firefox-esr', 'firefox'];
const START_MS = 60_000;
const SEE_MS = 60_000;

/** The constant address of the extension in this profile; otherwise it is random. */
const UUID = '5a2b6a4e-0000-4000-8000-000000000001';

const PREFERENCES = {
  'remote.active-protocols': 1,
  'extensions.webextOptionalPermissionPrompts': false,
  'extensions.webextensions.uuids': JSON.stringify({ [GECKO_ID]: UUID }),
  'extensions.background.idle.timeout': 30_000,
  'app.update.enabled': false,
  'app.normandy.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'intl.locale.requested': 'en-US',
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,#remote-settings-dummy/v1',
  'toolkit.telemetry.enabled': false,
};

/** @typedef {import('./browser.mjs').Browser} Browser */
/** @typedef {import('./browser.mjs').Tab} Tab */

/**
 * The Firefox of this computer, or null. `MOODLE_MCP_FIREFOX` names another.
 * @returns {string | null}
 */
export function findFirefox() {
  const own = process.env.MOODLE_MCP_FIREFOX;
  if (own) return own;
  return PROGRAMS.map(findProgram).find((path) => path !== null) ?? null;
}

/**
 * Starts Firefox, headless, with the unpacked extension.
 * @param {{program: string, extension: string, profile: string, preferences?: Record<string, unknown>, log?: string,
 *     running: import('./running.mjs').Running}} options `preferences`: beyond the usual ones
 * @returns {Promise<Firefox>}
 */
export async function startFirefox({ program, extension, profile, preferences = {}, log, running }) {
  mkdirSync(profile, { recursive: true });
  const lines = Object.entries({ ...PREFERENCES, ...preferences })
    .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`);
  writeFileSync(join(profile, 'user.js'), lines.join(''));
  const args = [
    '--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0', '--remote-allow-system-access',
    'about:blank',
  ];
  const child = running.add(new Child('Firefox', program, args, { env: { ...process.env, HOME: profile }, log }));
  const [, url] = await child.line(/WebDriver BiDi listening on (ws:\/\/\S+)/, { ms: START_MS });
  const bidi = await Bidi.connect(String(url));
  const browser = running.add(new Firefox(child, bidi));
  await bidi.send('webExtension.install', { extensionData: { type: 'path', path: extension } });
  return browser;
}

/** @implements {Browser} */
export class Firefox {
  name = 'Firefox';
  #child;
  #bidi;

  /**
   * @param {Child} child
   * @param {Bidi} bidi
   */
  constructor(child, bidi) {
    this.#child = child;
    this.#bidi = bidi;
  }

  /** @param {string} path */
  extensionUrl(path) {
    return `moz-extension://${UUID}/${path}`;
  }

  /**
   * @param {string} [url]
   * @returns {Promise<Tab>}
   */
  async openTab(url) {
    const { context } = await this.#bidi.send('browsingContext.create', { type: 'tab' });
    const tab = new FirefoxTab(this.#bidi, context);
    if (url) await tab.goTo(url);
    return tab;
  }

  /**
   * @param {string} urlPart
   * @param {() => Promise<void>} action
   * @returns {Promise<Tab>}
   */
  async tabOpenedBy(urlPart, action) {
    const before = new Set((await this.#contexts()).map(({ context }) => context));
    await action();
    const found = await until(`window at ${urlPart}`, async () => (await this.#contexts())
      .find(({ context, url }) => !before.has(context) && url.includes(urlPart)));
    return new FirefoxTab(this.#bidi, found.context);
  }

  /** Nothing to do: a preference makes Firefox grant what is asked for after a real click. */
  async allowHost() {}

  /** Ends the extension's event page, as Firefox does when it has been idle. */
  async endBackground() {
    const { contexts } = await this.#bidi.send('browsingContext.getTree', { 'moz:scope': 'chrome', maxDepth: 0 });
    await this.#bidi.send('script.evaluate', {
      expression: `WebExtensionPolicy.getByID(${JSON.stringify(GECKO_ID)}).extension.terminateBackground()`,
      target: { context: contexts[0].context },
      awaitPromise: true,
    });
  }

  /** Closes all tabs but one empty one. */
  async closeTabs() {
    const { context: empty } = await this.#bidi.send('browsingContext.create', { type: 'tab' });
    for (const { context } of await this.#contexts()) {
      if (context !== empty) await this.#bidi.send('browsingContext.close', { context });
    }
  }

  async stop() {
    if (!this.#child.hasEnded) await this.#bidi.send('browser.close').catch(() => {});
    this.#bidi.close();
    await this.#child.stop();
  }

  /** @returns {Promise<{context: string, url: string}[]>} */
  async #contexts() {
    return (await this.#bidi.send('browsingContext.getTree')).contexts;
  }
}

/** @implements {Tab} */
class FirefoxTab {
  #bidi;
  #context;

  /**
   * @param {Bidi} bidi
   * @param {string} context
   */
  constructor(bidi, context) {
    this.#bidi = bidi;
    this.#context = context;
  }

  /** @param {string} url */
  async goTo(url) {
    await this.#bidi.send('browsingContext.navigate', { context: this.#context, url, wait: 'complete' });
  }

  url() {
    return this.#run('() => location.href');
  }

  /**
   * @param {string} selector
   * @param {string} text
   */
  async fill(selector, text) {
    await this.see(selector);
    await this.#run(`(selector, text) => {
      const field = document.querySelector(selector);
      field.focus();
      field.value = text;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }`, selector, text);
  }

  /** @param {string} selector */
  async click(selector) {
    await this.see(`${selector}:not(:disabled)`);
    await this.#run(`(selector) => document.querySelector(selector).scrollIntoView({ block: 'center' })`, selector);
    const { nodes } = await this.#bidi.send('browsingContext.locateNodes', {
      context: this.#context, locator: { type: 'css', value: selector }, maxNodeCount: 1,
    });
    const origin = { type: 'element', element: { sharedId: nodes[0].sharedId } };
    const actions = [
      { type: 'pointerMove', x: 0, y: 0, origin }, { type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 },
    ];
    await this.#bidi.send('input.performActions', {
      context: this.#context, actions: [{ type: 'pointer', id: 'mouse', actions }],
    });
  }

  /** @param {string} selector */
  text(selector) {
    return this.#run('(selector) => document.querySelector(selector).textContent', selector);
  }

  /** @param {string} selector */
  count(selector) {
    return this.#run(
      '(selector) => [...document.querySelectorAll(selector)].filter((match) => match.checkVisibility()).length',
      selector,
    );
  }

  /**
   * @param {string} selector
   * @param {string} name
   */
  attribute(selector, name) {
    return this.#run('(selector, name) => document.querySelector(selector).getAttribute(name)', selector, name);
  }

  /**
   * @param {string} selector
   * @param {{ms?: number}} [options]
   */
  async see(selector, { ms = SEE_MS } = {}) {
    await until(`${selector} to be seen`, async () => (await this.count(selector)) > 0, { ms });
  }

  /** @param {string} path */
  async screenshot(path) {
    const { data } = await this.#bidi.send('browsingContext.captureScreenshot', {
      context: this.#context, origin: 'document',
    });
    writeFileSync(path, Buffer.from(data, 'base64'));
  }

  async close() {
    await this.#bidi.send('browsingContext.close', { context: this.#context });
  }

  /**
   * Calls a function in the page.
   * @param {string} declaration
   * @param {...string} args
   * @returns {Promise<any>}
   */
  async #run(declaration, ...args) {
    const answer = await this.#bidi.send('script.callFunction', {
      functionDeclaration: declaration,
      target: { context: this.#context },
      arguments: args.map((value) => ({ type: 'string', value })),
      awaitPromise: true,
    });
    if (answer.type === 'exception') throw new Error(answer.exceptionDetails.text);
    return answer.result.value ?? null;
  }
}
