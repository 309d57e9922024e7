import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DOMParser } from 'linkedom';
import { OPERATIONS } from '../src/operations/index.js';
import { localEngine } from '../src/engine/engine.js';
import { ajaxAnswer, moodlePage } from './fakes.js';
import { newWorld } from './world.js';
import { ROOT, runOperation } from './operation-world.js';

globalThis.DOMParser ??= DOMParser;

const at = (text) => Date.parse(text) / 1000;
const course = (id, more) => ({ id, fullname: `Course ${id}`, shortname: `C${id}`, startdate: at('2026-10-01'), enddate: 0,
  ...more });
const cm = (id, name, module) => ({ id: String(id), name, module, uservisible: true, sectionid: '1' });
const stateWith = (...cms) => JSON.stringify({ course: {}, section: [{ id: '1', number: 0, title: 'Week',
  cmlist: cms.map(({ id }) => id) }], cm: cms });
const ENROLLED = 'core_course_get_enrolled_courses_by_timeline_classification';
const post = (id, subject) => `<article data-region="post" data-post-id="${id}"><header>
  <h4><a href="${ROOT}/mod/forum/view.php?id=3">Forum</a> -> <a href="${ROOT}/mod/forum/discuss.php?d=4">${subject}</a></h4>
  <a href="${ROOT}/user/view.php?id=9&course=2">Zoë</a> <time datetime="2026-11-22T04:16:36+01:00">x</time></header>
  <div class="post-content-container"><p>About <b>loops</b></p></div></article>`;

const world = (more = {}) => ({
  functions: {
    [ENROLLED]: () => ({ courses: [course(2, { fullname: 'Löops &amp; more' }), course(3, { enddate: at('2026-01-01') }),
      course(4)] }),
    core_courseformat_get_state: ({ courseid }) => (courseid === 2
      ? stateWith(cm(5, 'LOOPS &amp; arrays', 'page'), cm(6, 'Other', 'page')) : stateWith(cm(7, 'Loops 2', 'url'))),
    ...more.functions,
  },
  pages: {
    '/mod/forum/search.php': (query) => ({
      classes: 'course-2',
      main: `<div role="main">${query.get('id') === '2' ? `${post(41, 'On <span>loops</span>')}
        <nav class="pagination"><li data-page-number="2"></li></nav>` : ''}</div>`,
    }),
    ...more.pages,
  },
});

