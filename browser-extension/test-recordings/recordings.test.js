/**
 * The operations against answers recorded from real Moodles. The recordings are no part of this repository: without the
 * folder that MOODLE_MCP_RECORDINGS names these tests are skipped.
 */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DOMParser } from 'linkedom';
import { OPERATIONS } from '../src/operations/index.js';
import { localEngine } from '../src/engine/engine.js';
import { readOutcomes } from '../src/moodle/ajax.js';
import { FakeMoodle, moodlePage } from '../test/fakes.js';
import { newWorld } from '../test/world.js';

const folder = process.env.MOODLE_MCP_RECORDINGS
  ?? fileURLToPath(new URL('../../../shared/moodle/recordings', import.meta.url));
const skip = existsSync(folder) ? false : 'no recordings';
const versions = skip ? [] : readdirSync(folder).filter((name) => /^\d+\.\d+$/.test(name));
const ajax = (version, role, name) => readFileSync(`${folder}/${version}/${role}/ajax/${name}.json`, 'utf8');
const ENROLLED = 'core_course_get_enrolled_courses_by_timeline_classification';
const STATE = 'core_courseformat_get_state';

globalThis.DOMParser = DOMParser;

/** Where the recorded Moodle lived. */
function rootOf(version) {
  return new URL(/"viewurl": ?"([^"]+)"/.exec(ajax(version, 'student', `${ENROLLED}-all`))[1].replaceAll('\\/', '/')).origin;
}

/** Runs an operation against a Moodle that answers what was recorded. */
async function run(version, role, name, args, files = {}) {
  const moodle = new FakeMoodle();
  moodle.url = rootOf(version);
  moodle.page = () => moodlePage({ wwwroot: moodle.url });
  const entryOf = ({ methodname, args: { classification } }) => JSON.parse(ajax(
    version, role, files[methodname] ?? (classification ? `${methodname}-${classification}` : methodname),
  ))[0];
  moodle.ajax = ({ calls }) => {
    const entries = calls.map(entryOf);
    const failed = entries.findIndex(({ error }) => error);
    return JSON.stringify(failed < 0 ? entries : entries.slice(0, failed + 1));
  };
  const world = await newWorld(moodle);
  const context = { ...world, sites: [world.site], engine: localEngine(), signal: new AbortController().signal };
  return OPERATIONS.get(name).run(args, world.site, context);
}

describe('Recorded answers', { skip }, () => {
  test('are there for at least two versions', () => assert.ok(versions.length >= 2));

  for (const version of versions) {
    describe(`of Moodle ${version}`, () => {
      test('list_courses gives all seven courses with plain names', async () => {
        const { courses, coverage } = await run(version, 'student', 'list_courses', {});
        assert.deepEqual(coverage, { returned: 7, offset: 0, more: false });
        const byId = new Map(courses.map((course) => [course.id, course]));
        assert.equal(byId.get(2).name, 'Introduction to Programming — CS101');
        assert.equal(byId.get(2).category, 'Faculty of Science & Größe');
        assert.deepEqual([byId.get(2).progress_percent, byId.get(3).progress_percent], [22, null]);
        assert.equal(byId.get(3).name, 'Zellbiologie: Größe & „Café“');
        assert.equal(byId.get(4).name, 'تاريخ مقدمة — מבוא להיסטוריה');
        assert.equal(byId.get(5).end, null);
        for (const course of courses) {
          assert.match(course.start, /^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/);
          assert.equal(course.url, `${rootOf(version)}/course/view.php?id=${course.id}`);
        }
      });

      for (const classification of ['inprogress', 'future', 'past', 'favourites', 'hidden']) {
        test(`list_courses understands ${classification}`, async () => {
          const { courses } = await run(version, 'student', 'list_courses', { classification });
          for (const { id, name } of courses) assert.ok(id > 0 && name, classification);
        });
      }

      test('get_course gives what the student sees', async () => {
        const { course, sections, coverage } = await run(version, 'student', 'get_course', { course_id: 2 });
        assert.equal(course.short_name, 'CS101-W26');
        assert.ok(course.summary.length > 0 && !/<\w/.test(course.summary));
        assert.deepEqual(sections.map(({ id, number }) => [id, number]), [
          [1, 0], [2, 1], [3, 2], [4, 3], [6, 5], [7, 6], [16, 7], [null, -1],
        ]);
        const activities = new Map(sections.flatMap((section) => section.activities).map((one) => [one.id, one]));
        assert.equal(coverage.total, activities.size);
        assert.equal(activities.get(5).name, 'Page: Syllabus & rules');
        assert.deepEqual([activities.get(20).stealth, activities.get(20).completion], [true, 'not_tracked']);
        assert.deepEqual(sections.at(-1).activities.map(({ id }) => id), [20]);
        assert.deepEqual([activities.get(6).type, activities.get(6).url], ['label', null]);
        assert.equal(activities.get(1).completion, 'complete');
        assert.equal(sections.find(({ id }) => id === 6).restricted, true);
        assert.equal(sections.find(({ id }) => id === 16).parent_activity, 18);
      });

      test('get_course gives the teacher what is hidden from students', async () => {
        const { sections } = await run(version, 'teacher', 'get_course', { course_id: 2 }, { [ENROLLED]: `${ENROLLED}-all` });
        const hidden = sections.find(({ id }) => id === 5);
        assert.equal(hidden.visible, false);
        const activities = sections.flatMap((section) => section.activities);
        assert.equal(activities.find(({ id }) => id === 19).visible, false);
        assert.equal(activities.find(({ id }) => id === 21).restricted, true);
        assert.equal(sections.at(-1).id, 16);
      });

      for (const [file, id] of [['single', 7], ['social', 6], ['onepage', 8]]) {
        test(`get_course reads the ${file} format`, async () => {
          const { sections, coverage } = await run(version, 'student', 'get_course', { course_id: id }, {
            [STATE]: `${STATE}-${file}`,
          });
          assert.equal(coverage.more, false);
          assert.ok(sections.length > 0);
        });
      }

      for (const file of ['hiddencourse', 'selfenrol']) {
        test(`a course that is not the person's (${file}) is not found`, async () => {
          await assert.rejects(run(version, 'student', 'get_course', { course_id: 2 }, { [STATE]: `${STATE}-${file}` }), {
            reason: 'not_found', detail: 'requireloginerror',
          });
        });
      }

      for (const [role, file, count, expected] of [
        ['anon', '_error-no-cookie', 1, ['signed_out']],
        ['student', '_error-bad-sesskey', 1, ['moodle_refused invalidsesskey']],
        ['student', '_error-batch-with-error', 3, ['data', 'unsupported_by_site servicenotavailable']],
        ['student', '_error-nonajax', 1, ['unsupported_by_site servicenotavailable']],
        ['student', '_error-unknown-fn', 1, [version === '4.5' ? 'unsupported_by_site invalidrecord'
          : 'unsupported_by_site invalidrecordunknown']],
        ['student', '_error-unknown-fn', 2, []],
        ['student', '_error-wrong-arg', 1, ['moodle_refused invalidparameter']],
      ]) {
        const where = existsSync(`${folder}/${version}/${role}/ajax/${file}.json`) ? version : versions[0];
        test(`${role} ${file} of ${count} is ${expected}`, () => {
          const outcomes = readOutcomes('x', ajax(where, role, file), count).map((outcome) => ('data' in outcome
            ? 'data' : [outcome.failure.reason, outcome.failure.detail].filter(Boolean).join(' ')));
          assert.deepEqual(outcomes, expected);
        });
      }
    });
  }
});
