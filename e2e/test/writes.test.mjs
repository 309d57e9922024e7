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

  test('is refused where the person settled so, and everything is while it is paused', async () => {
    const options = await browser.openTab(browser.extensionUrl('options/options.html'));
    await options.see('.kinds select');
    await options.select('select[id$="set_completion"]', 'deny');
    await options.see('#message[data-kind="done"]');
    const tick = { course_id: 2, activity_id: 104 };
    assert.equal((await mcp.callTool('set_completion', tick)).outcome, 'rejected');
    await options.click('#paused');
    await until('the badge of a pause', async () => (await browser.badge()) === 'II');
    const paused = await mcp.callTool('list_courses');
    assert.match(paused.text, /The person has paused Moodle MCP/);
    await world.picture('paused', await openPopup(browser));
    await options.click('#paused');
    await options.click('#read-only');
    await until('switch', async () => (await options.count('.kinds select:disabled')) > 0);
    assert.equal((await mcp.callTool('mark_read')).outcome, 'rejected');
    await options.click('#read-only');
    await until('switch', async () => (await options.count('.kinds select:disabled')) === 0);
    await options.see('#activity tbody tr');
    assert.match(await options.text('#activity tbody'), /set_completion.*no|rejected/s);
    assert.doesNotMatch(await options.text('#activity tbody'), /Hello|Plastic|Learn/);
    for (const scheme of /** @type {const} */ (['light', 'dark'])) {
      await options.prefer(scheme);
      await world.picture(`options-${scheme}`, options);
    }
    await options.resize({ width: 360, height: 700 });
    await world.picture('options-narrow', options);
    await options.click('#clear');
    await options.see('#no-activity');
    await options.close();
    await browser.closeTabs();
  });

  test('marks as read', async () => {
    verifiedReceipt(await write('mark_read', {}));
    assert.equal(dataOf(await mcp.callTool('list_notifications')).unread, 0);
    verifiedReceipt(await write('mark_read', { conversation_id: 801 }));
    assert.equal(dataOf(await mcp.callTool('list_conversations')).conversations[0].unread, 0);
  });

  test('starts a discussion through the forum\'s form', async () => {
    const args = { forum_id: 110, subject: 'Rulers & <more> ü', text: 'One.\n\nTwo <b>lines</b>' };
    const { discussion_id: id } = verifiedReceipt(await write('start_discussion', args));
    const { posts } = dataOf(await mcp.callTool('read_discussion', { discussion_id: id }));
    assert.deepEqual([posts[0].subject, posts[0].text], [args.subject, 'One.\n\nTwo <b>lines</b>']);
  });

  test('answers a choice', async () => {
    const { answer } = verifiedReceipt(await write('answer_choice', { choice_id: 162, option: 'Door 🚪' }));
    assert.deepEqual(answer, ['Door 🚪']);
  });

  test('saves a draft with text, a file of the assistant\'s and one that the person chose, and hands it in', async () => {
    const draft = {
      assignment_id: 106, text: 'My second & last <version>', file_name: 'proof ü.py', file_text: 'print(1)', choose_files: true,
    };
    const saved = verifiedReceipt(await write('save_submission_draft', draft, {
      async look(window, shown) {
        assert.match(shown, /Report 1: <Title> & abstract/);
        assert.match(shown, /My first lines/);
        assert.match(shown, /proof ü\.py.*SHA-256 [0-9a-f]{64}/s);
        assert.equal(await window.count('#approve:enabled'), 0, 'no file was chosen yet');
        const buffer = Buffer.from('%PDF-1.4 mine');
        await window.choose('#files', [{ name: 'Meine Arbeit.pdf', mimeType: 'application/pdf', buffer }]);
        await until('the fingerprint', async () => (await window.text('.files >> nth=-1')).includes('SHA-256'));
      },
    }));
    assert.deepEqual(saved.files, ['proof ü.py', 'Meine Arbeit.pdf']);
    const { submission } = dataOf(await mcp.callTool('get_assignment', { assignment_id: 106 }));
    assert.deepEqual([submission.status, submission.text], ['draft', 'My second & last <version>']);
    assert.deepEqual(submission.files.map((/** @type {any} */ file) => file.name), ['Entwurf Ü.txt', 'proof ü.py', 'Meine Arbeit.pdf']);

    const { status } = verifiedReceipt(await write('submit_assignment', { assignment_id: 106 }, {
      async look(window, shown) {
        assert.match(shown, /This is my own work/);
        assert.match(shown, /Meine Arbeit\.pdf/);
        assert.equal(await window.count('#always'), 0);
      },
    }));
    assert.equal(status, 'submitted');
    const again = await mcp.callTool('submit_assignment', { assignment_id: 106 });
    assert.equal(again.outcome, 'failed');
  });

  test('is shown well on a narrow screen, in the dark and with long texts', async () => {
    const long = `${'Ein sehr langer Satz mit Umlauten äöü und 🧪. '.repeat(60)}\n\nשלום עולם\n${'W'.repeat(200)}`;
    await write('post_reply', { discussion_id: 501, post_id: 9003, text: long }, {
      decide: '#deny',
      async look(window) {
        for (const [name, size] of /** @type {const} */ ([
          ['narrow', { width: 360, height: 640 }], ['wide', { width: 1280, height: 800 }],
        ])) {
          await window.resize(size);
          for (const scheme of /** @type {const} */ (['light', 'dark'])) {
            await window.prefer(scheme);
            await world.picture(`approve-${name}-${scheme}`, window);
          }
        }
        assert.equal(await window.run(() => document.documentElement.scrollWidth > globalThis.innerWidth), false);
      },
    });
  });

  test('is not even asked for when Moodle would refuse it', async () => {
    const answer = await mcp.callTool('delete_event', { event_id: 6 });
    assert.deepEqual([answer.isError, answer.outcome], [true, 'failed'], answer.text);
    const popup = await openPopup(browser);
    assert.equal(await browser.badge(), '');
    await popup.close();
  });
});
