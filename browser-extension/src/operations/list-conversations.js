/** The person's conversations. The call marks nothing as read. */

import { Failure } from '../failure.js';
import { authorOf } from './people.js';
import { firstThatFit } from './paging.js';
import { integerOf, isObject, objectsIn, textOf } from '../json.js';
import { localTime } from '../moodle/time.js';
import { onlyKnown, window } from './arguments.js';
import { plainName } from '../moodle/text.js';
import { textsOf } from './texts.js';

const TEXT_CHARACTERS = 300;
const KINDS = new Map([[1, 'two_people'], [2, 'group'], [3, 'notes_to_self']]);

/** @type {import('./index.js').SiteOperation} */
export const listConversations = {
  name: 'list_conversations',
  sideEffect: 'read',
  on: 'one',
  async run(args, site, context) {
    onlyKnown(args, ['limit', 'offset']);
    const { limit, offset } = window(args, { max: 100, otherwise: 20 });
    const { zone, userId } = await context.ajax.session(site, context.signal);
    const data = await context.ajax.call(site, 'core_message_get_conversations', {
      userid: userId, type: null, limitnum: limit + 1, limitfrom: offset, favourites: null, mergeself: true,
    }, { signal: context.signal });
    if (!isObject(data) || !Array.isArray(data.conversations)) {
      throw new Failure('unexpected_answer', { site: site.site, detail: 'conversations' });
    }
    const found = objectsIn(data.conversations);
    const last = found.map(({ messages }) => objectsIn(messages)[0]);
    const texts = await textsOf(last.map((message) => textOf(message?.text)), TEXT_CHARACTERS, context);
    const conversations = firstThatFit(found.map((one, index) => ({
      id: integerOf(one.id),
      kind: KINDS.get(integerOf(one.type) ?? 0) ?? 'unknown',
      name: plainName(one.name) || null,
      with: objectsIn(one.members).map(({ id, fullname }) => authorOf(id, fullname, userId)).filter(({ you }) => !you),
      members: integerOf(one.membercount),
      unread: integerOf(one.unreadcount) ?? 0,
      last_message: last[index] ? {
        from_you: integerOf(last[index].useridfrom) === userId,
        time: localTime(last[index].timecreated, zone),
        text: texts[index].text,
        ...(texts[index].cut && { text_cut: texts[index].cut }),
      } : null,
    })).slice(0, limit));
    return {
      site: site.site,
      time_zone: zone,
      conversations,
      coverage: { returned: conversations.length, offset, more: conversations.length < found.length },
    };
  },
};
