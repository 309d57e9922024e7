import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { runOperation } from './operation-world.js';

const ME = 6;
const KEY = '<input type="hidden" name="sesskey" value="key1">';
const WRONG = '<html><body><div class="invalid-feedback">Required</div></body></html>';
const ASSIGN = '/mod/assign/view.php';

/** An assignment, a forum and a choice, which forms change. */
function moodle() {
  const there = {
    status: 'draft', text: '<p>First <b>lines</b></p>', files: ['old.txt'], draft: [], discussions: [], chosen: '1', written: [],
    maxfiles: 3,
    statement: '<input type="checkbox" name="submissionstatement" value="1" id="s"><label for="s">My own work</label>',
  };
  const assignPage = (query) => {
    const action = query.get('action');
    if (action === 'editsubmission') {
      there.draft = [...there.files];
      const options = {
        target: 'id_files', maxbytes: '1000', maxfiles: String(there.maxfiles), client_id: 'c', context: { id: 80 },
        accepted_types: [], author: 'S', list: there.files.map((filename) => ({ filename })),
        filepicker: { repositories: { 5: { id: '5', type: 'upload' } } },
      };
      return {
        bodyId: 'page-mod-assign-editsubmission', classes: 'cmid-1 course-2',
        main: `<h1>HW 1</h1><div role="main"><form action="view.php"><input name="id" value="1"><input name="action"
          value="savesubmission">${KEY}<textarea name="onlinetext_editor[text]">${there.text}</textarea>
          <input name="files" id="id_files" value="99"></form></div>
          <script>M.form_filemanager.init(Y, ${JSON.stringify(options)});</script>`,
      };
    }
    if (action === 'submit') {
      return {
        bodyId: 'page-mod-assign-submit',
        main: `<div role="main"><form><input name="id" value="1"><input name="action" value="confirmsubmit">${KEY}
          ${there.statement}</form></div>`,
      };
    }
    const button = '<div class="singlebutton"><form><input name="action" value="submit"></form></div>';
    const next = there.status === 'draft' ? button : '';
    const files = there.files.map((name) => `<a href="/pluginfile.php/1/s/${encodeURIComponent(name)}">f</a>`).join('');
    return {
      classes: 'cmid-1 course-2',
      main: `<h1>HW 1</h1><div role="main"><div class="submissionstatustable"><table class="generaltable"><tr><th>S</th>
        <td class="submissionstatus${there.status}">w</td></tr><tr><th>T</th><td><div class="plugincontentsummary
        summary_assignsubmission_onlinetext_1">${there.text}</div></td></tr><tr><th>F</th><td>${files}</td></tr></table></div>
        ${next}</div>`,
    };
  };
  const pages = {
    [ASSIGN]: assignPage,
    '/mod/forum/view.php': () => ({
      classes: 'cmid-23', main: `<h1>Talk</h1><div role="main"><a href="/mod/forum/post.php?forum=1">New</a>${there.discussions
        .map(({ subject }, i) => `<div data-region="discussion-list-item" data-discussionid="${i + 1}">
          <a href="/mod/forum/discuss.php?d=${i + 1}" title="${subject}">${subject}</a></div>`).join('')}</div>`,
    }),
    '/mod/forum/post.php': (query) => ({
      classes: query.get('forum') === '1' ? 'cmid-23' : 'cmid-24',
      main: `<div role="main"><form action="post.php"><input name="subject"><textarea name="message[text]"></textarea>
        <input name="edit" value="0"><input name="reply" value="0">${KEY}</form></div>`,
    }),
    '/mod/choice/view.php': () => ({
      classes: 'cmid-12', main: `<h1>Slot</h1><div role="main"><form>${['Mon &amp; Tue', 'Wed', 'Full'].map((label, i) => `
        <input type="radio" name="answer" value="${i + 1}" id="c${i}" ${there.chosen === String(i + 1) ? 'checked' : ''}
        ${label === 'Full' ? 'disabled' : ''}><label for="c${i}">${label}</label>`).join('')}
        <input type="hidden" name="action" value="makechoice"><input type="hidden" name="id" value="12">${KEY}</form></div>`,
    }),
  };
  const sent = async (path, body) => {
    const fields = Object.fromEntries(body);
    there.written.push([path, fields]);
    if (path.startsWith('/repository')) {
      const { name, size } = fields.repo_upload_file;
      if (size > 1000) return JSON.stringify({ error: 'Too big', errorcode: 'maxbytesfile' });
      there.draft.push(name);
      return JSON.stringify({ id: 99, file: name, url: 'x' });
    }
    if (fields.action === 'savesubmission') {
      there.files = [...there.draft];
      there.text = fields['onlinetext_editor[text]'];
    }
    if (fields.action === 'confirmsubmit') {
      if (there.statement && fields.submissionstatement !== '1') return WRONG;
      there.status = 'submitted';
    }
    if (fields.action === 'makechoice') there.chosen = fields.answer;
    if (path.endsWith('post.php')) there.discussions.push({ subject: fields.subject, message: fields['message[text]'] });
    return 'redirect';
  };
  const functions = {
    mod_forum_get_discussion_posts: ({ discussionid }) => ({
      posts: [{ id: 1, author: { id: ME }, ...there.discussions[discussionid - 1] }],
    }),
  };
  const run = (name, args, more = {}) => runOperation(name, args, { functions, pages, sent, ...more });
  return { there, run };
}

