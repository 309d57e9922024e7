/** Puts an event into the person's own calendar, which nobody else sees. */

import { Failure } from '../failure.js';
import { htmlOf, refused, verified } from './writing.js';
import { integer, moment, onlyKnown, words } from './arguments.js';
import { integerOf, isObject } from '../json.js';
import { localTime } from '../moodle/time.js';
import { ownEvent } from './own-events.js';
import { plainName } from '../moodle/text.js';

const WEEK_MINUTES = 7 * 24 * 60;

/** @typedef {import('./index.js').Context} Context */

/** @type {import('./index.js').SiteOperation} */
export const saveEvent = {
  name: 'save_event',
  sideEffect: 'write',
  on: 'one',
  write: { outward: false, standing: true },
  async propose(args, site, context) {
    const { zone } = await context.ajax.session(site, context.signal);
    const event = wanted(args, zone);
    const end = event.minutes > 0 ? localTime(event.start + event.minutes * 60, zone) : null;
    return {
      shown: {
        lines: [
          { name: 'name', value: event.name },
          { name: 'start', value: `${localTime(event.start, zone)} (${zone})` },
          ...(end ? [{ name: /** @type {const} */ ('end'), value: end }] : []),
          ...(event.location ? [{ name: /** @type {const} */ ('location'), value: event.location }] : []),
        ],
        texts: event.description ? [{ name: 'description', text: event.description }] : [],
      },
      plan: {},
    };
  },
  async run(args, site, context) {
    const { sesskey, userId, zone } = await context.ajax.session(site, context.signal);
    const event = wanted(args, zone);
    const answer = await context.ajax.call(site, 'core_calendar_submit_create_update_form', {
      formdata: String(formOf(event, { sesskey, userId, zone })),
    }, { signal: context.signal });
    if (isObject(answer) && answer.validationerror === true) throw refused(site, 'validation');
    const id = isObject(answer) && isObject(answer.event) ? integerOf(answer.event.id) : null;
    if (id === null) throw new Failure('unexpected_answer', { site: site.site, detail: 'event' });
    const seen = await verified(async () => {
      const there = await ownEvent(site, id, context);
      return plainName(there.name) === event.name && there.start === event.start
        && there.seconds === event.minutes * 60;
    });
    return {
      site: site.site, verified: seen,
      receipt: { event_id: id, name: event.name, start: localTime(event.start, zone), minutes: event.minutes },
    };
  },
};

/**
 * @param {import('../json.js').JsonObject} args
 * @param {string} zone
 */
function wanted(args, zone) {
  onlyKnown(args, ['name', 'start', 'duration_minutes', 'location', 'description']);
  return {
    name: words(args, 'name', { max: 255 }).replace(/\s+/g, ' '),
    start: moment(args, 'start', zone),
    minutes: integer(args, 'duration_minutes', { min: 0, max: WEEK_MINUTES, otherwise: 0 }),
    location: words(args, 'location', { max: 255, otherwise: '' }),
    description: words(args, 'description', { max: 4_000, otherwise: '' }),
  };
}

/**
 * The form of Moodle's own calendar, filled in.
 * @param {ReturnType<typeof wanted>} event
 * @param {{sesskey: string, userId: number, zone: string}} session
 */
function formOf(event, { sesskey, userId, zone }) {
  const [year, month, day, hour, minute] = (localTime(event.start, zone) ?? '').split(/[-T:]/).map(Number);
  return new URLSearchParams([
    ['id', '0'], ['userid', String(userId)], ['modulename', ''], ['instance', '0'], ['visible', '1'],
    ['eventtype', 'user'], ['repeats', '1'], ['sesskey', sesskey],
    ['_qf__core_calendar_local_event_forms_create', '1'], ['mform_showmore_id_general', '0'], ['name', event.name],
    ['timestart[day]', String(day)], ['timestart[month]', String(month)], ['timestart[year]', String(year)],
    ['timestart[hour]', String(hour)], ['timestart[minute]', String(minute)],
    ['description[text]', htmlOf(event.description)], ['description[format]', '1'], ['description[itemid]', '0'],
    ['location', event.location],
    ...(event.minutes > 0 ? [['duration', '2'], ['timedurationminutes', String(event.minutes)]] : [['duration', '0']]),
  ]);
}
