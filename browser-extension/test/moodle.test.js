import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { pageConfig } from '../src/moodle/session.js';
import { Gate } from '../src/moodle/gate.js';
import { readOutcomes } from '../src/moodle/ajax.js';
import { NAME, newWorld } from './world.js';
import { ajaxAnswer, moodlePage, settled } from './fakes.js';

const reason = (expected, detail) => (error) => {
  assert.deepEqual([error.reason, error.detail], [expected, detail], String(error.stack));
  return true;
};

describe('Ajax', () => {
  let moodle;
  let ajax;
  let site;
  let parts;

  beforeEach(async () => {
    parts = await newWorld();
    ({ moodle, ajax, site } = parts);
  });

  test('posts the calls with the session key and gives their data', async () => {
    moodle.ajax = () => ajaxAnswer({ a: 1 });
    assert.deepEqual(await ajax.call(site, 'core_x', { y: 2 }), { a: 1 });
    const { url, init, calls } = moodle.requests[1];
    assert.equal(url.pathname, '/moodle/lib/ajax/service.php');
    assert.deepEqual(Object.fromEntries(url.searchParams), { sesskey: 'key1', info: 'core_x' });
    assert.deepEqual(calls, [{ index: 0, methodname: 'core_x', args: { y: 2 } }]);
    assert.deepEqual([init.credentials, init.redirect, init.method], ['include', 'manual', 'POST']);
  });

  test('reads the session once for all', async () => {
    moodle.ajax = () => ajaxAnswer(1);
    await Promise.all([ajax.call(site, 'a', {}), ajax.call(site, 'b', {})]);
    await ajax.call(site, 'c', {});
    assert.equal(moodle.paths.filter((path) => path === '/login/index.php').length, 1);
  });

  test('a background call does not prolong the session', async () => {
    moodle.ajax = () => ajaxAnswer(1);
    await ajax.call(site, 'a', {}, { background: true });
    assert.equal(moodle.requests[1].url.searchParams.get('nosessionupdate'), 'true');
  });

  test('a batch goes on one by one after the first call that fails', async () => {
    moodle.ajax = ({ calls }) => (calls.length === 3
      ? ajaxAnswer('one', new Error('nopermissions')) : ajaxAnswer(`single ${calls[0].methodname}`));
    const outcomes = await ajax.batch(site, ['a', 'b', 'c'].map((method) => ({ method, args: {} })));
    assert.deepEqual(outcomes.map((outcome) => outcome.data ?? outcome.failure.detail), ['one', 'nopermissions', 'single c']);
    assert.equal(moodle.requests.length, 3);
  });

  test('a bare error object for a batch says nothing of single calls: each is made again', async () => {
    moodle.ajax = ({ calls }) => (calls.length > 1 || calls[0].methodname === 'b'
      ? '{"error":"x","errorcode":"invalidrecordunknown"}' : ajaxAnswer(calls[0].methodname));
    const outcomes = await ajax.batch(site, ['a', 'b', 'c'].map((method) => ({ method, args: {} })));
    assert.deepEqual(outcomes.map((outcome) => outcome.data ?? outcome.failure.reason), ['a', 'unsupported_by_site', 'c']);
  });

  test('a stale key is read anew once and the call made again', async () => {
    moodle.ajax = ({ url }) => ajaxAnswer(url.searchParams.get('sesskey') === 'key2' ? 'done' : new Error('invalidsesskey'));
    moodle.page = () => moodlePage({ wwwroot: moodle.url, sesskey: moodle.requests.length > 2 ? 'key2' : 'key1' });
    assert.equal(await ajax.call(site, 'a', {}), 'done');
    assert.deepEqual(moodle.paths.map((path) => path.split('/').at(-1)), [
      'index.php', 'service.php', 'index.php', 'service.php',
    ]);
  });

  test('a key that stays stale ends the call', async () => {
    moodle.ajax = () => ajaxAnswer(new Error('invalidsesskey'));
    await assert.rejects(ajax.call(site, 'a', {}), reason('unexpected_answer', 'invalidsesskey'));
    assert.equal(moodle.requests.length, 4);
  });

  test('another person behind the fresh key is not served', async () => {
    moodle.ajax = ({ url }) => ajaxAnswer(url.searchParams.get('sesskey') === 'key2' ? 'theirs' : new Error('invalidsesskey'));
    moodle.page = () => (moodle.requests.length > 2
      ? moodlePage({ wwwroot: moodle.url, sesskey: 'key2', userId: 7 }) : moodlePage({ wwwroot: moodle.url }));
    await assert.rejects(ajax.call(site, 'a', {}), reason('site_changed_user', undefined));
    await assert.rejects(ajax.call(site, 'a', {}), reason('site_changed_user', undefined));
    await parts.settings.useAs(NAME, 7);
    assert.equal(await ajax.call(site, 'a', {}), 'theirs');
  });

  test('a person who changed while the browser was closed is noticed too', async () => {
    await parts.settings.pinUser(NAME, 5);
    await assert.rejects(ajax.call(site, 'a', {}), reason('site_changed_user', undefined));
  });

  test('signed out is found out, and the session read again at the next call', async () => {
    moodle.ajax = () => ajaxAnswer(new Error('servicerequireslogin'));
    await assert.rejects(ajax.call(site, 'a', {}), reason('signed_out', undefined));
    moodle.ajax = () => ajaxAnswer('back');
    assert.equal(await ajax.call(site, 'a', {}), 'back');
    assert.equal(moodle.paths.filter((path) => path === '/login/index.php').length, 2);
  });

  test('an answer that redirects means signed out', async () => {
    moodle.ajax = () => 'redirect';
    await assert.rejects(ajax.call(site, 'a', {}), reason('signed_out', undefined));
  });

  for (const [status, expected, detail] of [
    [503, 'maintenance', undefined], [502, 'unreachable', 'http_502'], [504, 'unreachable', 'http_504'],
    [500, 'unexpected_answer', 'http_500'], [404, 'unexpected_answer', 'http_404'], [403, 'unexpected_answer', 'http_403'],
  ]) {
    test(`HTTP ${status} is ${expected}`, async () => {
      moodle.ajax = () => { moodle.status = status; return '<html>'; };
      await assert.rejects(ajax.call(site, 'a', {}), reason(expected, detail));
    });
  }

  test('a dead network is unreachable; a cancelled call fails with its own reason', async () => {
    moodle.ajax = () => new TypeError('Failed to fetch');
    await assert.rejects(ajax.call(site, 'a', {}), reason('unreachable', undefined));
    const controller = new AbortController();
    moodle.ajax = () => { controller.abort(new Error('mine')); return new TypeError('aborted'); };
    await assert.rejects(ajax.call(site, 'a', {}, { signal: controller.signal }), /mine/);
  });

  test('nothing is sent without the permission', async () => {
    parts.permitted = false;
    await assert.rejects(ajax.call(site, 'a', {}), reason('no_permission', undefined));
    assert.equal(moodle.requests.length, 0);
  });

  test('two requests at most are in flight on a site', async () => {
    let flying = 0;
    let most = 0;
    moodle.ajax = async () => {
      flying += 1;
      most = Math.max(most, flying);
      await settled();
      flying -= 1;
      return ajaxAnswer(1);
    };
    await Promise.all(['a', 'b', 'c', 'd', 'e'].map((method) => ajax.call(site, method, {})));
    assert.equal(most, 2);
  });
});

