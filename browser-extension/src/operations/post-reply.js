/** Replies to a post of a forum. */

import { Failure } from '../failure.js';
import { htmlOf, refused, saysSame, verified } from './writing.js';
import { integer, onlyKnown, words } from './arguments.js';
import { integerOf, isObject, objectsIn, textOf } from '../json.js';
import { plainName } from '../moodle/text.js';
import { shortened } from './texts.js';

const LONGEST = 20_000;
const HTML = 1;
const QUOTED = 600;

/** @typedef {import('../moodle/sites.js').Site} Site */
/** @typedef {import('./index.js').Context} Context */

/** @type {import('./index.js').SiteOperation} */
export const postReply = {
  name: 'post_reply',
  sideEffect: 'write',
  on: 'one',
  write: { outward: true, standing: true },
  async propose(args, site, context) {
    const { discussionId, postId, text } = wanted(args);
    const post = (await postsOf(site, discussionId, context)).find(({ id }) => integerOf(id) === postId);
    if (!post) throw new Failure('not_found', { site: site.site, detail: 'post' });
    const may = isObject(post.capabilities) ? post.capabilities.reply : undefined;
    if (may === false || post.isdeleted === true) throw refused(site, 'cannot_reply');
    const author = isObject(post.author) ? plainName(post.author.fullname) : '';
    const subject = replySubject(post);
    const said = await context.engine.htmlToText(textOf(post.message), context.signal);
    return {
      shown: {
        lines: [
          { name: 'reply_to', value: `${author}: ${shortened(said, QUOTED).text}` },
          { name: 'subject', value: subject },
        ],
        texts: [{ name: 'message', text }],
        warnings: ['seen_by_all'],
      },
      plan: { subject },
    };
  },
  async run(args, site, context, { proposal: { plan } }) {
    const { discussionId, postId, text } = wanted(args);
    const answer = await context.ajax.call(site, 'mod_forum_add_discussion_post', {
      postid: postId, subject: textOf(plan.subject), message: htmlOf(text), messageformat: HTML,
      options: [{ name: 'topreferredformat', value: true }],
    }, { signal: context.signal });
    const id = isObject(answer) ? integerOf(answer.postid) : null;
    if (id === null) throw new Failure('unexpected_answer', { site: site.site, detail: 'post' });
    const seen = await verified(async () => {
      const { userId } = await context.ajax.session(site, context.signal);
      const found = (await postsOf(site, discussionId, context)).find((post) => integerOf(post.id) === id);
      return found !== undefined && isObject(found.author) && integerOf(found.author.id) === userId
        && saysSame(textOf(found.message), text, context);
    });
    return {
      site: site.site, verified: seen,
      receipt: { post_id: id, discussion_id: discussionId, replies_to: postId, subject: plan.subject },
    };
  },
};

/** @param {import('../json.js').JsonObject} args */
function wanted(args) {
  onlyKnown(args, ['discussion_id', 'post_id', 'text']);
  return {
    discussionId: integer(args, 'discussion_id', { min: 1 }),
    postId: integer(args, 'post_id', { min: 1 }),
    text: words(args, 'text', { max: LONGEST }),
  };
}

/**
 * The subject that Moodle proposes for a reply.
 * @param {import('../json.js').JsonObject} post
 */
function replySubject({ replysubject, subject }) {
  return plainName(replysubject) || `Re: ${plainName(subject)}`;
}

/**
 * @param {Site} site
 * @param {number} discussion
 * @param {Context} context
 */
async function postsOf(site, discussion, { ajax, signal }) {
  const data = await ajax.call(site, 'mod_forum_get_discussion_posts', {
    discussionid: discussion, sortby: 'created', sortdirection: 'ASC', includeinlineattachments: true,
  }, { signal });
  if (!isObject(data) || !Array.isArray(data.posts)) {
    throw new Failure('unexpected_answer', { site: site.site, detail: 'posts' });
  }
  return objectsIn(data.posts);
}
