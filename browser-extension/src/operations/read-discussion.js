/** The posts of a forum discussion. The call marks nothing as read. */

import { Failure } from '../failure.js';
import { authorOf } from './people.js';
import { integer, onlyKnown, window } from './arguments.js';
import { integerOf, isObject, objectsIn, textOf } from '../json.js';
import { localTime } from '../moodle/time.js';
import { pageOf } from './paging.js';
import { plainName } from '../moodle/text.js';
import { textsOf } from './texts.js';

const POST_CHARACTERS = 8_000;

/** @type {import('./index.js').SiteOperation} */
export const readDiscussion = {
  name: 'read_discussion',
  sideEffect: 'read',
  on: 'one',
  async run(args, site, context) {
    onlyKnown(args, ['discussion_id', 'limit', 'offset']);
    const id = integer(args, 'discussion_id', { min: 1 });
    const wanted = window(args, { max: 200, otherwise: 50 });
    const { zone, userId } = await context.ajax.session(site, context.signal);
    const data = await context.ajax.call(site, 'mod_forum_get_discussion_posts', {
      discussionid: id, sortby: 'created', sortdirection: 'ASC', includeinlineattachments: true,
    }, { signal: context.signal });
    if (!isObject(data) || !Array.isArray(data.posts)) {
      throw new Failure('unexpected_answer', { site: site.site, detail: 'posts' });
    }
    const posts = objectsIn(data.posts);
    const texts = await textsOf(posts.map(({ message }) => textOf(message)), POST_CHARACTERS, context);
    const { entries, coverage } = pageOf(posts.map((post, index) => {
      const author = isObject(post.author) ? post.author : {};
      return {
        id: integerOf(post.id),
        replies_to: integerOf(post.parentid),
        subject: plainName(post.subject),
        author: authorOf(author.id, author.fullname, userId),
        time: localTime(post.timecreated, zone),
        text: texts[index].text,
        ...(texts[index].cut && { text_cut: texts[index].cut }),
        attachments: objectsIn(post.attachments).map(({ filename }) => plainName(filename)),
        ...(post.isdeleted === true && { deleted: true }),
      };
    }), wanted);
    return {
      site: site.site,
      discussion_id: id,
      course_id: integerOf(data.courseid),
      time_zone: zone,
      posts: entries,
      coverage,
    };
  },
};
