/** The allow-list: everything the service can ask this extension to do. */

import { answerChoice } from './answer-choice.js';
import { deleteEvent } from './delete-event.js';
import { getAssignment } from './get-assignment.js';
import { getCourse } from './get-course.js';
import { getGrades } from './get-grades.js';
import { getQuiz } from './get-quiz.js';
import { getStatus } from './get-status.js';
import { listAssignments } from './list-assignments.js';
import { listCourses } from './list-courses.js';
import { listDeadlines } from './list-deadlines.js';
import { listEvents } from './list-events.js';
import { listFiles } from './list-files.js';
import { listParticipants } from './list-participants.js';
import { readActivity } from './read-activity.js';
import { readFile } from './read-file.js';
import { listConversations } from './list-conversations.js';
import { listDiscussions } from './list-discussions.js';
import { listNotifications } from './list-notifications.js';
import { listUpdates } from './list-updates.js';
import { markRead } from './mark-read.js';
import { postReply } from './post-reply.js';
import { readConversation } from './read-conversation.js';
import { readDiscussion } from './read-discussion.js';
import { reviewQuizAttempt } from './review-quiz-attempt.js';
import { search } from './search.js';
import { saveEvent } from './save-event.js';
import { saveSubmissionDraft } from './save-submission-draft.js';
import { sendMessage } from './send-message.js';
import { setCompletion } from './set-completion.js';
import { startDiscussion } from './start-discussion.js';
import { submitAssignment } from './submit-assignment.js';

/** @typedef {import('../moodle/sites.js').Site} Site */
/** @typedef {import('../json.js').JsonObject} JsonObject */
/** @typedef {import('../approval/shown.js').Proposal} Proposal */
/** @typedef {import('../approval/shown.js').Approved} Approved */

/**
 * @typedef {object} Context what an operation may use
 * @property {import('../moodle/ajax.js').Ajax} ajax
 * @property {Pick<import('../moodle/pages.js').Pages, 'read'>} pages
 * @property {Pick<import('../moodle/forms.js').Forms, 'read' | 'send' | 'upload'>} forms
 * @property {import('../moodle/probe.js').Probe} probe
 * @property {import('../engine/engine.js').Engine} engine
 * @property {import('../documents/files.js').Files} files
 * @property {() => number} now milliseconds since 1970
 * @property {Site[]} sites the sites the person added
 * @property {AbortSignal} signal aborted when nobody waits any more
 */

/** @typedef {'read' | 'read-marks' | 'write' | 'destructive'} SideEffect as in the tool catalogue */

/**
 * @typedef {object} SiteOperation an operation on one site
 * @property {string} name as in the tool catalogue
 * @property {SideEffect} sideEffect
 * @property {'one'} on
 * @property {boolean} [listsPeople] whether its result is a list of people
 * @property {Write} [write] what there is to know of an operation that writes
 * @property {(args: JsonObject, site: Site, context: Context) => Promise<Proposal>} [propose] of an operation that
 *     writes: checks everything, finds out what would be written, and changes nothing
 * @property {(args: JsonObject, site: Site, context: Context, approved: Approved) => Promise<JsonObject>} run
 */

/**
 * @typedef {object} Write
 * @property {boolean} outward whether other people see what is written
 * @property {boolean} standing whether a person may allow it beforehand, for all times to come
 */

/**
 * @typedef {object} BrowserOperation an operation on no site in particular
 * @property {string} name as in the tool catalogue
 * @property {SideEffect} sideEffect
 * @property {'all'} on
 * @property {(args: JsonObject, context: Context) => Promise<JsonObject>} run
 */

/** @typedef {SiteOperation | BrowserOperation} Operation */

/** @type {ReadonlyMap<string, Operation>} */
export const OPERATIONS = new Map(/** @type {Operation[]} */ ([
  getAssignment,
  getCourse,
  getGrades,
  getQuiz,
  getStatus,
  listAssignments,
  listCourses,
  listDeadlines,
  listEvents,
  listFiles,
  listParticipants,
  readActivity,
  readFile,
  readDiscussion,
  readConversation,
  listUpdates,
  listNotifications,
  listDiscussions,
  listConversations,
  reviewQuizAttempt,
  search,
  markRead,
  setCompletion,
  saveEvent,
  deleteEvent,
  sendMessage,
  postReply,
  startDiscussion,
  saveSubmissionDraft,
  submitAssignment,
  answerChoice,
]).map((operation) => [operation.name, operation]));
