/** The main job in Firefox. */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { FILE_PAGES, readDocuments } from './documents.mjs';
import { COURSES, activityOf, dataOf, namesOf } from './expected.mjs';
import { ACCOUNT, World } from './world.mjs';
import { Assistant, SOON_MS, assertNotDelivered } from './assistant.mjs';
import { findFirefox, startFirefox } from '../lib/firefox.mjs';
import { logInToMoodle, openPopup, pair, seeConnected } from '../lib/pairing.mjs';
import { until } from '../lib/until.mjs';
import { withClient } from './clients.mjs';

const LANE_MS = 6 * 60_000;
const RECOVERY_MS = 60_000;

describe('In Firefox', { timeout: LANE_MS }, () => {
  /** @type {World} */
  let world;
  /** @type {import('../lib/firefox.mjs').Firefox} */
  let browser;
  let key = '';
  let isPaired = false;

  before(async () => {
    const program = findFirefox();
    assert.ok(program, 'There is no Firefox on this computer. On Debian: apt install firefox-esr');
    world = new World('firefox');
    await world.start();
    [key, browser] = await Promise.all([
      world.service.newKey(ACCOUNT, 'Test'),
      startFirefox({
        program, extension: world.places.firefox, profile: world.folder('profile'), log: world.artefact('firefox.log'),
        running: world.running,
      }),
    ]);
  });
  after(() => world?.end());

  /** The endpoint, once the browser is connected. */
  function mcp() {
    assert.ok(isPaired, 'The browser was not connected.');
    return world.mcp(key);
  }

  async function assertWorks() {
    assert.deepEqual(namesOf(dataOf(await mcp().callTool('list_courses')).courses), COURSES);
  }

  test('a person connects the browser in a few steps', async () => {
    await pair(browser, {
      service: world.service.url,
      signInLink: () => world.service.firstLink(),
      moodle: world.moodle.url,
      login: world.moodle.login('anna'),
      picture: (name, tab) => world.picture(name, tab),
    });
    await browser.closeTabs();
    isPaired = true;
  });

  test('a client lists and calls the tools', async () => {
    mcp();
    await withClient(world.service.url, key, async (client) => {
      const status = dataOf(await client.callTool('get_status'));
      assert.match(status.browsers[0].name, /^Firefox on /);
      assert.equal(status.browsers[0].sites[0].state, 'signed_in');
      const data = dataOf(await client.callTool('list_courses'));
      assert.deepEqual(namesOf(data.courses), COURSES);
      const course = dataOf(await client.callTool('get_course', { course_id: 2 }));
      assert.equal(activityOf(course, 106).name, 'Report 1: <Title> & abstract');
      assert.match(course.course.summary, /Notes <daily>/);
    });
  });

  test('documents are read in the event page', async () => {
    await readDocuments(mcp());
  });

  test('a call ends soon when its event page is suspended, and the next one works', async (t) => {
    mcp();
    const assistant = new Assistant(world, key);
    const { ending } = await assistant.callInFlight();
    await browser.endBackground();
    assertNotDelivered(await ending, SOON_MS);
    await world.moodle.fault('none');
    t.diagnostic(await assistant.untilAnswering());
    await assistant.assertWorks();
  });

  test('a call ends truthfully when the service is restarted, and the browser comes back', async (t) => {
    mcp();
    const assistant = new Assistant(world, key);
    const { ending } = await assistant.callInFlight();
    await world.service.stop();
    assertNotDelivered(await ending, SOON_MS);
    await world.moodle.fault('none');
    await world.moodle.forgetTraffic();
    await world.startService();
    t.diagnostic(await assistant.untilAnswering());
    assert.deepEqual(await assistant.asked(), []);
    await assistant.assertWorks();
    const popup = await openPopup(browser);
    await seeConnected(popup);
    await popup.close();
  });

  test('logged out of Moodle, the answer says so; after the login all is well', async () => {
    mcp();
    await world.moodle.logOutEverybody();
    const answer = await mcp().callTool('list_courses');
    assert.equal(answer.isError, true);
    assert.match(answer.text, /Nobody is signed in to/);
    const popup = await openPopup(browser);
    await popup.see('#sites li[data-state="signed_out"]');
    await world.picture('popup-moodle-signed-out', popup);
    await popup.close();
    await logInToMoodle(browser, world.moodle.url, world.moodle.login('anna'));
    await assertWorks();
  });

  test('no attempt of a quiz was ever asked for', async () => {
    const { attempts, requests } = await world.moodle.traffic();
    assert.equal(attempts, 0);
    assert.deepEqual(requests.filter(({ path }) => path.includes('/mod/') && !FILE_PAGES.test(path)), []);
  });

  test('when the browser is closed the answer says so', async () => {
    mcp();
    await browser.stop();
    await until('end of the connection', async () => !(await mcp().callTool('get_status')).data.connected, { ms: RECOVERY_MS });
    const answer = await mcp().callTool('list_courses');
    assert.match(answer.text, /No browser is connected/);
  });
});
