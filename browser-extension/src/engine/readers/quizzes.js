/** Reads a quiz and the finished attempts at it. */

import { datesOf, numberIn, oneLine, openPage, placeOf, titleOf } from './page.js';
import { elementToMarkdown } from '../html-to-markdown.js';
import { elementText } from '../html-to-text.js';

/** @typedef {{attempt: number, details: string[], review: number, unfinished: boolean}} Attempt `review` is 0 for none */

/** How many lines Moodle says about an attempt that goes on: its state, and when it began. */
const LINES_UNTIL_FINISHED = 3;

/** The classes of a question's outcome, the same in every language. */
const OUTCOMES = [
  'partiallycorrect', 'incorrect', 'correct', 'notanswered', 'invalidanswer', 'requiresgrading', 'complete',
  'answersaved',
];

/**
 * The page of a quiz.
 * @param {{html: string, base: string}} input
 */
export function quiz({ html, base }) {
  const { document, main } = openPage(html);
  const intro = document.querySelector('#intro, .activity-description, .quizintro');
  return {
    ...placeOf(document),
    name: titleOf(document),
    dates: datesOf(document),
    description: intro ? elementToMarkdown(intro, base) : '',
    rules: [...main.querySelectorAll('.quizinfo p')].map(oneLine).filter((line) => line !== ''),
    result: elementText(main.querySelector('#feedback')),
    notice: elementText(main.querySelector('.quizattempt .alert, .quizattempt p')),
    attempts: attemptsOf(main),
    open: main.querySelector('form[action*="/mod/quiz/startattempt.php"]') !== null,
  };
}

/**
 * The person's attempts, each with the number of its review where one may be seen.
 * @param {Element} main
 * @returns {Attempt[]}
 */
function attemptsOf(main) {
  const tables = [...main.querySelectorAll('table.quizreviewsummary')];
  if (tables.length === 0) return rowsOfAttempts(main);
  return tables.map((table, index) => {
    const card = table.closest('li, .card') ?? table;
    const details = rowsOf(table);
    const review = numberIn(card.querySelector('a[href*="/mod/quiz/review.php"]'), 'attempt');
    const title = oneLine(card.querySelector('.card-title, caption'));
    return {
      attempt: numberOf(title) ?? index + 1,
      details,
      review,
      unfinished: review === 0 && details.length < LINES_UNTIL_FINISHED,
    };
  });
}

/**
 * The attempts as versions before 4.4 show them: one table with a row for each.
 * @param {Element} main
 * @returns {Attempt[]}
 */
function rowsOfAttempts(main) {
  const names = [...main.querySelectorAll('table.quizattemptsummary thead th')].map(oneLine);
  return [...main.querySelectorAll('table.quizattemptsummary tbody tr')].map((row, index) => {
    const review = numberIn(row.querySelector('a[href*="/mod/quiz/review.php"]'), 'attempt');
    const cells = [...row.querySelectorAll('td')].map(oneLine);
    return {
      attempt: numberOf(cells[0] ?? '') ?? index + 1,
      details: cells.slice(1).flatMap((cell, at) => (cell === '' ? [] : [`${names[at + 1] ?? ''}: ${cell}`])),
      review,
      unfinished: review === 0 && row.querySelector('.statedetails') === null,
    };
  });
}

/** @param {string} text */
function numberOf(text) {
  const found = /\d+/.exec(text)?.[0];
  return found === undefined ? null : Number(found);
}

/** @param {Element} table */
function rowsOf(table) {
  return [...table.querySelectorAll('tr')].flatMap((row) => {
    const [name, value] = [row.querySelector('th'), row.querySelector('td')].map(oneLine);
    return name !== '' && value !== '' ? [`${name}: ${value}`] : [];
  });
}

/**
 * The review of a finished attempt: what was asked, answered and said about it, as far as the quiz lets it be seen.
 * @param {{html: string, base: string}} input
 */
