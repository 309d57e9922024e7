import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { numberOf } from '../src/operations/get-grades.js';
import { ROOT, runOperation } from './operation-world.js';

const at = (text) => Date.parse(text) / 1000;
const overviewRow = (id, name, due, status, grade) => `<tr data-mdl-overview-cmid="${id}">
  <td data-mdl-overview-item="name" data-mdl-overview-value="${name}">
  <div><a class="activityname" href="${ROOT}/mod/assign/view.php?id=${id}">${name}</a></div>
  <div>Week 1</div></td><td data-mdl-overview-item="duedate" data-mdl-overview-value="${due}">Some day</td>
  <td data-mdl-overview-item="submissionstatus" data-mdl-overview-value="${status}">${status}</td>
  <td data-mdl-overview-item="Grade" data-mdl-overview-value="85.5">${grade}</td></tr>`;
const newer = (...rows) => ({ core_get_fragment: () => ({ html: `<table><tbody>${rows.join('')}</tbody></table>` }) });
const older = { core_get_fragment: () => ({ html: null }) };

describe('list_assignments', () => {
  test('takes moments from the overview of newer versions', async () => {
    const { result, moodle } = await runOperation('list_assignments', { course_id: 2 }, {
      functions: newer(
        overviewRow(7, 'A &amp; &lt;B&gt;', at('2026-11-30T22:59:00Z'), 'Submitted for grading', '85,50'),
        overviewRow(8, 'C', '', '', '-')),
    });
    assert.deepEqual(result.assignments, [
      {
        id: 7, name: 'A & <B>', due: '2026-11-30T23:59:00+01:00', due_in_moodles_words: 'Some day',
        status_in_moodles_words: 'Submitted for grading', grade: '85,50', url: `${ROOT}/mod/assign/view.php?id=7`,
      },
      {
        id: 8, name: 'C', due: null, due_in_moodles_words: 'Some day', status_in_moodles_words: null, grade: null,
        url: `${ROOT}/mod/assign/view.php?id=8`,
      },
    ]);
    assert.deepEqual(moodle.requests[1].calls[0].args, {
      component: 'course', callback: 'course_overview', contextid: 1,
      args: [{ name: 'courseid', value: '2' }, { name: 'modname', value: 'assign' }],
    });
    assert.deepEqual(result.coverage, { returned: 2, offset: 0, total: 2, more: false });
  });

  test('takes the list of older versions, and moments from the calendar', async () => {
    const list = `<div role="main"><table class="generaltable"><tbody><tr><td>Week 1</td>
      <td><a href="${ROOT}/mod/assign/view.php?id=7">Essay</a></td><td>Some day</td><td>No submission</td><td>-</td></tr>
      <tr><td colspan="5"></td></tr></tbody></table></div>`;
    const due = { id: 1, eventtype: 'due', timestart: at('2026-12-24T11:00:00Z'), url: `${ROOT}/mod/assign/view.php?id=7` };
    const { result } = await runOperation('list_assignments', { course_id: 2 }, {
      functions: {
        ...older,
        core_calendar_get_calendar_monthly_view: ({ month }) => (
          { weeks: [{ days: [{ events: month === 12 ? [{ ...due, eventtype: 'open', timestart: 9 }, due] : [] }] }] }),
      },
      pages: { '/mod/assign/index.php': (query) => ({ main: query.get('id') === '2' ? list : '' }) },
    });
    assert.deepEqual(result.assignments.map(({ id, due: moment, status_in_moodles_words: status }) => [id, moment, status]), [
      [7, '2026-12-24T12:00:00+01:00', 'No submission'],
    ]);
  });

  test('a course without assignments has none', async () => {
    const { result } = await runOperation('list_assignments', { course_id: 2 }, {
      functions: older, pages: { '/mod/assign/index.php': () => ({ main: '<div role="main"><p>None</p></div>' }) },
    });
    assert.deepEqual(result.assignments, []);
  });
});