const detailOf = (promise) => promise.then(() => null, ({ reason, detail }) => [reason, detail]);

describe('save_submission_draft', () => {
  test('shows before and after, keeps the files that are there, and reads back', async () => {
    const { there, run } = moodle();
    const { result, proposal } = await run('save_submission_draft', { assignment_id: 1, text: 'Mine <now> & done' });
    assert.deepEqual(proposal.shown.texts, [{ name: 'submission', text: 'Mine <now> & done', before: 'First lines' }]);
    assert.deepEqual(proposal.shown.warnings, ['replaces_text', 'not_submitted']);
    assert.equal(there.text, '<p>Mine &lt;now&gt; &amp; done</p>');
    assert.deepEqual([result.verified, result.receipt], [true, { assignment_id: 1, status: 'draft', characters: 17 }]);
    assert.deepEqual(there.files, ['old.txt']);
  });

  test('puts the file that was written, and those that were chosen, into the draft', async () => {
    const { there, run } = moodle();
    const args = { assignment_id: 1, file_name: 'lösung.py', file_text: 'print("ü")', choose_files: true };
    const { result, proposal } = await run('save_submission_draft', args, { files: [new File(['x'], 'mine.pdf')] });
    const [file] = proposal.shown.files;
    assert.deepEqual([file.name, file.bytes, file.sha256.length], ['lösung.py', 12, 64]);
    assert.deepEqual(proposal.shown.choose, { most: 1, bytes: 1000, accepted: [] });
    assert.deepEqual(there.files, ['old.txt', 'lösung.py', 'mine.pdf']);
    assert.deepEqual([result.verified, result.receipt.files], [true, ['lösung.py', 'mine.pdf']]);
    const upload = there.written[0][1];
    assert.deepEqual([upload.itemid, upload.repo_id, upload.ctx_id, upload.overwrite, upload.sesskey], [
      '99', '5', '80', '1', 'key1',
    ]);
    assert.equal(there.text, '<p>First <b>lines</b></p>', 'the text that was there');
  });

  test('asks the person for files when nothing else is given', async () => {
    const { run } = moodle();
    const { proposal } = await run('save_submission_draft', { assignment_id: 1 }, { files: [new File(['x'], 'a.txt')] });
    assert.deepEqual(proposal.shown.choose, { most: 2, bytes: 1000, accepted: [] });
    const asked = await moodle().run('save_submission_draft', { assignment_id: 1, text: 'x' });
    assert.equal(asked.proposal.shown.choose, undefined);
  });

  test('refuses wrong names, empty files and more than Moodle takes, before the person is asked', async () => {
    const { there, run } = moodle();
    const draft = (more) => detailOf(run('save_submission_draft', { assignment_id: 1, ...more }));
    for (const name of ['../a.txt', 'a.exe', 'a\u202Etxt.py', '.txt', 'a']) {
      assert.deepEqual(await draft({ file_name: name, file_text: 'x' }), ['invalid_arguments', 'file_name'], name);
    }
    assert.deepEqual(await draft({ file_name: 'a.txt' }), ['invalid_arguments', 'file_text']);
    assert.deepEqual(await draft({ file_name: 'a.txt', file_text: 'x'.repeat(1000) }), ['moodle_refused', 'file_too_large']);
    there.maxfiles = 1;
    assert.deepEqual(await draft({ file_name: 'a.txt', file_text: 'x' }), ['moodle_refused', 'too_many_files']);
    assert.deepEqual(there.written, []);
  });

  test('stops when a file is refused: nothing is saved then', async () => {
    const { there, run } = moodle();
    const large = [new File(['x'.repeat(2000)], 'large.pdf')];
    const ran = run('save_submission_draft', { assignment_id: 1 }, { files: large });
    assert.deepEqual(await detailOf(ran), ['moodle_refused', 'maxbytesfile']);
    assert.deepEqual([there.written.length, there.files], [1, ['old.txt']]);
  });

  test('does not replace what the person wrote meanwhile', async () => {
    const { there, run } = moodle();
    const meanwhile = () => { there.text = '<p>Other</p>'; };
    const ran = run('save_submission_draft', { assignment_id: 1, text: 'Mine' }, { meanwhile });
    assert.deepEqual(await detailOf(ran), ['moodle_refused', 'changed_meanwhile']);
    assert.deepEqual(there.written, []);
  });
});