describe('search', () => {
  test('looks into the running courses, and says into which', async () => {
    const { result, moodle } = await runOperation('search', { query: 'loops' }, world());
    assert.deepEqual(result.courses, { found: [{ id: 2, name: 'Löops & more', url: `${ROOT}/course/view.php?id=2` }], total: 1,
      more: false });
    assert.deepEqual(result.activities.found.map(({ id, course_id: of }) => [id, of]), [[5, 2], [7, 4]]);
    assert.deepEqual(result.posts.found, [{
      post_id: 41, discussion_id: 4, subject: 'On loops', author: { id: 9, name: 'Zoë', you: false },
        time: '2026-11-22T04:16:36+01:00',
      text: 'About loops', course_id: 2, more_in_this_course: 'the first of 2 pages',
    }]);
    assert.deepEqual(result.files, { found: [], total: 0, more: false });
    assert.deepEqual(result.coverage.searched_courses.map(({ id }) => id), [2, 4]);
    assert.match(result.coverage.not_searched, /^1 other courses/);
    const paths = moodle.requests.slice(1).map(({ url }) => url.pathname.replace('/moodle', ''));
    assert.deepEqual(paths.filter((path) => !/service\.php|forum\/search\.php/.test(path)), [], 'nothing that marks anything');
  });

  test('keeps to one course, and to one kind of thing', async () => {
    const { result, moodle } = await runOperation('search', { query: 'loops 2', in: 'activities', course_id: 4 }, world());
    assert.deepEqual(Object.keys(result).sort(), ['activities', 'coverage', 'query', 'site']);
    assert.deepEqual(result.activities.found.map(({ id }) => id), [7]);
    assert.equal(moodle.requests.length, 3);
  });

  test('goes on without the forums of a course that does not let them be searched', async () => {
    const { result } = await runOperation('search', { query: 'loops' }, world({ pages: { '/mod/forum/search.php': () =>
      'redirect' } }));
    assert.deepEqual(result.posts.found, []);
  });

  describe('in files', () => {
    const link = (id, name) => `<a href="${ROOT}/pluginfile.php/9/mod_resource/content/1/${name}">f</a>${id}`;
    const searchFiles = async (args, files, open = []) => {
      const parts = await newWorld();
      const { moodle, site } = parts;
      moodle.page = () => moodlePage({ wwwroot: moodle.url });
      moodle.ajax = ({ calls }) => ajaxAnswer(...calls.map(({ methodname }) => (methodname === ENROLLED ? { courses: [course(2)] }
        : stateWith(...files.map(({ id, name }) => cm(id, name, 'resource'))))));
      moodle.read = ({ url }) => moodlePage({
        wwwroot: moodle.url, bodyId: url.pathname.includes('forum') ? 'page-mod-forum-search' : 'page-mod-resource-view',
        main: `<div role="main">${url.pathname.includes('forum') ? '' : link('', `${url.searchParams.get('id')}.txt`)}</div>`,
      });
      for (const { id, text } of files) moodle.files.set(`/pluginfile.php/9/mod_resource/content/1/${id}.txt`, text);
      const context = { ...parts, now: Date.now, sites: [site], engine: localEngine(), signal: new AbortController().signal };
      for (const id of open) await OPERATIONS.get('read_file').run({ file: `resource-${id}` }, site, context);
      const before = moodle.paths.length;
      const result = await OPERATIONS.get('search').run(args, site, context);
      return { result, asked: moodle.paths.slice(before) };
    };
    const FILES = [{ id: 5, name: 'One', text: 'Nothing here' }, { id: 6, name: 'Two', text: 'All about\nLOOPS and more' }];

    test('tells the part where the words stand', async () => {
      const { result } = await searchFiles({ query: 'about loops', in: 'files', course_id: 2 }, FILES);
      assert.deepEqual(result.files.found, [{
        name: 'Two', file: 'resource-6', pages: [{ part: 1, excerpt: 'All about LOOPS and more' }], pages_with_it: 1,
      }]);
      assert.deepEqual([result.files.more, result.files.searched], [false, 'file activities and folders 1 to 2 of 2']);
    });

    test('goes on with a later file', async () => {
      const { result, asked } = await searchFiles({ query: 'loops', in: 'files', first_file: 2 }, FILES);
      assert.equal(result.files.found.length, 1);
      assert.equal(asked.filter((path) => path.includes('pluginfile')).length, 1);
    });

    test('says which could not be read', async () => {
      const { result } = await searchFiles({ query: 'loops', in: 'files' }, [{ id: 5, name: 'Gone', text: undefined }]);
      assert.deepEqual(result.files.not_read.map(({ file }) => file), ['resource-5']);
    });

    test('opens none of them unless asked, but finds words in those that were read', async () => {
      const { result, asked } = await searchFiles({ query: 'loops' }, FILES, [6]);
      assert.deepEqual(result.files.found.map(({ file }) => file), ['resource-6']);
      assert.equal(asked.some((path) => path.includes('pluginfile') || path.includes('resource')), false);
    });
  });
});

describe('list_participants', () => {
  const table = (total,
    ...people) => ({ html: `<div data-region="core_table/dynamic" data-table-total-rows="${total}"><table><thead><tr>
    <th></th><th><a data-sortby="firstname">First</a><a data-column="fullname">-</a></th><th><a data-sortby="email">E</a></th>
    <th><a data-column="roles">-</a></th><th><a data-column="lastaccess">-</a></th></tr></thead><tbody>${people.map(({ id,
      name }) => `<tr>
    <td><input></td><th><a href="${ROOT}/user/view.php?id=${id}&course=2"><span class="userinitials">ZÜ</span>${name}</a></th>
    <td>z${id}@example.edu</td><td>Student</td><td>Never</td></tr>`).join('')}
    <tr class="emptyrow"><td></td></tr></tbody></table></div>` });

  test('finds the columns wherever they are, and the person among the others', async () => {
    const calls = [];
    const { result } = await runOperation('list_participants', { course_id: 2, find: 'z', limit: 2, page: 1 }, {
      functions: {
        core_table_get_dynamic_table_content: (args) => {
          calls.push(args);
          return table(5, { id: 7, name: 'Zoë &amp; Co' }, { id: 6, name: 'Sam' });
        },
      },
    });
    assert.deepEqual(result.people, [
      { id: 7, name: 'Zoë & Co', you: false, roles: 'Student', groups: null, email: 'z7@example.edu',
        last_access_in_moodles_words: 'Never' },
      { id: 6, name: 'Sam', you: true, roles: 'Student', groups: null, email: 'z6@example.edu',
        last_access_in_moodles_words: 'Never' },
    ]);
    assert.deepEqual(result.coverage, { returned: 2, page: 1, total: 5, more: true });
    assert.deepEqual([calls[0].pagenumber, calls[0].pagesize, calls[0].filters[1]], [2, 2, { name: 'keywords', jointype: 2,
      values: ['z'] }]);
  });

  test('says on the last page that there are no more', async () => {
    const { result } = await runOperation('list_participants', { course_id: 2, limit: 2, page: 2 }, {
      functions: { core_table_get_dynamic_table_content: () => table(5, { id: 7, name: 'Zoë' }) },
    });
    assert.equal(result.coverage.more, false);
  });
});
