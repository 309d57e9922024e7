/** What an assistant reads in the documents of the demo Moodle, in any browser. */

import assert from 'node:assert/strict';
import { dataOf } from './expected.mjs';

/** @typedef {{callTool: (name: string, args?: Record<string, unknown>) => Promise<import('../lib/mcp.mjs').ToolAnswer>}} Caller */

/** The pages of activities that hold files: seeing them is part of reading files. */
export const FILE_PAGES = /^.*\/mod\/(resource|folder|assign)\/view\.php$/;

/**
 * Finds the files of a course, and reads one of each kind.
 * @param {Caller} client
 */
export async function readDocuments(client) {
  const read = async (/** @type {Record<string, unknown>} */ args) => dataOf(await client.callTool('read_file', args));
  const { files } = dataOf(await client.callTool('list_files', { course_id: 2 }));
  const byName = new Map(files.map((/** @type {any} */ file) => [file.name, file]));
  assert.equal(byName.get('Exercise sheets').activity_id, 118);

  const slides = await read({ file: byName.get('Slides: Größen & Maße (PDF)').file });
  assert.deepEqual([slides.kind, slides.state, slides.coverage.total, slides.next], ['pdf', 'read', 4, undefined]);
  assert.deepEqual(slides.pages[0], { page: 1, text: 'Größen & Maße\nA length has a number and a unit.' });
  assert.match(slides.pages[2].text, /No text on this page/);
  const found = await read({ file: 'resource-105', find: 'speed of LIGHT' });
  assert.deepEqual(found.matches.map((/** @type {any} */ match) => match.page), [2]);

  const folder = dataOf(await client.callTool('list_files', { course_id: 2, activity_id: 118 }));
  const [sheet, talk, marks] = ['week 1/Exercise sheet.docx', 'week 1/Lab rules.pptx', 'Measurements.xlsx'].map(
    (name) => folder.files.find((/** @type {any} */ file) => file.name === name)?.file,
  );
  const text = (await read({ file: sheet })).pages[0].text;
  assert.match(text, /^# Exercise sheet 1\n\n# Before the lab\n\nRead \*\*all\*\* steps\.\[\^1\]\n\n1\. Weigh the sample\n {2}a\) twice\n/);
  assert.match(text, /- Bring a pen\n\n\| Sample \| Mass \|[^]*\[\^1\]: Wear goggles\.$/);
  const lesson = await read({ file: talk });
  assert.deepEqual(lesson.pages.map((/** @type {any} */ page) => page.slide), [1, 2]);
  assert.match(lesson.pages[0].text, /- No food\n- No drinks\n\nSpeaker notes: Tell the story of the coffee\./);
  const [cells] = (await read({ file: marks })).pages;
  assert.deepEqual([cells.sheet, cells.title], [1, 'Measurements']);
  assert.match(cells.text, /\| 2 \| 2026-10-05 \| 1\.25 \| 50 % \|/);
  const task = dataOf(await client.callTool('list_files', { course_id: 2, activity_id: 106 }));
  assert.deepEqual(task.files.map((/** @type {any} */ file) => [file.from, file.name]), [['task', 'Task.docx']]);
}
