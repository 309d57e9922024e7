/** What a person sees in the popup: always the true state, and one site however its address is written. */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ACCOUNT, World } from './world.mjs';
import { findChromium, startChromium } from '../lib/chromium.mjs';
import { openPopup, pair } from '../lib/pairing.mjs';
import { pairOverHttp } from '../lib/portal-visit.mjs';
import { ScriptedExtension } from '../lib/scripted-extension.mjs';
import { StandIn } from '../lib/stand-in.mjs';
import { until } from '../lib/until.mjs';

const LANE_MS = 5 * 60_000;

describe('The popup', { timeout: LANE_MS }, () => {
  /** @type {World} */
  let world;
  /** @type {import('../lib/chromium.mjs').Chromium} */
  let browser;
  /** @type {import('../lib/mcp.mjs').McpEndpoint} */
  let mcp;

  before(async () => {
    const program = findChromium();
    assert.ok(program, 'There is no Chromium-family browser on this computer. On Debian: apt install chromium');
    world = new World('popup');
    await world.start();
    const started = startChromium({
      program, extension: world.places.chromium, profile: world.folder('profile'), running: world.running,
    });
    mcp = world.mcp(await world.service.newKey(ACCOUNT, 'Test'));
    browser = await started;
  });
  after(() => world?.end());

  /**
   * Waits until the popup, opened now, shows a state, and takes pictures of it.
   * @param {string} name
   * @param {string} selector
   * @param {RegExp} words
   * @param {(popup: import('../lib/chromium.mjs').ChromiumTab) => Promise<void>} [act] what the person does then
   */
  async function assertShows(name, selector, words, act = async () => {}) {
    const popup = await browser.openTab(browser.extensionUrl('popup/popup.html'));
    await popup.see(selector);
    await until(`sentence for ${name}`, async () => words.test(await popup.text('main')));
    for (const scheme of /** @type {const} */ (['light', 'dark'])) {
      await popup.prefer(scheme);
      await world.picture(`${name}-${scheme}`, popup);
    }
    await act(popup);
    await popup.close();
  }

  async function connectNow() {
    const popup = await openPopup(browser);
    await popup.click('#connect');
    await popup.close();
  }

  /** @param {string} state */
  const connection = (state) => `#connection[data-state="${state}"]`;
  /** @param {string} state */
  const site = (state) => `#sites li[data-state="${state}"]`;

  test('asks for agreement before anything else', async () => {
    await assertShows('consent-needed', connection('consent_needed'), /Nothing connects before that/);
    assert.equal(await browser.badge(), '!');
  });

  test('shows signed out, then connected', async () => {
    await pair(browser, {
      service: world.service.url,
      signInLink: () => world.service.firstLink(),
      moodle: world.moodle.url,
      login: world.moodle.login('anna'),
      picture: (name, tab) => world.picture(name, tab),
    });
    await browser.closeTabs();
    await assertShows('connected', connection('connected'), /Your assistant can read/);
    assert.equal(await browser.badge(), '');
  });

  test('adds one site however its address is written', async () => {
    const { host } = new URL(world.moodle.url);
    const popup = await openPopup(browser);
    for (const address of [
      world.moodle.url.toUpperCase().replace('/MOODLE', '/moodle'), `${host}/moodle`, ` ${world.moodle.url}/ `,
      `${world.moodle.url}/course/view.php?id=2#section-3`, `${world.moodle.url}/login/index.php`,
    ]) {
      await popup.fill('#moodle-url', address);
      await popup.click('#add-moodle');
      await until(`answer to ${address}`, async () => (await popup.text('#message')).includes(`${world.moodle.site} was added`));
      assert.equal(await popup.count('#sites li'), 1, address);
    }
    await popup.close();
  });

  test('leads from another host of a Moodle to the one site', async () => {
    const alias = world.moodle.url.includes('127.0.0.1')
      ? world.moodle.url.replace('127.0.0.1', 'localhost') : world.moodle.url.replace('localhost', '127.0.0.1');
    await browser.allowHost(alias);
    const popup = await openPopup(browser);
    await popup.fill('#moodle-url', `${alias}/course/view.php?id=2`);
    await popup.click('#add-moodle');
    await popup.see('#message[data-kind="problem"]');
    assert.ok((await popup.text('#message')).includes(world.moodle.url), await popup.text('#message'));
    await world.picture('other-address', popup);
    await popup.click('#add-moodle');
    await popup.see('#message[data-kind="done"]');
    assert.equal(await popup.count('#sites li'), 1);
    await popup.close();
  });

  for (const { mode, state, words } of /** @type {const} */ ([
    { mode: 'maintenance', state: 'maintenance', words: /In maintenance/ },
    { mode: 'html_error', state: 'unknown', words: /not understood/ },
  ])) {
    test(`shows a Moodle with ${mode}`, async () => {
      await world.moodle.fault(mode);
      try {
        await assertShows(`site-${state}`, site(state), words);
      } finally {
        await world.moodle.fault('none');
      }
    });
  }

  test('shows that a newer connection took over, and takes it back', async () => {
    const [{ id }] = (await mcp.callTool('get_status')).data.browsers;
    const places = {
      service: world.service.url,
      webSocket: `${world.service.url.replace('http', 'ws')}/ws`,
      extensionId: new URL(browser.extensionUrl('')).host,
    };
    const token = await pairOverHttp(await world.service.newLink(ACCOUNT), places);
    const other = world.running.add(await ScriptedExtension.connect({ ...places, token, browserId: id, script: {} }));
    await assertShows('superseded', connection('superseded'), /took over/, async (popup) => {
      assert.equal(await browser.badge(), '!');
      await popup.click('#connect');
      await popup.see(connection('connected'));
    });
    await until('end of the other connection', () => !other.isOpen);
  });

  test('shows what the connection waits for', async () => {
    const port = Number(new URL(world.service.url).port);
    await world.service.stop();
    await assertShows('waiting', connection('waiting'), /Trying again in \d+ s\. Check your network/);
    const service = world.running.add(new StandIn());
    await service.listen(port);
    await assertShows('connecting', connection('connecting'), /This takes a few seconds/);
    service.endWith(1012);
    await assertShows('waiting-restart', connection('waiting'), /The service restarts/);
    service.endWith(4429);
    await connectNow();
    await assertShows('waiting-too-many', connection('waiting'), /asked for a pause/);
    service.endWith(4426);
    await connectNow();
    await assertShows('update-needed', connection('update_needed'), /Update the extension/);
    assert.equal(await browser.badge(), '!');
    await service.stop();
    await world.startService();
    await connectNow();
    await assertShows('connected-again', connection('connected'), /Your assistant can read/);
    assert.equal(await browser.badge(), '');
  });

  test('shows a Moodle that does not answer', async () => {
    await world.moodle.stop();
    await assertShows('site-unreachable', site('unreachable'), /Does not answer/);
  });
});