describe('Gate', () => {
  test('work that nobody waits for any more is not begun, and leaves its place', async () => {
    const gate = new Gate(1);
    const controller = new AbortController();
    let begun = 0;
    const work = gate.run('k', controller.signal, async () => { begun += 1; });
    controller.abort(new Error('gone'));
    await assert.rejects(work, /gone/);
    await gate.run('k', undefined, async () => { begun += 1; });
    assert.equal(begun, 1);
  });
});

describe('Shapes of an answer', () => {
  const read = (text, count = 1) => readOutcomes(NAME, text, count)
    .map((outcome) => ('data' in outcome ? outcome.data : `${outcome.failure.reason} ${outcome.failure.detail}`));

  test('arrays and bare objects are understood', () => {
    assert.deepEqual(read('[{"error":false,"data":null}]'), [null]);
    assert.deepEqual(read(ajaxAnswer(new Error('nopermissions'))), ['moodle_refused nopermissions']);
    assert.deepEqual(read(ajaxAnswer(new Error('servicenotavailable'))), ['unsupported_by_site servicenotavailable']);
    assert.deepEqual(read(ajaxAnswer(new Error('requireloginerror'))), ['not_found requireloginerror']);
    assert.deepEqual(read(ajaxAnswer(new Error('invalidrecord'))), ['not_found invalidrecord']);
    assert.deepEqual(read('{"error":"x","errorcode":"invalidrecord"}'), ['unsupported_by_site invalidrecord']);
    assert.deepEqual(read('{"error":"x","errorcode":"sitemaintenance"}'), ['maintenance undefined']);
  });

  test('what Moodle never answers is refused with what it looks like', () => {
    const cases = {
      '': 'empty', '  ': 'empty', '<!doctype html>': 'html', '\n<br />Warning': 'html', oops: 'not_json', '[]': 'not_json',
      '{"a":1}': 'not_json', 'null': 'not_json', '[{"error":false},{"error":false}]': 'not_json',
    };
    for (const [text, detail] of Object.entries(cases)) {
      assert.throws(() => readOutcomes(NAME, text, 1), reason('unexpected_answer', detail), text);
    }
    assert.deepEqual(read('[7]'), ['unexpected_answer shape']);
  });

  test('no text of Moodle is kept', () => {
    const [{ failure }] = readOutcomes(NAME, ajaxAnswer(new Error('some secret text')), 1);
    assert.deepEqual([failure.reason, failure.detail], ['moodle_refused', undefined]);
    assert.equal(failure.message.includes('Moodle refused'), true);
  });
});

