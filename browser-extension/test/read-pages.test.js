import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MissingFunctions } from '../src/moodle/missing.js';
import { PAGES, addressOf } from '../src/moodle/page-list.js';
import { knownZone, localTime, monthOf } from '../src/moodle/time.js';
import { FakeClock, MemoryArea, ajaxAnswer, moodlePage } from './fakes.js';
import { NAME, newWorld } from './world.js';

const reason = (name, detail) => (error) => {
  assert.deepEqual([error.reason, error.site, error.detail], [name, NAME, detail]);
  return true;
};

describe('The list of pages', () => {
  const forbidden = new RegExp(['attempt\\.php', 'startattempt', 'summary\\.php', 'processattempt', 'autosave', '/lesson/',
    '/scorm/', '/h5p', 'edit', 'delete', 'post\\.php', 'sesskey', 'action='].join('|'));

  test('has no page of an attempt and none that changes anything', () => {
    const ownForms = ['submissionForm', 'submitForm', 'discussionForm'];
    for (const [name, { ids, words }] of Object.entries(PAGES).filter(([name]) => !ownForms.includes(name))) {
      assert.doesNotMatch(addressOf(name, ids.map(() => 1), words && 'x'), forbidden, name);
    }
  });

  test('has three pages with forms, which only show them', () => {
    assert.deepEqual(['submissionForm', 'submitForm', 'discussionForm'].map((name) => addressOf(name, [1])), [
      '/mod/assign/view.php?id=1&action=editsubmission', '/mod/assign/view.php?id=1&action=submit', '/mod/forum/post.php?forum=1',
    ]);
  });

  test('takes only the numbers a page has', () => {
    assert.equal(addressOf('quizReview', [7]), '/mod/quiz/review.php?attempt=7&showall=1');
    for (const values of [[], [1, 2], [-1], [1.5], ['1&action=submit'], [NaN]]) {
      assert.throws(() => addressOf('assignment', values), TypeError);
    }
  });

  test('takes words only where a page has some, and none of them leaves its place', () => {
    assert.equal(addressOf('forumSearch', [2, 0, 20], 'a&id=9 #?/../é'),
      '/mod/forum/search.php?id=2&page=0&perpage=20&search=a%26id%3D9+%23%3F%2F..%2F%C3%A9');
    assert.throws(() => addressOf('forumSearch', [2, 0, 20]), TypeError);
    assert.throws(() => addressOf('forumSearch', [2, 0, 20], 'x'.repeat(201)), TypeError);
    assert.throws(() => addressOf('assignment', [2], 'x'), TypeError);
  });
});

describe('Reading a page', () => {
  const PAGE = { bodyId: 'page-mod-assign-view', main: 'Text' };
  const world = async (read) => {
    const parts = await newWorld();
    parts.moodle.read = typeof read === 'function' ? read : () => moodlePage({ wwwroot: parts.moodle.url, ...PAGE, ...read });
    parts.look = () => parts.pages.read(parts.site, 'assignment', [3]);
    return parts;
  };

  test('gives the page that was asked for, without following a redirect', async () => {
    const { look, moodle } = await world({});
    assert.match(await look(), /Text/);
    const { url, init } = moodle.requests.at(-1);
    assert.equal(url.href, 'https://moodle.example.edu/moodle/mod/assign/view.php?id=3');
    assert.deepEqual([init.redirect, init.credentials], ['manual', 'include']);
  });

  test('another page than that is not found', async () => {
    const { look } = await world({ bodyId: 'page-mod-quiz-attempt' });
    await assert.rejects(look(), reason('not_found', 'not_shown'));
  });

  test('a redirect while signed in says that it is not there for this person', async () => {
    const { look, moodle } = await world(() => 'redirect');
    moodle.ajax = () => ajaxAnswer({ preferences: [] });
    await assert.rejects(look(), reason('not_found', 'not_shown'));
  });

  for (const [code, expected] of [
    ['servicerequireslogin', 'signed_out'], ['sitepolicynotagreed', 'person_needed'],
    ['forcepasswordchangenotice', 'person_needed'], ['usernotfullysetup', 'person_needed'],
    ['sitemaintenance', 'maintenance'],
  ]) {
    test(`a redirect because of ${code} is ${expected}`, async () => {
      const { look, moodle } = await world(() => 'redirect');
      moodle.ajax = () => ajaxAnswer(new Error(code));
      const expectation = { person_needed: code, signed_out: undefined }[expected];
      await assert.rejects(look(), reason(expected, expectation));
    });
  }

  test('a page of a stranger means signed out, and the session is read anew next time', async () => {
    const { look, sessions, site } = await world({ userId: 0 });
    await assert.rejects(look(), reason('signed_out'));
    assert.equal(await sessions.remembered(site), null);
  });

  test('a page of another person is refused', async () => {
    const { look } = await world({ userId: 7 });
    await assert.rejects(look(), reason('site_changed_user'));
  });

  test('a page with another key is checked against the login page', async () => {
    const { look, moodle } = await world({ userId: undefined, sesskey: 'key2' });
    moodle.page = () => moodlePage({
      wwwroot: moodle.url, ...(moodle.requests.length > 2 ? { sesskey: 'key2', userId: 8 } : {}),
    });
    await assert.rejects(look(), { reason: 'site_changed_user' });
  });

  test('Moodle\'s error page is told by its code', async () => {
    const parts = await world(() => `<div data-rel="fatalerror" class="errorbox"><p>Text</p>
      <a href="https://docs.moodle.org/500/en/error/moodle/invalidcoursemodule">More</a></div>`);
    parts.moodle.status = 200;
    await assert.rejects(parts.look(), reason('not_found', 'invalidcoursemodule'));
  });

  for (const [what, text, detail] of [
    ['a firewall page', '<html><title>Denied</title></html>', 'no_moodle_page'],
    ['another Moodle', moodlePage({ wwwroot: 'https://other.example', ...PAGE }), 'other_moodle'],
    ['nothing', '', 'no_moodle_page'],
  ]) {
    test(`${what} is an unexpected answer`, async () => {
      const { look } = await world(() => text);
      await assert.rejects(look(), reason('unexpected_answer', detail));
    });
  }
});

