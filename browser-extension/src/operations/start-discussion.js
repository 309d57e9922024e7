/** Begins a discussion in a forum. */

import { htmlOf, refused, saysSame, verified } from './writing.js';
import { integer, onlyKnown, words } from './arguments.js';
import { integerOf, isObject, objectsIn, textOf } from '../json.js';
import { plainName } from '../moodle/text.js';

const LONGEST = 20_000;

/** @typedef {import('../moodle/sites.js').Site} Site */
/** @typedef {import('./index.js').Context} Context */

/** @type {import('./index.js').SiteOperation} */
export const startDiscussion = {
  name: 'start_discussion',
  sideEffect: 'write',
  on: 'one',
  write: { outward: true, standing: true },
  async propose(args, site, context) {
    const { id, subject, text } = wanted(args);
    const { title, forum } = await forumOf(site, id, context);
    const form = await discussionForm(site, forum, context);
    if (form.activityId !== id || !form.names.includes('message[text]')) throw refused(site, 'cannot_post');
    return {
      shown: {
        lines: [{ name: 'activity', value: title }, { name: 'subject', value: subject }],
        texts: [{ name: 'message', text }],
        warnings: ['seen_by_all'],
      },
      plan: { forum, newest: await newest(site, id, context) },
    };
  },
  async run(args, site, context, { proposal: { plan } }) {
    const { id, subject, text } = wanted(args);
    const form = await discussionForm(site, integerOf(plan.forum) ?? 0, context);
    if (form.activityId !== id) throw refused(site, 'cannot_post');
    await context.forms.send(site, 'discussion', form, [
      ['subject', subject], ['message[text]', htmlOf(text)], ['submitbutton', '1'],
    ]);
    /** @type {number | null} */
    let discussion = null;
    const seen = await verified(async () => {
      const found = await newest(site, id, context);
      discussion = found > (integerOf(plan.newest) ?? 0) ? found : null;
      return discussion !== null && isOwn(site, discussion, { subject, text }, context);
    });
    return { site: site.site, verified: seen, receipt: { forum_id: id, discussion_id: discussion, subject } };
  },
};

/** @param {import('../json.js').JsonObject} args */
function wanted(args) {
  onlyKnown(args, ['forum_id', 'subject', 'text']);
  return {
    id: integer(args, 'forum_id', { min: 1 }),
    subject: words(args, 'subject', { max: 255 }).replace(/\s+/g, ' '),
    text: words(args, 'text', { max: LONGEST }),
  };
}

/**
 * @param {Site} site
 * @param {number} id
 * @param {Context} context
 */
async function forumOf(site, id, { pages, engine, signal }) {
  const found = await engine.run('newDiscussion', await pages.read(site, 'forum', [id, 0, 0, 0], signal), signal);
  if (found.forum === 0) throw refused(site, 'cannot_post');
  return found;
}

/**
 * @param {Site} site
 * @param {number} forum
 * @param {Context} context
 */
function discussionForm(site, forum, { forms, signal }) {
  return forms.read(site, 'discussionForm', [forum], { field: 'subject', signal });
}

/**
 * The number of the newest discussion, 0 for none.
 * @param {Site} site
 * @param {number} id
 * @param {Context} context
 */
async function newest(site, id, { pages, engine, signal }) {
  const list = await engine.run('discussions', await pages.read(site, 'forum', [id, 0, 0, 0], signal), signal);
  return Math.max(0, ...list.discussions.map((one) => one.id));
}

/**
 * Whether a discussion begins with what the person wrote.
 * @param {Site} site
 * @param {number} discussion
 * @param {{subject: string, text: string}} written
 * @param {Context} context
 */
async function isOwn(site, discussion, { subject, text }, context) {
  const { userId } = await context.ajax.session(site);
  const data = await context.ajax.call(site, 'mod_forum_get_discussion_posts', {
    discussionid: discussion, sortby: 'created', sortdirection: 'ASC', includeinlineattachments: true,
  });
  const [first] = objectsIn(isObject(data) ? data.posts : null);
  return first !== undefined && isObject(first.author) && integerOf(first.author.id) === userId
    && plainName(first.subject) === subject && saysSame(textOf(first.message), text, context);
}
