/** Finds forum posts with Moodle's own search in the forums of a course, which marks none as read. */

import { asFailure } from '../failure.js';
import { authorOf } from './people.js';
import { shortened } from './texts.js';

/** @typedef {import('../moodle/sites.js').Site} Site */
/** @typedef {import('./index.js').Context} Context */

const PER_PAGE = 20;
const TEXT_CHARACTERS = 300;
const CUT = ['not_found', 'moodle_refused'];

/**
 * The first posts of each course in which the words stand, the newest first.
 * @param {string} query
 * @param {{id: number, name: string}[]} courses
 * @param {Site} site
 * @param {Context} context
 */
export async function postsFound(query, courses, site, context) {
  const found = await Promise.all(courses.map((course) => postsOf(query, course, site, context)));
  return found.flat();
}

/**
 * @param {string} query
 * @param {{id: number, name: string}} course
 * @param {Site} site
 * @param {Context} context
 */
async function postsOf(query, course, site, { pages, engine, ajax, signal }) {
  try {
    const html = await pages.read(site, 'forumSearch', [course.id, 0, PER_PAGE], signal, query);
    const { posts, pages: count } = await engine.run('foundPosts', html, signal);
    const { userId } = await ajax.session(site, signal);
    return posts.map((post, index) => ({
      post_id: post.id,
      discussion_id: post.discussion,
      subject: shortened(post.subject, 200).text,
      author: authorOf(post.authorId, post.author, userId),
      time: post.time,
      text: shortened(post.text, TEXT_CHARACTERS).text,
      course_id: course.id,
      ...(index === posts.length - 1 && count > 1 && { more_in_this_course: `the first of ${count} pages` }),
    }));
  } catch (error) {
    signal.throwIfAborted();
    if (CUT.includes(asFailure(error).reason)) return [];
    throw error;
  }
}
