import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { isOwnPage } from '../src/messages.js';
import { pageHandlers, problemOf } from '../src/page-handlers.js';
import { Settings, serverAddress } from '../src/settings.js';
import { PairingError } from '../src/pairing.js';
import { browserName } from '../src/browser-name.js';
import { Failure } from '../src/failure.js';
import { OtherAddress } from '../src/moodle/discovery.js';
import { Hiding } from '../src/privacy/hiding.js';
import { MemoryArea, ajaxAnswer, moodlePage } from './fakes.js';
import { NAME, newWorld } from './world.js';

describe('Settings', () => {
  test('the service\'s address is https, or http on this computer', () => {
    assert.equal(serverAddress(' https://Mcp.example.edu/base/ '), 'https://mcp.example.edu/base');
    assert.equal(serverAddress('http://localhost:8080/'), 'http://localhost:8080');
    assert.equal(serverAddress('https://x.edu/?a=1#b'), 'https://x.edu');
    for (const text of ['', 'mcp.example.edu', 'http://mcp.example.edu', 'ws://localhost', 'https://u:p@x.edu']) {
      assert.equal(serverAddress(text), null, text);
    }
  });

  test('an administrator\'s address goes before the person\'s, and both before the preset', async () => {
    const local = new MemoryArea();
    const server = (managed) => new Settings(local, managed).server();
    const none = { get: async () => { throw new Error('no managed storage'); } };
    assert.deepEqual(await server(none), { address: 'http://localhost:8080', managed: false });
    await new Settings(local, none).setServer('https://mine.example');
    assert.deepEqual(await server(none), { address: 'https://mine.example', managed: false });
    const managed = new MemoryArea({ server: 'https://uni.example/' });
    assert.deepEqual(await server(managed), { address: 'https://uni.example', managed: true });
    assert.deepEqual(await server(new MemoryArea({ server: 'http://uni.example' })), {
      address: 'https://mine.example', managed: false,
    });
  });

  test('consent to an older text does not count', async () => {
    const local = new MemoryArea({ consent: { version: 0, at: '2026-01-01T00:00:00.000Z' } });
    const settings = new Settings(local, new MemoryArea());
    assert.equal(await settings.consentGiven(), null);
    await settings.giveConsent(new Date('2026-11-22T09:30:00Z'));
    assert.equal(await settings.consentGiven(), '2026-11-22T09:30:00.000Z');
    await settings.withdrawConsent();
    assert.equal(await settings.consentGiven(), null);
  });

  test('the browser keeps the id it was given first', async () => {
    const settings = new Settings(new MemoryArea(), new MemoryArea());
    const [a, b] = await Promise.all([settings.browserId(), settings.browserId()]);
    assert.match(a, /^[0-9a-f-]{36}$/);
    assert.equal(a, b);
  });

  test('sites that change at the same time do not lose one another', async () => {
    const settings = new Settings(new MemoryArea(), new MemoryArea());
    await Promise.all(['a', 'b', 'c', 'a'].map((site) => settings.addSite({ site, url: `https://${site}` })));
    assert.deepEqual((await settings.sites()).map(({ site }) => site), ['a', 'b', 'c']);
    assert.equal(await settings.pinUser('b', 5), 5);
    assert.equal(await settings.pinUser('b', 6), 5);
    await settings.removeSite('a');
    assert.deepEqual(await settings.sites(), [{ site: 'b', url: 'https://b', userId: 5 }, { site: 'c', url: 'https://c' }]);
  });
});

describe('The browser\'s name', () => {
  const brands = (...names) => ({ userAgent: 'Chrome/156', userAgentData: { brands: names.map((brand) => ({ brand })) } });

  test('is the product on the system', () => {
    assert.equal(browserName(brands('Chromium', 'Not-A.Brand'), 'linux'), 'Chromium on Linux');
    assert.equal(browserName(brands('Not;A=Brand', 'Chromium', 'Microsoft Edge'), 'win'), 'Microsoft Edge on Windows');
    assert.equal(browserName({ userAgent: 'Mozilla/5.0 Firefox/153.0' }, 'mac'), 'Firefox on macOS');
    assert.equal(browserName({ userAgent: 'x' }, 'y'.repeat(90)).length, 64);
  });
});

