import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ROOT, runOperation } from './operation-world.js';

const START = `<form action="${ROOT}/mod/quiz/startattempt.php"><button>Continue</button></form>`;
const review = (id) => `<a href="${ROOT}/mod/quiz/review.php?attempt=${id}&amp;cmid=29">Review</a>`;
const row = (name, value) => `<tr><th>${name}</th><td>${value}</td></tr>`;
const card = (number, rows, link = '') => `<li><div class="card"><h4 class="card-title">Attempt ${number}</h4>
  <table class="quizreviewsummary"><caption>Attempt ${number}</caption>${rows.join('')}</table><div>${link}</div></div></li>`;
const FINISHED = [row('Status', 'Finished'), row('Started', 'Mon'), row('Completed', 'Tue'), row('Duration', '5 mins'),
  row('Grade', '<b>8</b> out of 10')];
const GOING_ON = [row('Status', 'In progress'), row('Started', 'Mon')];

const quizPage = (main, cmid = 29) => ({
  '/mod/quiz/view.php': () => ({
    classes: `course-2 cmid-${cmid}`,
    main: `<h1>Quiz &amp; 1</h1><div id="intro"><p>Basics</p></div><div role="main">${main}</div>`,
  }),
});
const asked = ({ requests }) => requests.slice(1).map(({ url }) => url.pathname.replace('/moodle', '') + url.search);

describe('get_quiz', () => {
  test('tells rules, attempts and grade', async () => {
    const { result, moodle } = await runOperation('get_quiz', { quiz_id: 29 }, {
      pages: quizPage(`${START}<div class="quizinfo"><p>Attempts allowed: 3</p></div>
        <div id="feedback"><h3>Highest grade: 8 / 10.</h3></div><ul>${card(1, FINISHED, review(41))}${card(2, FINISHED)}</ul>`),
    });
    assert.deepEqual(result.quiz, {
      id: 29, name: 'Quiz & 1', course_id: 2, description: 'Basics', dates_in_moodles_words: [],
      rules_in_moodles_words: ['Attempts allowed: 3'], url: `${ROOT}/mod/quiz/view.php?id=29`,
    });
    assert.equal(result.result_in_moodles_words, 'Highest grade: 8 / 10.');
    const details = ['Status: Finished', 'Started: Mon', 'Completed: Tue', 'Duration: 5 mins', 'Grade: 8 out of 10'];
    assert.deepEqual(result.attempts, [
      { attempt: 1, details_in_moodles_words: details, can_be_reviewed: true },
      { attempt: 2, details_in_moodles_words: details, can_be_reviewed: false },
    ]);
    assert.equal(result.can_be_attempted_now, true);
    assert.deepEqual(asked(moodle), ['/mod/quiz/view.php?id=29']);
  });

  test('tells that an attempt goes on', async () => {
    const { result } = await runOperation('get_quiz', { quiz_id: 29 }, { pages: quizPage(START + card(1, GOING_ON)) });
    assert.deepEqual(result.attempts, [{
      attempt: 1, details_in_moodles_words: ['Status: In progress', 'Started: Mon'], can_be_reviewed: false, unfinished: true,
    }]);
  });

  test('understands the table of older versions', async () => {
    const table = `<table class="quizattemptsummary">
      <thead><tr><th>Attempt</th><th>State</th><th>Grade</th><th>Review</th></tr></thead>
      <tbody><tr><td>1</td><td>Finished<span class="statedetails">Submitted Mon</span></td><td>8</td><td>${review(41)}</td></tr>
      <tr><td>2</td><td>In progress</td><td></td><td></td></tr></tbody></table>`;
    const { result } = await runOperation('get_quiz', { quiz_id: 29 }, { pages: quizPage(table) });
    assert.deepEqual(result.attempts.map(({ attempt, can_be_reviewed: seen, unfinished = false }) => [attempt, seen, unfinished]),
      [
      [1, true, false], [2, false, true],
    ]);
    assert.ok(result.attempts[0].details_in_moodles_words.includes('Grade: 8'));
  });

  test('the page of another quiz is not this one', async () => {
    await assert.rejects(runOperation('get_quiz', { quiz_id: 29 }, { pages: quizPage('', 30) }), { reason: 'not_found' });
  });
});

