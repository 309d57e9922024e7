/** The person's notifications. The call marks none as read. */

import { Failure } from '../failure.js';
import { firstThatFit } from './paging.js';
import { integerOf, isObject, objectsIn, textOf } from '../json.js';
import { localTime } from '../moodle/time.js';
import { onlyKnown, window } from './arguments.js';
import { ownUrl } from './course-state.js';
import { plainName } from '../moodle/text.js';
import { textsOf } from './texts.js';

const TEXT_CHARACTERS = 800;

/** @type {import('./index.js').SiteOperation} */
export const listNotifications = {
  name: 'list_notifications',
  sideEffect: 'read',
  on: 'one',
  async run(args, site, context) {
    onlyKnown(args, ['limit', 'offset']);
    const { limit, offset } = window(args, { max: 100, otherwise: 20 });
    const { zone, userId } = await context.ajax.session(site, context.signal);
    const data = await context.ajax.call(site, 'message_popup_get_popup_notifications', {
      useridto: userId, newestfirst: true, limit: limit + 1, offset,
    }, { signal: context.signal });
    if (!isObject(data) || !Array.isArray(data.notifications)) {
      throw new Failure('unexpected_answer', { site: site.site, detail: 'notifications' });
    }
    const found = objectsIn(data.notifications);
    const texts = await textsOf(found.map(({ text }) => textOf(text)), TEXT_CHARACTERS, context);
    const notifications = firstThatFit(found.map((one, index) => ({
      id: integerOf(one.id),
      time: localTime(one.timecreated, zone),
      read: one.read === true,
      subject: plainName(one.subject),
      text: texts[index].text,
      ...(texts[index].cut && { text_cut: texts[index].cut }),
      from: textOf(one.component),
      kind: textOf(one.eventtype),
      url: ownUrl(site, textOf(one.contexturl)),
    })).slice(0, limit));
    return {
      site: site.site,
      time_zone: zone,
      unread: integerOf(data.unreadcount),
      notifications,
      coverage: { returned: notifications.length, offset, more: notifications.length < found.length },
    };
  },
};
