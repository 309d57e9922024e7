/** What a student writes, against answers recorded from real Moodles. They do not change, so little can be verified. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { runRecorded, skip, versions } from './recorded-moodle.js';

describe('A recorded student who writes', { skip }, () => {
  for (const version of versions) {
    describe(`in Moodle ${version}`, () => {
      const run = (name, args) => runRecorded(version, name, args);

      test('mark_read understands the answers to all three ways', async () => {
        assert.deepEqual((await run('mark_read', {})).receipt.marked, 'all_notifications');
        const { receipt } = await run('mark_read', { conversation_id: 65 });
        assert.deepEqual(receipt, { marked: 'conversation', conversation_id: 65 });
      });

      test('set_completion understands the state before and after', async () => {
        const { receipt, verified } = await run('set_completion', { course_id: 2, activity_id: 6 });
        assert.deepEqual(receipt, { activity_id: 6, completion: 'complete' });
        assert.notEqual(verified, 'unknown');
      });

      test('save_event is given the id of the event', async () => {
        const { receipt } = await run('save_event', { name: 'Study ünï', start: '2026-11-25T14:30', duration_minutes: 90 });
        assert.equal(receipt.event_id, 21);
      });

      test('delete_event deletes an own event', async () => {
        const { receipt, verified } = await run('delete_event', { event_id: 15 });
        assert.deepEqual([receipt.name, verified], ['Personal: dentist', false]);
      });

      test('send_message is given the id of the message and of the conversation', async () => {
        const { receipt } = await run('send_message', { user_id: 3, text: 'Hello' });
        assert.equal(receipt.to.name, 'Ada Lehrer');
        assert.equal(receipt.message_id, 21);
        assert.ok(receipt.conversation_id > 0);
      });

      test('start_discussion and answer_choice find their forms', async () => {
        const discussion = await run('start_discussion', { forum_id: 23, subject: 'New by script ü', text: 'Body' });
        assert.equal(discussion.receipt.forum_id, 23);
        const choice = await run('answer_choice', { choice_id: 12, option: 'Tue 14:00' });
        assert.deepEqual(choice.receipt.answer, ['Tue 14:00']);
        const full = { choice_id: 12, option: 'Wed 16:00 – ünï (Full)' };
        await assert.rejects(run('answer_choice', full), { detail: 'option_full' });
      });

      test('save_submission_draft finds text and files of the form', async () => {
        const draft = { assignment_id: 2, text: 'Antwort', file_name: 'a.txt', file_text: 'x' };
        const { receipt } = await run('save_submission_draft', draft);
        assert.deepEqual([receipt.characters, receipt.files], [7, ['a.txt']]);
      });

      test('post_reply is given the id of the post', async () => {
        const { receipt } = await run('post_reply', { discussion_id: 6, post_id: 9, text: 'Because.' });
        assert.ok(receipt.post_id > 0);
        assert.match(receipt.subject, /Question 3 about loops/);
      });
    });
  }
});

