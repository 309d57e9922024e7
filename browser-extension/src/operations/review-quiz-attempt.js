/**
 * A finished attempt at a quiz, as far as the quiz lets it be seen. Only attempts that Moodle itself links to a review
 * are asked for, and none while another one goes on.
 */

import { Failure } from '../failure.js';
import { integer, onlyKnown, window } from './arguments.js';
import { pageOf } from './paging.js';
import { readQuiz } from './get-quiz.js';
import { shortened } from './texts.js';

const TEXT_CHARACTERS = 4_000;

/** @type {import('./index.js').SiteOperation} */
export const reviewQuizAttempt = {
  name: 'review_quiz_attempt',
  sideEffect: 'read-marks',
  on: 'one',
  async run(args, site, context) {
    onlyKnown(args, ['quiz_id', 'attempt', 'limit', 'offset']);
    const id = integer(args, 'quiz_id', { min: 1 });
    const number = args.attempt === undefined ? 0 : integer(args, 'attempt', { min: 1 });
    const wanted = window(args, { max: 100, otherwise: 30 });
    const { attempts, name } = await readQuiz(id, site, context);
    if (attempts.some(({ unfinished }) => unfinished)) {
      throw new Failure('moodle_refused', { site: site.site, detail: 'attempt_in_progress' });
    }
    const attempt = attemptOf(attempts, number);
    if (!attempt) throw new Failure('not_found', { site: site.site, detail: 'attempt' });
    const html = await context.pages.read(site, 'quizReview', [attempt.review], context.signal);
    const found = await context.engine.run('quizReview', { html, base: `${site.url}/` }, context.signal);
    if (found.activityId !== id) throw new Failure('not_found', { site: site.site, detail: 'attempt' });
    const { entries, coverage } = pageOf(found.questions.map(questionOf), wanted);
    return {
      site: site.site,
      quiz: { id, name },
      attempt: attempt.attempt,
      details_in_moodles_words: found.details,
      questions: entries,
      coverage,
    };
  },
};

/**
 * The attempt with this number, or the last that can be reviewed for 0.
 * @param {import('../engine/readers/quizzes.js').Attempt[]} attempts
 * @param {number} number
 */
function attemptOf(attempts, number) {
  const reviewable = attempts.filter(({ review }) => review > 0);
  if (number > 0) return reviewable.find(({ attempt }) => attempt === number);
  return reviewable.sort((a, b) => b.attempt - a.attempt)[0];
}

/** @param {ReturnType<typeof import('../engine/readers/quizzes.js').quizReview>['questions'][number]} question */
function questionOf({ number, type, outcome, state, mark, question, options, answers, feedback, right, comment }) {
  const text = shortened(question, TEXT_CHARACTERS);
  return {
    number,
    type,
    outcome: outcome || null,
    state_in_moodles_words: state || null,
    mark_in_moodles_words: mark || null,
    question: text.text,
    ...(text.cut && { question_cut: text.cut }),
    ...(options.length > 0 && { options }),
    ...(answers.length > 0 && { own_answer: answers.map(limited) }),
    ...(right !== '' && { right_answer: limited(right) }),
    ...(feedback !== '' && { feedback: limited(feedback) }),
    ...(comment !== '' && { comment: limited(comment) }),
  };
}

/** @param {string} text */
function limited(text) {
  const { text: part, cut } = shortened(text, TEXT_CHARACTERS);
  return cut ? `${part} […] (${cut})` : part;
}
