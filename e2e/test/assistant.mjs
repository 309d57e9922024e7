/** An assistant that calls the tools while something breaks, and minds how and when each call ends. */

import assert from 'node:assert/strict';
import { COURSES, dataOf, namesOf } from './expected.mjs';
import { until } from '../lib/until.mjs';

const RECOVERY_MS = 60_000;

/** A call's deadline is 45 s; the rest is for a computer that is busy. */
export const DEADLINE_MS = 55_000;

/** The longest for a call whose end is known long before its deadline. */
export const SOON_MS = 15_000;

/** Longer than any call waits. */
const SLOW_MS = 60_000;

/** The calls of Moodle's AJAX service that only the tools make. */
const READING = /^core_course(format)?_/;

/** @typedef {import('../lib/mcp.mjs').ToolAnswer & {ms: number}} Ended how a call ended, and after how long */

/**
 * @param {Ended} ended
 * @param {number} ms how long at most
 */
export function assertNotDelivered({ outcome, text, ms: took }, ms) {
  assert.equal(outcome, 'not_delivered', text);
  assert.ok(took <= ms, `the call ended after ${took} ms only`);
}

/** Calls with one key. */
export class Assistant {
  #mcp;
  #moodle;

  /**
   * @param {import('./world.mjs').World} world
   * @param {string} key
   */
  constructor(world, key) {
    this.#mcp = world.mcp(key);
    this.#moodle = world.moodle;
  }

  /**
   * @param {string} tool
   * @param {Record<string, unknown>} [args]
   * @returns {Promise<Ended>}
   */
  async call(tool, args = {}) {
    const start = Date.now();
    const answer = await this.#mcp.callTool(tool, args);
    return { ...answer, ms: Date.now() - start };
  }

  /** Makes a call that has reached the Moodle, which takes its time to answer until the fault is over. */
  async callInFlight() {
    await this.#moodle.fault('slow', 'ajax', SLOW_MS);
    await this.#moodle.forgetTraffic();
    const ending = this.call('list_courses');
    ending.catch(() => {});
    await this.#moodle.untilAsked();
    return { ending };
  }

  /** The browsers that answer now. */
  async answering() {
    const { data } = await this.#mcp.callTool('get_status');
    return data.browsers.filter((/** @type {any} */ browser) => browser.answers);
  }

  /**
   * Waits until a browser answers again.
   * @returns {Promise<string>} how long that took, for the log
   */
  async untilAnswering() {
    const start = Date.now();
    await until('answer of the browser', async () => (await this.answering()).length > 0, { ms: RECOVERY_MS });
    return `answered again after ${Date.now() - start} ms`;
  }

  async assertWorks() {
    assert.deepEqual(namesOf(dataOf(await this.#mcp.callTool('list_courses')).courses), COURSES);
  }

  /** What the tools asked of the Moodle since its traffic was forgotten. */
  async asked() {
    return (await this.#moodle.traffic()).functions.filter(({ name }) => READING.test(name));
  }
}
