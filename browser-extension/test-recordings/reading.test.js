/** What is in activities, quizzes and courses, against answers recorded from real Moodles. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { runRecorded, skip, versions } from './recorded-moodle.js';

describe('A recorded course', { skip }, () => {
  for (const version of versions) {
    describe(`of Moodle ${version}`, () => {
      const run = (name, args) => runRecorded(version, name, args);
      const read = (activity, more = {}) => run('read_activity', { course_id: 2, activity_id: activity, ...more });

      test('read_activity gives pages, books, glossaries and wikis', async () => {
        const page = await read(5);
        assert.match(page.parts[0].text,
          /^### Syllabus\n\n\| Week \| Topic \|[^]*Formula \\\(a\^2\\\), code:\n\n```\nprint\("hi"\)\n```/);
        assert.deepEqual((await read(8)).contents, ['1. 1 Values', '1.1. 1.1 Numbers', '2. 2 Names']);
        assert.equal((await read(8, { part: 2 })).parts[0].text, 'Content of chapter *1.1 Numbers*.');
        const glossary = await read(13);
        assert.deepEqual(new Map(glossary.parts.map(({ title, text }) => [title, text])), new Map([
          ['Loop', 'Repetition'], ['Variable', 'A named value'], ['Überladung', 'Overloading **x**'],
        ].sort(([a], [b]) => glossary.contents.indexOf(a) - glossary.contents.indexOf(b))));
        const wiki = await read(14);
        assert.deepEqual([wiki.parts[0].title, wiki.links_to], ['Start', [{ wiki_page: 2, title: 'Second' }]]);
      });

      test('read_activity gives labels, links, folders, choices and surveys', async () => {
        assert.match((await read(6)).text, /^#### Read this first\n\nLabel text with \[a link\]/);
        assert.equal((await read(7)).link, 'https://docs.python.org/3/?q=a&b=c');
        assert.equal((await read(9)).files.length, 3);
        const choice = await read(12);
        assert.deepEqual(choice.options.map(({ text, full }) => [text, full]), [
          ['Mon 10:00', false], ['Tue 14:00', false], ['Wed 16:00 – ünï (Full)', true],
        ]);
        const survey = await read(11);
        assert.deepEqual([survey.parts[0].text, survey.can_be_answered_now], ['Survey', true]);
      });

      test('read_activity describes what it does not open', async () => {
        const work = await read(1);
        assert.deepEqual([work.opened, work.read_with, work.to_complete_in_moodles_words], [false, 'get_assignment',
          ['Make a submission']]);
        assert.equal(work.dates_in_moodles_words.length, 2);
        assert.equal((await read(15)).opened, false);
      });

      test('list_participants gives everybody, page by page', async () => {
        const { people, coverage } = await run('list_participants', { course_id: 2, limit: 20, page: 1 });
        assert.equal(people.length, 20);
        assert.deepEqual([coverage.total, coverage.more], [62, true]);
        assert.deepEqual(people[0], {
          id: 31, name: 'First26 Last26', you: false, roles: 'Student', groups: 'Group Bé', last_access_in_moodles_words: 'Never',
        });
        const found = await run('list_participants', { course_id: 2, find: 'First33', limit: 20 });
        assert.deepEqual(found.people.map(({ name }) => name), ['First33 Last33']);
      });

      test('get_quiz and review_quiz_attempt give a finished attempt', async () => {
        const { quiz, attempts } = await run('get_quiz', { quiz_id: 29 });
        assert.deepEqual([quiz.name, quiz.rules_in_moodles_words.length, attempts.length], ['Quiz 1: basics', 4, 1]);
        const { questions } = await run('review_quiz_attempt', { quiz_id: 29 });
        assert.deepEqual(questions.map(({ type, outcome }) => [type, outcome]), [
          ['multichoice', 'correct'], ['truefalse', 'correct'], ['shortanswer', 'correct'], ['essay', 'complete'], ['numerical',
            'correct'],
        ]);
        assert.equal(questions[0].options.find(({ chosen }) => chosen).text.slice(-2), '42');
        assert.deepEqual(questions.slice(2).map(({ own_answer: own }) => own), [['def'], ['My essay'], ['4']]);
        assert.deepEqual((await run('get_quiz', { quiz_id: 30 })).attempts, []);
      });

      test('search finds activities and posts', async () => {
        const { activities, posts } = await run('search', { query: 'loops', course_id: 2 });
        assert.deepEqual(activities.found.map(({ id }) => id), [2]);
        assert.deepEqual(posts.found.slice(0, 2).map(({ subject, discussion_id: d }) => [subject, d]), [
          ['Question 1 about loops', 4], ['Question 2 about loops', 5],
        ]);
      });
    });
  }
});
