import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { DOMParser } from 'linkedom';
import { Failure } from '../src/failure.js';
import { OPERATIONS } from '../src/operations/index.js';
import { fileLink } from '../src/moodle/files.js';
import { filesOfPage } from '../src/engine/readers/files.js';
import { localEngine } from '../src/engine/engine.js';
import { ajaxAnswer, moodlePage } from './fakes.js';
import { docxOf } from './documents/office.js';
import { NAME, newWorld } from './world.js';
import { pdfOf } from './documents/pdf.js';

const ROOT = 'https://moodle.example.edu/moodle';
const FILES = `${ROOT}/pluginfile.php`;
const cm = (id, module, more = {}) => ({
  id: String(id), name: `${module} &amp; ${id}`, module, visible: true, uservisible: true, sectionid: '1', ...more,
});
const STATE = JSON.stringify({
  course: { id: '2' },
  section: [{ id: '1', number: 0, title: 'Week 1', visible: true, cmlist: ['5', '7', '9', '1', '8'] }],
  cm: [cm(5, 'page'), cm(7, 'resource'), cm(9, 'folder'), cm(1, 'assign'), cm(8, 'resource', { uservisible: false })],
});
const SHOWN = {
  resource: `<a href="${FILES}/88/mod_resource/content/0/Lecture%201.pdf">x</a>`,
  folder: `<div class="foldertree"><a href="${FILES}/87/mod_folder/content/0/sub%20dir/a.docx?forcedownload=1">a</a>`
    + `<a href="${FILES}/87/mod_folder/content/0/b.txt?forcedownload=1">b</a></div>`,
  assign: `<a href="${FILES}/79/mod_assign/introattachment/0/brief.pdf?forcedownload=1">brief</a>`
    + `<a href="${FILES}/79/assignsubmission_file/submission_files/1/mine.py?forcedownload=1">mine</a>`
    + `<a href="${FILES}/79/assignfeedback_file/feedback_files/3/notes.pdf">notes</a>`,
};

/** A Moodle with a course of these activities, and these files. */
async function world(files = {}) {
  const parts = await newWorld();
  parts.moodle.ajax = ({ calls }) => ajaxAnswer(...calls.map(({ methodname }) => (
    methodname === 'core_courseformat_get_state' ? STATE : new Error('servicenotavailable'))));
  parts.moodle.read = ({ url }) => {
    const [, type] = /mod\/(\w+)\/view/.exec(url.pathname);
    return moodlePage({ wwwroot: ROOT, bodyId: `page-mod-${type}-view`, main: `<div role="main">${SHOWN[type]}</div>` });
  };
  for (const [path, bytes] of Object.entries(files)) parts.moodle.files.set(`/pluginfile.php/${path}`, bytes);
  const controller = new AbortController();
  const context = { ...parts, sites: [parts.site], engine: localEngine(), now: () => Date.now(), signal: controller.signal };
  return {
    ...parts, controller,
    run: (name, args) => OPERATIONS.get(name).run(args, { ...parts.site, userId: 6 }, context),
  };
}

const LECTURE = '88/mod_resource/content/0/Lecture 1.pdf';

