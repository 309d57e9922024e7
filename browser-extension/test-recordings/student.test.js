/** What a student asks, against answers recorded from real Moodles. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { runRecorded, skip, versions } from './recorded-moodle.js';

const MOMENT = /^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\+0[12]:00$/;

describe('A recorded student', { skip }, () => {
  for (const version of versions) {
    describe(`of Moodle ${version}`, () => {
      const run = (name, args = {}, options = {}) => runRecorded(version, name, args, options);

      test('list_deadlines gives what is still to do', async () => {
        const { deadlines, coverage } = await run('list_deadlines', { days: 90 });
        assert.equal(coverage.more, false);
        assert.ok(deadlines.length >= 7);
        for (const { due } of deadlines) assert.match(due, MOMENT);
        const quiz = deadlines.find(({ activity }) => activity.type === 'quiz');
        assert.deepEqual([quiz.activity.id, quiz.kind, quiz.possible_now], [30, 'close', false]);
        assert.equal(deadlines.find(({ activity }) => activity.id === 32).name, 'Übung 1 &');
        assert.equal(deadlines.some(({ activity }) => activity.type === 'assign' && activity.id === 1), false);
      });

      test('list_events gives own, course and group events', async () => {
        const { events } = await run('list_events', { from: '2026-11-01', days: 30 });
        assert.deepEqual(
          ['user', 'course', 'group', 'open', 'due'].filter((kind) => !events.some((event) => event.kind === kind)), [],
        );
        const lecture = events.find(({ name }) => name === 'Course: guest lecture ü');
        assert.equal(lecture.location, 'Room 5');
        assert.equal(Date.parse(lecture.end) - Date.parse(lecture.start), 90 * 60_000);
        assert.equal(new Set(events.map(({ id }) => id)).size, events.length);
      });

      test('list_assignments gives all four, with moments', async () => {
        const { assignments } = await run('list_assignments', { course_id: 2 });
        assert.deepEqual(assignments.map(({ id }) => id), [1, 2, 3, 4]);
        assert.equal(assignments[0].grade, '85.50');
        for (const { due } of assignments.slice(1)) assert.match(due, MOMENT);
      });

      test('get_assignment gives submission and feedback', async () => {
        const { assignment, submission, feedback } = await run('get_assignment', { assignment_id: 1 });
        assert.equal(assignment.name, 'HW1: Hello, world (past, graded)');
        assert.match(assignment.description, /Ümläute, 日本語/);
        assert.deepEqual([submission.status, submission.graded, submission.late], ['submitted', true, true]);
        assert.match(submission.text, /My solution 1: print\('hello'\)/);
        assert.deepEqual(submission.files, [{ name: 'solution1.py' }]);
        assert.deepEqual([feedback.grade, feedback.comments], ['85.50 / 100.00', 'Good work, 1. See line 3.']);
      });

      test('get_assignment tells what was not submitted', async () => {
        for (const id of [2, 4]) {
          const { submission, feedback, allowed_next } = await run('get_assignment', { assignment_id: id });
          assert.deepEqual([submission.status, feedback, allowed_next], ['nothing_submitted', null, ['editsubmission']]);
        }
      });

      test('get_grades gives every row of a course, and all totals', async () => {
        const { grades, coverage } = await run('get_grades', { course_id: 2 });
        assert.equal(coverage.more, false);
        const named = (name) => grades.find((grade) => grade.name === name);
        assert.deepEqual([named('Oral exam').grade_number, named('Oral exam').feedback], [31, 'Well argued']);
        assert.deepEqual(named('HW1: Hello, world (past, graded)').activity, { id: 1, type: 'assign' });
        assert.equal(named('Quiz 1: basics').activity.id, 29);
        assert.equal(named('Exams & Größe').kind, 'category');
        assert.equal(grades.at(-1).kind, 'total');
        const { courses } = await run('get_grades');
        assert.equal(courses.find(({ course_id: id }) => id === 2).total_number, 116.5);
      });

      test('list_updates joins what changed with what the student sees', async () => {
        const { updates, coverage } = await run('list_updates', { course_id: 2, since: '2026-01-01' });
        assert.equal(coverage.more, false);
        const graded = updates.find(({ activity }) => activity.id === 1);
        assert.ok(graded.changed.some(({ what, how_many }) => what === 'grades' && how_many === 1));
        for (const { activity } of updates) assert.ok(activity.name && activity.type);
      });

      test('list_discussions and read_discussion give the forum and not its twin', async () => {
        const { forum, discussions } = await run('list_discussions', { forum_id: 23 });
        assert.deepEqual([forum.id, forum.course_id], [23, 2]);
        assert.ok(discussions.length >= 10);
        const found = discussions.find(({ id }) => id === 6);
        assert.equal(found.subject, 'Question 3 about loops bold שאלה');
        assert.equal(found.started_by, 'محمد العربي');
        assert.match(found.last_post, MOMENT);
        const { posts } = await run('read_discussion', { discussion_id: 6 });
        assert.deepEqual([posts[0].author.name, posts[1].author.name], ['محمد العربي', 'Ada Lehrer']);
        assert.equal(posts[1].replies_to, posts[0].id);
        assert.match(posts[0].text, /How do I do for #3\?\n\nWelcome to CS101/);
      });

      test('list_notifications gives subjects and where they lead', async () => {
        const { notifications } = await run('list_notifications');
        const announcement = notifications.find(({ subject }) => subject === 'CS101-W26: Announcement 2: exam room Ä2');
        assert.match(announcement.url, /\/mod\/forum\/discuss\.php\?d=2#p2$/);
      });

      test('list_conversations and read_conversation give names and texts', async () => {
        const { conversations } = await run('list_conversations');
        assert.deepEqual(conversations[0].with.map(({ name }) => name), ['Zoë Ünïcødé-名前']);
        assert.equal(conversations[0].unread, 16);
        const { messages } = await run('read_conversation', { conversation_id: conversations[0].id });
        assert.ok(messages.some(({ text, from }) => text === 'Msg 15' && from.name === 'Zoë Ünïcødé-名前' && !from.you));
      });
    });
  }
});
