/**
 * What each tool that reads asks of the demo Moodle, next to the table in docs/reference/compatibility.md: one that
 * suddenly asks more is found here.
 */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Running } from '../lib/running.mjs';
import { TARGET, findPlaces } from '../lib/places.mjs';
import { freePort } from '../lib/ports.mjs';
import { plainStudent } from '../lib/plain-student.mjs';
import { startDemoMoodle } from '../lib/demo-moodle.mjs';

const TABLE = new URL('../../docs/reference/compatibility.md', import.meta.url);

/** How many bytes more or less than in the table there may be: dates, ports and ids differ from run to run. */
const ROOM = 1.1;

/** Near the end of a month the calendar is asked for two. */
const ROOM_OF_MONTHS = 2.2;

/** One call of each tool, in the order of a session that is warm. @type {[string, Record<string, unknown>][]} */
const CALLS = [
  ['get_status', {}], ['list_courses', {}], ['get_course', { course_id: 2 }], ['list_deadlines', {}],
  ['list_events', { days: 1 }], ['list_assignments', { course_id: 2 }], ['get_assignment', { assignment_id: 106 }],
  ['get_grades', { course_id: 2 }], ['list_updates', { course_id: 2 }], ['list_discussions', { forum_id: 110 }],
  ['read_discussion', { discussion_id: 501 }], ['list_notifications', {}], ['list_conversations', {}],
  ['read_conversation', { conversation_id: 801 }], ['read_activity', { course_id: 2, activity_id: 102 }],
  ['list_files', { course_id: 2 }], ['read_file', { file: 'folder-118/content/week 1/Exercise sheet.docx' }],
  ['search', { query: 'rulers' }], ['list_participants', { course_id: 2 }], ['get_quiz', { quiz_id: 108 }],
  ['review_quiz_attempt', { quiz_id: 108 }],
];

/** The rows of the table, by tool. */
function rowsOfTable() {
  const rows = readFileSync(TABLE, 'utf8').matchAll(/^\| `(\w+)` `([^`]*)` \| (\d+) \| ([\d,]+) \|$/gm);
  return new Map([...rows].map(([, tool, args, requests, bytes]) => [
    tool, { args, requests: Number(requests), bytes: Number(bytes?.replaceAll(',', '')) },
  ]));
}

describe('What tools ask of the demo Moodle', { timeout: 120_000 }, () => {
  const running = new Running();
  /** @type {Awaited<ReturnType<typeof plainStudent>>} */
  let student;
  /** @type {string[]} */
  const found = [];

  before(async () => {
    running.endWithProcess();
    const { java, testkit, chromium } = findPlaces();
    const moodle = await startDemoMoodle({ java, testkit, port: await freePort(), running });
    student = await plainStudent({ extension: chromium, url: moodle.url, login: moodle.login('anna') });
    await student.call('list_courses');
  });
  after(() => {
    mkdirSync(TARGET, { recursive: true });
    writeFileSync(join(TARGET, 'requests.md'), `${found.join('\n')}\n`);
    return running.end();
  });

  test('every tool that reads is in the table', () => {
    const reading = student.names.filter((name) => /^read/.test(student.sideEffect(name) ?? ''));
    assert.deepEqual(CALLS.map(([name]) => name).sort(), reading.sort());
    assert.deepEqual([...rowsOfTable().keys()].sort(), reading.sort());
  });

  for (const [name, args] of CALLS) {
    test(`${name} asks as much as the table says`, async () => {
      const { requests, bytes } = await student.call(name, args);
      const words = JSON.stringify(args);
      found.push(`| \`${name}\` \`${words}\` | ${requests} | ${bytes.toLocaleString('en')} |`);
      const row = rowsOfTable().get(name);
      assert.deepEqual([row?.args, row?.requests], [words, requests], `now: ${found.at(-1)}`);
      const room = name === 'list_events' ? ROOM_OF_MONTHS : ROOM;
      const ratio = bytes / Number(row?.bytes);
      assert.ok(ratio <= room && ratio >= 1 / room, `${bytes} bytes instead of ${row?.bytes}; now: ${found.at(-1)}`);
    });
  }
});
