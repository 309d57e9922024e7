/** What a student reads inside activities and quizzes, finds, and who else is there, in the demo Moodle. */

import assert from 'node:assert/strict';
import { dataOf } from './expected.mjs';

/** The pages of activities that this opens. */
export const READING_PAGES = [
  'page/view.php', 'url/view.php', 'book/tool/print/index.php', 'glossary/view.php', 'wiki/view.php', 'choice/view.php',
  'quiz/view.php', 'quiz/review.php', 'forum/search.php',
];

/** @typedef {import('../lib/mcp.mjs').McpEndpoint} McpEndpoint */

/** @param {McpEndpoint} mcp */
export async function readInside(mcp) {
  const read = async (/** @type {number} */ course, /** @type {number} */ activity, args = {}) => (
    dataOf(await mcp.callTool('read_activity', { course_id: course, activity_id: activity, ...args })));

  const page = await read(2, 102);
  assert.match(page.parts[0].text, /^### Rules & dates\n\n\| Week \| Topic \|[^]*\\\(s\/\\sqrt\{n\}\\\)$/);
  assert.deepEqual([page.activity.name, page.opened], ['Syllabus & rules', true]);
  assert.match((await read(2, 103)).text, /^#### Read the syllabus\n\nbefore the \[first meeting\]/);
  assert.equal((await read(2, 104)).link, 'https://example.org/lookup?a=1&b=2');
  const book = await read(2, 116);
  assert.deepEqual(book.contents, ['1. Lengths', '1.1. Errors', '2. Times']);
  assert.deepEqual((await read(2, 116, { find: 'stopwatch' })).matches.map((/** @type {any} */ one) => one.part), [3]);
  assert.deepEqual((await read(2, 119)).parts.map((/** @type {any} */ one) => [one.title, one.text]), [
    ['Ruler', 'A **stick** with marks'], ['Größe', 'What can be measured'],
  ]);
  const wiki = await read(7, 171);
  assert.deepEqual(wiki.links_to, [{ wiki_page: 22, title: 'longest' }]);
  assert.equal((await read(7, 171, { wiki_page: 22 })).parts[0].text, 'Donaudampfschifffahrt');
  const choice = await read(3, 133);
  assert.deepEqual([choice.own_answer, choice.can_be_answered_now], [['Dienstag 14 Uhr'], true]);
  assert.equal((await read(2, 118)).files.length, 3);
  assert.deepEqual([(await read(2, 106)).read_with, (await read(2, 106)).opened], ['get_assignment', false]);
  const locked = await read(2, 112);
  assert.deepEqual([locked.opened, locked.restrictions_in_moodles_words], [
    false, ['Not available unless: The activity Report 1 is marked complete'],
  ]);
}

/** @param {McpEndpoint} mcp */
export async function readQuizzes(mcp) {
  const { quiz, attempts } = dataOf(await mcp.callTool('get_quiz', { quiz_id: 108 }));
  assert.deepEqual([quiz.name, quiz.description, attempts.length], ['Quiz: Units', 'Units of **length**', 1]);
  const { questions } = dataOf(await mcp.callTool('review_quiz_attempt', { quiz_id: 108 }));
  assert.deepEqual(questions.map((/** @type {any} */ one) => [one.outcome, one.own_answer ?? null]), [
    ['correct', null], ['partiallycorrect', ['milimetre <sic>']],
  ]);
  assert.deepEqual(questions[0].options, [
    { text: '3 kg', chosen: false }, { text: '2 m', chosen: true, marked: 'correct' },
  ]);
  const none = await mcp.callTool('review_quiz_attempt', { quiz_id: 109 });
  assert.equal(none.isError, true);
  assert.match(none.text, /no such item/);
}

/** @param {McpEndpoint} mcp */
export async function findThings(mcp) {
  const { activities, posts, courses } = dataOf(await mcp.callTool('search', { query: 'rulers' }));
  assert.deepEqual([courses.total, activities.total], [0, 0]);
  assert.deepEqual(posts.found.map((/** @type {any} */ one) => [one.discussion_id, one.author.you]), [
    [501, false], [501, true], [501, false],
  ]);
  const named = dataOf(await mcp.callTool('search', { query: 'großen slides', in: 'activities' }));
  assert.deepEqual(named.activities.found.map((/** @type {any} */ one) => one.id), [105]);
  const { files } = dataOf(await mcp.callTool('search', { query: 'coffee', in: 'files', course_id: 2 }));
  assert.deepEqual(files.found.map((/** @type {any} */ one) => [one.file, one.pages[0].slide]), [
    ['folder-118/content/week 1/Lab rules.pptx', 1],
  ]);
}

/** @param {McpEndpoint} mcp */
export async function seeWhoIsThere(mcp) {
  const { people, coverage } = dataOf(await mcp.callTool('list_participants', { course_id: 2 }));
  assert.deepEqual(people.map((/** @type {any} */ one) => [one.you, one.roles]), [
    [true, 'Student'], [false, 'Teacher'], [false, 'Student'], [false, 'Student'], [false, 'Student'], [false, 'Teacher'],
  ]);
  assert.deepEqual([people[0].id, people[0].name], [3, 'Anna Beispiel']);
  assert.deepEqual(coverage, { returned: 6, page: 0, total: 6, more: false });
  const others = JSON.stringify(people.slice(1));
  assert.doesNotMatch(others, /Ben|Ångström|Arcy|כהן|Grace|grace@|"id":\d{1,6},/, 'others have pseudonyms');
  const grace = people.at(-1);
  assert.match(grace.email, /^\w{6}@person\.invalid$/);
  const found = dataOf(await mcp.callTool('list_participants', { course_id: 2, find: grace.name }));
  assert.deepEqual(found.people, [grace]);
}
