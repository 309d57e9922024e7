/** A Chromium-family browser with the extension. */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { findProgram } from './programs.mjs';
import { recordFrames } from './frames.mjs';
import { until } from './until.mjs';

const SEE_MS = 60_000;

/** The size of a popup, though it is opened as a tab. */
const POPUP = { width: 400, height: 600 };

/** Programs of the family. Branded Chrome and Edge refuse `--load-extension`. */
const PROGRAMS = [
  { name: 'chromium', branded: false },
  { name: 'chromium-browser', branded: false },
  { name: '/Applications/Chromium.app/Contents/MacOS/Chromium', branded: false },
  { name: 'brave-browser', branded: false },
  { name: 'brave', branded: false },
  { name: 'google-chrome', branded: true },
  { name: 'google-chrome-stable', branded: true },
  { name: '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', branded: true },
  { name: 'microsoft-edge', branded: true },
  { name: 'microsoft-edge-stable', branded: true },
];

/** @typedef {import('./browser.mjs').Browser} Browser */
/** @typedef {import('./browser.mjs').Tab} Tab */
/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{path: string, branded: boolean}} Program */

/**
 * The first browser of the family on this computer, or null. `MOODLE_MCP_CHROMIUM` names another, or
 * with a name that is none, no browser.
 * @returns {Program | null}
 */
export function findChromium() {
  const own = process.env.MOODLE_MCP_CHROMIUM;
  if (own) {
    const path = findProgram(own);
    return path === null ? null : { path, branded: /chrome|edge/.test(path) };
  }
  for (const { name, branded } of PROGRAMS) {
    const path = findProgram(name);
    if (path) return { path, branded };
  }
  return null;
}

/**
 * Starts the browser, headless, with the unpacked extension.
 * @param {{program: Program, extension: string, profile: string, running: import('./running.mjs').Running}} options
 *     `profile`: the folder that keeps what the browser keeps
 * @returns {Promise<Chromium>}
 */
export async function startChromium({ program, extension, profile, running }) {
  const loading = program.branded
    ? ['--enable-unsafe-extension-debugging']
    : [`--disable-extensions-except=${extension}`, `--load-extension=${extension}`];
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: program.path,
    headless: true,
    ignoreDefaultArgs: ['--disable-extensions'],
    viewport: { width: 1100, height: 800 },
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      '--headless=new', '--disable-gpu', '--disable-quic', '--disable-component-update', '--lang=en', ...loading,
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
    env: { ...process.env, LANGUAGE: 'en' },
  });
  const browser = running.add(new Chromium(context, idOf(extension)));
  if (program.branded) await browser.load(extension);
  await browser.ready();
  return browser;
}

/**
 * The extension's id, which follows from the key in its manifest.
 * @param {string} extension
 */
function idOf(extension) {
  const { key } = JSON.parse(readFileSync(join(extension, 'manifest.json'), 'utf8'));
  const hash = createHash('sha256').update(Buffer.from(key, 'base64')).digest('hex').slice(0, 32);
  return [...hash].map((digit) => String.fromCharCode('a'.charCodeAt(0) + parseInt(digit, 16))).join('');
}

/** @implements {Browser} */
export class Chromium {
  name = 'Chromium';
  #context;
  #id;
  /** The process group that stands still. @type {number | null} */
  #frozen = null;

  /**
   * @param {import('playwright-core').BrowserContext} context
   * @param {string} id
   */
  constructor(context, id) {
    this.#context = context;
    this.#id = id;
  }

  /** @param {string} path */
  extensionUrl(path) {
    return `chrome-extension://${this.#id}/${path}`;
  }

  /**
   * Loads an unpacked extension through the debugger.
   * @param {string} path
   */
  async load(path) {
    const session = await this.#context.browser()?.newBrowserCDPSession();
    await session?.send('Extensions.loadUnpacked', { path });
  }