export function quizReview({ html, base }) {
  const { document, main } = openPage(html);
  const summary = main.querySelector('table.quizreviewsummary');
  return {
    ...placeOf(document),
    details: summary ? rowsOf(summary) : [],
    questions: [...main.querySelectorAll('.que')].map((question) => questionOf(question, base)),
  };
}

/**
 * @param {Element} question
 * @param {string} base
 */
function questionOf(question, base) {
  const text = (/** @type {string} */ selector) => {
    const found = question.querySelector(selector);
    return found ? elementToMarkdown(found, base) : '';
  };
  const comment = question.querySelector('.comment');
  comment?.querySelector('.accesshide')?.remove();
  const answers = answersOf(question);
  return {
    number: oneLine(question.querySelector('.info .qno') ?? question.querySelector('.info .no')),
    type: [...question.classList].find((name) => name !== 'que') ?? '',
    outcome: OUTCOMES.find((name) => question.classList.contains(name)) ?? '',
    state: oneLine(question.querySelector('.info .state')),
    mark: oneLine(question.querySelector('.info .grade')),
    options: answers.options,
    answers: answers.given,
    question: questionText(question, base),
    feedback: [...question.querySelectorAll('.outcome .feedback > *')]
      .filter((element) => !element.classList.contains('rightanswer'))
      .map((element) => elementToMarkdown(element, base)).filter((line) => line !== '').join('\n\n'),
    right: text('.rightanswer'),
    comment: comment ? elementToMarkdown(comment, base) : '',
  };
}

/**
 * What was asked. Where the fields to fill in stand inside the text, their contents stand in their places.
 * @param {Element} question
 * @param {string} base
 */
function questionText(question, base) {
  const own = question.querySelector('.qtext');
  const whole = own ?? question.querySelector('.formulation');
  if (!whole) return '';
  whole.querySelectorAll('.accesshide, .visually-hidden, .sr-only').forEach((element) => element.remove());
  for (const field of whole.querySelectorAll('input[type="text"], select')) {
    field.replaceWith(field.ownerDocument.createTextNode(`[${valueOf(field)}]`));
  }
  return elementToMarkdown(whole, base);
}

/**
 * The options of a question with those that were chosen, and what was typed into its fields.
 * @param {Element} question
 */
function answersOf(question) {
  const options = [...question.querySelectorAll('.answer input[type="radio"], .answer input[type="checkbox"]')]
    .flatMap((input) => {
      const row = input.closest('.r0, .r1') ?? input.parentElement;
      const text = oneLine(labelOf(question, input) ?? row);
      if (text === '') return [];
      const marked = ['correct', 'incorrect', 'partiallycorrect'].find((name) => row?.classList.contains(name));
      return [{ text, chosen: input.hasAttribute('checked'), ...(marked && { marked }) }];
    });
  const typed = [...question.querySelectorAll('.formulation input[type="text"], .formulation select')].map(valueOf);
  const written = [...question.querySelectorAll('.qtype_essay_response, .formulation textarea')].map((element) => (
    element.tagName.toUpperCase() === 'TEXTAREA' ? element.textContent ?? '' : elementText(element)));
  const files = [...question.querySelectorAll('.attachments a')].map(oneLine);
  return { options, given: [...typed, ...written, ...files].map((text) => text.trim()).filter((text) => text !== '') };
}

/**
 * @param {Element} question
 * @param {Element} input
 */
function labelOf(question, input) {
  const id = input.getAttribute('aria-labelledby')?.split(' ')[0] ?? '';
  const own = input.getAttribute('id') ?? '';
  return [...question.querySelectorAll('[id], label[for]')].find((element) => (
    (id !== '' && element.getAttribute('id') === id) || (own !== '' && element.getAttribute('for') === own)));
}

/** @param {Element} field */
function valueOf(field) {
  if (field.tagName.toUpperCase() !== 'SELECT') return field.getAttribute('value') ?? '';
  return oneLine(field.querySelector('option[selected]'));
}