describe('Session', () => {
  test('M.cfg is read from a page; a stranger has a key too', () => {
    const page = moodlePage({ wwwroot: 'https://x.edu/m', sesskey: 'k', userId: 0 });
    assert.deepEqual(pageConfig(page), {
      wwwroot: 'https://x.edu/m', sesskey: 'k', userId: 0, zone: 'Europe/Berlin', contextId: 1,
    });
    assert.equal(pageConfig('<html>M.cfg = {broken;};</html>'), null);
    assert.equal(pageConfig('<html></html>'), null);
  });

  for (const [what, page, expected, detail] of [
    ['a stranger', () => moodlePage({ wwwroot: 'https://moodle.example.edu/moodle', userId: 0 }), 'signed_out'],
    ['a guest', () => `${moodlePage({ wwwroot: 'https://moodle.example.edu/moodle', userId: 1 })}<input name="logintoken">`
      .replace('<input name', '<input type="hidden" name'), 'signed_out'],
    ['no Moodle', () => '<html>Hello</html>', 'unexpected_answer', 'no_moodle_page'],
    ['another Moodle', () => moodlePage({ wwwroot: 'https://other.example' }), 'unexpected_answer', 'other_moodle'],
    ['a sign-in elsewhere', (init) => (init.redirect === 'manual' ? 'redirect' : new TypeError('CORS')), 'signed_out'],
    ['nothing', () => new TypeError('offline'), 'unreachable'],
  ]) {
    test(`the login page of ${what} is ${expected}`, async () => {
      const { moodle, sessions, site } = await newWorld();
      moodle.page = page;
      await assert.rejects(sessions.current(site), reason(expected, detail));
    });
  }

  test('a site that does not tell the user id in its pages is asked for it', async () => {
    const { moodle, sessions, site } = await newWorld();
    moodle.page = () => moodlePage({ wwwroot: moodle.url }).replace('"userId":6,', '');
    moodle.ajax = () => ajaxAnswer({ userid: 6, timeremaining: 5 });
    assert.deepEqual(await sessions.current(site), {
      sesskey: 'key1', userId: 6, zone: 'Europe/Berlin', contextId: 1,
    });
  });

  test('who stops waiting does not stop the others', async () => {
    const { sessions, site } = await newWorld();
    const controller = new AbortController();
    const gone = sessions.current(site, controller.signal);
    const stays = sessions.current(site);
    controller.abort(new Error('gone'));
    await assert.rejects(gone, /gone/);
    assert.equal((await stays).userId, 6);
  });
});

