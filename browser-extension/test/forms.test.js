import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DOMParser } from 'linkedom';
import { FORMS, pathOf } from '../src/moodle/form-list.js';
import { PAGES } from '../src/moodle/page-list.js';
import { form, formErrors, newDiscussion, objectAt } from '../src/engine/readers/forms.js';
import { lockedFields } from '../src/engine/readers/form-rules.js';

globalThis.DOMParser ??= DOMParser;

const page = (main, scripts = '') => `<html><body id="page-mod-assign-editsubmission" class="course-2 cmid-7">
  <form action="/search"><input name="q" value="no"></form><h1>Title &amp; more</h1>
  <div role="main">${main}</div><script>${scripts}</script></body></html>`;

const RULES = '{"a":{"notchecked":{"1":[["b","c[day]"]]}},"k":{"eq":{"x":[["l"]]},"neq":{"y":{"1":["m"]}}}}';
const FORM = page(`<form action="view.php" id="f1"><fieldset name="header">
  <input name="action" type="hidden" value="savesubmission"><input type="text" name="t" value="a &quot;b&quot;">
  <textarea name="e[text]">
<p>x</p></textarea>
  <select name="s"><option value="1">A</option><option value="2" selected>B</option></select>
  <select name="first"><option value="p">P</option><option value="q">Q</option></select>
  <select name="many[]" multiple><option value="1" selected>A</option><option value="2" selected>B</option></select>
  <select name="none[]" multiple><option value="1">A</option></select>
  <input type="hidden" name="adv" value="0"><input type="checkbox" name="adv" value="1" checked>
  <input type="checkbox" name="a" value="1"><input name="b" value="locked"><select name="c[day]"><option>1</option></select>
  <input type="radio" name="r" value="1" id="r1"><label for="r1">One &amp; only</label>
  <input type="radio" name="r" value="2" checked id="r2"><label for="r2">Two</label>
  <input name="off" value="1" disabled><input type="file" name="f"><input type="submit" name="cancel" value="x">
  <input name="files" id="id_files" type="hidden" value="99">
  </fieldset></form>`,
`M.form.initFormDependencies(Y, "other", {"t":{"eq":{"a":[["s"]]}}}); M.form.initFormDependencies(Y, "f1", ${RULES});
 M.form_filemanager.init(Y, {"itemid":1,"target":"id_files","note":"} {","maxbytes":"1000","maxfiles":"-1","client_id":"c",
 "list":[{"filename":"a.txt"}],"accepted_types":[".pdf"],"context":{"id":80},"author":"S","filepicker":{"repositories":
 {"4":{"id":"4","type":"recent"},"7":{"id":"7","type":"upload"}}}});`);

describe('A form of Moodle', () => {
  const read = (html = FORM) => form({ html, field: 'action', value: 'savesubmission' });

  test('is read as a browser would send it, without what its rules lock', () => {
    assert.deepEqual(read().fields, [
      ['action', 'savesubmission'], ['t', 'a "b"'], ['e[text]', '<p>x</p>'], ['s', '2'], ['first', 'p'], ['many[]', '1'],
      ['many[]', '2'], ['adv', '0'], ['adv', '1'], ['r', '2'], ['files', '99'],
    ]);
    assert.deepEqual([read().courseId, read().activityId, read().title], [2, 7, 'Title & more']);
  });

  test('has options with their words, and where its files go', () => {
    assert.deepEqual(read().options.filter(({ name }) => name === 'r'), [
      { name: 'r', value: '1', label: 'One & only', checked: false, disabled: false },
      { name: 'r', value: '2', label: 'Two', checked: true, disabled: false },
    ]);
    assert.deepEqual(read().files, {
      itemId: '99', repository: '7', context: '80', client: 'c', author: 'S', maxBytes: 1000, maxFiles: -1, accepted: ['.pdf'],
      files: ['a.txt'],
    });
  });

  test('is found by its field and nowhere else', () => {
    assert.equal(form({ html: FORM, field: 'action', value: 'confirmsubmit' }), null);
    assert.equal(form({ html: FORM, field: 'q' }), null);
    assert.notEqual(form({ html: FORM, field: 't' }), null);
  });

  test('is unlocked by what the person set', () => {
    const { fields } = read(FORM.replace('name="a" value="1"', 'name="a" value="1" checked'));
    assert.deepEqual(fields.filter(([name]) => /^[abc]\b/.test(name)).map(([name]) => name), ['a', 'b', 'c[day]']);
  });

  test('that came back tells how many fields are wrong', () => {
    assert.equal(formErrors(page('<div class="invalid-feedback"> </div><div class="invalid-feedback">Required</div>')), 1);
    assert.equal(formErrors(page('<p>Saved</p>')), 0);
  });

  test('of a forum is found by its link, or by its field', () => {
    const link = '<a href="https://m.example/mod/forum/post.php?forum=31">New</a>';
    assert.equal(newDiscussion(page(link)).forum, 31);
    assert.equal(newDiscussion(page('<form action="post.php"><input name="forum" value="32"></form>')).forum, 32);
    assert.equal(newDiscussion(page('<p>Closed</p>')).forum, 0);
  });
});

