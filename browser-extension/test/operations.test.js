import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readFileSync, readdirSync } from 'node:fs';
import { OPERATIONS } from '../src/operations/index.js';
import { ajaxAnswer } from './fakes.js';
import { newWorld } from './world.js';

const CATALOGUE = new URL(
  '../../moodle-mcp-server-core/src/main/resources/io/github/moodlemcp/server/tools/', import.meta.url,
);
const tools = readdirSync(CATALOGUE).map((file) => JSON.parse(readFileSync(new URL(file, CATALOGUE), 'utf8')));

/** What a command ends with whose arguments were accepted. */
const reached = /accepted|reached_moodle|not_shown/;

describe('The allow-list', () => {
  test('has every tool of the catalogue with its side effect, and no other', () => {
    const ours = [...OPERATIONS.values()].map(({ name, sideEffect }) => [name, sideEffect]).sort();
    assert.deepEqual(ours, tools.map(({ name, sideEffect }) => [name, sideEffect]).sort());
  });

  test('has one file for each operation, named like it', () => {
    const files = readdirSync(new URL('../src/operations/', import.meta.url));
    for (const name of OPERATIONS.keys()) assert.ok(files.includes(`${name.replaceAll('_', '-')}.js`), name);
  });

  for (const tool of tools) {
    test(`${tool.name} accepts the arguments its schema has, and no others`, async () => {
      const operation = OPERATIONS.get(tool.name);
      const run = async (args) => {
        const parts = await newWorld();
        const context = { ...parts, sites: [], engine, signal: new AbortController().signal };
        parts.moodle.ajax = () => ajaxAnswer(new Error('reached_moodle'));
        const { propose = operation.run } = operation;
        const ran = operation.on === 'all' ? operation.run(args, context) : propose(args, parts.site, context);
        return ran.then(() => 'accepted', (error) => error.detail);
      };
      const required = tool.inputSchema.required ?? [];
      const fitting = ({ type, enum: choices, examples, pattern }) => examples?.[0] ?? choices?.[0]
        ?? (type === 'integer' ? 1 : pattern ? '2026-11-30' : 'words');
      const good = Object.fromEntries(required.map((name) => [name, fitting(tool.inputSchema.properties[name])]));
      assert.match(await run(good), reached);
      assert.equal(await run({ ...good, stranger: 1 }), 'stranger');
      for (const [name, schema] of Object.entries(tool.inputSchema.properties)) {
        for (const value of schema.enum ?? []) assert.match(await run({ ...good, [name]: value }), reached);
        if (schema.pattern) {
          for (const bad of ['nonsense', '2026-02-30', 7]) assert.equal(await run({ ...good, [name]: bad }), name);
          assert.match(await run({ ...good, [name]: '2026-11-30' }), reached);
        }
        if (schema.maxLength) {
          assert.equal(await run({ ...good, [name]: 'x'.repeat(schema.maxLength + 1) }), name);
          assert.match(await run({ ...good, [name]: 'x'.repeat(schema.maxLength) }), reached);
        }
        if (schema.minimum !== undefined) assert.equal(await run({ ...good, [name]: schema.minimum - 1 }), name);
        if (schema.maximum !== undefined) {
          assert.equal(await run({ ...good, [name]: schema.maximum + 1 }), name);
          assert.match(await run({ ...good, [name]: schema.maximum }), reached);
        }
        if (schema.type === 'integer') assert.equal(await run({ ...good, [name]: '1' }), name);
        if (schema.enum) assert.equal(await run({ ...good, [name]: 'nonsense' }), name);
      }
      for (const name of required) {
        const { [name]: _, ...others } = good;
        assert.equal(await run(others), name);
      }
    });
  }
});

const engine = { htmlToText: async (html) => html.replace(/<[^>]*>/g, '') };

/** Runs an operation against a Moodle whose functions answer as given. */
async function run(name, args, functions) {
  const parts = await newWorld();
  parts.moodle.ajax = ({ calls }) => {
    const entries = [];
    for (const { methodname, args: callArgs } of calls) {
      const made = functions[methodname] ?? (() => new Error('servicenotavailable'));
      entries.push(made(callArgs));
      if (entries.at(-1) instanceof Error) break;
    }
    return ajaxAnswer(...entries);
  };
  const context = { ...parts, sites: [parts.site], engine, signal: new AbortController().signal };
  const result = await OPERATIONS.get(name).run(args, parts.site, context);
  return { result, moodle: parts.moodle };
}

const course = (id, more = {}) => ({
  id, fullname: `Course ${id} &amp; more`, shortname: `C${id}`, coursecategory: 'Science &amp; Arts', startdate: 1797926400,
  enddate: 0, progress: 24.6, hasprogress: true, isfavourite: false, hidden: false, summary: '<p>About &lt;it&gt;</p>', ...more,
});
const ENROLLED = 'core_course_get_enrolled_courses_by_timeline_classification';
const STATE = 'core_courseformat_get_state';