describe('Files', () => {
  before(() => { globalThis.DOMParser = DOMParser; });
  after(() => { delete globalThis.DOMParser; });

  describe('list_files', () => {
    test('lists what a course holds without opening anything', async () => {
      const { run, moodle } = await world();
      const { files, coverage } = await run('list_files', { course_id: 2 });
      assert.deepEqual(files, [
        { kind: 'file', name: 'resource & 7', section: 'Week 1', file: 'resource-7' },
        { kind: 'folder', name: 'folder & 9', section: 'Week 1', activity_id: 9 },
        { kind: 'assignment', name: 'assign & 1', section: 'Week 1', activity_id: 1 },
        { kind: 'file', name: 'resource & 8', section: 'Week 1', file: 'resource-8', available: false },
      ]);
      assert.match(coverage.not_covered, /activity_id/);
      assert.deepEqual([coverage.returned, coverage.total, coverage.more], [4, 4, false]);
      assert.deepEqual(moodle.paths, ['/login/index.php', '/lib/ajax/service.php']);
    });

    test('opens one folder or assignment and names what is in it', async () => {
      const { run, moodle } = await world();
      const inFolder = await run('list_files', { course_id: 2, activity_id: 9 });
      assert.deepEqual(inFolder.files, [
        { kind: 'file', name: 'sub dir/a.docx', in: 'folder & 9', file: 'folder-9/content/sub dir/a.docx' },
        { kind: 'file', name: 'b.txt', in: 'folder & 9', file: 'folder-9/content/b.txt' },
      ]);
      assert.deepEqual(moodle.paths.slice(-1), ['/mod/folder/view.php']);
      const inTask = await run('list_files', { course_id: 2, activity_id: 1 });
      assert.deepEqual(inTask.files.map(({ from, file }) => [from, file]), [
        ['task', 'assign-1/introattachment/brief.pdf'], ['own submission', 'assign-1/submission_files/mine.py'],
        ['feedback', 'assign-1/feedback_files/notes.pdf'],
      ]);
    });

    test('opens nothing that is not in the course or holds no files', async () => {
      const { run, moodle } = await world();
      for (const activity_id of [5, 99]) {
        await assert.rejects(run('list_files', { course_id: 2, activity_id }), { reason: 'not_found', detail: 'activity_id' });
      }
      assert.equal(moodle.paths.includes('/mod/page/view.php'), false);
    });
  });

  describe('read_file', () => {
    test('gives the pages of a PDF with their numbers, and reads on without asking Moodle again', async () => {
      const { run, moodle } = await world({ [LECTURE]: pdfOf(['One', 'Two', 'Three']) });
      const { pages, coverage, kind, state, next } = await run('read_file', { file: 'resource-7' });
      assert.deepEqual([kind, state, next], ['pdf', 'read', undefined]);
      assert.deepEqual(pages, [{ page: 1, text: 'One' }, { page: 2, text: 'Two' }, { page: 3, text: 'Three' }]);
      assert.deepEqual(coverage, { returned: 3, total: 3, ready: 3, more: false });
      const asked = moodle.requests.length;
      const again = await run('read_file', { file: 'resource-7', page: 3 });
      assert.deepEqual(again.pages, [{ page: 3, text: 'Three' }]);
      assert.equal(moodle.requests.length, asked);
      await assert.rejects(run('read_file', { file: 'resource-7', page: 4 }), { reason: 'invalid_arguments', detail: 'page' });
      assert.deepEqual(moodle.requests.at(-1).url.search, '?forcedownload=1');
      assert.equal(moodle.requests.at(-1).init.redirect, 'manual');
    });

    test('gives no more than fits, and all of it in the end', async () => {
      const text = Array.from({ length: 4_000 }, (_, i) => `"${i}" Zeile \\ mit Zeichen`).join('\n');
      const { run } = await world({ '87/mod_folder/content/0/b.txt': new TextEncoder().encode(text) });
      let got = '';
      let part = 0;
      let next = { page: 1, offset: 0 };
      let calls = 0;
      while (next) {
        const result = await run('read_file', { file: 'folder-9/content/b.txt', ...next });
        assert.ok(JSON.stringify(result).length < 20_000);
        for (const page of result.pages) {
          got += (page.part > part && part > 0 ? '\n' : '') + page.text;
          part = page.part;
        }
        assert.equal(result.coverage.more, result.next !== undefined);
        next = result.next;
        calls += 1;
      }
      assert.equal(got, text);
      assert.ok(calls > 4);
    });

    test('cuts a page that is too long, and goes on within it', async () => {
      const text = Array.from({ length: 300 }, (_, line) => `${line} ${'word '.repeat(15)}`.trim()).join('\n');
      const { run } = await world({ [LECTURE]: pdfOf([text]) });
      const first = await run('read_file', { file: 'resource-7' });
      assert.equal(first.pages[0].cut, true);
      const second = await run('read_file', { file: 'resource-7', ...first.next });
      assert.equal(second.pages[0].from_character, first.next.offset);
      assert.equal(`${first.pages[0].text}${second.pages[0].text}`, text);
    });

    test('reads a document in a folder by its path', async () => {
      const bytes = docxOf('<w:p><w:r><w:t>Hello</w:t></w:r></w:p>');
      const { run } = await world({ '87/mod_folder/content/0/sub dir/a.docx': bytes });
      const { kind, pages } = await run('read_file', { file: 'folder-9/content/sub dir/a.docx' });
      assert.deepEqual([kind, pages], ['docx', [{ part: 1, text: 'Hello' }]]);
    });

    test('finds words, with the numbers of their pages', async () => {
      const { run } = await world({ [LECTURE]: pdfOf(['alpha', 'beta and gamma', 'Beta']) });
      const { matches, coverage } = await run('read_file', { file: 'resource-7', find: 'BETA' });
      assert.deepEqual(matches, [{ page: 2, excerpt: 'beta and gamma' }, { page: 3, excerpt: 'Beta' }]);
      assert.deepEqual(coverage, { returned: 2, total: 2, searched: 3, of: 3, more: false });
      for (const find of ['', ' ', 7, 'x'.repeat(201)]) {
        await assert.rejects(run('read_file', { file: 'resource-7', find }), { reason: 'invalid_arguments', detail: 'find' });
      }
    });

    test('says what cannot be read, without an error', async () => {
      const { run } = await world({ [LECTURE]: new TextEncoder().encode('%PDF-1.7 nothing') });
      const { state, problem, pages, coverage } = await run('read_file', { file: 'resource-7' });
      assert.deepEqual([state, pages, coverage.more], ['unreadable', [], false]);
      assert.match(problem, /damaged/);
    });

    test('says what is not there, and asks again the next time', async () => {
      const { run, moodle } = await world({ [LECTURE]: 'redirect' });
      await assert.rejects(run('read_file', { file: 'resource-7' }), { reason: 'not_found', detail: 'file' });
      moodle.files.set(`/pluginfile.php/${LECTURE}`, pdfOf(['Here now']));
      assert.equal((await run('read_file', { file: 'resource-7' })).pages[0].text, 'Here now');
      await assert.rejects(run('read_file', { file: 'folder-9/content/none.pdf' }), { reason: 'not_found', detail: 'file' });
      await assert.rejects(run('read_file', { file: 'assign-1/feedback_files/notes.pdf' }), { reason: 'not_found' });
    });

    test('takes names from list_files, and no addresses', async () => {
      const { run, moodle } = await world();
      for (const file of [
        'https://moodle.example.edu/x', '/pluginfile.php/1/a/b', 'folder-9', 'quiz-3', 'resource-0', 'resource-x', '', 7,
      ]) {
        await assert.rejects(run('read_file', { file }), { reason: 'invalid_arguments', detail: 'file' }, String(file));
      }
      assert.equal(moodle.requests.length, 0);
    });

    test('stops fetching when the call is cancelled, and goes on when only its time is over', async () => {
      for (const [reason, expected] of [['cancelled', true], ['expired', false]]) {
        const { run, moodle, files, controller } = await world();
        let stopped = false;
        const asked = new Promise((resolve) => {
          moodle.files.set(`/pluginfile.php/${LECTURE}`, ({ signal }) => new Promise((_, reject) => {
            signal.addEventListener('abort', () => {
              stopped = true;
              reject(signal.reason);
            });
            resolve();
          }));
        });
        const reading = run('read_file', { file: 'resource-7' });
        await asked;
        controller.abort(new Failure(reason));
        await assert.rejects(reading, { reason });
        assert.equal(stopped, expected, reason);
        await files.close(JSON.stringify([NAME, 6, 'resource-7']));
        assert.equal(stopped, true);
      }
    });
  });

  test('of a site are only those of areas that hold a course\'s files', () => {
    const whole = fileLink(ROOT, `${FILES}/87/mod_folder/content/0/sub%20dir/%C3%BC.csv?forcedownload=1&token=x`);
    assert.deepEqual(whole, {
      component: 'mod_folder', area: 'content', path: 'sub dir/ü.csv',
      address: '/pluginfile.php/87/mod_folder/content/0/sub%20dir/%C3%BC.csv?forcedownload=1',
    });
    assert.equal(fileLink(ROOT, `${FILES}/7/mod_assign/intro/a.pdf`).path, 'a.pdf');
    for (const address of [
      'https://evil.example/pluginfile.php/1/mod_folder/content/0/x', `${ROOT}/tokenpluginfile.php/k/1/mod_folder/content/0/x`,
      `${FILES}/1/user/private/x`, `${FILES}/1/mod_folder/content/0/../../x`, `${FILES}/1/mod_folder/content/0/%2e%2e/x`,
      `${FILES}/x/mod_folder/content/0/x`, `${FILES}/1/mod_folder/content/0/`, `${FILES}/1/backup/course/0/x.mbz`,
    ]) assert.equal(fileLink(ROOT, address), null, address);
  });

  test('of a page are those it links to, each once; its pictures only when there is nothing else', () => {
    const link = (name) => `${FILES}/1/mod_resource/content/1/${name}`;
    const paths = (html) => filesOfPage({ html: `<div role="main">${html}</div>`, root: ROOT }).map(({ path }) => path);
    assert.deepEqual(paths(`<object data="${link('a.pdf')}"><a href="${link('a.pdf')}">x</a></object>`
      + `<img src="${link('b.png')}">`), ['a.pdf']);
    assert.deepEqual(paths(`<img class="resourceimage" src="${link('b.png')}">`), ['b.png']);
    assert.deepEqual(paths('<a href="javascript:x">x</a>'), []);
  });
});
