/** The main job in Chromium: an assistant's question reaches the demo Moodle through the extension and comes back. */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { COURSES, LONG_COURSE, TOOLS, activityOf, dataOf, namesOf } from './expected.mjs';
import { FILE_PAGES, readDocuments } from './documents.mjs';
import { World } from './world.mjs';
import { READING_PAGES, findThings, readInside, readQuizzes, seeWhoIsThere } from './reading.mjs';
import { READ_PAGES, askForAssignments, askForGrades, askWhatIsDue, askWhatIsSaid } from './student.mjs';
import { findChromium, startChromium } from '../lib/chromium.mjs';
import { logInToMoodle, openPopup, pair, seeConnected, signInToPortal } from '../lib/pairing.mjs';
import { until } from '../lib/until.mjs';
import { withClient, withModernClient } from './clients.mjs';

const LANE_MS = 12 * 60_000;
const RECOVERY_MS = 60_000;

describe('In Chromium', { timeout: LANE_MS }, () => {
  /** @type {World} */
  let world;
  /** @type {import('../lib/chromium.mjs').Chromium} */
  let browser;
  /** @type {string | null} */
  let key = null;
  let isPaired = false;

  before(async () => {
    const program = findChromium();
    assert.ok(program, 'There is no Chromium-family browser on this computer. On Debian: apt install chromium');
    world = new World('chromium');
    await world.start();
    browser = await startChromium({
      program, extension: world.places.chromium, profile: world.folder('profile'), running: world.running,
    });
    await browser.recordFrames(world.artefact('frames.log'));
  });
  after(() => world?.end());

  /** The endpoint with the person's key, once the browser is connected. */
  function mcp() {
    assert.ok(isPaired && key, 'The browser was not connected.');
    return world.mcp(key);
  }

  /** @param {{isError: boolean, text: string}} answer @param {RegExp} sentence */
  function assertRefused(answer, sentence) {
    assert.equal(answer.isError, true, `an error was expected, but came: ${answer.text}`);
    assert.match(answer.text, sentence);
  }

  async function assertWorks() {
    assert.deepEqual(namesOf(dataOf(await mcp().callTool('list_courses')).courses), COURSES);
  }

  /** Waits until the browser answers the service again. */
  function untilAnswering() {
    return until('answer of the browser', async () => {
      const { data } = await mcp().callTool('get_status');
      return data?.browsers[0]?.answers === true;
    }, { ms: RECOVERY_MS });
  }

  test('the landing page is there for everybody', async () => {
    const tab = await browser.openTab(world.service.url);
    await tab.see('h1');
    await world.picture('portal-landing', tab);
    await tab.goTo(`${world.service.url}/extension`);
    await tab.see('h1');
    await world.picture('portal-extension', tab);
    await tab.close();
  });

  test('the first sign-in shows the first key', async () => {
    await signInToPortal(browser, await world.service.firstLink(), async (name, tab) => {
      await world.picture(name, tab);
      key = (await tab.text('#secret')).trim();
    });
    assert.match(key ?? '', /^mmcp_\w{49}$/);
  });

  test('without a browser the answer says so', async () => {
    assert.ok(key);
    const answer = await world.mcp(key).callTool('list_courses');
    assertRefused(answer, /No browser is connected/);
    assert.equal(answer.outcome, 'not_delivered');
  });

  test('a person connects the browser in a few steps', async () => {
    await pair(browser, {
      service: world.service.url,
      signInLink: async () => { throw new Error('The portal forgot who signed in a moment ago.'); },
      moodle: world.moodle.url,
      login: world.moodle.login('anna'),
      picture: (name, tab) => world.picture(name, tab),
    });
    await browser.closeTabs();
    isPaired = true;
  });

  test('the portal shows the connected browser', async () => {
    const tab = await browser.openTab(`${world.service.url}/dashboard`);
    await until('site on the dashboard', async () => (await tab.text('#live')).includes(world.moodle.site));
    await world.picture('portal-dashboard', tab);
    await tab.close();
  });

  test('a client that begins with initialize lists and calls the tools', async () => {
    const { site } = world.moodle;
    mcp();
    await withClient(world.service.url, String(key), (client) => exercise(client, site));
  });

  test('a client of revision 2026-07-28 lists and calls the tools', async () => {
    const { site } = world.moodle;
    mcp();
    await withModernClient(world.service.url, String(key), async (client) => {
      assert.equal(client.era, 'modern');
      await exercise(client, site);
    });
  });

  test('hidden, restricted and completed activities are told apart', async () => {
    const data = dataOf(await mcp().callTool('get_course', { course_id: 2 }));
    assert.equal(activityOf(data, 102).completion, 'complete');
    assert.equal(activityOf(data, 108).completion, 'complete_pass');
    assert.equal(activityOf(data, 109).completion, 'complete_fail');
    assert.equal(activityOf(data, 112).available, false);
    assert.equal(activityOf(data, 113).stealth, true);
    assert.throws(() => activityOf(data, 111), /not in the result/, 'the hidden marking guide');
    assert.equal(data.sections.find((/** @type {any} */ section) => section.id === 17).parent_activity, 117);
  });

  for (const [what, ask] of /** @type {const} */ ([
    ['what is due', askWhatIsDue], ['for assignments', askForAssignments], ['for grades', askForGrades],
    ['what is said', askWhatIsSaid], ['what is in activities', readInside], ['how a quiz went', readQuizzes],
    ['where something stands', findThings], ['who is in a course', seeWhoIsThere],
  ])) {
    test(`a student asks ${what}`, () => ask(mcp()));
  }

  test('the person hides other people everywhere', async () => {
    const posts = async () => dataOf(await mcp().callTool('read_discussion', { discussion_id: 501 })).posts;
    assert.equal((await posts())[0].author.name, 'Ben Beispiel');
    const popup = await openPopup(browser);
    await popup.click('#people summary');
    await popup.click('#hide-rest');
    await until('pseudonym', async () => /^Person \w{6}$/.test((await posts())[0].author.name));
    await world.picture('popup-other-people', popup);
    assert.doesNotMatch(JSON.stringify(await posts()), /Ben/);
    await popup.click('#hide-rest');
    await until('name', async () => (await posts())[0].author.name === 'Ben Beispiel');
    await popup.close();
  });

  test('a course that is not there is not found', async () => {
    assertRefused(await mcp().callTool('get_course', { course_id: 999 }), /There is no such item/);
  });

  test('documents are read with the numbers of their pages, slides and sheets', async () => {
    await readDocuments(mcp());
    assertRefused(await mcp().callTool('read_file', { file: 'https://example.edu/a.pdf' }), /file/);
    assertRefused(await mcp().callTool('read_file', { file: 'folder-118/content/none.pdf' }), /no such item/);
  });

  test('the person chooses which courses are shown', async () => {
    const data = dataOf(await mcp().callTool('list_courses', { classification: 'hidden' }));
    assert.deepEqual(data.courses.map((/** @type {any} */ course) => course.name), ['Library Induction']);
  });

  test('a service worker that was killed comes back', async () => {
    await browser.killWorker();
    await untilAnswering();
    await assertWorks();
  });

  test('a sesskey that has gone stale is read anew', async () => {
    await assertWorks();
    await world.moodle.rotateSesskeys();
    await assertWorks();
  });

  test('logged out of Moodle, the answer says so; after the login all is well', async () => {
    await world.moodle.logOutEverybody();
    assertRefused(await mcp().callTool('list_courses'), new RegExp(`Nobody is signed in to ${world.moodle.site}`));
    const status = dataOf(await mcp().callTool('get_status'));
    assert.equal(status.browsers[0].sites[0].state, 'signed_out');
    const popup = await openPopup(browser);
    await popup.see('#sites li[data-state="signed_out"]');
    await world.picture('popup-moodle-signed-out', popup);
    await popup.close();
    await logInToMoodle(browser, world.moodle.url, world.moodle.login('anna'));
    await assertWorks();
  });

  test('another person in Moodle is noticed', async () => {
    await world.moodle.logOutEverybody();
    await logInToMoodle(browser, world.moodle.url, world.moodle.login('ben'));
    try {
      assertRefused(await mcp().callTool('list_courses'), /Another person is signed in/);
      const status = await mcp().callTool('get_status');
      assert.equal(dataOf(status).browsers[0].sites[0].state, 'other_user');
      assert.match(status.text, /another person is signed in there than before/i);
      const popup = await openPopup(browser);
      await popup.see('#sites li[data-state="other_user"]');
      await world.picture('popup-other-user', popup);
      await popup.close();
    } finally {
      await world.moodle.logOutEverybody();
      await logInToMoodle(browser, world.moodle.url, world.moodle.login('anna'));
    }
    await assertWorks();
  });

  test('without permission for the site the answer says what to do', async () => {
    await browser.forbidHost(world.moodle.url);
    try {
      assertRefused(await mcp().callTool('list_courses'), /does not let the extension use .* to allow access/);
      const popup = await openPopup(browser);
      await popup.see('#sites li[data-state="no_permission"]');
      await world.picture('popup-no-permission', popup);
      await popup.close();
    } finally {
      await browser.allowHost(world.moodle.url);
    }
    await assertWorks();
  });

  for (const { mode, sentence } of /** @type {const} */ ([
    { mode: 'html_error', sentence: /answered with something that is not Moodle's/ },
    { mode: 'empty', sentence: /answered with something that is not Moodle's/ },
    { mode: 'waf_403', sentence: /answered with something that is not Moodle's/ },
    { mode: 'maintenance', sentence: /is in maintenance mode/ },
  ])) {
    test(`a Moodle that answers with ${mode} gets a clear error`, async () => {
      try {
        for (const target of /** @type {const} */ (['ajax', 'all'])) {
          await world.moodle.fault(mode, target);
          assertRefused(await mcp().callTool('list_courses'), sentence);
          assertRefused(await mcp().callTool('get_course', { course_id: 2 }), sentence);
        }
      } finally {
        await world.moodle.fault('none');
      }
      await assertWorks();
    });
  }

  test('wrong arguments and unknown tools are refused', async () => {
    assertRefused(await mcp().callTool('get_course', { course_id: 'x' }), /course_id/);
    assertRefused(await mcp().callTool('list_courses', { limit: 0 }), /limit/);
    const unknown = await mcp().request('tools/call', { name: 'delete_course', arguments: {} });
    assert.equal(unknown.body.error.code, -32602);
  });

  test('a wrong key and no key get 401', async () => {
    const wrong = await world.mcp(`mmcp_${'x'.repeat(49)}`).request('tools/list');
    assert.equal(wrong.status, 401);
    assert.match(wrong.headers.get('www-authenticate') ?? '', /^Bearer /);
    const response = await fetch(`${world.service.url}/mcp`, { method: 'POST', body: '{}' });
    assert.equal(response.status, 401);
  });

  test('after a restart of the service the browser comes back, and the old key works', async () => {
    mcp();
    await world.service.stop();
    await world.startService();
    await untilAnswering();
    await assertWorks();
    const popup = await openPopup(browser);
    await seeConnected(popup);
    await popup.close();
  });

  test('the browser refuses the extension an attempt, and lets the person have it', async () => {
    const attempt = `${world.moodle.url}/mod/quiz/attempt.php?attempt=4`;
    await assertWorks();
    assert.equal(await browser.askFromWorker(attempt), 0);
    assert.equal(await browser.askFromWorker(`${world.moodle.url}/mod/quiz/view.php?id=108`), 200);
    assert.equal((await world.moodle.traffic()).attempts, 0);
    const tab = await browser.openTab(attempt);
    assert.equal((await world.moodle.traffic()).attempts, 1);
    await tab.close();
    await world.moodle.forgetTraffic();
  });

  test('a look at the site leaves no cookie that could end a fresh sign-in', async () => {
    const { hostname } = new URL(world.moodle.url);
    await browser.forgetCookies(hostname);
    assert.deepEqual(await browser.cookieNames(`${world.moodle.url}/`), []);
    await world.moodle.forgetTraffic();
    assertRefused(await mcp().callTool('list_courses'), /Nobody is signed in/);
    assert.ok((await world.moodle.traffic()).requests.length > 0);
    assert.deepEqual(await browser.cookieNames(`${world.moodle.url}/`), []);
    await logInToMoodle(browser, world.moodle.url, world.moodle.login('anna'));
    await assertWorks();
  });

  test('no attempt of a quiz was ever asked for', async () => {
    const { attempts, requests, functions } = await world.moodle.traffic();
    assert.equal(attempts, 0);
    const pages = requests.filter(({ path }) => path.includes('/mod/') && !FILE_PAGES.test(path))
      .map(({ path }) => path.replace(/^.*\/mod\//, ''));
    assert.deepEqual([...new Set(pages)].filter((path) => ![...READ_PAGES, ...READING_PAGES].includes(path)), []);
    assert.ok(functions.length > 0);
    assert.deepEqual(functions.filter(({ name }) => /attempt|save|submit|delete|update(?!s_since)|create|set_/.test(name)), []);
  });

  test('when the browser is closed the answer says so', async () => {
    mcp();
    await browser.stop();
    await until('end of the connection', async () => !(await mcp().callTool('get_status')).data.connected, { ms: RECOVERY_MS });
    const answer = await mcp().callTool('list_courses');
    assertRefused(answer, /No browser is connected/);
    assert.equal(answer.outcome, 'not_delivered');
  });
});

/**
 * What a client does, and must get.
 * @param {import('./clients.mjs').ConnectedClient} client
 * @param {string} site
 */
async function exercise(client, site) {
  const tools = await client.toolNames();
  for (const tool of TOOLS) assert.ok(tools.includes(tool), `${tool} is not among ${tools}`);

  const status = dataOf(await client.callTool('get_status'));
  assert.equal(status.connected, true);
  assert.equal(status.browsers[0].answers, true);
  assert.deepEqual(
    status.browsers[0].sites.map((/** @type {any} */ entry) => [entry.site, entry.state]), [[site, 'signed_in']],
  );

  const data = dataOf(await client.callTool('list_courses'));
  assert.equal(data.site, site);
  assert.deepEqual(namesOf(data.courses), COURSES);
  const long = data.courses.find((/** @type {any} */ course) => course.id === LONG_COURSE);
  assert.match(long.name, /^Interdisciplinary .* the Room$/);
  assert.deepEqual(data.coverage, { returned: 7, offset: 0, more: false });

  const course = dataOf(await client.callTool('get_course', { course_id: 2 }));
  assert.equal(course.course.name, 'R&D <Intro>');
  assert.match(course.course.summary, /R&D from the first note to the prototype/);
  assert.match(course.course.summary, /Notes <daily>/);
  assert.equal(activityOf(course, 106).name, 'Report 1: <Title> & abstract');
  assert.equal(activityOf(course, 107).name, 'Typing &amp; and &lt; in HTML');
  assert.equal(activityOf(course, 105).name, 'Slides: Größen & Maße (PDF)');

  const arabic = dataOf(await client.callTool('get_course', { course_id: 4 }));
  assert.equal(arabic.course.name, COURSES[4]);
  assert.equal(activityOf(arabic, 142).name, 'ما هي السرعة؟');
  assert.equal(arabic.course.summary, 'الحركة والقوة والطاقة: دروس وتمارين للمبتدئين.');
}