describe('submit_assignment', () => {
  test('shows all that is handed in and what is declared, and is verified by the status', async () => {
    const { there, run } = moodle();
    const { result, proposal } = await run('submit_assignment', { assignment_id: 1 });
    assert.deepEqual(proposal.shown, {
      lines: [
        { name: 'activity', value: 'HW 1' }, { name: 'files', value: 'old.txt' }, { name: 'statement', value: 'My own work' },
      ],
      texts: [{ name: 'submission', text: 'First lines' }], warnings: ['final', 'statement'],
    });
    assert.deepEqual([result.verified, result.receipt], [true, { assignment_id: 1, status: 'submitted' }]);
    assert.deepEqual(await detailOf(run('submit_assignment', { assignment_id: 1 })), ['moodle_refused', 'submitted_before']);
    assert.equal(there.written.length, 1);
  });

  test('declares nothing that was not asked', async () => {
    const { there, run } = moodle();
    there.statement = '';
    const { proposal } = await run('submit_assignment', { assignment_id: 1 });
    assert.deepEqual(proposal.shown.warnings, ['final']);
    assert.equal('submissionstatement' in there.written[0][1], false);
  });

  test('does not hand in what the person did not see', async () => {
    for (const change of [{ text: '<p>Other</p>' }, { files: [] }, { statement: '' }]) {
      const { there, run } = moodle();
      const ran = run('submit_assignment', { assignment_id: 1 }, { meanwhile: () => { Object.assign(there, change); } });
      assert.deepEqual(await detailOf(ran), ['moodle_refused', 'changed_meanwhile']);
      assert.deepEqual(there.written, []);
    }
  });

  test('is refused where there is nothing to hand in', async () => {
    const { there, run } = moodle();
    there.status = 'new';
    assert.deepEqual(await detailOf(run('submit_assignment', { assignment_id: 1 })), ['moodle_refused', 'nothing_to_submit']);
    assert.deepEqual(there.written, []);
  });
});

describe('answer_choice', () => {
  test('answers by the words of the option', async () => {
    const { there, run } = moodle();
    const { result, proposal } = await run('answer_choice', { choice_id: 12, option: ' Wed ' });
    assert.deepEqual(proposal.shown.lines[1], { name: 'answer', before: 'Mon & Tue', value: 'Wed' });
    assert.deepEqual(there.written[0][1], { action: 'makechoice', id: '12', sesskey: 'key1', answer: '2' });
    assert.deepEqual([result.verified, result.receipt.answer], [true, ['Wed']]);
  });

  test('refuses options that are full, unknown or too many', async () => {
    const { there, run } = moodle();
    const answer = (option) => detailOf(run('answer_choice', { choice_id: 12, option }));
    assert.deepEqual(await answer('Full'), ['moodle_refused', 'option_full']);
    assert.deepEqual(await answer('We'), ['invalid_arguments', 'option']);
    assert.deepEqual(await answer('Wed\nMon & Tue'), ['invalid_arguments', 'option']);
    assert.deepEqual(there.written, []);
  });

  test('is not verified when Moodle shows the old answer', async () => {
    const { run } = moodle();
    const { result } = await run('answer_choice', { choice_id: 12, option: 'Wed' }, { sent: async () => 'redirect' });
    assert.equal(result.verified, false);
  });
});

describe('start_discussion', () => {
  const args = { forum_id: 23, subject: 'New ü', text: 'Body & <all>\n\nEnd' };

  test('posts subject and text, and finds them again', async () => {
    const { there, run } = moodle();
    const { result, proposal } = await run('start_discussion', args);
    assert.deepEqual(proposal.shown.lines, [{ name: 'activity', value: 'Talk' }, { name: 'subject', value: 'New ü' }]);
    assert.equal(there.written[0][1]['message[text]'], '<p>Body &amp; &lt;all&gt;</p><p>End</p>');
    assert.deepEqual([result.verified, result.receipt.discussion_id], [true, 1]);
  });

  test('is refused when the form is another forum\'s, or Moodle takes it not', async () => {
    const { there, run } = moodle();
    assert.deepEqual(await detailOf(run('start_discussion', { ...args, forum_id: 24 })), ['moodle_refused', 'cannot_post']);
    assert.deepEqual(there.written, []);
    const wrong = async () => WRONG;
    assert.deepEqual(await detailOf(run('start_discussion', args, { sent: wrong })), ['moodle_refused', 'form']);
  });
});
