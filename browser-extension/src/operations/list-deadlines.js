/** What is still to be done, in all courses, by the time it is due. */

import { Failure } from '../failure.js';
import { integer, onlyKnown, window } from './arguments.js';
import { integerOf, isObject, objectsIn, textOf } from '../json.js';
import { localTime } from '../moodle/time.js';
import { pageOf } from './paging.js';
import { plainName } from '../moodle/text.js';
import { sourceOf } from './events.js';

const DAY = 86_400;
const AT_A_TIME = 50;
const MOST = 1_000;

/** @typedef {import('../moodle/sites.js').Site} Site */
/** @typedef {import('../json.js').JsonObject} JsonObject */
/** @typedef {import('./index.js').Context} Context */

/** @type {import('./index.js').SiteOperation} */
export const listDeadlines = {
  name: 'list_deadlines',
  sideEffect: 'read',
  on: 'one',
  async run(args, site, context) {
    onlyKnown(args, ['days', 'overdue_days', 'course_id', 'limit', 'offset']);
    const days = integer(args, 'days', { min: 1, max: 366, otherwise: 30 });
    const overdueDays = integer(args, 'overdue_days', { min: 0, max: 366, otherwise: 30 });
    const course = integer(args, 'course_id', { min: 0, otherwise: 0 });
    const wanted = window(args, { max: 200, otherwise: 50 });
    const { zone } = await context.ajax.session(site, context.signal);
    const now = Math.floor(context.now() / 1000);
    const found = await eventsBetween(now - overdueDays * DAY, now + days * DAY, site, context);
    const deadlines = found.map((event) => deadlineOf(site, event, zone, now))
      .filter((deadline) => course === 0 || deadline.course?.id === course);
    const { entries, coverage } = pageOf(deadlines, wanted);
    return {
      site: site.site,
      time_zone: zone,
      now: localTime(now, zone),
      until: localTime(now + days * DAY, zone),
      deadlines: entries,
      coverage: { ...coverage, ...(found.length >= MOST && { complete: false }) },
      note: 'Only what Moodle still expects from the person: what was submitted or finished is not listed.',
    };
  },
};

/**
 * All action events between two moments, in Moodle's order. Moodle gives at most 50 at a time.
 * @param {number} from
 * @param {number} to
 * @param {Site} site
 * @param {Context} context
 */
async function eventsBetween(from, to, site, { ajax, signal }) {
  /** @type {JsonObject[]} */
  const events = [];
  for (let after = 0; events.length < MOST;) {
    const data = await ajax.call(site, 'core_calendar_get_action_events_by_timesort', {
      timesortfrom: from, timesortto: to, aftereventid: after, limitnum: AT_A_TIME, limittononsuspendedevents: true,
    }, { signal });
    if (!isObject(data) || !Array.isArray(data.events)) {
      throw new Failure('unexpected_answer', { site: site.site, detail: 'events' });
    }
    events.push(...objectsIn(data.events));
    const last = integerOf(data.lastid);
    if (data.events.length < AT_A_TIME || last === null || last === after) break;
    after = last;
  }
  return events;
}

/**
 * @param {Site} site
 * @param {JsonObject} event
 * @param {string} zone
 * @param {number} now
 */
function deadlineOf(site, event, zone, now) {
  const due = integerOf(event.timesort) ?? 0;
  const action = isObject(event.action) ? event.action : {};
  return {
    due: localTime(due, zone),
    ...sourceOf(site, event),
    overdue: event.overdue === true || due < now,
    to_do: plainName(textOf(action.name)) || null,
    possible_now: action.actionable === true,
  };
}
