/**
 * Makes dist/chromium and dist/firefox out of src: the same files, and a manifest without what only the other browser
 * needs. The same sources give the same bytes.
 */

import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { dirname } from 'node:path';
import './vendor.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = `${root}src/`;

/** Files that only one of the browsers uses. */
const CHROMIUM_ONLY = ['offscreen.html', 'offscreen.js', 'managed_schema.json'];

const TARGETS = { chromium: [], firefox: CHROMIUM_ONLY };

/** The combined manifest without what only the other browser needs. */
function manifestFor(browser, manifest) {
  const {
    background, browser_specific_settings, key, minimum_chrome_version, permissions, storage, ...both
  } = manifest;
  const { scripts, service_worker, type } = background;
  return browser === 'chromium'
    ? { ...both, key, minimum_chrome_version, storage, permissions, background: { service_worker, type } }
    : {
        ...both,
        permissions: permissions.filter((permission) => permission !== 'offscreen'),
        background: { scripts, type },
        browser_specific_settings,
      };
}

async function assemble(browser, leftOut, files) {
  const target = `${root}dist/${browser}/`;
  await rm(target, { recursive: true, force: true });
  for (const file of files.filter((name) => !leftOut.includes(name))) {
    await mkdir(dirname(target + file), { recursive: true });
    await cp(source + file, target + file);
  }
  await cp(`${root}../LICENSE`, `${target}LICENSE`);
  const manifest = JSON.parse(await readFile(`${source}manifest.json`, 'utf8'));
  await writeFile(`${target}manifest.json`, `${JSON.stringify(manifestFor(browser, manifest), null, 2)}\n`);
}

const entries = await readdir(source, { recursive: true, withFileTypes: true });
const files = entries
  .filter((entry) => entry.isFile() && !/\.d\.m?ts$/.test(entry.name) && entry.name !== 'manifest.json')
  .map((entry) => `${entry.parentPath ?? entry.path}/${entry.name}`.slice(source.length).replace(/^\//, ''))
  .sort();
for (const [browser, leftOut] of Object.entries(TARGETS)) await assemble(browser, leftOut, files);