describe('Messages', () => {
  const runtime = { id: 'me', getURL: (path) => `chrome-extension://me/${path}` };

  test('count only from the extension\'s own pages', () => {
    assert.equal(isOwnPage(runtime, { id: 'me', url: 'chrome-extension://me/popup/popup.html' }), true);
    for (const sender of [
      { id: 'other', url: 'chrome-extension://me/popup/popup.html' }, { id: 'me', url: 'https://moodle.example.edu/' },
      { id: 'me' }, { id: 'me', url: 'chrome-extension://mean/popup.html' }, {},
    ]) assert.equal(isOwnPage(runtime, sender), false);
  });

  test('problems have names, and a defect says nothing of itself', () => {
    assert.deepEqual(problemOf(new Failure('unreachable')), { problem: 'site_unreachable' });
    assert.deepEqual(problemOf(new PairingError('sign_in_denied')), { problem: 'sign_in_denied' });
    assert.deepEqual(problemOf(new TypeError('secret')), { problem: 'internal' });
  });

  test('a Moodle known under another address names it where that is known', () => {
    assert.deepEqual(problemOf(new OtherAddress('x.edu', null)), { problem: 'site_elsewhere_unnamed' });
    assert.deepEqual(problemOf(new OtherAddress('x.edu', 'https://lms.x.edu')), {
      problem: 'site_elsewhere', about: 'https://lms.x.edu',
    });
  });
});

