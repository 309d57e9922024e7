/** What breaks while a browser works: it comes back by itself, and no call in between hangs, lies or runs late. */

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { COURSES, dataOf, namesOf } from './expected.mjs';
import { ACCOUNT, World } from './world.mjs';
import { findChromium, startChromium } from '../lib/chromium.mjs';
import { openPopup, pair, seeConnected } from '../lib/pairing.mjs';
import { until } from '../lib/until.mjs';

const LANE_MS = 9 * 60_000;
const RECOVERY_MS = 60_000;

/** A call's deadline is 45 s; the rest is for a computer that is busy. */
const DEADLINE_MS = 55_000;

const SOON_MS = 5_000;

const SLEEP_MS = 90_000;

/** The calls of Moodle's AJAX service that only the tools make. */
const READING = /^core_course(format)?_/;

describe('A browser that was cut off', { timeout: LANE_MS }, () => {
  /** @type {World} */
  let world;
  /** @type {import('../lib/chromium.mjs').Chromium} */
  let browser;
  /** @type {import('../lib/mcp.mjs').McpEndpoint} */
  let mcp;

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
    mcp = world.mcp(key);
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

  /**
   * Makes a call and tells how it ended, and when.
   * @param {string} tool
   * @param {Record<string, unknown>} [args]
   */
  async function call(tool, args = {}) {
    const start = Date.now();
    const answer = await mcp.callTool(tool, args);
    return { ...answer, ms: Date.now() - start };
  }

  /** A call that has reached the Moodle, which takes its time to answer. */
  async function callInFlight() {
    await world.moodle.fault('slow', 'ajax');
    await world.moodle.forgetTraffic();
    const ending = call('list_courses');
    ending.catch(() => {});
    await world.moodle.untilAsked();
    return { ending };
  }

  /**
   * @param {{outcome?: string, text: string, ms: number}} ended
   * @param {number} ms how long at most
   */
  function assertNotDelivered({ outcome, text, ms: took }, ms) {
    assert.equal(outcome, 'not_delivered', text);
    assert.ok(took <= ms, `the call ended after ${took} ms only`);
  }

  /** Waits until the browser answers the service again. */
  async function untilAnswering() {
    const start = Date.now();
    await until('answer of the browser', async () => (await answering()).length > 0, { ms: RECOVERY_MS });
    return Date.now() - start;
  }

  /** The browsers that answer now. */
  async function answering() {
    const { data } = await mcp.callTool('get_status');
    return data.browsers.filter((/** @type {any} */ one) => one.answers);
  }

  async function assertWorks() {
    assert.deepEqual(namesOf(dataOf(await mcp.callTool('list_courses')).courses), COURSES);
  }

  /** What the tools asked of the Moodle. */
  async function asked() {
    return (await world.moodle.traffic()).functions.filter(({ name }) => READING.test(name));
  }

  test('ends a call soon when its service worker is killed, and the next one works', async (t) => {
    /** @type {Promise<Awaited<ReturnType<typeof call>>> | null} */
    let ending = null;
    await browser.killWorker(async () => { ({ ending } = await callInFlight()); });
    assert.ok(ending);
    assertNotDelivered(await ending, SOON_MS);
    await world.moodle.fault('none');
    t.diagnostic(`answered again after ${await untilAnswering()} ms`);
    await assertWorks();
  });

  test('ends a call truthfully when the service is restarted, and comes back', async (t) => {
    const { ending } = await callInFlight();
    await world.service.stop();
    assertNotDelivered(await ending, SOON_MS);
    await world.moodle.fault('none');
    await world.startService();
    t.diagnostic(`answered again after ${await untilAnswering()} ms`);
    await assertWorks();
  });

  test('runs nothing late when the service crashed, and comes back', async (t) => {
    const { ending } = await callInFlight();
    await world.service.crash();
    await assert.rejects(ending, /fetch failed|terminated/);
    await world.moodle.fault('none');
    await world.moodle.forgetTraffic();
    await world.startService();
    t.diagnostic(`answered again after ${await untilAnswering()} ms`);
    assert.deepEqual(await asked(), []);
    await assertWorks();
  });

  test('works side by side with a second browser of the account', async () => {
    const program = findChromium();
    assert.ok(program);
    const [first] = await answering();
    const other = await startChromium({
      program, extension: world.places.chromium, profile: world.folder('second'), running: world.running,
    });
    await pair(other, {
      service: world.service.url,
      signInLink: () => world.service.newLink(ACCOUNT),
      moodle: world.moodle.url,
      login: world.moodle.login('ben'),
    });
    const both = await answering();
    assert.equal(both.length, 2);
    const second = both.find((/** @type {any} */ one) => one.id !== first.id);
    const unclear = await call('list_courses');
    assertNotDelivered(unclear, SOON_MS);
    for (const { id } of both) assert.ok(unclear.text.includes(id), unclear.text);

    const courses = await Promise.all([first, second].map(async ({ id }) => (
      dataOf(await call('list_courses', { browser: id })).courses)));
    assert.deepEqual(namesOf(courses[0]), COURSES);
    assert.notDeepEqual(courses[1], courses[0], 'Ben sees other courses than Anna');
    await other.stop();
    await until('end of the second browser', async () => (await answering()).length === 1);
    await assertWorks();
    assertNotDelivered(await call('list_courses', { browser: second.id }), SOON_MS);
  });

  // The one test that waits for the clock: the deadlines it tries, of the service and of the network, run in real time.
  test('comes back after a sleep of 90 s', async (t) => {
    const { ending } = await callInFlight();
    await browser.freeze();
    const asleep = Date.now();
    await world.moodle.fault('none');
    const duringSleep = [ending, call('get_course', { course_id: 2 }), call('list_courses')];
    await until('second half of the sleep', () => Date.now() - asleep > SLEEP_MS / 2);
    duringSleep.push(call('get_course', { course_id: 2 }));
    await until('end of the connection', async () => (await call('get_status')).data?.connected === false);
    t.diagnostic(`told as gone after ${Date.now() - asleep} ms of sleep`);
    assertNotDelivered(await call('list_courses'), SOON_MS);
    for (const ended of await Promise.all(duringSleep)) assertNotDelivered(ended, DEADLINE_MS);
    await until('end of the sleep', () => Date.now() - asleep > SLEEP_MS);
    await world.moodle.forgetTraffic();
    browser.thaw();
    t.diagnostic(`answered again after ${await untilAnswering()} ms`);
    assert.deepEqual(await asked(), []);
    await assertWorks();
    const popup = await openPopup(browser);
    await seeConnected(popup);
    await popup.close();
  });
});