const status = (cell, more = '') => `<div class="submissionstatustable"><table class="generaltable">
  <tr><th>Submission status</th><td class="${cell}">In words</td></tr>${more}</table></div>`;
const page = (main, intro = '') => ({
  '/mod/assign/view.php': () => ({
    classes: 'course-2 cmid-7', main: `<div class="page-header-headings"><h1>Essay &amp; <b>notes</b></h1></div>
      <div data-region="activity-dates"><div><div><strong>Due:</strong> Some day</div></div></div>
      <div id="intro">${intro}</div><div role="main">${main}</div>`,
  }),
});

describe('get_assignment', () => {
  const read = async (main, intro) => (await runOperation('get_assignment', { assignment_id: 7 }, {
    functions: newer(overviewRow(7, 'Essay', at('2026-11-30T22:59:00Z'), '', '')), pages: page(main, intro),
  })).result;

  test('tells what is asked, without what a script or a stranger\'s link would add', async () => {
    const { assignment } = await read(status(''), `<p>Write <b>two</b> pages.</p><script>alert(1)</script>
      <a href="${ROOT}/pluginfile.php/9/mod_assign/introattachment/0/Aufgabe%20%C3%9C.pdf?forcedownload=1">file</a>
      <a href="https://evil.example/pluginfile.php/1/x.pdf">other</a>`);
    assert.equal(assignment.name, 'Essay & notes');
    assert.equal(assignment.due, '2026-11-30T23:59:00+01:00');
    assert.deepEqual(assignment.dates_in_moodles_words, ['Due: Some day']);
    assert.match(assignment.description, /^Write two pages\./);
    assert.doesNotMatch(assignment.description, /alert/);
    assert.deepEqual(assignment.files, [{ name: 'Aufgabe Ü.pdf' }]);
  });

  for (const [cell, expected] of [
    ['', 'nothing_submitted'], ['submissionstatusnew', 'nothing_submitted'], ['submissionstatusdraft', 'draft'],
    ['submissionstatussubmitted', 'submitted'], ['submissionstatusreopened', 'reopened'],
  ]) {
    test(`the class "${cell}" means ${expected}`, async () => {
      assert.equal((await read(status(cell))).submission.status, expected);
    });
  }

  test('reads own text and files, grade and feedback', async () => {
    const { submission, feedback, allowed_next } = await read(`${status('submissionstatussubmitted', `
      <tr><th>Grading</th><td class="submissiongraded">Graded</td></tr>
      <tr><th>Time</th><td class="latesubmission">30 days late</td></tr>
      <tr><th>Text</th><td><div class="plugincontentsummary summary_assignsubmission_onlinetext_1"><p>My text</p></div></td></tr>
      <tr><th>Files</th><td><div class="plugincontentsummary summary_assignsubmission_file_1"><a
        href="${ROOT}/pluginfile.php/79/assignsubmission_file/submission_files/1/a%20b.py">a b</a></div></td></tr>`)}
      <div class="feedback"><table class="generaltable"><tr><th>Grade</th><td>85,50&nbsp;/&nbsp;100,00</td></tr>
      <tr><th>Comments</th><td><div class="plugincontentsummary summary_assignfeedback_comments_1"><p>Good <i>work</i>.</p>
      </div></td></tr></table></div><div class="singlebutton"><form><input name="action" value="editsubmission"></form></div>`);
    assert.deepEqual(submission, {
      status: 'submitted', graded: true, locked: false, late: true, text: 'My text', files: [{ name: 'a b.py' }],
      details_in_moodles_words: ['Submission status: In words', 'Grading: Graded', 'Time: 30 days late'],
    });
    assert.deepEqual(feedback, {
      grade: '85,50 / 100,00', comments: 'Good work.', files: [], details_in_moodles_words: ['Grade: 85,50 / 100,00'],
    });
    assert.deepEqual(allowed_next, ['editsubmission']);
  });

  test('no feedback is null, and no status is not shown', async () => {
    const { submission, feedback } = await read('<p>For teachers</p>');
    assert.deepEqual([submission.status, feedback], ['not_shown', null]);
  });

  test('is told without its due date when the list may not be read', async () => {
    const { result } = await runOperation('get_assignment', { assignment_id: 7 }, {
      functions: { core_get_fragment: () => new Error('nopermissions') }, pages: page(status('')),
    });
    assert.equal(result.assignment.due, null);
  });
});