describe('list_courses', () => {
  test('maps courses to plain text, ISO dates and whole percents', async () => {
    const { result, moodle } = await run('list_courses', {}, {
      [ENROLLED]: () => ({ courses: [course(3), course(4, { hasprogress: false, isfavourite: true, startdate: 0 })] }),
    });
    assert.deepEqual(result, {
      site: 'moodle.example.edu/moodle',
      courses: [
        {
          id: 3, name: 'Course 3 & more', short_name: 'C3', category: 'Science & Arts', start: '2026-12-22T08:00:00.000Z',
          end: null, progress_percent: 25, favourite: false, hidden: false,
          url: 'https://moodle.example.edu/moodle/course/view.php?id=3',
        },
        {
          id: 4, name: 'Course 4 & more', short_name: 'C4', category: 'Science & Arts', start: null,
          end: null, progress_percent: null, favourite: true, hidden: false,
          url: 'https://moodle.example.edu/moodle/course/view.php?id=4',
        },
      ],
      coverage: { returned: 2, offset: 0, more: false },
    });
    assert.deepEqual(moodle.requests[1].calls[0].args, { classification: 'all', limit: 0, offset: 0, sort: 'fullname' });
  });

  test('pages, and says whether there is more', async () => {
    const functions = { [ENROLLED]: () => ({ courses: [1, 2, 3, 4, 5].map((id) => course(id)) }) };
    const page = async (args) => {
      const { result } = await run('list_courses', args, functions);
      return [result.courses.map(({ id }) => id), result.coverage];
    };
    assert.deepEqual(await page({ limit: 2 }), [[1, 2], { returned: 2, offset: 0, more: true }]);
    assert.deepEqual(await page({ limit: 2, offset: 3 }), [[4, 5], { returned: 2, offset: 3, more: false }]);
    assert.deepEqual(await page({ offset: 9 }), [[], { returned: 0, offset: 9, more: false }]);
  });

  test('passes the classification on', async () => {
    const { moodle } = await run('list_courses', { classification: 'past' }, { [ENROLLED]: () => ({ courses: [] }) });
    assert.equal(moodle.requests[1].calls[0].args.classification, 'past');
  });

  test('refuses an answer without courses', async () => {
    await assert.rejects(run('list_courses', {}, { [ENROLLED]: () => ({ warnings: [] }) }), { reason: 'unexpected_answer' });
  });
});

const cm = (id, more = {}) => ({
  id: String(id), name: `Activity ${id} &amp; co`, module: 'page', visible: true, stealth: false, uservisible: true,
  hascmrestrictions: false, sectionid: '1', url: `https://moodle.example.edu/moodle/mod/page/view.php?id=${id}`, ...more,
});
const section = (id, cmlist, more = {}) => ({
  id: String(id), number: id - 1, title: `Week ${id}`, visible: true, hasrestrictions: false, component: null,
  cmlist: cmlist.map(String), ...more,
});
const stateOf = (sections, cms) => () => JSON.stringify({ course: { id: '2' }, section: sections, cm: cms });

