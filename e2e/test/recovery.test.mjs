/** What breaks while a browser works: it comes back by itself, and no call in between hangs, lies or runs late. */

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { Assistant, DEADLINE_MS, SOON_MS, assertNotDelivered } from './assistant.mjs';
import { COURSES, dataOf, namesOf } from './expected.mjs';
import { ACCOUNT, World } from './world.mjs';
import { findChromium, startChromium } from '../lib/chromium.mjs';
import { openPopup, pair, seeConnected } from '../lib/pairing.mjs';
import { until } from '../lib/until.mjs';

const LANE_MS = 9 * 60_000;
const SLEEP_MS = 90_000;

describe('A browser that was cut off', { timeout: LANE_MS }, () => {
  /** @type {World} */
  let world;
  /** @type {import('../lib/chromium.mjs').Chromium} */
  let browser;
  /** @type {Assistant} */
  let assistant;

  before(async () => {
    const program = findChromium();
    assert.ok(program, 'There is no Chromium-family browser on this computer. On Debian: apt install chromium');
    world = new World('recovery');
    await world.start();
    const started = startChromium({
      program, extension: world.places.chromium, profile: world.folder('profile'), running: world.running,
    });
    const key = await world.service.newKey(ACCOUNT, 'Test');
    browser = await started;
    await browser.recordFrames(world.artefact('frames.log'));
    assistant = new Assistant(world, key);
    await pair(browser, {
      service: world.service.url,
      signInLink: () => world.service.firstLink(),
      moodle: world.moodle.url,
      login: world.moodle.login('anna'),
    });
    await browser.closeTabs();
  });
  afterEach(() => world.moodle.fault('none'));
  after(() => world?.end());

  test('ends a call soon when its service worker is killed, and the next one works', async (t) => {
    /** @type {Promise<import('./assistant.mjs').Ended> | null} */
    let ending = null;
    await browser.killWorker(async () => { ({ ending } = await assistant.callInFlight()); });
    assert.ok(ending);
    assertNotDelivered(await ending, SOON_MS);
    await world.moodle.fault('none');
    t.diagnostic(await assistant.untilAnswering());
    await assistant.assertWorks();
  });

  test('ends a call truthfully when the service is restarted, and comes back', async (t) => {
    const { ending } = await assistant.callInFlight();
    await world.service.stop();
    assertNotDelivered(await ending, SOON_MS);
    await world.moodle.fault('none');
    await world.startService();
    t.diagnostic(await assistant.untilAnswering());
    await assistant.assertWorks();
  });

  test('runs nothing late when the service crashed, and comes back', async (t) => {
    const { ending } = await assistant.callInFlight();
    await world.service.crash();
    await assert.rejects(ending, /fetch failed|terminated/);
    await world.moodle.fault('none');
    await world.moodle.forgetTraffic();
    await world.startService();
    t.diagnostic(await assistant.untilAnswering());
    assert.deepEqual(await assistant.asked(), []);
    await assistant.assertWorks();
  });

  test('works side by side with a second browser of the account', async () => {
    const program = findChromium();
    assert.ok(program);
    const [first] = await assistant.answering();
    const other = await startChromium({
      program, extension: world.places.chromium, profile: world.folder('second'), running: world.running,
    });
    await pair(other, {
      service: world.service.url,
      signInLink: () => world.service.newLink(ACCOUNT),
      moodle: world.moodle.url,
      login: world.moodle.login('ben'),
    });
    const both = await assistant.answering();
    assert.equal(both.length, 2);
    const second = both.find((/** @type {any} */ one) => one.id !== first.id);
    const unclear = await assistant.call('list_courses');
    assertNotDelivered(unclear, SOON_MS);
    for (const { id } of both) assert.ok(unclear.text.includes(id), unclear.text);

    const courses = await Promise.all([first, second].map(async ({ id }) => (
      dataOf(await assistant.call('list_courses', { browser: id })).courses)));
    assert.deepEqual(namesOf(courses[0]), COURSES);
    assert.notDeepEqual(courses[1], courses[0], 'Ben sees other courses than Anna');
    await other.stop();
    await until('end of the second browser', async () => (await assistant.answering()).length === 1);
    await assistant.assertWorks();
    assertNotDelivered(await assistant.call('list_courses', { browser: second.id }), SOON_MS);
  });

  // The one test that waits for the clock: the deadlines it tries, of the service and of the network, run in real time.
  test('comes back after a sleep of 90 s', async (t) => {
    const { ending } = await assistant.callInFlight();
    await browser.freeze();
    const asleep = Date.now();
    await world.moodle.fault('none');
    const duringSleep = [ending, assistant.call('get_course', { course_id: 2 }), assistant.call('list_courses')];
    await until('second half of the sleep', () => Date.now() - asleep > SLEEP_MS / 2);
    duringSleep.push(assistant.call('get_course', { course_id: 2 }));
    await until('end of the connection', async () => (await assistant.call('get_status')).data?.connected === false);
    t.diagnostic(`told as gone after ${Date.now() - asleep} ms of sleep`);
    assertNotDelivered(await assistant.call('list_courses'), SOON_MS);
    for (const ended of await Promise.all(duringSleep)) assertNotDelivered(ended, DEADLINE_MS);
    await until('end of the sleep', () => Date.now() - asleep > SLEEP_MS);
    await world.moodle.forgetTraffic();
    browser.thaw();
    t.diagnostic(await assistant.untilAnswering());
    assert.deepEqual(await assistant.asked(), []);
    await assistant.assertWorks();
    const popup = await openPopup(browser);
    await seeConnected(popup);
    await popup.close();
  });
});
