/** Reads the posts that a search in the forums of a course found. */

import { numberIn, oneLine, openPage } from './page.js';
import { elementText } from '../html-to-text.js';

/**
 * @param {string} html
 */
export function foundPosts(html) {
  const { main } = openPage(html);
  return {
    posts: [...main.querySelectorAll('[data-region="post"][data-post-id]')].map((post) => {
      const link = post.querySelector('a[href*="/mod/forum/discuss.php"]');
      const author = post.querySelector('header a[href*="/user/"]');
      return {
        id: Number(post.getAttribute('data-post-id')),
        discussion: numberIn(link, 'd'),
        subject: oneLine(link),
        authorId: numberIn(author),
        author: oneLine(author),
        time: post.querySelector('time[datetime]')?.getAttribute('datetime') ?? '',
        text: elementText(post.querySelector('.post-content-container')),
      };
    }),
    pages: Math.max(1, ...[...main.querySelectorAll('.pagination [data-page-number]')]
      .map((item) => Number(item.getAttribute('data-page-number')) || 0)),
  };
}
