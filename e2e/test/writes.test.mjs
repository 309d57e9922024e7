/** Writes in Chromium: each is shown to its person, carried out once when they say so, and read back. */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ACCOUNT, World } from './world.mjs';
import { dataOf } from './expected.mjs';
import { findChromium, startChromium } from '../lib/chromium.mjs';
import { openPopup, pair } from '../lib/pairing.mjs';
import { until } from '../lib/until.mjs';

const LANE_MS = 8 * 60_000;
const APPROVE = 'approve/approve.html';

/** @typedef {import('../lib/chromium.mjs').ChromiumTab} ChromiumTab */
/** @typedef {import('../lib/mcp.mjs').ToolAnswer} ToolAnswer */

describe('A write', { timeout: LANE_MS }, () => {
  /** @type {World} */
  let world;
  /** @type {import('../lib/chromium.mjs').Chromium} */
  let browser;
  /** @type {import('../lib/mcp.mjs').McpEndpoint} */
  let mcp;

  before(async () => {
    const program = findChromium();
    assert.ok(program, 'There is no Chromium-family browser on this computer. On Debian: apt install chromium');
    world = new World('writes');
    await world.start();
    const started = startChromium({
      program, extension: world.places.chromium, profile: world.folder('profile'), running: world.running,
    });
    const flags = ['--write', '--toolsets', 'student,student-write'];
    mcp = world.mcp(await world.service.newKey(ACCOUNT, 'Test', ...flags));
    browser = await started;
    await pair(browser, {
      service: world.service.url, signInLink: () => world.service.newLink(ACCOUNT), moodle: world.moodle.url,
      login: world.moodle.login('anna'),
    });
    await browser.closeTabs();
  });
  after(() => world?.end());

  /**
   * Calls a tool that asks, looks at the question and decides.
   * @param {string} tool
   * @param {Record<string, unknown>} args
   * @param {{decide?: string, look?: (window: ChromiumTab, text: string) => Promise<void>}} [person]
   * @returns {Promise<ToolAnswer>}
   */
  async function write(tool, args, { decide = '#approve', look = async () => {} } = {}) {
    const ending = mcp.callTool(tool, args);
    ending.catch(() => {});
    const window = await browser.extensionWindow(APPROVE, '#question h2');
    await look(window, await window.text('#question'));
    await window.ready(decide);
    await world.picture(tool, window);
    await window.click(decide);
    const answer = await ending;
    await until('the end of the question', async () => (await browser.badge()) === '');
    return answer;
  }

  /** @param {ToolAnswer} answer */
  function verifiedReceipt(answer) {
    const { verified, receipt } = dataOf(answer);
    assert.equal(verified, true, answer.text);
    return receipt;
  }

  test('is offered to keys that may write, and to no others', async () => {
    const key = await world.service.newKey(ACCOUNT, 'Reads');
    const names = async (/** @type {typeof mcp} */ endpoint) => (await endpoint.request('tools/list')).body.result.tools
      .map((/** @type {any} */ tool) => tool.name);
    assert.ok((await names(mcp)).includes('send_message'));
    assert.equal((await names(world.mcp(key))).includes('send_message'), false);
  });

  test('is shown in full, and made when the person says so', async () => {
    const text = 'Hello <b>Ben</b> & co\nשלום 😀\u202Ehidden';
    const receipt = verifiedReceipt(await write('send_message', { user_id: 4, text }, {
      async look(window, shown) {
        assert.match(shown, /Ben Beispiel/);
        assert.ok(shown.includes(world.moodle.site));
        assert.equal(await window.text('.written'), text.replace('\u202E', '⟨U+202E⟩'));
        assert.equal(await window.count('#always'), 0, 'a message is never allowed for all times');
        assert.equal(await browser.badge(), '1');
      },
    }));
    const { messages } = dataOf(await mcp.callTool('read_conversation', { conversation_id: receipt.conversation_id, limit: 1 }));
    assert.deepEqual([messages[0].id, messages[0].from.you], [receipt.message_id, true]);
    assert.match(messages[0].text, /^Hello <b>Ben<\/b> & co\nשלום 😀/);
  });

  test('that the person refuses is not made', async () => {
    await world.moodle.forgetTraffic();
    const answer = await write('send_message', { user_id: 4, text: 'No' }, { decide: '#deny' });
    assert.deepEqual([answer.isError, answer.outcome], [true, 'rejected']);
    const { functions } = await world.moodle.traffic();
    assert.equal(functions.some(({ name }) => name.includes('send')), false);
  });

  test('is not approved by a script, by a click in the first moment, by another page, or by a web page', async () => {
    const ending = mcp.callTool('send_message', { user_id: 4, text: 'By a script' });
    const window = await browser.extensionWindow(APPROVE, '#question h2');
    await window.run(() => {
      const button = /** @type {HTMLButtonElement} */ (document.getElementById('approve'));
      button.disabled = false;
      button.click();
      button.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    });
    await window.ready('#approve');
    await window.run(() => {
      const button = /** @type {HTMLButtonElement} */ (document.getElementById('approve'));
      button.click();
      button.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    });
    const page = await browser.openTab(`${world.moodle.url}/my/`);
    const reached = await page.run(() => {
      const { chrome } = /** @type {any} */ (globalThis);
      return typeof chrome?.runtime?.sendMessage === 'function';
    });
    assert.equal(reached, false, 'a web page can send messages to the extension');
    await page.close();
    assert.equal(await window.count('#question h2'), 1, 'the question was decided');
    await window.ready('#deny');
    await window.click('#deny');
    assert.equal((await ending).outcome, 'rejected');
  });

  test('waits for its person longer than the call does, and is joined by its key', async () => {
    const args = { name: 'Learn <now> 📚', start: '2026-12-01T10:00', duration_minutes: 60, location: 'Library' };
    const waiting = await mcp.callTool('save_event', args);
    assert.equal(waiting.outcome, 'waiting_for_approval', waiting.text);
    const key = /request_key ([!-~]+?)[;,.]/.exec(waiting.text)?.[1];
    assert.ok(key, waiting.text);
    const ending = mcp.callTool('save_event', { ...args, request_key: key });
    const window = await browser.extensionWindow(APPROVE, '#question h2');
    assert.match(await window.text('#question'), /Learn <now> 📚.*2026-12-01T10:00:00\+01:00 \(Europe\/Berlin\)/s);
    await window.ready('#approve');
    await window.click('#approve');
    const { event_id: id } = verifiedReceipt(await ending);
    const again = await mcp.callTool('save_event', { ...args, request_key: key });
    assert.match(again.text, /carried out already/);
    const { events } = dataOf(await mcp.callTool('list_events', { from: '2026-12-01', days: 1 }));
    assert.equal(events.filter((/** @type {any} */ one) => one.name === args.name).length, 1);

    const gone = verifiedReceipt(await write('delete_event', { event_id: id }));
    assert.equal(gone.deleted_event_id, id);
  });

  test('that the worker forgets is not made, and the window says so', async () => {
    const ending = mcp.callTool('set_completion', { course_id: 2, activity_id: 104 });
    const window = await browser.extensionWindow(APPROVE, '#question h2');
    await browser.killWorker();
    const answer = await ending;
    assert.equal(answer.outcome, 'not_delivered', answer.text);
    await until('word of the end', async () => /taken back/.test(await window.text('#message')));
    assert.equal(await window.count('#question h2'), 0);
    await window.close();
    await until('answer of the browser', async () => (await mcp.callTool('get_status')).data.browsers[0]?.answers === true,
      { ms: 60_000 });
  });

  test('of a kind that the person allowed on the site is made without a question', async () => {
    const tick = { course_id: 2, activity_id: 104 };
    const receipt = verifiedReceipt(await write('set_completion', tick, { decide: '#always' }));
    assert.deepEqual(receipt, { activity_id: 104, completion: 'complete' });
    assert.equal(verifiedReceipt(await mcp.callTool('set_completion', { ...tick, done: false })).completion, 'incomplete');
  });

  test('that others see is asked for though it was allowed, because their texts were read', async () => {
    const reply = { discussion_id: 501, post_id: 9003, text: 'Plastic.' };
    verifiedReceipt(await write('post_reply', reply, { decide: '#always' }));
    verifiedReceipt(await write('post_reply', { ...reply, text: 'Or wood.' }, {
      async look(window) { await window.see('.warning >> nth=1'); },
    }));
    const { posts } = dataOf(await mcp.callTool('read_discussion', { discussion_id: 501 }));
    assert.deepEqual(posts.slice(-2).map((/** @type {any} */ post) => post.text), ['Plastic.', 'Or wood.']);
  });

  test('marks as read', async () => {
    verifiedReceipt(await write('mark_read', {}));
    assert.equal(dataOf(await mcp.callTool('list_notifications')).unread, 0);
    verifiedReceipt(await write('mark_read', { conversation_id: 801 }));
    assert.equal(dataOf(await mcp.callTool('list_conversations')).conversations[0].unread, 0);
  });

  test('is not even asked for when Moodle would refuse it', async () => {
    const answer = await mcp.callTool('delete_event', { event_id: 6 });
    assert.deepEqual([answer.isError, answer.outcome], [true, 'failed'], answer.text);
    const popup = await openPopup(browser);
    assert.equal(await browser.badge(), '');
    await popup.close();
  });
});
