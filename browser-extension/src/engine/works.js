/** What the engine can do with HTML: pure functions of JSON to JSON, the same in every page that has a `DOMParser`. */

import { activityPage, courseItem } from './readers/activities.js';
import { assignment, assignmentList, assignmentOverview } from './readers/assignments.js';
import { filesOfPage } from './readers/files.js';
import { discussions } from './readers/discussions.js';
import { foundPosts } from './readers/posts.js';
import { form, formErrors, newDiscussion } from './readers/forms.js';
import { gradesOfCourse, gradesOverview } from './readers/grades.js';
import { htmlToText } from './html-to-text.js';
import { participants } from './readers/people.js';
import { quiz, quizReview } from './readers/quizzes.js';

/** One work for each name; a message to the offscreen document names it. */
export const WORKS = Object.freeze({
  filesOfPage,
  htmlToText,
  /** @param {string[]} htmls */
  htmlsToTexts: (htmls) => htmls.map(htmlToText),
  activityPage,
  courseItem,
  assignment,
  assignmentList,
  assignmentOverview,
  discussions,
  foundPosts,
  form,
  formErrors,
  newDiscussion,
  gradesOfCourse,
  gradesOverview,
  participants,
  quiz,
  quizReview,
});

/** @typedef {typeof WORKS} Works */
