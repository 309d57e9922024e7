/** Marks notifications or a conversation as read. */

import { Failure } from '../failure.js';
import { integer, onlyKnown } from './arguments.js';
import { integerOf, isObject, objectsIn } from '../json.js';
import { plainName } from '../moodle/text.js';
import { verified } from './writing.js';

const LOOKED_AT = 100;

/** @typedef {import('../moodle/sites.js').Site} Site */
/** @typedef {import('./index.js').Context} Context */
/** @typedef {{conversation: number} | {notification: number} | 'all'} What */

/** @type {import('./index.js').SiteOperation} */
export const markRead = {
  name: 'mark_read',
  sideEffect: 'write',
  on: 'one',
  write: { outward: false, standing: true },
  async propose(args, site, context) {
    const what = whatOf(args);
    if (what === 'all') {
      const unread = await unreadNotifications(site, context);
      return { shown: { lines: [{ name: 'notifications', value: String(unread) }] }, plan: { unread } };
    }
    if ('notification' in what) {
      const found = (await notifications(site, context)).find(({ id }) => integerOf(id) === what.notification);
      if (!found) throw new Failure('not_found', { site: site.site, detail: 'notification' });
      return { shown: { lines: [{ name: 'subject', value: plainName(found.subject) }] }, plan: {} };
    }
    const { members, unreadcount } = await conversation(site, what.conversation, context);
    const people = objectsIn(members).map(({ fullname }) => plainName(fullname)).join(', ');
    return {
      shown: {
        lines: [{ name: 'with', value: people }, { name: 'notifications', value: String(unreadcount ?? '?') }],
      },
      plan: {},
    };
  },
  async run(args, site, context) {
    const what = whatOf(args);
    const { userId } = await context.ajax.session(site, context.signal);
    const now = Math.floor(context.now() / 1000);
    if (what === 'all') {
      await context.ajax.call(site, 'core_message_mark_all_notifications_as_read', {
        useridto: userId, useridfrom: 0, timecreatedto: now,
      }, { signal: context.signal });
      const seen = await verified(async () => (await unreadNotifications(site, context)) === 0);
      return { site: site.site, verified: seen, receipt: { marked: 'all_notifications', until: iso(now) } };
    }
    if ('notification' in what) {
      await context.ajax.call(site, 'core_message_mark_notification_read', {
        notificationid: what.notification, timeread: now,
      }, { signal: context.signal });
      const seen = await verified(async () => (await notifications(site, context))
        .some(({ id, read }) => integerOf(id) === what.notification && read === true));
      const receipt = { marked: 'notification', notification_id: what.notification };
      return { site: site.site, verified: seen, receipt };
    }
    await context.ajax.call(site, 'core_message_mark_all_conversation_messages_as_read', {
      userid: userId, conversationid: what.conversation,
    }, { signal: context.signal });
    const seen = await verified(async () => !(await conversation(site, what.conversation, context)).unreadcount);
    return { site: site.site, verified: seen, receipt: { marked: 'conversation', conversation_id: what.conversation } };
  },
};

/**
 * @param {import('../json.js').JsonObject} args
 * @returns {What}
 */
function whatOf(args) {
  onlyKnown(args, ['conversation_id', 'notification_id']);
  const conversationId = integer(args, 'conversation_id', { min: 1, otherwise: 1 });
  const notificationId = integer(args, 'notification_id', { min: 1, otherwise: 1 });
  if (args.conversation_id !== undefined && args.notification_id !== undefined) {
    throw new Failure('invalid_arguments', { detail: 'notification_id' });
  }
  if (args.conversation_id !== undefined) return { conversation: conversationId };
  return args.notification_id === undefined ? 'all' : { notification: notificationId };
}

/**
 * @param {Site} site
 * @param {Context} context
 */
async function notifications(site, { ajax, signal }) {
  const { userId } = await ajax.session(site, signal);
  const data = await ajax.call(site, 'message_popup_get_popup_notifications', {
    useridto: userId, newestfirst: true, limit: LOOKED_AT, offset: 0,
  }, { signal });
  if (!isObject(data)) throw new Failure('unexpected_answer', { site: site.site, detail: 'notifications' });
  return objectsIn(data.notifications);
}

/**
 * @param {Site} site
 * @param {Context} context
 */
async function unreadNotifications(site, { ajax, signal }) {
  const { userId } = await ajax.session(site, signal);
  const data = await ajax.call(site, 'message_popup_get_unread_popup_notification_count', {
    useridto: userId,
  }, { signal });
  const count = integerOf(data);
  if (count === null) throw new Failure('unexpected_answer', { site: site.site, detail: 'notifications' });
  return count;
}

/**
 * @param {Site} site
 * @param {number} id
 * @param {Context} context
 */
async function conversation(site, id, { ajax, signal }) {
  const { userId } = await ajax.session(site, signal);
  const data = await ajax.call(site, 'core_message_get_conversation', {
    userid: userId, conversationid: id, includecontactrequests: false, includeprivacyinfo: false, memberlimit: 0,
    memberoffset: 0, messagelimit: 1, messageoffset: 0, newestmessagesfirst: true,
  }, { signal });
  if (!isObject(data)) throw new Failure('unexpected_answer', { site: site.site, detail: 'conversation' });
  return data;
}

/** @param {number} seconds */
function iso(seconds) {
  return new Date(seconds * 1000).toISOString();
}