  /**
   * The window of the extension at a path that shows something, whoever opened it.
   * @param {string} path
   * @param {string} selector
   */
  async extensionWindow(path, selector) {
    const url = this.extensionUrl(path);
    return until(`window at ${path}`, async () => {
      for (const page of this.#context.pages().filter((one) => one.url() === url)) {
        if (await page.locator(selector).first().isVisible().catch(() => false)) return new ChromiumTab(page);
      }
      return null;
    });
  }

  /** Waits until the extension is there. */
  async ready() {
    const page = await this.#extensionsPage();
    await until('extension in the browser', () => page.evaluate(
      (id) => /** @type {any} */ (globalThis).chrome.developerPrivate.getExtensionInfo(id).then(() => true),
      this.#id,
    ));
    await page.close();
  }

  /** @param {string} [url] */
  async openTab(url) {
    const page = await this.#context.newPage();
    if (url === this.extensionUrl('popup/popup.html')) await page.setViewportSize(POPUP);
    if (url) await page.goto(url);
    return new ChromiumTab(page);
  }

  /**
   * @param {string} urlPart
   * @param {() => Promise<void>} action
   * @returns {Promise<Tab>}
   */
  async tabOpenedBy(urlPart, action) {
    const before = new Set(this.#context.pages());
    await action();
    return new ChromiumTab(await until(`window at ${urlPart}`, () => this.#context.pages()
      .find((page) => !before.has(page) && page.url().includes(urlPart))));
  }

  /** @param {string} address */
  allowHost(address) {
    return this.#changeHost('addHostPermission', address);
  }

  /**
   * Takes the permission back, as a person does on the browser's extensions page.
   * @param {string} address
   */
  forbidHost(address) {
    return this.#changeHost('removeHostPermission', address);
  }

  /**
   * Kills the extension's service worker, with no page open that would start it anew.
   * @param {() => Promise<void>} [ready] the last thing before that
   */
  async killWorker(ready = async () => {}) {
    const page = await this.#context.newPage();
    await page.goto(this.extensionUrl('icons/32.png'));
    const session = await this.#context.newCDPSession(page);
    await session.send('ServiceWorker.enable');
    await ready();
    await session.send('ServiceWorker.stopAllWorkers');
    await page.close();
  }

  /**
   * What the extension's service worker gets for a request of its own: an HTTP status, or 0 when the browser refuses it.
   * @param {string} url
   * @returns {Promise<number>}
   */
  async askFromWorker(url) {
    const worker = await until('service worker', () => this.#context.serviceWorkers().find(
      (one) => one.url().startsWith(this.extensionUrl('')),
    ));
    return worker.evaluate((address) => fetch(address, { credentials: 'include' }).then(({ status }) => status, () => 0), url);
  }

