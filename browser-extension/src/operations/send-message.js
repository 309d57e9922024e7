/** Sends a message to one person. */

import { Failure } from '../failure.js';
import { htmlOf, refused, saysSame, verified } from './writing.js';
import { integer, onlyKnown, words } from './arguments.js';
import { integerOf, isObject, objectsIn, textOf } from '../json.js';
import { plainName } from '../moodle/text.js';

const LONGEST = 4_000;
const HTML = 1;
const LOOKED_AT = 20;

/** @typedef {import('../moodle/sites.js').Site} Site */
/** @typedef {import('./index.js').Context} Context */

/** @type {import('./index.js').SiteOperation} */
export const sendMessage = {
  name: 'send_message',
  sideEffect: 'write',
  on: 'one',
  write: { outward: true, standing: false },
  async propose(args, site, context) {
    const { to, text } = wanted(args);
    const name = await recipient(site, to, context);
    return {
      shown: {
        lines: [{ name: 'recipients', value: name }],
        texts: [{ name: 'message', text }],
      },
      plan: { name },
    };
  },
  async run(args, site, context, { proposal: { plan } }) {
    const { to, text } = wanted(args);
    const answer = await context.ajax.call(site, 'core_message_send_instant_messages', {
      messages: [{ touserid: to, text: htmlOf(text), textformat: HTML }],
    }, { signal: context.signal });
    const [sent] = objectsIn(answer);
    const id = integerOf(sent?.msgid);
    if (id === null) throw new Failure('unexpected_answer', { site: site.site, detail: 'message' });
    if (id < 0) throw refused(site, 'message_not_sent');
    const conversation = integerOf(sent.conversationid);
    const seen = await verified(() => isThere(site, { conversation, id, text }, context));
    return {
      site: site.site, verified: seen,
      receipt: { message_id: id, conversation_id: conversation, to: { id: to, name: plan.name } },
    };
  },
};

/** @param {import('../json.js').JsonObject} args */
function wanted(args) {
  onlyKnown(args, ['user_id', 'text']);
  return { to: integer(args, 'user_id', { min: 1 }), text: words(args, 'text', { max: LONGEST }) };
}

/**
 * The name of the person, who must be somebody that the person may write to.
 * @param {Site} site
 * @param {number} id
 * @param {Context} context
 */
async function recipient(site, id, { ajax, signal }) {
  const { userId } = await ajax.session(site, signal);
  if (id === userId) throw new Failure('invalid_arguments', { detail: 'user_id' });
  const data = await ajax.call(site, 'core_message_get_member_info', {
    referenceuserid: userId, userids: [id], includecontactrequests: false, includeprivacyinfo: true,
  }, { signal });
  const member = objectsIn(data).find((one) => integerOf(one.id) === id);
  if (!member || member.isdeleted === true) throw new Failure('not_found', { site: site.site, detail: 'user' });
  if (member.canmessage === false || member.isblocked === true) throw refused(site, 'cannot_message');
  return plainName(member.fullname);
}

/**
 * @param {Site} site
 * @param {{conversation: number | null, id: number, text: string}} sent
 * @param {Context} context
 */
async function isThere(site, { conversation, id, text }, context) {
  if (conversation === null) throw new Failure('unexpected_answer', { site: site.site, detail: 'conversation' });
  const { userId } = await context.ajax.session(site, context.signal);
  const data = await context.ajax.call(site, 'core_message_get_conversation_messages', {
    currentuserid: userId, convid: conversation, newest: true, limitnum: LOOKED_AT, limitfrom: 0,
  }, { signal: context.signal });
  const found = objectsIn(isObject(data) ? data.messages : null).find((message) => integerOf(message.id) === id);
  return found !== undefined && integerOf(found.useridfrom) === userId
    && saysSame(textOf(found.text), text, context);
}
