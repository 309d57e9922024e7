import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { beforeEach, describe, test } from 'node:test';
import { Pairing, resourceOf } from '../src/pairing.js';
import { challengeOf, randomToken } from '../src/pkce.js';
import { FakeClock, MemoryArea } from './fakes.js';

const SERVER = 'https://mcp.example.edu/base';
const BACK = 'https://id.chromiumapp.org/';

describe('PKCE', () => {
  test('gives the challenge of RFC 7636, appendix B', async () => {
    const challenge = await challengeOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk');
    assert.equal(challenge, 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
  });

  test('makes verifiers of the right alphabet and length, never twice', () => {
    const made = new Set(Array.from({ length: 50 }, () => randomToken(32)));
    assert.equal(made.size, 50);
    for (const verifier of made) assert.match(verifier, /^[A-Za-z0-9_-]{43}$/);
  });
});

describe('Pairing', () => {
  let clock;
  let local;
  let session;
  let asked;
  let redirect;
  let tokens;
  let pairing;

  const answer = (status, body) => ({ ok: status === 200, status, text: async () => JSON.stringify(body) });
  const issued = (n, more = {}) => answer(200, {
    access_token: `a${n}`, token_type: 'Bearer', expires_in: 900, refresh_token: `r${n}`, scope: 'bridge',
    websocket_url: 'wss://mcp.example.edu/ws', ...more,
  });

  beforeEach(() => {
    clock = new FakeClock();
    local = new MemoryArea();
    session = new MemoryArea();
    asked = [];
    redirect = (query) => `https://id.chromiumapp.org/?code=c1&state=${query.get('state')}&iss=${encodeURIComponent(SERVER)}`;
    tokens = [issued(1), issued(2), issued(3)];
    /** @type {Promise<unknown>} */
    let last = Promise.resolve();
    pairing = new Pairing({
      local,
      session,
      now: clock.now,
      redirectUrl: 'https://id.chromiumapp.org/',
      authorize: async (url) => {
        asked.push(new URL(url));
        return redirect(new URL(url).searchParams);
      },
      fetch: async (url, init) => {
        asked.push({ url, init, form: Object.fromEntries(init.body) });
        const next = tokens.shift();
        if (next instanceof Error) throw next;
        return next;
      },
      locked: (_, work) => (last = last.catch(() => {}).then(work)),
    });
  });

  const problem = (expected) => (error) => error.problem === expected;

  test('signs in with PKCE, state and resource, and keeps what lasts apart from what does not', async () => {
    await pairing.signIn(SERVER);
    const [page, { url, form, init }] = asked;
    const query = Object.fromEntries(page.searchParams);
    assert.equal(page.origin + page.pathname, `${SERVER}/authorize`);
    assert.deepEqual({ ...query, state: 's', code_challenge: 'c' }, {
      response_type: 'code', client_id: 'moodle-mcp-extension', redirect_uri: 'https://id.chromiumapp.org/',
      scope: 'bridge', state: 's', code_challenge: 'c', code_challenge_method: 'S256',
      resource: 'wss://mcp.example.edu/base/ws',
    });
    assert.equal(createHash('sha256').update(form.code_verifier).digest('base64url'), query.code_challenge);
    assert.deepEqual({ ...form, code_verifier: 'v' }, {
      grant_type: 'authorization_code', code: 'c1', code_verifier: 'v', client_id: 'moodle-mcp-extension',
      redirect_uri: 'https://id.chromiumapp.org/', resource: 'wss://mcp.example.edu/base/ws',
    });
    assert.deepEqual([url, init.credentials, init.redirect], [`${SERVER}/token`, 'omit', 'error']);
    assert.deepEqual(await local.get('grant'), { server: SERVER, refresh: 'r1', url: 'wss://mcp.example.edu/ws' });
    assert.equal(JSON.stringify([...local.content]).includes('a1'), false);
    assert.deepEqual(await pairing.access({ fresh: false }), { token: 'a1', url: 'wss://mcp.example.edu/ws' });
    assert.equal(asked.length, 2);
  });

  for (const [what, back, expected] of [
    ['another state', () => `${BACK}?code=c&state=x&iss=${SERVER}`, 'sign_in_mismatch'],
    ['another issuer', (q) => `${BACK}?code=c&state=${q.get('state')}&iss=https://evil.example`, 'sign_in_mismatch'],
    ['no issuer', (q) => `${BACK}?code=c&state=${q.get('state')}`, 'sign_in_mismatch'],
    ['a refusal', (q) => `${BACK}?error=access_denied&state=${q.get('state')}&iss=${SERVER}`, 'sign_in_denied'],
    ['another error', (q) => `${BACK}?error=x&code=c&state=${q.get('state')}&iss=${SERVER}`, 'service_refused'],
    ['a closed window', () => { throw new Error('The user did not approve access.'); }, 'sign_in_cancelled'],
  ]) {
    test(`an answer with ${what} is ${expected} and redeems no code`, async () => {
      redirect = back;
      await assert.rejects(pairing.signIn(SERVER), problem(expected));
      assert.equal(asked.length, 1);
      assert.equal(await pairing.isSignedIn(), false);
    });
  }

  test('renews the token a minute before it ends, and once for all who ask', async () => {
    await pairing.signIn(SERVER);
    await clock.pass(839_000);
    assert.equal((await pairing.access({ fresh: false })).token, 'a1');
    await clock.pass(2_000);
    const both = await Promise.all([pairing.access({ fresh: false }), pairing.access({ fresh: false })]);
    assert.deepEqual(both.map(({ token }) => token), ['a2', 'a2']);
    assert.deepEqual(asked.at(-1).form, {
      grant_type: 'refresh_token', refresh_token: 'r1', client_id: 'moodle-mcp-extension',
    });
    assert.equal((await local.get('grant')).refresh, 'r2');
  });

  test('a fresh token is another than the one that was refused', async () => {
    await pairing.signIn(SERVER);
    assert.equal((await pairing.access({ fresh: true })).token, 'a2');
  });

  test('a browser that was closed renews with what lasts', async () => {
    await pairing.signIn(SERVER);
    session.content.clear();
    assert.equal((await pairing.access({ fresh: false })).token, 'a2');
  });

  test('a refused renewal signs out', async () => {
    await pairing.signIn(SERVER);
    tokens = [answer(400, { error: 'invalid_grant', error_description: 'x' })];
    assert.equal(await pairing.access({ fresh: true }), null);
    assert.deepEqual([await pairing.isSignedIn(), local.content.size, session.content.size], [false, 0, 0]);
  });

  test('signing out gives the grant back to the service it came from', async () => {
    await pairing.signIn(SERVER);
    tokens = [{ ok: true, status: 200, text: async () => '' }];
    await pairing.signOut();
    assert.equal(asked.at(-1).url, `${SERVER}/revoke`);
    assert.deepEqual(asked.at(-1).form, { token: 'r1', client_id: 'moodle-mcp-extension' });
    assert.deepEqual([await pairing.isSignedIn(), local.content.size, session.content.size], [false, 0, 0]);
    const before = asked.length;
    await pairing.signOut();
    assert.equal(asked.length, before);
  });

  test('signing out forgets the tokens also when the service is away or says no', async () => {
    for (const reply of [new TypeError('x'), answer(400, { error: 'invalid_grant' })]) {
      tokens = [issued(1)];
      await pairing.signIn(SERVER);
      tokens = [reply];
      await pairing.signOut();
      assert.equal(await pairing.isSignedIn(), false);
    }
  });

  test('tokens that were refused are forgotten and not given back', async () => {
    await pairing.signIn(SERVER);
    const before = asked.length;
    await pairing.forget();
    assert.deepEqual([await pairing.isSignedIn(), asked.length], [false, before]);
  });

  for (const [what, token] of [
    ['a dead network', new TypeError('x')], ['a proxy\'s page', { ok: false, status: 502, text: async () => '<html>' }],
    ['a 400 that is not OAuth\'s', { ok: false, status: 400, text: async () => 'bad' }],
    ['an answer without tokens', answer(200, {})],
  ]) {
    test(`${what} does not sign out`, async () => {
      await pairing.signIn(SERVER);
      tokens = [token];
      await assert.rejects(pairing.access({ fresh: true }), problem('service_unreachable'));
      assert.equal(await pairing.isSignedIn(), true);
    });
  }

  test('a socket address without encryption is refused, except on this computer', async () => {
    tokens = [issued(1, { websocket_url: 'ws://mcp.example.edu/ws' })];
    await assert.rejects(pairing.signIn(SERVER), problem('service_unreachable'));
    tokens = [issued(1, { websocket_url: 'ws://localhost:8080/ws' })];
    await pairing.signIn(SERVER);
    assert.equal((await pairing.access({ fresh: false })).url, 'ws://localhost:8080/ws');
  });

  test('the resource follows from the address', () => {
    assert.equal(resourceOf('http://localhost:8080'), 'ws://localhost:8080/ws');
    assert.equal(resourceOf('https://x.edu/mcp'), 'wss://x.edu/mcp/ws');
  });
});