  /**
   * The names of the cookies that the browser keeps for an address.
   * @param {string} url
   */
  async cookieNames(url) {
    return (await this.#context.cookies(url)).map(({ name }) => name);
  }

  /** Forgets all cookies of a host. @param {string} hostname */
  forgetCookies(hostname) {
    return this.#context.clearCookies({ domain: hostname });
  }

  /** What the extension's icon in the toolbar says. */
  async badge() {
    const page = await this.#context.newPage();
    await page.goto(this.extensionUrl('popup/popup.html'));
    const text = await page.evaluate(() => /** @type {any} */ (globalThis).chrome.action.getBadgeText({}));
    await page.close();
    return String(text);
  }

  /** Lets all processes of the browser stand still, as a computer that sleeps does, until {@link thaw}. */
  async freeze() {
    const session = await this.#context.browser()?.newBrowserCDPSession();
    const processes = (await session?.send('SystemInfo.getProcessInfo'))?.processInfo ?? [];
    const main = processes.find(({ type }) => type === 'browser');
    if (!main) throw new Error('The browser did not tell its process.');
    await session?.detach();
    process.kill(-main.id, 'SIGSTOP');
    this.#frozen = main.id;
  }

  /** Lets a frozen browser go on. */
  thaw() {
    if (this.#frozen !== null) process.kill(-this.#frozen, 'SIGCONT');
    this.#frozen = null;
  }

  /**
   * Writes the frames of the extension's WebSocket to a file.
   * @param {string} file
   */
  async recordFrames(file) {
    const session = await this.#context.browser()?.newBrowserCDPSession();
    if (session) await recordFrames(session, file);
  }

  /** Closes all tabs but one empty one. */
  async closeTabs() {
    const empty = await this.#context.newPage();
    for (const page of this.#context.pages()) {
      if (page !== empty) await page.close();
    }
  }

  async stop() {
    this.thaw();
    await this.#context.close();
  }

  kill() {
    this.thaw();
  }

  /**
   * @param {'addHostPermission' | 'removeHostPermission'} change
   * @param {string} address
   */
  async #changeHost(change, address) {
    const { protocol, hostname } = new URL(address);
    const page = await this.#extensionsPage();
    await page.evaluate(
      ([id, name, pattern]) => /** @type {any} */ (globalThis).chrome.developerPrivate[/** @type {string} */ (name)](id, pattern),
      [this.#id, change, `${protocol}//${hostname}/*`],
    );
    await page.close();
  }

  async #extensionsPage() {
    const page = await this.#context.newPage();
    await page.goto('chrome://extensions/');
    return page;
  }
}

/** @implements {Tab} */
export class ChromiumTab {
  #page;

  /** @param {Page} page */
  constructor(page) {
    this.#page = page;
  }

  /** @param {string} url */
  async goTo(url) {
    await this.#page.goto(url);
  }

  async url() {
    return this.#page.url();
  }

  /**
   * @param {string} selector
   * @param {string} text
   */
  fill(selector, text) {
    return this.#page.fill(selector, text);
  }

  /** @param {string} selector */
  click(selector) {
    return this.#page.locator(selector).first().click({ noWaitAfter: true });
  }

  /** @param {string} selector */
  async text(selector) {
    return (await this.#page.locator(selector).first().textContent()) ?? '';
  }

  /** @param {string} selector */
  count(selector) {
    return this.#page.locator(selector).filter({ visible: true }).count();
  }

  /**
   * @param {string} selector
   * @param {string} name
   */
  attribute(selector, name) {
    return this.#page.locator(selector).first().getAttribute(name);
  }

  /**
   * @param {string} selector
   * @param {{ms?: number}} [options]
   */
  see(selector, { ms = SEE_MS } = {}) {
    return this.#page.locator(selector).filter({ visible: true }).first().waitFor({ timeout: ms });
  }

  /**
   * Waits until the button can be pressed.
   * @param {string} selector
   */
  async ready(selector) {
    await this.#page.locator(`${selector}:enabled`).first().waitFor({ timeout: SEE_MS });
  }

  /**
   * Runs a script in the page, as a page that was taken over might.
   * @template T
   * @param {() => T | Promise<T>} script
   * @returns {Promise<T>}
   */
  run(script) {
    return this.#page.evaluate(script);
  }

  /**
   * @param {string} selector
   * @param {string} value
   */
  async select(selector, value) {
    await this.#page.selectOption(selector, value);
  }

  /** @param {{width: number, height: number}} size */
  async resize(size) {
    await this.#page.setViewportSize(size);
  }

  /**
   * Chooses files as a person does.
   * @param {string} selector
   * @param {{name: string, mimeType: string, buffer: Buffer}[]} files
   */
  choose(selector, files) {
    return this.#page.locator(selector).setInputFiles(files);
  }

  /** @param {string} path */
  async screenshot(path) {
    await this.#page.screenshot({ path, fullPage: true });
  }

  /** @param {'light' | 'dark'} colorScheme that the person prefers */
  async prefer(colorScheme) {
    await this.#page.emulateMedia({ colorScheme });
  }

  close() {
    return this.#page.close();
  }
}