describe('Probe', () => {
  test('looks at the login page once, then asks without prolonging the session', async () => {
    const { moodle, probe, site } = await newWorld();
    moodle.ajax = () => ajaxAnswer({ userid: 6, timeremaining: 5 });
    const seen = { site: NAME, url: moodle.url, state: 'signed_in', user_id: 6, checked_at: '2026-11-22T09:30:00.000Z' };
    assert.deepEqual(await probe.look(site), seen);
    assert.deepEqual(await probe.look(site), seen);
    assert.equal(moodle.paths.join(), '/login/index.php,/lib/ajax/service.php');
    assert.equal(moodle.requests[1].url.searchParams.get('nosessionupdate'), 'true');
  });

  for (const [what, arrange, state] of [
    ['signed out', ({ moodle }) => { moodle.page = () => moodlePage({ wwwroot: moodle.url, userId: 0 }); }, 'signed_out'],
    ['not permitted', (parts) => { parts.permitted = false; }, 'no_permission'],
    ['dead', ({ moodle }) => { moodle.page = () => new TypeError('offline'); }, 'unreachable'],
    ['in maintenance', ({ moodle }) => { moodle.status = 503; }, 'maintenance'],
    ['no Moodle', ({ moodle }) => { moodle.page = () => 'hello'; }, 'unknown'],
  ]) {
    test(`a site that is ${what} is ${state}`, async () => {
      const parts = await newWorld();
      arrange(parts);
      const seen = await parts.probe.look(parts.site);
      assert.deepEqual([seen.state, seen.user_id], [state, undefined]);
      assert.equal((await parts.states.of([parts.site]))[0].state, state);
    });
  }

  test('tells who is signed in when it is another than before', async () => {
    const { settings, probe, site } = await newWorld();
    await settings.pinUser(NAME, 5);
    const { state, user_id } = await probe.look(site);
    assert.deepEqual([state, user_id], ['other_user', 6]);
  });

  test('tells who is signed in when that changed since the key was read', async () => {
    const { moodle, probe, site } = await newWorld();
    await probe.look(site);
    moodle.ajax = () => ajaxAnswer({ userid: 7 });
    const { state, user_id } = await probe.look(site);
    assert.deepEqual([state, user_id], ['other_user', 7]);
  });

  test('a command refused because of another person makes the state other_user, and one that works again signed_in', async () => {
    const parts = await newWorld();
    parts.moodle.ajax = () => ajaxAnswer({ userid: 6 });
    await parts.probe.look(parts.site);
    await parts.settings.useAs(NAME, 5);
    await parts.sessions.forget(parts.site);
    await parts.probe.heard(parts.site, { reason: 'site_changed_user' });
    const state = async () => (await parts.states.of([parts.site]))[0].state;
    assert.equal(await state(), 'other_user');
    await parts.settings.useAs(NAME, 6);
    await parts.probe.heard(parts.site, null);
    assert.equal(await state(), 'signed_in');
  });

  test('a site that keeps the report waiting is unreachable; who stops waiting learns no state', async () => {
    const parts = await newWorld();
    parts.moodle.page = () => new Promise(() => {});
    const look = parts.probe.look(parts.site);
    await settled();
    parts.patience.abort(new Error('too long'));
    assert.equal((await look).state, 'unreachable');
    const controller = new AbortController();
    parts.patience = new AbortController();
    const abandoned = parts.probe.look(parts.site, controller.signal);
    await settled();
    controller.abort(new Error('gone'));
    await assert.rejects(abandoned, /gone/);
  });

  test('a change is told once', async () => {
    const parts = await newWorld();
    parts.moodle.ajax = () => ajaxAnswer({ userid: 6 });
    await parts.probe.look(parts.site);
    await parts.probe.look(parts.site);
    assert.equal(parts.changes, 1);
    parts.permitted = false;
    await parts.probe.look(parts.site);
    assert.equal(parts.changes, 2);
  });

  test('looks anew only when a command ended otherwise than was known', async () => {
    const parts = await newWorld();
    parts.moodle.ajax = () => ajaxAnswer({ userid: 6 });
    await parts.probe.look(parts.site);
    const before = parts.moodle.requests.length;
    await parts.probe.heard(parts.site, null);
    assert.equal(parts.moodle.requests.length, before);
    await parts.probe.heard(parts.site, { reason: 'moodle_refused' });
    assert.equal(parts.moodle.requests.length, before);
    await parts.probe.heard(parts.site, { reason: 'signed_out' });
    assert.equal(parts.moodle.requests.length, before + 1);
  });
});
