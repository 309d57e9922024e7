import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Requests } from '../src/moodle/requests.js';
import { OtherAddress, discover } from '../src/moodle/discovery.js';
import { findSite, originPattern, parseAddress, pastedAddress, rootCandidates, siteName } from '../src/moodle/sites.js';
import { plainName, isoTime } from '../src/moodle/text.js';
import { ajaxAnswer, moodlePage } from './fakes.js';

describe('Addresses', () => {
  test('are normalised, with https added where a scheme is missing', () => {
    const cases = {
      'moodle.example.edu': 'https://moodle.example.edu/',
      ' HTTPS://Moodle.Example.edu/moodle/ ': 'https://moodle.example.edu/moodle/',
      'localhost:8081/x': 'http://localhost:8081/x',
      '127.0.0.1:8081': 'http://127.0.0.1:8081/',
      'http://localhost/moodle': 'http://localhost/moodle',
      'moodle.example.edu:8443/a?b#c': 'https://moodle.example.edu:8443/a?b#c',
      'localhost.example.edu': 'https://localhost.example.edu/',
    };
    for (const [typed, expected] of Object.entries(cases)) assert.equal(parseAddress(typed)?.href, expected, typed);
  });

  test('that the extension must not use are refused', () => {
    for (const typed of [
      '', '   ', 'http://moodle.example.edu', 'ftp://x.edu', 'javascript:alert(1)', 'file:///etc/passwd', 'data:text/html,x',
      'https://user:secret@x.edu', 'https://', 'chrome://settings', 'http://192.168.0.1', 'http://localhost.evil.example',
    ]) assert.equal(parseAddress(typed), null, typed);
  });

  test('of an old link mean the same with https', () => {
    const cases = {
      'http://moodle.example.edu': 'https://moodle.example.edu/',
      ' HTTP://Moodle.example.edu:80/moodle/my/#top ': 'https://moodle.example.edu/moodle/my/#top',
      'http://localhost:8081/moodle': 'http://localhost:8081/moodle',
      'https://x.edu/a': 'https://x.edu/a',
      'x.edu': 'https://x.edu/',
    };
    for (const [pasted, expected] of Object.entries(cases)) assert.equal(pastedAddress(pasted)?.href, expected, pasted);
    for (const pasted of ['http://x.edu:8080', 'http://user:secret@x.edu', 'ftp://x.edu', 'http://', '']) {
      assert.equal(pastedAddress(pasted), null, pasted);
    }
  });

  test('give a name of host, unusual port and path', () => {
    assert.equal(siteName('https://Moodle.example.edu/moodle/'), 'moodle.example.edu/moodle');
    assert.equal(siteName('http://127.0.0.1:8081'), '127.0.0.1:8081');
    assert.equal(siteName('https://x.edu:443/a/b'), 'x.edu/a/b');
    assert.equal(siteName('https://bücher.example'), 'xn--bcher-kva.example');
  });

  test('need a permission without a port', () => {
    assert.equal(originPattern('http://127.0.0.1:8081/moodle'), 'http://127.0.0.1/*');
    assert.equal(originPattern('https://x.edu/moodle'), 'https://x.edu/*');
  });

  test('are found by name, with or without scheme and slash', () => {
    const sites = [{ site: 'x.edu/moodle', url: 'https://x.edu/moodle' }];
    for (const name of ['x.edu/moodle', 'https://X.edu/moodle/', ' x.edu/moodle ']) assert.equal(findSite(sites, name), sites[0]);
    for (const name of ['x.edu', 'x.edu/moodle2', '']) assert.equal(findSite(sites, name), undefined);
  });

  test('lead to the places where the Moodle can begin, the likeliest first', () => {
    const of = (address) => rootCandidates(new URL(address)).map((root) => root.replace('https://x.edu', '') || '/');
    assert.deepEqual(of('https://x.edu'), ['/']);
    assert.deepEqual(of('https://x.edu/course/view.php?id=3'), ['/', '/course']);
    assert.deepEqual(of('https://x.edu/moodle/course/view.php?id=3'), ['/moodle', '/', '/moodle/course']);
    assert.deepEqual(of('https://x.edu/lms/moodle/mod/forum/discuss.php?d=1').at(0), '/lms/moodle');
    assert.deepEqual(of('https://x.edu/moodle/').at(0), '/moodle');
    assert.deepEqual(of('https://x.edu/my/').slice(0, 2), ['/', '/my']);
    assert.equal(of('https://x.edu/a/b/c/d/e/f/g').length, 5);
  });
});

