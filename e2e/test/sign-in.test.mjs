/** People who sign in at their university: each gets a key once, connects a browser, and sees nothing of the others. */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { COURSES, dataOf, namesOf } from './expected.mjs';
import { World } from './world.mjs';
import { findChromium, startChromium } from '../lib/chromium.mjs';
import { providerSettings, startFakeIssuer } from '../lib/fake-issuer.mjs';
import { openPopup, pair, seeConnected } from '../lib/pairing.mjs';
import { until } from '../lib/until.mjs';

const LANE_MS = 5 * 60_000;

/** Design 6: an open WebSocket closes within 5 s; the rest is for a computer that is busy. */
const AT_ONCE_MS = 10_000;

const ANNA = { subject: 'u-1', email: 'anna@uni.example', name: 'Anna أحمد 🧪 Example' };
const BEN = { subject: 'u-1', email: 'ben@college.example', name: 'Ben Example' };

describe('Somebody who signs in with a provider', { timeout: LANE_MS }, () => {
  /** @type {World} */
  let world;
  /** @type {import('../lib/chromium.mjs').Chromium} */
  let annas;
  /** @type {import('../lib/mcp.mjs').McpEndpoint} */
  let anna;
  /** @type {import('../lib/chromium.mjs').Chromium} */
  let bens;
  /** @type {import('../lib/mcp.mjs').McpEndpoint} */
  let ben;

  before(async () => {
    world = new World('sign-in');
    const { java, testkit } = world.places;
    const [uni, college] = await Promise.all([ANNA, BEN].map((person) => startFakeIssuer(person, {
      java, testkit, log: world.artefact(`issuer-of-${person.email}.log`), running: world.running,
    })));
    assert.ok(uni && college);
    await world.start({
      ...providerSettings('UNI', 'Example University', uni), ...providerSettings('COLLEGE', 'Example College', college),
    });
    annas = await startBrowser('anna');
  });
  after(() => world?.end());

  /** @param {string} profile */
  async function startBrowser(profile) {
    const program = findChromium();
    assert.ok(program, 'There is no Chromium-family browser on this computer. On Debian: apt install chromium');
    return startChromium({
      program, extension: world.places.chromium, profile: world.folder(profile), running: world.running,
    });
  }

  /**
   * Signs in as a person does who has never been here, and gives the key that is shown.
   * @param {import('../lib/chromium.mjs').Chromium} browser
   * @param {string} provider
   */
  async function signUp(browser, provider) {
    const tab = await browser.openTab(`${world.service.url}/dashboard`);
    await world.picture(`sign-in-${provider}`, tab);
    await tab.click(`a:has-text("Continue with ${provider}")`);
    await tab.see('#secret');
    await world.picture(`welcome-${provider}`, tab);
    const key = (await tab.text('#secret')).trim();
    await tab.goTo(await tab.url());
    assert.equal(await tab.count('#secret'), 0, 'the key is shown once');
    await tab.close();
    return world.mcp(key);
  }

  /**
   * @param {import('../lib/chromium.mjs').Chromium} browser
   * @param {string} username
   */
  async function connect(browser, username) {
    await pair(browser, {
      service: world.service.url,
      signInLink: () => assert.fail('The person is signed in already.'),
      moodle: world.moodle.url,
      login: world.moodle.login(username),
    });
  }

  /** @param {import('../lib/mcp.mjs').McpEndpoint} mcp */
  async function coursesOf(mcp) {
    return namesOf(dataOf(await mcp.callTool('list_courses')).courses);
  }

  test('gets a key once, connects the browser, and the first call works', async () => {
    anna = await signUp(annas, 'Example University');
    assert.deepEqual((await anna.callTool('get_status')).data.browsers, []);
    await connect(annas, 'anna');
    assert.deepEqual(await coursesOf(anna), COURSES);
  });

  test('is the same person the next time, without another key', async () => {
    const again = await startBrowser('annas-other');
    const tab = await again.openTab(`${world.service.url}/sign-in`);
    await tab.click('a:has-text("Continue with Example University")');
    await until('dashboard', async () => (await tab.url()).endsWith('/dashboard'));
    assert.ok((await tab.text('h1')).includes(ANNA.name));
    assert.equal(await tab.count('.browsers > li'), 1);
    assert.equal(await tab.count('.keys > li'), 1);
    await world.picture('dashboard-anna', tab);
    await again.stop();
  });

  test('is nobody else, though another provider uses the same name for them', async () => {
    bens = await startBrowser('ben');
    ben = await signUp(bens, 'Example College');
    assert.deepEqual((await ben.callTool('get_status')).data.browsers, []);
    assert.equal((await ben.callTool('list_courses')).outcome, 'not_delivered');
    const tab = await bens.openTab(`${world.service.url}/dashboard`);
    assert.ok((await tab.text('h1')).includes(BEN.name));
    assert.equal(await tab.count('.browsers > li'), 0);
    assert.equal(await tab.count('.keys > li'), 1);
    await tab.close();

    await connect(bens, 'ben');
    const courses = await coursesOf(ben);
    assert.ok(Object.keys(courses).length > 0);
    assert.notDeepEqual(courses, COURSES);
    assert.deepEqual(await coursesOf(anna), COURSES);
  });

  test('disconnects a browser at the portal: it shows so at once, and no call reaches it', async (t) => {
    const popup = await openPopup(annas);
    await seeConnected(popup);
    const dashboard = await annas.openTab(`${world.service.url}/dashboard`);
    await dashboard.click('.browsers summary');
    await dashboard.see('.browsers .danger');
    await world.picture('disconnect', dashboard);
    const start = Date.now();
    await dashboard.click('.browsers .danger');
    await popup.see('#connection[data-state="signed_out"]', { ms: AT_ONCE_MS });
    t.diagnostic(`shown after ${Date.now() - start} ms`);
    await world.picture('disconnected', popup);
    assert.equal((await anna.callTool('list_courses')).outcome, 'not_delivered');
    assert.equal((await anna.callTool('get_status')).data.connected, false);
    assert.ok(Object.keys(await coursesOf(ben)).length > 0, 'the other person notices nothing');
    await popup.close();
    await dashboard.close();
  });

  test('revokes the key: the next call is refused', async () => {
    const dashboard = await annas.openTab(`${world.service.url}/dashboard`);
    await dashboard.click('.keys summary:has-text("Revoke")');
    await dashboard.click('.keys .danger');
    await until('list without the key', async () => (await dashboard.count('.keys > li')) === 0);
    assert.equal((await anna.request('tools/list')).status, 401);
    assert.equal((await ben.request('tools/list')).status, 200);
    await dashboard.close();
  });
});