describe('Page handlers', () => {
  let parts;
  let pages;
  let events;
  let permissions;

  beforeEach(async () => {
    parts = await newWorld();
    await parts.settings.removeSite(NAME);
    await parts.settings.giveConsent(new Date());
    parts.moodle.ajax = () => ajaxAnswer({ userid: 6 });
    events = [];
    permissions = new Set(['https://moodle.example.edu/*']);
    pages = pageHandlers({
      ...parts,
      api: {
        runtime: { getManifest: () => ({ version: '0.1.0' }) },
        permissions: {
          contains: async ({ origins }) => permissions.has(origins[0]),
          remove: async ({ origins }) => permissions.delete(origins[0]),
        },
      },
      hiding: new Hiding(parts.local, new MemoryArea(), Math.random),
      pairing: {
        isSignedIn: async () => false,
        signIn: async (server) => { events.push(`sign in ${server}`); },
        signOut: async () => { events.push('sign out'); },
      },
      connection: {
        state: { state: 'signed_out' }, ensure: async () => {}, reset: async () => { events.push('reset'); },
        probe: () => { events.push('probe'); },
      },
      lookAtSites: (seen) => parts.settings.sites().then((sites) => parts.probe.lookAt(sites, seen)),
      siteStates: async () => parts.states.of(await parts.settings.sites()),
      now: () => new Date('2026-11-22T09:30:00Z'),
      writing: async () => ({ questions: 0, working: 0, paused: false }),
      forgetChoices: async () => {},
    });
  });

  const loginPages = () => parts.moodle.paths.filter((path) => path === '/login/index.php').length;
  const names = async () => (await parts.settings.sites()).map(({ site }) => site);

  test('a person who looks learns whether the connection still lives', async () => {
    await pages.check();
    assert.deepEqual(events, ['probe']);
  });

  test('an old link adds the site, and one that answers over http only is told apart', async () => {
    assert.equal(await pages.addSite({ address: 'http://moodle.example.edu/moodle/my/#top' }), NAME);
    parts.moodle.page = () => new TypeError('refused');
    parts.moodle.ajax = () => new TypeError('refused');
    await assert.rejects(pages.addSite({ address: 'http://moodle.example.edu/old' }), { problem: 'site_unreachable_https' });
    await assert.rejects(pages.addSite({ address: 'https://moodle.example.edu/old' }), { reason: 'unreachable' });
  });

  test('a pasted page of a Moodle adds the site, with its state', async () => {
    assert.equal(await pages.addSite({ address: 'https://moodle.example.edu/moodle/course/view.php?id=2' }), NAME);
    const { sites } = await pages.view();
    assert.deepEqual(sites.map(({ site, state }) => [site, state]), [[NAME, 'signed_in']]);
  });

  test('what is no Moodle gives its permission back', async () => {
    parts.moodle.page = () => 'hello';
    await assert.rejects(pages.addSite({ address: 'https://moodle.example.edu/' }), { reason: 'unexpected_answer' });
    assert.deepEqual([await names(), permissions.size], [[], 0]);
  });

  test('a site is added once though the popup and the permission both ask for it', async () => {
    const address = 'https://moodle.example.edu/moodle';
    await pages.expectSite({ address });
    await Promise.all([pages.permitted(), pages.addSite({ address })]);
    assert.deepEqual(await names(), [NAME]);
    await pages.permitted();
    assert.equal(loginPages(), 2);
  });

  test('a site where nobody is signed in is added with two looks at its login page', async () => {
    parts.moodle.page = () => moodlePage({ wwwroot: parts.moodle.url, userId: 0 });
    const address = 'https://moodle.example.edu/moodle';
    await pages.expectSite({ address });
    await Promise.all([pages.permitted(), pages.addSite({ address })]);
    assert.deepEqual([(await pages.view()).sites[0].state, loginPages()], ['signed_out', 2]);
  });

  test('a permission that was granted makes those sites looked at that lacked it', async () => {
    parts.permitted = false;
    await parts.settings.addSite(parts.site);
    await parts.probe.look(parts.site);
    assert.equal((await pages.view()).sites[0].state, 'no_permission');
    parts.permitted = true;
    await pages.permitted();
    assert.equal((await pages.view()).sites[0].state, 'signed_in');
  });

  test('a site is added though the popup closed, but only with the permission', async () => {
    await pages.expectSite({ address: 'https://moodle.example.edu/moodle' });
    permissions.clear();
    await pages.permitted();
    assert.deepEqual(await names(), []);
    permissions.add('https://moodle.example.edu/*');
    await pages.permitted();
    assert.deepEqual(await names(), [NAME]);
  });

  test('removing a site gives its permission back, unless another needs it', async () => {
    await pages.addSite({ address: 'https://moodle.example.edu/moodle' });
    await parts.settings.addSite({ site: 'moodle.example.edu/second', url: 'https://moodle.example.edu/second' });
    await parts.local.set(`people:${NAME}`, { people: [] });
    await pages.removeSite({ site: NAME });
    assert.equal(await parts.local.get(`people:${NAME}`), undefined);
    assert.equal(permissions.size, 1);
    await pages.removeSite({ site: 'moodle.example.edu/second' });
    assert.deepEqual([await names(), permissions.size], [[], 0]);
    await assert.rejects(pages.removeSite({ site: NAME }), { problem: 'site_unknown_site' });
  });

  test('another user is shown, and used only when the person says so', async () => {
    await pages.addSite({ address: 'https://moodle.example.edu/moodle' });
    const before = parts.moodle.requests.length;
    await pages.useOtherUser({ site: NAME });
    assert.equal(parts.moodle.requests.length, before);
    await parts.settings.useAs(NAME, 5);
    await parts.sessions.forget(parts.site);
    await parts.probe.look(parts.site);
    assert.equal((await pages.view()).sites[0].state, 'other_user');
    await pages.useOtherUser({ site: NAME });
    assert.equal((await parts.settings.sites())[0].userId, 6);
    assert.equal((await pages.view()).sites[0].state, 'signed_in');
  });

  test('nothing is signed in or added without consent', async () => {
    await pages.withdraw();
    assert.deepEqual(events, ['sign out', 'reset']);
    await assert.rejects(pages.signIn(), { problem: 'consent_needed' });
    await assert.rejects(pages.addSite({ address: 'https://moodle.example.edu' }), { problem: 'consent_needed' });
    assert.equal(parts.moodle.requests.length, 0);
    assert.equal((await pages.view()).consent, null);
  });

  test('a new address of the service signs out, the same one does not', async () => {
    await pages.setServer({ address: 'https://mcp.example.edu/' });
    assert.deepEqual(events, ['sign out', 'reset']);
    await pages.setServer({ address: 'https://mcp.example.edu' });
    assert.equal(events.length, 2);
    await assert.rejects(pages.setServer({ address: 'http://mcp.example.edu' }), { problem: 'server_invalid' });
    await pages.signIn();
    assert.deepEqual(events.slice(2), ['sign in https://mcp.example.edu', 'reset']);
  });
});
