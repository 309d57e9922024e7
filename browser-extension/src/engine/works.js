/** What the engine can do with HTML: pure functions of JSON to JSON, the same in every page that has a `DOMParser`. */

import { assignment, assignmentList, assignmentOverview } from './readers/assignments.js';
import { filesOfPage } from './readers/files.js';
import { discussions } from './readers/discussions.js';
import { gradesOfCourse, gradesOverview } from './readers/grades.js';
import { htmlToText } from './html-to-text.js';

/** One work for each name; a message to the offscreen document names it. */
export const WORKS = Object.freeze({
  filesOfPage,
  htmlToText,
  /** @param {string[]} htmls */
  htmlsToTexts: (htmls) => htmls.map(htmlToText),
  assignment,
  assignmentList,
  assignmentOverview,
  discussions,
  gradesOfCourse,
  gradesOverview,
});

/** @typedef {typeof WORKS} Works */
