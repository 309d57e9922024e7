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

      test('post_reply is given the id of the post', async () => {
        const { receipt } = await run('post_reply', { discussion_id: 6, post_id: 9, text: 'Because.' });
        assert.ok(receipt.post_id > 0);
        assert.match(receipt.subject, /Question 3 about loops/);
      });
    });
  }
});

