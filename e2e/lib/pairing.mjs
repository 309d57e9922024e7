/** The steps a person takes to connect a browser, the same in every browser. */

import { until } from './until.mjs';

const CONNECT_MS = 60_000;

/** @typedef {import('./browser.mjs').Tab} Tab */
/** @typedef {import('./browser.mjs').Browser} Browser */
/** @typedef {import('./demo-moodle.mjs').Login} Login */

/**
 * @typedef {object} Wish
 * @property {string} service its address
 * @property {() => Promise<string>} signInLink a fresh one-time link, asked for only when it is needed
 * @property {string} moodle the site's address
 * @property {Login} login
 * @property {(name: string, tab: Tab) => Promise<void>} [picture] called where there is something to see
 */

/**
 * Does whatever is still missing until the browser is connected and signed in to the Moodle.
 * @param {Browser} browser
 * @param {Wish} wish
 */
export async function pair(browser, wish) {
  const picture = wish.picture ?? (async () => {});
  await logInToMoodle(browser, wish.moodle, wish.login);
  await agree(browser, picture);
  await browser.allowHost(wish.moodle);
  const popup = await openPopup(browser);
  try {
    if (await needsSignIn(popup, wish.service)) {
      if (!(await isSignedInToPortal(browser, wish.service))) {
        await signInToPortal(browser, await wish.signInLink(), picture);
      }
      await connect(browser, popup, picture);
    }
    await seeConnected(popup);
    await addMoodle(popup, wish.moodle);
    await picture('popup-connected', popup);
  } finally {
    await popup.close();
  }
}

/**
 * Logs in by the Moodle's own form, unless somebody is logged in.
 * @param {Browser} browser
 * @param {string} moodle
 * @param {Login} login
 */
export async function logInToMoodle(browser, moodle, { username, password }) {
  const tab = await browser.openTab(`${moodle}/login/index.php`);
  if ((await tab.count('#username')) > 0) {
    await tab.fill('#username', username);
    await tab.fill('#password', password);
    await tab.click('#loginbtn');
    await until('page after the login to Moodle', async () => (await tab.url()).includes('/my/'));
  }
  await tab.close();
}

/**
 * Agrees on the extension's first-run page.
 * @param {Browser} browser
 * @param {NonNullable<Wish['picture']>} picture
 */
async function agree(browser, picture) {
  const welcome = await browser.openTab(browser.extensionUrl('welcome/welcome.html'));
  await welcome.see('#consent, #next');
  if ((await welcome.count('#consent')) > 0) {
    await picture('welcome', welcome);
    await welcome.click('#consent');
    await welcome.see('#next');
    await picture('welcome-agreed', welcome);
  }
  await welcome.close();
}

/** @param {Browser} browser */
export async function openPopup(browser) {
  const popup = await browser.openTab(browser.extensionUrl('popup/popup.html'));
  await popup.see('#connection:not([data-state=""])');
  return popup;
}

/**
 * Whether a sign-in is due; if the service lives elsewhere than the extension thinks, the address is set.
 * @param {Tab} popup
 * @param {string} service
 */
async function needsSignIn(popup, service) {
  const host = service.replace(/^https?:\/\//, '');
  const signedIn = (await popup.count('#sign-out')) > 0;
  if ((await popup.text('#server-host')) === host) return !signedIn;
  if ((await popup.count('#server')) === 0) await popup.click('#service summary');
  await popup.fill('#server', service);
  if (signedIn) await popup.click('#save-server');
  await popup.see('#sign-in');
  return true;
}

/**
 * @param {Browser} browser
 * @param {string} service
 */
async function isSignedInToPortal(browser, service) {
  const tab = await browser.openTab(`${service}/dashboard`);
  const isSignedIn = (await tab.url()).includes('/dashboard');
  await tab.close();
  return isSignedIn;
}

/**
 * Opens the one-time link.
 * @param {Browser} browser
 * @param {string} link
 * @param {NonNullable<Wish['picture']>} picture
 */
export async function signInToPortal(browser, link, picture) {
  const tab = await browser.openTab(link);
  await until('page after the sign-in', async () => /\/(welcome|dashboard)\b/.test(await tab.url()));
  if ((await tab.url()).includes('/welcome')) await picture('portal-welcome', tab);
  await tab.close();
}

/**
 * Presses “Sign in” in the popup and “Allow” on the service's page.
 * @param {Browser} browser
 * @param {Tab} popup
 * @param {NonNullable<Wish['picture']>} picture
 */
async function connect(browser, popup, picture) {
  await picture('popup-signed-out', popup);
  const question = await browser.tabOpenedBy('/authorize', () => popup.click('#sign-in'));
  await question.see('#allow');
  await picture('authorize', question);
  await question.click('#allow');
}

/**
 * Waits until the popup says that the browser is connected.
 * @param {Tab} popup
 */
export async function seeConnected(popup) {
  await popup.see('#connection[data-state="connected"]', { ms: CONNECT_MS });
}

/**
 * Adds the Moodle unless it is there, and removes others, which an earlier demo may have left.
 * @param {Tab} popup
 * @param {string} moodle
 */
async function addMoodle(popup, moodle) {
  const name = moodle.replace(/^https?:\/\//, '');
  const own = `#sites li[data-site="${name}"]`;
  if ((await popup.count(own)) === 0) {
    await popup.fill('#moodle-url', moodle);
    await popup.click('#add-moodle');
  }
  await popup.see(`${own}[data-state="signed_in"]`);
  const other = `#sites li:not([data-site="${name}"])`;
  for (let left = await popup.count(other); left > 0; left -= 1) {
    await popup.click(`${other} .remove`);
    await until('site removed', async () => (await popup.count(other)) < left);
  }
}