describe('get_course', () => {
  const read = (sections, cms, more = {}) => run('get_course', { course_id: 2 }, {
    [STATE]: stateOf(sections, cms), [ENROLLED]: () => ({ courses: [course(1), course(2)] }), ...more,
  });

  test('describes the course and makes one request for it', async () => {
    const { result, moodle } = await read([section(1, [5])], [cm(5)]);
    assert.deepEqual(result.course, {
      id: 2, name: 'Course 2 & more', short_name: 'C2', category: 'Science & Arts', summary: 'About &lt;it&gt;',
      start: '2026-12-22T08:00:00.000Z', end: null, progress_percent: 25,
      url: 'https://moodle.example.edu/moodle/course/view.php?id=2',
    });
    assert.deepEqual(result.coverage, { returned: 1, offset: 0, total: 1, more: false });
    assert.equal(moodle.requests.length, 2);
    assert.deepEqual(moodle.requests[1].calls.map(({ args }) => args.courseid ?? args.classification), [2, 'allincludinghidden']);
  });

  test('keeps Moodle\'s order of sections and activities', async () => {
    const { result } = await read([section(1, [7, 5]), section(2, [6])], [cm(5), cm(6, { sectionid: '2' }), cm(7)]);
    assert.deepEqual(result.sections.map(({ id, activities }) => [id, activities.map((one) => one.id)]), [[1, [7, 5]], [2, [6]]]);
  });

  test('tells how far each activity is completed', async () => {
    const states = [undefined, null, 0, 1, 2, 3, 9];
    const cms = states.map((completionstate, i) => cm(i + 1, { completionstate }));
    const { result } = await read([section(1, [1, 2, 3, 4, 5, 6, 7])], cms);
    assert.deepEqual(result.sections[0].activities.map(({ completion }) => completion), [
      'not_tracked', 'not_tracked', 'incomplete', 'complete', 'complete_pass', 'complete_fail', 'not_tracked',
    ]);
  });

  test('tells what is hidden, restricted or not available', async () => {
    const { result } = await read([section(1, [1, 2, 3], { visible: false, hasrestrictions: true })], [
      cm(1, { visible: false }), cm(2, { hascmrestrictions: true, uservisible: false }), cm(3),
    ]);
    const [only] = result.sections;
    assert.deepEqual([only.visible, only.restricted], [false, true]);
    assert.deepEqual(only.activities.map((one) => [one.visible, one.restricted, one.available]), [
      [false, false, true], [true, true, false], [true, false, true],
    ]);
  });

  test('puts stealth activities of sections that are not listed into a section of their own, at the end', async () => {
    const { result } = await read([section(1, [5])], [cm(5), cm(20, { sectionid: '9', stealth: true })]);
    const { activities, ...last } = result.sections.at(-1);
    assert.deepEqual(last, {
      id: null, number: -1, title: '(not in a listed section)', visible: false, restricted: false,
    });
    assert.deepEqual(activities.map(({ id, stealth }) => [id, stealth]), [[20, true]]);
  });

  test('an activity that its section does not list but names it is put there', async () => {
    const { result } = await read([section(1, [5])], [cm(5), cm(6)]);
    assert.deepEqual(result.sections.map(({ activities }) => activities.map(({ id }) => id)), [[5, 6]]);
  });

  test('a section inside another names the activity that shows it', async () => {
    const { result } = await read(
      [section(1, [18]), section(16, [19], { component: 'mod_subsection', itemid: 1, parentsectionid: '1' })],
      [cm(18, { module: 'subsection', delegatesectionid: '16', url: undefined }), cm(19, { sectionid: '16' })],
    );
    assert.deepEqual(result.sections.map(({ id, parent_activity }) => [id, parent_activity]), [[1, undefined], [16, 18]]);
  });

  test('gives only addresses of the site, and none with a key in it', async () => {
    const { result } = await read([section(1, [1, 2, 3, 4])], [
      cm(1), cm(2, { url: 'https://evil.example/mod/page/view.php?id=2' }), cm(3, { url: undefined }),
      cm(4, { url: 'https://moodle.example.edu/moodle/mod/x/view.php?sesskey=abc' }),
    ]);
    assert.deepEqual(result.sections[0].activities.map(({ url }) => url), [
      'https://moodle.example.edu/moodle/mod/page/view.php?id=1', null, null, null,
    ]);
  });

  test('cuts a long summary and says so', async () => {
    const { result } = await read([], [], {
      [ENROLLED]: () => ({ courses: [course(2, { summary: 'x'.repeat(9000) })] }),
    });
    assert.equal(result.course.summary.length, 4000);
    assert.match(result.course.format_note, /4000 of 9000/);
  });

  test('a course of which the person is no member is described by whoever may see it', async () => {
    const others = { [ENROLLED]: () => ({ courses: [course(1)] }) };
    const managed = await read([], [], { ...others, core_course_get_courses: () => [course(2, { fullname: 'Managed' })] });
    assert.equal(managed.result.course.name, 'Managed');
    const visited = await read([], [], { ...others, core_course_get_courses: () => new Error('nopermissions') });
    assert.equal(visited.result.course.name, null);
    assert.match(visited.result.course.format_note, /enrolled/);
  });

  for (const [code, reason] of [
    ['invalidrecord', 'not_found'], ['requireloginerror', 'not_found'], ['invalidcourseid', 'not_found'],
    ['servicenotavailable', 'unsupported_by_site'], ['codingerror', 'moodle_refused'],
  ]) {
    test(`Moodle's ${code} for the state is ${reason}`, async () => {
      await assert.rejects(read([], [], { [STATE]: () => new Error(code) }), { reason, detail: code });
    });
  }

  test('a state that is none is an unexpected answer', async () => {
    for (const state of [() => 'x', () => ({}), () => '{"section":[]}']) {
      await assert.rejects(read([], [], { [STATE]: state }), { reason: 'unexpected_answer', detail: 'course_state' });
    }
  });
});

describe('get_status', () => {
  test('looks at every site', async () => {
    const { probe, site } = await newWorld();
    const signal = new AbortController().signal;
    const { sites } = await OPERATIONS.get('get_status').run({}, { sites: [site], probe, signal });
    assert.deepEqual(sites.map(({ site: name, state }) => [name, state]), [[site.site, 'signed_in']]);
  });
});
