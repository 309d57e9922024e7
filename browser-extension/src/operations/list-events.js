/** What the calendar shows: own, course, group and site events, and when activities open and are due. */

import { day, integer, onlyKnown, window } from './arguments.js';
import { endOf, momentsOf, monthlyEvents, monthsBetween, sourceOf, startOf } from './events.js';
import { integerOf, textOf } from '../json.js';
import { localTime } from '../moodle/time.js';
import { pageOf } from './paging.js';
import { plainName } from '../moodle/text.js';
import { textsOf } from './texts.js';

const DAY = 86_400;
const DESCRIPTION_CHARACTERS = 500;
const ALL_COURSES = 1;

/** @typedef {import('../moodle/sites.js').Site} Site */
/** @typedef {import('../json.js').JsonObject} JsonObject */
/** @typedef {import('./index.js').Context} Context */

/** @type {import('./index.js').SiteOperation} */
export const listEvents = {
  name: 'list_events',
  sideEffect: 'read',
  on: 'one',
  async run(args, site, context) {
    onlyKnown(args, ['from', 'days', 'course_id', 'limit', 'offset']);
    const { zone } = await context.ajax.session(site, context.signal);
    const from = day(args, 'from', zone) ?? Math.floor(context.now() / 1000);
    const until = from + integer(args, 'days', { min: 1, max: 92, otherwise: 14 }) * DAY;
    const course = integer(args, 'course_id', { min: 1, otherwise: ALL_COURSES });
    const wanted = window(args, { max: 200, otherwise: 50 });
    const events = (await monthlyEvents(monthsBetween(from, until, zone), course, site, context))
      .filter((event) => endOf(event) >= from && startOf(event) < until);
    const { entries, coverage } = pageOf(await describe(events, site, zone, context), wanted);
    return {
      site: site.site,
      time_zone: zone,
      from: localTime(from, zone),
      until: localTime(until, zone),
      events: entries,
      coverage,
    };
  },
};

/**
 * @param {JsonObject[]} events
 * @param {Site} site
 * @param {string} zone
 * @param {Context} context
 */
async function describe(events, site, zone, context) {
  const texts = await textsOf(events.map(({ description }) => textOf(description)), DESCRIPTION_CHARACTERS, context);
  return events.map((event, index) => ({
    id: integerOf(event.id),
    ...momentsOf(event, zone),
    ...sourceOf(site, event),
    location: plainName(event.location) || null,
    description: texts[index].text || null,
    ...(texts[index].cut && { description_cut: texts[index].cut }),
  }));
}