describe('review_quiz_attempt', () => {
  const que = (number, classes, inside, after = '') => `<div class="que ${classes}"><div class="info"><h3 class="no">Question
    <span class="qno">${number}</span></h3><div class="state">State</div><div class="grade">Mark 1 of 1</div></div>
    <div class="content"><div class="formulation">${inside}</div>${after}</div></div>`;
  const radio = (name, text, more = '', rowClass = 'r0') =>
    `<div class="${rowClass}"><input type="radio" aria-labelledby="${name}" ${more}>
    <div id="${name}">${text}</div></div>`;
  const reviewPage = (questions, cmid = 29) => ({
    '/mod/quiz/review.php': () => ({ classes: `course-2 cmid-${cmid}`, main: `<div role="main"><table class="quizreviewsummary">
      ${row('Grade', '8')}</table>${questions.join('')}</div>` }),
  });
  const run = (args, questions, { view = card(1, FINISHED, review(41)), cmid } = {}) => runOperation('review_quiz_attempt',
    { quiz_id: 29, ...args }, { pages: { ...quizPage(view), ...reviewPage(questions, cmid) } });

  test('tells question, own answer, right answer and feedback', async () => {
    const { result, moodle } = await run({}, [
      que(1, 'multichoice deferredfeedback incorrect', `<div class="qtext"><p>Which?</p></div><div class="answer">
        ${radio('a', 'Yes', 'checked="checked"', 'r0 incorrect')}${radio('b', 'No', '', 'r1')}</div>`, `<div class="outcome">
        <h4 class="accesshide">Feedback</h4><div class="feedback"><div class="specificfeedback">Look again</div>
        <div class="rightanswer">The correct answer is: No</div></div></div>`),
      que(2, 'essay manualgraded complete',
        '<div class="qtext">Explain.</div><div class="qtype_essay_response"><p>My <b>text</b></p></div>',
        '<div class="comment"><h4 class="accesshide">Comments</h4>Comment: <p>good</p></div>'),
      que(3, 'multianswer partiallycorrect', `<p>Two and two is <span><label class="visually-hidden">Answer</label>
        <input type="text" value="4"></span> and <select><option>a</option><option selected="selected">b</option></select>.</p>`),
    ]);
    assert.deepEqual(asked(moodle), ['/mod/quiz/view.php?id=29', '/mod/quiz/review.php?attempt=41&showall=1']);
    assert.deepEqual(result.questions[0], {
      number: '1', type: 'multichoice', outcome: 'incorrect', state_in_moodles_words: 'State',
      mark_in_moodles_words: 'Mark 1 of 1', question: 'Which?',
      options: [{ text: 'Yes', chosen: true, marked: 'incorrect' }, { text: 'No', chosen: false }],
      right_answer: 'The correct answer is: No', feedback: 'Look again',
    });
    assert.deepEqual([result.questions[1].own_answer, result.questions[1].comment], [['My text'], 'Comment:\n\ngood']);
    assert.deepEqual([result.questions[2].question, result.questions[2].own_answer], ['Two and two is [4] and [b].', ['4', 'b']]);
    assert.equal(result.questions[2].outcome, 'partiallycorrect');
  });

  test('asks for nothing while an attempt goes on', async () => {
    const view = START + card(1, FINISHED, review(41)) + card(2, GOING_ON);
    await assert.rejects(run({ attempt: 1 }, [], { view }), { reason: 'moodle_refused', detail: 'attempt_in_progress' });
  });

  test('reviews the last that may be seen, or the one that is named, and no other', async () => {
    const view = card(3, FINISHED) + card(2, FINISHED, review(42)) + card(1, FINISHED, review(41));
    const { moodle } = await run({}, [], { view });
    assert.equal(asked(moodle)[1], '/mod/quiz/review.php?attempt=42&showall=1');
    assert.equal(asked((await run({ attempt: 1 }, [], { view })).moodle)[1], '/mod/quiz/review.php?attempt=41&showall=1');
    await assert.rejects(run({ attempt: 3 }, [], { view }), { reason: 'not_found', detail: 'attempt' });
    await assert.rejects(run({ attempt: 41 }, [], { view }), { reason: 'not_found', detail: 'attempt' });
  });

  test('a review of another quiz is not taken', async () => {
    await assert.rejects(run({}, [], { cmid: 30 }), { reason: 'not_found' });
  });
});