describe('get_grades', () => {
  const quiz = '<a class="gradeitemheader" href="/mod/quiz/view.php?id=29">Quiz &amp; more</a>';
  const row = (cells, name = quiz, level = 'level2 item') => `<tr>
    <th class="${level} column-itemname">${name}</th>${cells}</tr>`;
  const report = (...rows) => ({
    '/grade/report/user/index.php': () => ({
      main: `<div role="main"><table class="user-grade"><thead><tr><th class="column-itemname">Item</th></tr></thead>
        <tbody>${rows.join('')}</tbody></table></div>`,
    }),
  });
  const read = async (...rows) => (await runOperation('get_grades', { course_id: 2 }, { pages: report(...rows) })).result;

  test('reads the columns that are there, by their class', async () => {
    const { grades, coverage } = await read(
      row('', '<div class="category-content"><span>Homework</span></div>', 'level1 category'),
      row(`<td class="column-grade">8,50<div class="action-menu">Menu</div></td><td class="column-range">0&ndash;10</td>
        <td class="column-feedback"><p>Well <b>done</b></p></td><td class="column-percentage">85,00 %</td>`),
      row('<td class="column-grade">-</td>', '<span class="rowtitle">Total</span>', 'level1 baggt'),
    );
    assert.deepEqual(grades, [
      { kind: 'category', level: 1, name: 'Homework' },
      {
        kind: 'item', level: 2, name: 'Quiz & more', activity: { id: 29, type: 'quiz' }, grade: '8,50', grade_number: 8.5,
        range: '0–10', percentage: '85,00 %', feedback: 'Well done',
      },
      { kind: 'total', level: 1, name: 'Total', grade: null, grade_number: null },
    ]);
    assert.deepEqual(coverage, { returned: 3, offset: 0, total: 3, more: false });
  });

  test('reads the totals of all courses', async () => {
    const { result } = await runOperation('get_grades', {}, {
      pages: {
        '/grade/report/overview/index.php': () => ({
          main: `<div role="main"><table id="overview-grade"><tbody><tr>
            <td><a href="${ROOT}/course/user.php?mode=grade&amp;id=2&amp;user=6">R&amp;D</a></td><td>116,50</td></tr>
            <tr><td><a href="?id=3">B</a></td><td>-</td></tr><tr class="emptyrow"><td></td><td></td></tr></tbody></table></div>`,
        }),
      },
    });
    assert.deepEqual(result.courses, [
      { course_id: 2, course: 'R&D', total: '116,50', total_number: 116.5 },
      { course_id: 3, course: 'B', total: null, total_number: null },
    ]);
  });

  test('a report that the teacher hides is refused', async () => {
    const error = '<div data-rel="fatalerror"><a href="/500/en/error/moodle/nopermissions">x</a></div>';
    const hidden = { '/grade/report/user/index.php': () => error };
    await assert.rejects(runOperation('get_grades', { course_id: 2 }, { pages: hidden }), {
      reason: 'moodle_refused', detail: 'nopermissions',
    });
  });

  for (const [text, number] of [
    ['85.50', 85.5], ['85,5', 85.5], ['-3', -3], ['100', 100], ['A', null], ['1.234,50', null], ['85 / 100', null], ['', null],
  ]) {
    test(`the grade "${text}" is the number ${number}`, () => assert.equal(numberOf(text), number));
  }
});
