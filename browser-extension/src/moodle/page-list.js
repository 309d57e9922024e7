/**
 * The pages of Moodle that operations may read: nothing else can be asked for. None starts, continues or answers an
 * attempt, and none changes anything.
 */

/**
 * @typedef {object} Page
 * @property {string} path below the site's address
 * @property {readonly string[]} ids the query's numbers, in order
 * @property {string} [words] the part of the query that takes words
 * @property {Readonly<{[name: string]: string}>} [fixed] further parts of the query
 * @property {string} body the id of the page's body, by which Moodle tells which page it gave
 */

/**
 * The page of an activity.
 * @param {string} type
 * @param {Partial<Page>} [more]
 * @returns {Page}
 */
function activity(type, more) {
  return { path: `/mod/${type}/view.php`, ids: ['id'], body: `page-mod-${type}-view`, ...more };
}

export const PAGES = Object.freeze({
  assignment: activity('assign'),
  assignments: { path: '/mod/assign/index.php', ids: ['id'], body: 'page-mod-assign-index' },
  gradesOfCourse: { path: '/grade/report/user/index.php', ids: ['id'], body: 'page-grade-report-user-index' },
  gradesOverview: { path: '/grade/report/overview/index.php', ids: [], body: 'page-grade-report-overview-index' },
  forum: activity('forum', { ids: ['id', 'p', 's', 'o'] }),
  quiz: activity('quiz'),
  quizReview: { path: '/mod/quiz/review.php', ids: ['attempt'], fixed: { showall: '1' }, body: 'page-mod-quiz-review' },
  page: activity('page'),
  folder: activity('folder'),
  resource: activity('resource', { fixed: { forceview: '1' } }),
  book: { path: '/mod/book/tool/print/index.php', ids: ['id'], body: 'page-mod-book-print' },
  url: activity('url', { fixed: { redirect: '0' } }),
  glossary: activity('glossary', { ids: ['id', 'page'], fixed: { mode: 'letter', hook: 'ALL' } }),
  wiki: activity('wiki'),
  wikiPage: activity('wiki', { ids: ['pageid'] }),
  choice: activity('choice'),
  submissionForm: activity('assign', { fixed: { action: 'editsubmission' }, body: 'page-mod-assign-editsubmission' }),
  submitForm: activity('assign', { fixed: { action: 'submit' }, body: 'page-mod-assign-submit' }),
  discussionForm: { path: '/mod/forum/post.php', ids: ['forum'], body: 'page-mod-forum-post' },
  feedback: activity('feedback'),
  forumSearch: {
    path: '/mod/forum/search.php', ids: ['id', 'page', 'perpage'], words: 'search', body: 'page-mod-forum-search',
  },
});

/** @typedef {keyof typeof PAGES} PageName */

/** How many characters of words an address takes. */
const MAX_WORDS = 200;

/**
 * Path and query of a page. Throws a `TypeError` for numbers or words that are none, because they come from checked
 * arguments.
 * @param {PageName} name
 * @param {readonly number[]} values
 * @param {string} [words] for a page that takes some
 * @returns {string}
 */
export function addressOf(name, values, words) {
  const { path, ids, words: wordsIn, fixed = {} } = /** @type {Page} */ (PAGES[name]);
  if (values.length !== ids.length || !values.every((value) => Number.isSafeInteger(value) && value >= 0)) {
    throw new TypeError(`The page ${name} takes ${ids.length} numbers.`);
  }
  if ((words !== undefined) !== (wordsIn !== undefined) || (words !== undefined && words.length > MAX_WORDS)) {
    throw new TypeError(`The page ${name} takes ${wordsIn === undefined ? 'no' : 'a few'} words.`);
  }
  const query = new URLSearchParams([
    ...ids.map((id, index) => [id, String(values[index])]), ...Object.entries(fixed),
    ...(wordsIn === undefined ? [] : [[wordsIn, words ?? '']]),
  ]);
  return query.size === 0 ? path : `${path}?${query}`;
}