describe('Functions that a site does not have', () => {
  test('are asked for once', async () => {
    const { ajax, site, moodle } = await newWorld();
    moodle.ajax = ({ calls }) => (calls.some(({ methodname }) => methodname === 'new')
      ? JSON.stringify({ error: 'x', errorcode: 'invalidrecordunknown' }) : ajaxAnswer(...calls.map(() => 'old')));
    const ask = async () => (await ajax.batch(site, [{ method: 'new', args: {} }, { method: 'old', args: {} }]))
      .map((outcome) => outcome.data ?? outcome.failure.reason);
    assert.deepEqual(await ask(), ['unsupported_by_site', 'old']);
    const before = moodle.requests.length;
    assert.deepEqual(await ask(), ['unsupported_by_site', 'old']);
    assert.equal(moodle.requests.length, before + 1);
    await assert.rejects(ajax.call(site, 'new', {}), { reason: 'unsupported_by_site' });
    assert.equal(moodle.requests.length, before + 1);
  });

  test('are forgotten after half a day, and belong to their site', async () => {
    const clock = new FakeClock();
    const missing = new MissingFunctions(new MemoryArea(), clock.now);
    await missing.learn({ site: 'a' }, [{ method: 'x' }]);
    assert.deepEqual([...await missing.of({ site: 'a' })], ['x']);
    assert.deepEqual([...await missing.of({ site: 'b' })], []);
    clock.time += 12 * 3_600_000 + 1;
    assert.deepEqual([...await missing.of({ site: 'a' })], []);
  });
});

describe('Moments', () => {
  for (const [seconds, zone, text] of [
    [1795594596, 'Europe/Berlin', '2026-11-25T09:16:36+01:00'],
    [1782864000, 'Europe/Berlin', '2026-07-01T02:00:00+02:00'],
    [1795594596, 'Asia/Kolkata', '2026-11-25T13:46:36+05:30'],
    [1795594596, 'America/St_Johns', '2026-11-25T04:46:36-03:30'],
    [1795594596, 'UTC', '2026-11-25T08:16:36+00:00'],
    [1795564800, 'UTC', '2026-11-25T00:00:00+00:00'],
    [0, 'UTC', null], [null, 'UTC', null], ['1795594596', 'UTC', null], [-5, 'UTC', null],
  ]) {
    test(`${seconds} in ${zone} is ${text}`, () => assert.equal(localTime(seconds, zone), text));
  }

  test('a month is that of the time zone', () => {
    const midnight = Date.parse('2026-12-31T23:30:00Z') / 1000;
    assert.deepEqual(monthOf(midnight, 'UTC'), { year: 2026, month: 12 });
    assert.deepEqual(monthOf(midnight, 'Europe/Berlin'), { year: 2027, month: 1 });
  });

  test('a zone that Moodle translated is UTC', () => {
    assert.deepEqual(['Europe/Berlin', 'Europa/Berlín', ''].map(knownZone), ['Europe/Berlin', 'UTC', 'UTC']);
  });
});