describe('Discovery', () => {
  const requestsTo = (pages, asked = []) => new Requests({
    hasPermission: async () => true,
    fetch: async (address) => {
      const { origin, pathname } = new URL(address);
      asked.push(pathname);
      const page = pages[origin + pathname];
      if (page instanceof Error) throw page;
      const [status, text] = page === undefined ? [404, 'nothing'] : [page.status ?? 200, page.text ?? page];
      return { status, type: 'basic', url: address, text: async () => text };
    },
  });
  const page = (wwwroot) => moodlePage({ wwwroot, userId: 0 });

  test('takes the address that Moodle itself gives', async () => {
    const requests = requestsTo({ 'https://x.edu/moodle/login/index.php': page('https://x.edu/moodle') });
    const found = await discover(requests, new URL('https://x.edu/moodle/course/view.php?id=2'));
    assert.deepEqual(found, { site: 'x.edu/moodle', url: 'https://x.edu/moodle' });
  });

  test('finds one site however its address is written', async () => {
    const requests = requestsTo({ 'https://x.edu/moodle/login/index.php': page('https://X.edu/moodle/') });
    const sites = await Promise.all([
      'https://x.edu/moodle', 'HTTPS://X.EDU/moodle/', 'x.edu/moodle/course/view.php?id=2#section-3', 'http://x.edu/moodle/my/',
      'https://x.edu:443/moodle/mod/forum/view.php?id=7', ' x.edu/moodle/login/index.php ',
    ].map((pasted) => discover(requests, pastedAddress(pasted))));
    assert.deepEqual(new Set(sites.map(({ site }) => site)), new Set(['x.edu/moodle']));
    assert.deepEqual(new Set(sites.map(({ url }) => url)), new Set(['https://x.edu/moodle']));
  });

  test('goes on to the next place', async () => {
    const requests = requestsTo({ 'https://x.edu/login/index.php': page('https://x.edu') });
    assert.equal((await discover(requests, new URL('https://x.edu/moodle/course/view.php'))).url, 'https://x.edu');
  });

  test('asks for the public configuration where the login page leads elsewhere', async () => {
    const requests = requestsTo({
      'https://x.edu/login/index.php': new TypeError('CORS'),
      'https://x.edu/lib/ajax/service-nologin.php': ajaxAnswer({ wwwroot: 'https://x.edu', sitename: 'X' }),
    });
    assert.equal((await discover(requests, new URL('https://x.edu/my/'))).site, 'x.edu');
  });

  for (const [what, pages, reason] of [
    ['no Moodle', { 'https://x.edu/login/index.php': '<html>' }, 'unexpected_answer'],
    ['nothing at all', {
      'https://x.edu/login/index.php': new TypeError('x'), 'https://x.edu/lib/ajax/service-nologin.php': new TypeError('x'),
    }, 'unreachable'],
    ['a Moodle in maintenance', { 'https://x.edu/login/index.php': { status: 503, text: '' } }, 'maintenance'],
    ['a Moodle of another host', { 'https://x.edu/login/index.php': page('https://www.x.edu') }, 'no_permission'],
    ['a Moodle without encryption', { 'https://x.edu/login/index.php': page('http://x.edu') }, 'unexpected_answer'],
  ]) {
    test(`${what} is ${reason}`, async () => {
      await assert.rejects(discover(requestsTo(pages), new URL('https://x.edu')), { reason });
    });
  }
});

describe('Discovery of a Moodle that is known under another address', () => {
  const refused = (more) => JSON.stringify({ error: 'Text of Moodle', errorcode: 'redirecterrordetected', ...more });
  const exception = (more) => JSON.stringify([{ error: true, exception: { errorcode: 'redirecterrordetected', ...more } }]);
  for (const [what, login, config, address] of [
    ['only says so', new TypeError('CORS'), refused({}), null],
    ['tells the address', new TypeError('CORS'), refused({ reproductionlink: 'https://lms.x.edu/m/' }), 'https://lms.x.edu/m'],
    ['tells the address in a list', 'hello', exception({ link: 'https://lms.x.edu/' }), 'https://lms.x.edu'],
    ['tells the address that was asked', new TypeError('CORS'), exception({ link: 'https://x.edu/a' }), null],
    ['tells what is no address', new TypeError('CORS'), refused({ reproductionlink: 'javascript:alert(1)' }), null],
    ['shows its own page', moodlePage({ wwwroot: 'https://lms.x.edu', userId: 0 }), '', 'https://lms.x.edu'],
  ]) {
    test(`and ${what}`, async () => {
      const requests = new Requests({
        hasPermission: async () => true,
        fetch: async (url) => {
          const text = url.includes('/login/index.php') ? login : config;
          if (text instanceof Error) throw text;
          return { status: 200, type: 'basic', url, text: async () => text };
        },
      });
      await assert.rejects(discover(requests, new URL('https://x.edu/')), (error) => {
        assert.ok(error instanceof OtherAddress);
        assert.deepEqual([error.reason, error.site, error.address], ['no_permission', 'x.edu', address]);
        return true;
      });
    });
  }
});

describe('Names and times', () => {
  test('entities are decoded once', () => {
    const cases = {
      'Page: Syllabus &amp; rules': 'Page: Syllabus & rules',
      '&#60;b&#62;': '<b>',
      '&amp;lt;b&amp;gt;': '&lt;b&gt;',
      'A &amp;amp; B': 'A &amp; B',
      'Zellbiologie: Gr&ouml;&szlig;e &amp;  &bdquo;Caf&eacute;&ldquo;': 'Zellbiologie: Größe & „Café“',
      ' a\n b\u00a0c ': 'a b c',
      'AT&T &unknown; &#x1F600;': 'AT&T &unknown; 😀',
    };
    for (const [name, expected] of Object.entries(cases)) assert.equal(plainName(name), expected);
    assert.equal(plainName(undefined), '');
  });

  test('0 is no time', () => {
    assert.equal(isoTime(1797926400), '2026-12-22T08:00:00.000Z');
    for (const none of [0, -1, null, undefined, '5', NaN, Infinity, 1e20]) assert.equal(isoTime(none), null);
  });
});
