/** Events of the person's own calendar. */

import { Failure } from '../failure.js';
import { integerOf, isObject, textOf } from '../json.js';

/** @typedef {import('../moodle/sites.js').Site} Site */
/** @typedef {import('./index.js').Context} Context */

/**
 * An event of the person's own; one of a course, a group or another person is none.
 * @param {Site} site
 * @param {number} id
 * @param {Context} context
 */
export async function ownEvent(site, id, { ajax, signal }) {
  const { userId } = await ajax.session(site, signal);
  const data = await ajax.call(site, 'core_calendar_get_calendar_event_by_id', { eventid: id }, { signal });
  const event = isObject(data) && isObject(data.event) ? data.event : null;
  if (!event) throw new Failure('unexpected_answer', { site: site.site, detail: 'event' });
  const isOwn = textOf(event.eventtype) === 'user' && integerOf(event.userid) === userId;
  if (!isOwn || event.candelete === false) {
    throw new Failure('moodle_refused', { site: site.site, detail: 'not_own_event' });
  }
  return {
    id,
    name: textOf(event.name),
    location: textOf(event.location),
    description: textOf(event.description),
    start: integerOf(event.timestart) ?? 0,
    seconds: integerOf(event.timeduration) ?? 0,
  };
}