describe('The rules of disabledIf', () => {
  const types = (entries) => Object.entries(entries).map(([name, type]) => ({ name, type }));
  const locked = (fields, rules, controls) => [...lockedFields(fields, rules, types(controls))].sort();

  test('know all conditions', () => {
    const controls = { box: 'checkbox', list: 'select', text: 'text', r: 'radio', x: 'text' };
    const rule = (field, condition, value) => ({ [field]: { [condition]: { [value]: [['x']] } } });
    for (const [fields, rules, isLocked] of [
      [[], rule('box', 'notchecked', '1'), true], [[['box', '1']], rule('box', 'notchecked', '1'), false],
      [[['box', '1']], rule('box', 'checked', '1'), true], [[['box', '0']], rule('box', 'checked', '1'), false],
      [[['list', 'a']], rule('list', 'eq', 'a'), true], [[['list', 'b']], rule('list', 'eq', 'a'), false],
      [[['list', 'b']], rule('list', 'neq', 'a'), true], [[['list', 'a']], rule('list', 'neq', 'a'), false],
      [[['list', 'b']], rule('list', 'in', 'a|b'), true], [[['list', 'c']], rule('list', 'in', 'a|b'), false],
      [[], rule('list', 'noitemselected', ''), true], [[['r', '1']], rule('r', 'eq', '1'), true],
      [[['r', '2']], rule('r', 'eq', '1'), false], [[['text', 'a']], rule('unknown', 'eq', 'a'), false],
    ]) assert.deepEqual(locked(fields, rules, controls), isLocked ? ['x'] : [], JSON.stringify([fields, rules]));
  });

  test('are followed to their end', () => {
    const rules = {
      a: { notchecked: { 1: [['b']] } }, b: { notchecked: { 1: [['c']] } }, c: { notchecked: { 1: { 0: ['d'] } } },
    };
    const controls = { a: 'checkbox', b: 'checkbox', c: 'checkbox', d: 'text' };
    assert.deepEqual(locked([['b', '1'], ['c', '1'], ['d', 'x']], rules, controls), ['b', 'c', 'd']);
    assert.deepEqual(locked([['a', '1'], ['b', '1'], ['c', '1'], ['d', 'x']], rules, controls), []);
  });
});

test('An object in a script ends where it ends', () => {
  assert.equal(objectAt('x {"a":"}\\"{","b":{"c":[1]}} y}', 0), '{"a":"}\\"{","b":{"c":[1]}}');
  for (const none of ['', 'x', '{"a":', '{"a":"}']) assert.equal(objectAt(none, 0), '');
});

describe('The list of forms', () => {
  const attempts = /attempt|summary|autosave|quiz|lesson|scorm|h5p|workshop/;

  test('leads to no attempt, and neither does the list of pages', () => {
    for (const { path } of Object.values(FORMS)) assert.doesNotMatch(path, attempts);
    const quiz = Object.values(PAGES).filter(({ path }) => attempts.test(path)).map(({ path }) => path);
    assert.deepEqual(quiz.sort(), ['/mod/quiz/review.php', '/mod/quiz/view.php']);
  });

  test('sends a form only with the action that it is for, once', () => {
    assert.equal(pathOf('submit', [['action', 'confirmsubmit']]), '/mod/assign/view.php');
    for (const fields of [
      [], [['action', 'savesubmission']], [['action', 'confirmsubmit'], ['action', 'removesubmission']],
    ]) assert.throws(() => pathOf('submit', fields), TypeError);
    assert.throws(() => pathOf('discussion', [['edit', '55'], ['reply', '0']]), TypeError);
  });
});
