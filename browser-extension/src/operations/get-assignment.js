/** One assignment: what is asked, what the person submitted, and the feedback. */

import { assignmentsOf } from './assignments.js';
import { asFailure } from '../failure.js';
import { integer, onlyKnown } from './arguments.js';
import { localTime } from '../moodle/time.js';
import { ownFiles } from './files.js';
import { shortened } from './texts.js';

const DESCRIPTION_CHARACTERS = 6_000;
const TEXT_CHARACTERS = 4_000;
const SUBMISSION = /** @type {const} */ ({ none: 'nothing_submitted', new: 'nothing_submitted' });

/** @typedef {import('../moodle/sites.js').Site} Site */
/** @typedef {import('./index.js').Context} Context */

/** @type {import('./index.js').SiteOperation} */
export const getAssignment = {
  name: 'get_assignment',
  sideEffect: 'read-marks',
  on: 'one',
  async run(args, site, context) {
    onlyKnown(args, ['assignment_id']);
    const id = integer(args, 'assignment_id', { min: 1 });
    const { signal } = context;
    const html = await context.pages.read(site, 'assignment', [id], signal);
    const found = await context.engine.run('assignment', html, signal);
    const { zone } = await context.ajax.session(site, signal);
    const due = await dueOf(site, found.courseId, id, context);
    const description = shortened(found.description, DESCRIPTION_CHARACTERS);
    return {
      site: site.site,
      time_zone: zone,
      assignment: {
        id,
        name: found.name,
        course_id: found.courseId,
        due: due === null ? null : localTime(due, zone),
        dates_in_moodles_words: found.dates,
        description: description.text || null,
        ...(description.cut && { description_cut: description.cut }),
        files: ownFiles(site, found.files),
        url: `${site.url}/mod/assign/view.php?id=${id}`,
      },
      submission: submissionOf(site, found),
      feedback: feedbackOf(site, found),
      allowed_next: found.next,
    };
  },
};

/** @typedef {ReturnType<typeof import('../engine/readers/assignments.js').assignment>} Found */

/**
 * @param {Site} site
 * @param {Found} found
 */
function submissionOf(site, { status, graded, locked, time, submission }) {
  const text = shortened(submission.text, TEXT_CHARACTERS);
  return {
    status: SUBMISSION[/** @type {keyof typeof SUBMISSION} */ (status)] ?? status,
    graded,
    locked,
    late: time === 'latesubmission' || time === 'overdue',
    text: text.text || null,
    ...(text.cut && { text_cut: text.cut }),
    files: ownFiles(site, submission.files),
    details_in_moodles_words: submission.details.map((line) => shortened(line, 500).text),
  };
}

/**
 * @param {Site} site
 * @param {Found} found
 */
function feedbackOf(site, { feedback }) {
  if (feedback === null) return null;
  const comments = shortened(feedback.comments, TEXT_CHARACTERS);
  return {
    grade: feedback.grade || null,
    comments: comments.text || null,
    ...(comments.cut && { comments_cut: comments.cut }),
    files: ownFiles(site, feedback.files),
    details_in_moodles_words: feedback.details.map((line) => shortened(line, 500).text),
  };
}

/**
 * When it is due, or null: the page itself tells it only in words, and without it the rest is still true.
 * @param {Site} site
 * @param {number} courseId
 * @param {number} id
 * @param {Context} context
 */
async function dueOf(site, courseId, id, context) {
  try {
    const rows = await assignmentsOf(site, courseId, context);
    return rows.find((row) => row.id === id)?.due ?? null;
  } catch (error) {
    context.signal.throwIfAborted();
    if (!['moodle_refused', 'not_found', 'unsupported_by_site'].includes(asFailure(error).reason)) throw error;
    return null;
  }
}
