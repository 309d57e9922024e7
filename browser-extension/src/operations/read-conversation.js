/** The messages of a conversation. The call marks nothing as read. */

import { Failure } from '../failure.js';
import { authorOf } from './people.js';
import { firstThatFit } from './paging.js';
import { integer, onlyKnown, window } from './arguments.js';
import { integerOf, isObject, objectsIn, textOf } from '../json.js';
import { localTime } from '../moodle/time.js';
import { textsOf } from './texts.js';

const TEXT_CHARACTERS = 4_000;

/** @type {import('./index.js').SiteOperation} */
export const readConversation = {
  name: 'read_conversation',
  sideEffect: 'read',
  on: 'one',
  async run(args, site, context) {
    onlyKnown(args, ['conversation_id', 'limit', 'offset']);
    const id = integer(args, 'conversation_id', { min: 1 });
    const { limit, offset } = window(args, { max: 200, otherwise: 30 });
    const { zone, userId } = await context.ajax.session(site, context.signal);
    const data = await context.ajax.call(site, 'core_message_get_conversation_messages', {
      currentuserid: userId, convid: id, newest: true, limitnum: limit + 1, limitfrom: offset,
    }, { signal: context.signal });
    if (!isObject(data) || !Array.isArray(data.messages)) {
      throw new Failure('unexpected_answer', { site: site.site, detail: 'messages' });
    }
    const names = new Map(objectsIn(data.members).map((member) => [integerOf(member.id), member.fullname]));
    const found = objectsIn(data.messages);
    const texts = await textsOf(found.map(({ text }) => textOf(text)), TEXT_CHARACTERS, context);
    const messages = firstThatFit(found.map((message, index) => ({
      id: integerOf(message.id),
      time: localTime(message.timecreated, zone),
      from: authorOf(message.useridfrom, names.get(integerOf(message.useridfrom)), userId),
      text: texts[index].text,
      ...(texts[index].cut && { text_cut: texts[index].cut }),
    })).slice(0, limit));
    return {
      site: site.site,
      conversation_id: id,
      time_zone: zone,
      messages,
      coverage: { returned: messages.length, offset, more: messages.length < found.length },
    };
  },
};
