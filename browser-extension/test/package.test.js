import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { LINES, TEXTS, WARNINGS } from '../src/approval/shown.js';
import { OPERATIONS } from '../src/operations/index.js';

const root = new URL('../', import.meta.url);
const text = (path) => readFileSync(new URL(path, root), 'utf8');
const json = (path) => JSON.parse(text(path));
const filesIn = (path) => readdirSync(new URL(path, root), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => `${entry.parentPath ?? entry.path}/${entry.name}`.slice(new URL(path, root).pathname.length))
  .map((file) => file.replace(/^\//, ''))
  .sort();
const digest = (path) => filesIn(path).map((file) => [
  file, createHash('sha256').update(readFileSync(new URL(path + file, root))).digest('hex'),
]);

const manifest = json('src/manifest.json');

describe('Texts', () => {
  const en = json('src/_locales/en/messages.json');
  const de = json('src/_locales/de/messages.json');
  const sources = filesIn('src/').filter((file) => /\.(js|html|json)$/.test(file) && !/^(vendor|_locales)/.test(file));

  const keysIn = (file, pattern) => [...text(file).matchAll(pattern)].map(([, key]) => key)
    .filter((key) => !key.endsWith('_'));

  /** The keys that are put together at run time, from where their parts are listed. */
  function composedKeys() {
    const states = text('src/bridge/connection.js').match(/typedef \{\{state: ([^}]*)\}/)[1].match(/\w+/g);
    const waits = text('src/bridge/backoff.js').match(/WAIT_REASONS = .*?\(\['lost', (.*?)\]\)/)[1].match(/\w+/g);
    const siteStates = text('src/bridge/protocol.js').match(/typedef \{('signed_in'[^}]*)\} SiteStateName/)[1].match(/\w+/g);
    const pairing = text('src/pairing.js').match(/typedef \{('sign_in_cancelled'[^}]*)\}/)[1].match(/\w+/g);
    const problems = sources.flatMap((file) => [...text(`src/${file}`).matchAll(/Problem\('(\w+)'\)/g)]
      .map(([, key]) => key));
    return [
      ...[...states, 'waiting'].flatMap((state) => [`connection_${state}`, `next_${state}`]), 'next_connected_no_site',
      'next_connected_none_ready', ...waits.map((why) => `next_waiting_${why}`),
      ...siteStates.map((state) => `site_state_${state}`),
      ...[...pairing, ...problems].map((key) => `problem_${key}`),
      ...['unexpected_answer', 'unreachable', 'maintenance', 'no_permission', 'elsewhere', 'elsewhere_unnamed']
        .map((key) => `problem_site_${key}`),
      ...LINES.map((name) => `approve_line_${name}`), ...TEXTS.map((name) => `approve_text_${name}`),
      ...WARNINGS.map((name) => `approve_warning_${name}`),
      ...[...OPERATIONS.values()].filter(({ write }) => write).map(({ name }) => `tool_${name}`),
      ...text('src/approval/questions.js').match(/param \{('gone'[^}]*)\}/)[1].match(/\w+/g)
        .map((key) => `problem_decision_${key}`),
      ...keysIn('src/badge.js', /title: '(\w+)'/g), ...keysIn('src/approve/approve.js', /'((?:approve|problem)_\w+)'/g),
      ...keysIn('src/approve/question-view.js', /files\('(\w+)'/g),
      ...['ask', 'allow', 'deny'].map((choice) => `choice_${choice}`), 'activity_asked', 'activity_approved', 'activity_rejected',
      'activity_cleared', 'options_saved',
    ];
  }

  function usedKeys() {
    const found = sources.flatMap((file) => [
      ...text(`src/${file}`).matchAll(/data-i18n="(\w+)"|__MSG_(\w+)__|\bt\('(\w+)'/g),
    ].map(([, a, b, c]) => a ?? b ?? c));
    const chosen = [...text('src/popup/popup.js').matchAll(/\? '(server_\w+)' : '(server_\w+)'/g)].flatMap((m) => m.slice(1));
    return new Set([...found, ...chosen, ...composedKeys()]);
  }

  test('English and German have the same keys and placeholders, none empty', () => {
    assert.deepEqual(Object.keys(de), Object.keys(en));
    for (const key of Object.keys(en)) {
      assert.deepEqual(de[key].placeholders, en[key].placeholders, key);
      const places = (message) => [...message.matchAll(/\$(\w+)\$/g)].map(([, name]) => name.toLowerCase()).sort();
      for (const { message, placeholders = {} } of [en[key], de[key]]) {
        assert.ok(message.trim(), key);
        assert.deepEqual(places(message), Object.keys(placeholders).sort(), key);
      }
    }
  });

  test('every key that is used exists, and every key is used', () => {
    const used = usedKeys();
    assert.ok(used.size > 50);
    assert.deepEqual([...used].filter((key) => !(key in en)), []);
    assert.deepEqual(Object.keys(en).filter((key) => !used.has(key)), []);
  });

  test('pages have no text of their own', () => {
    for (const file of sources.filter((name) => name.endsWith('.html'))) {
      const bare = text(`src/${file}`).replace(/<title>[^<]*<\/title>|<h1>Moodle MCP<\/h1>|<!doctype html>/g, '');
      assert.equal(bare.replace(/<[^>]*>/g, '').trim(), '', file);
    }
  });
});

describe('The manifest', () => {
  test('asks for these permissions and no others', () => {
    assert.deepEqual(manifest.permissions, [
      'storage', 'alarms', 'identity', 'offscreen', 'declarativeNetRequestWithHostAccess',
    ]);
    assert.deepEqual(manifest.optional_host_permissions, ['https://*/*', 'http://localhost/*', 'http://127.0.0.1/*']);
    for (const key of [
      'host_permissions', 'optional_permissions', 'content_scripts', 'externally_connectable', 'web_accessible_resources',
    ]) assert.equal(key in manifest, false, key);
  });

  test('lets pages run no code but the package\'s, and names its policy, because Firefox\'s own forbids ws://', () => {
    const policy = manifest.content_security_policy.extension_pages;
    assert.match(policy, /default-src 'none'; script-src 'self';/);
    assert.doesNotMatch(policy, /unsafe|upgrade-insecure|data:|blob:/);
  });

  test('has the id that the README names, and the version of the package', () => {
    const hash = createHash('sha256').update(Buffer.from(manifest.key, 'base64')).digest('hex').slice(0, 32);
    const id = [...hash].map((digit) => String.fromCharCode(97 + parseInt(digit, 16))).join('');
    assert.ok(text('README.md').includes(id), id);
    assert.ok(text('README.md').includes(manifest.browser_specific_settings.gecko.id));
    assert.equal(manifest.version, json('package.json').version);
  });

  test('names only files that exist', () => {
    const named = [
      ...Object.values(manifest.icons), manifest.action.default_popup, manifest.background.service_worker,
      manifest.storage.managed_schema, manifest.options_ui.page, 'approve/approve.html',
    ];
    for (const file of named) assert.ok(existsSync(new URL(`src/${file}`, root)), file);
  });
});

describe('The packages', () => {
  execFileSync(process.execPath, [new URL('scripts/assemble.mjs', root).pathname]);

  test('are made of the same bytes each time', () => {
    const before = digest('dist/');
    execFileSync(process.execPath, [new URL('scripts/assemble.mjs', root).pathname]);
    assert.deepEqual(digest('dist/'), before);
  });

  test('have each browser\'s manifest', () => {
    const chromium = json('dist/chromium/manifest.json');
    const firefox = json('dist/firefox/manifest.json');
    assert.deepEqual(chromium.background, { service_worker: 'background.js', type: 'module' });
    assert.deepEqual(firefox.background, { scripts: ['background.js'], type: 'module' });
    assert.deepEqual(firefox.permissions, ['storage', 'alarms', 'identity', 'declarativeNetRequestWithHostAccess']);
    assert.equal('browser_specific_settings' in chromium, false);
    for (const key of ['key', 'minimum_chrome_version', 'storage']) assert.equal(key in firefox, false, key);
    for (const browser of ['chromium', 'firefox']) {
      const content = json(`dist/${browser}/manifest.json`);
      assert.equal(content.content_security_policy.extension_pages, manifest.content_security_policy.extension_pages);
      assert.deepEqual(content.optional_host_permissions, manifest.optional_host_permissions);
    }
    assert.equal(existsSync(new URL('dist/firefox/offscreen.html', root)), false);
  });

  for (const [library, folders, needed] of [
    ['entities', ['', 'dist/'], ['LICENSE', 'decode.js']],
    ['pdfjs', ['', 'legacy/build/'], ['LICENSE', 'pdf.min.mjs', 'pdf.worker.min.mjs', 'cmaps/UniJIS-UCS2-H.bcmap']],
  ]) {
    test(`ship ${library} unmodified, with its licence`, () => {
      const shipped = digest(`dist/chromium/vendor/${library}/`);
      const source = `node_modules/${library === 'pdfjs' ? 'pdfjs-dist' : library}/`;
      for (const [file, hash] of shipped) {
        const original = folders.map((folder) => new URL(source + folder + file, root)).find(existsSync);
        assert.equal(createHash('sha256').update(readFileSync(original)).digest('hex'), hash, file);
      }
      assert.deepEqual(needed.filter((name) => !shipped.some(([file]) => file === name)), []);
      assert.deepEqual(digest(`dist/firefox/vendor/${library}/`), shipped);
    });
  }

  test('have no types in them', () => {
    assert.deepEqual(filesIn('dist/chromium/').filter((file) => /\.d\.m?ts$/.test(file)), []);
  });

  test('import only what they contain', () => {
    for (const browser of ['chromium', 'firefox']) {
      for (const file of filesIn(`dist/${browser}/`).filter((name) => name.endsWith('.js'))) {
        const base = new URL(`dist/${browser}/${file}`, root);
        for (const [, path] of text(`dist/${browser}/${file}`).matchAll(/^(?:import|export) .*?from ['"](.+?)['"]/gms)) {
          assert.ok(existsSync(new URL(path, base)), `${file}: ${path}`);
        }
      }
    }
  });

  test('are installed from pinned versions, and the lock names no registry', () => {
    const { dependencies, devDependencies } = json('package.json');
    for (const version of Object.values({ ...dependencies, ...devDependencies })) assert.match(version, /^\d+\.\d+\.\d+$/);
    assert.equal(text('package-lock.json').includes('"resolved"'), false);
  });
});
