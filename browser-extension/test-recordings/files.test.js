/** The files that recorded pages of real Moodles link to. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DOMParser } from 'linkedom';
import { OPERATIONS } from '../src/operations/index.js';
import { localEngine } from '../src/engine/engine.js';
import { FakeMoodle, moodlePage } from '../test/fakes.js';
import { newWorld } from '../test/world.js';

const folder = process.env.MOODLE_MCP_RECORDINGS
  ?? fileURLToPath(new URL('../../../shared/moodle/recordings', import.meta.url));
const skip = existsSync(folder) ? false : 'no recordings';
const versions = skip ? [] : readdirSync(folder).filter((name) => /^\d+\.\d+$/.test(name));
const html = (version, name) => readFileSync(`${folder}/${version}/student/html/${name}.html`, 'utf8');
const PAGES = { '/mod/folder/view.php?id=9': 'folder-view', '/mod/assign/view.php?id=1': 'assign-view-graded' };

/** Runs list_files against a Moodle that answers what was recorded. */
async function listFiles(version, args) {
  globalThis.DOMParser = DOMParser;
  const root = new URL(/"wwwroot":"([^"]+)"/.exec(html(version, 'folder-view'))[1].replaceAll('\\/', '/')).origin;
  const sesskey = /"sesskey":"([^"]+)"/.exec(html(version, 'folder-view'))[1];
  const moodle = new FakeMoodle();
  moodle.url = root;
  moodle.page = () => moodlePage({ wwwroot: root, sesskey });
  moodle.ajax = () => readFileSync(`${folder}/${version}/student/ajax/core_courseformat_get_state.json`, 'utf8');
  moodle.read = ({ url }) => html(version, PAGES[url.pathname + url.search]);
  const world = await newWorld(moodle);
  const context = { ...world, sites: [world.site], engine: localEngine(), signal: new AbortController().signal };
  return (await OPERATIONS.get('list_files').run(args, world.site, context)).files;
}

describe('Recorded files', { skip }, () => {
  for (const version of versions) {
    test(`of Moodle ${version}: what a course holds`, async () => {
      const files = await listFiles(version, { course_id: 2 });
      assert.deepEqual(files.map(({ kind, file, activity_id }) => [kind, file ?? activity_id]), [
        ['assignment', 1], ['file', 'resource-10'], ['assignment', 2], ['folder', 9], ['assignment', 3], ['assignment', 4],
      ]);
    });

    test(`of Moodle ${version}: what is in a folder, and with an assignment`, async () => {
      const inFolder = await listFiles(version, { course_id: 2, activity_id: 9 });
      assert.deepEqual(inFolder.map(({ file }) => file).sort(), [
        'folder-9/content/sheet1.txt', 'folder-9/content/sub dir/deep/x.pdf', 'folder-9/content/sub dir/ünïcode däta.csv',
      ]);
      const [own] = await listFiles(version, { course_id: 2, activity_id: 1 });
      assert.deepEqual([own.from, own.file], ['own submission', 'assign-1/submission_files/solution1.py']);
    });
  }
});
