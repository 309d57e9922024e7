/** A quiz: its rules, the person's attempts and grade. No attempt is opened. */

import { Failure } from '../failure.js';
import { integer, onlyKnown } from './arguments.js';
import { shortened } from './texts.js';

const DESCRIPTION_CHARACTERS = 4_000;
const MOST_ATTEMPTS = 40;

/** @typedef {import('../moodle/sites.js').Site} Site */
/** @typedef {import('./index.js').Context} Context */

/** @type {import('./index.js').SiteOperation} */
export const getQuiz = {
  name: 'get_quiz',
  sideEffect: 'read-marks',
  on: 'one',
  async run(args, site, context) {
    onlyKnown(args, ['quiz_id']);
    const id = integer(args, 'quiz_id', { min: 1 });
    const found = await readQuiz(id, site, context);
    const description = shortened(found.description, DESCRIPTION_CHARACTERS);
    const attempts = found.attempts.slice(-MOST_ATTEMPTS);
    return {
      site: site.site,
      quiz: {
        id,
        name: found.name,
        course_id: found.courseId,
        description: description.text || null,
        ...(description.cut && { description_cut: description.cut }),
        dates_in_moodles_words: found.dates,
        rules_in_moodles_words: found.rules,
        url: `${site.url}/mod/quiz/view.php?id=${id}`,
      },
      result_in_moodles_words: shortened(found.result, 1_000).text || null,
      attempts: attempts.map(({ attempt, details, review, unfinished }) => ({
        attempt,
        details_in_moodles_words: details,
        can_be_reviewed: review > 0,
        ...(unfinished && { unfinished: true }),
      })),
      can_be_attempted_now: found.open,
      ...(found.notice !== '' && { notice_in_moodles_words: shortened(found.notice, 1_000).text }),
      coverage: {
        returned: attempts.length, total: found.attempts.length, more: attempts.length < found.attempts.length,
      },
      note: 'Attempts are begun and answered by the person alone, in the browser.',
    };
  },
};

/**
 * The page of a quiz that is certainly this one.
 * @param {number} id
 * @param {Site} site
 * @param {Context} context
 */
export async function readQuiz(id, site, { pages, engine, signal }) {
  const html = await pages.read(site, 'quiz', [id], signal);
  const found = await engine.run('quiz', { html, base: `${site.url}/` }, signal);
  if (found.activityId !== id) throw new Failure('not_found', { site: site.site, detail: 'quiz_id' });
  return found;
}
