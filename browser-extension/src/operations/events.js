/** Calendar events and deadlines, in the words of our results. */

import { Failure } from '../failure.js';
import { integerOf, isObject, objectsIn, textOf } from '../json.js';
import { localTime, monthOf } from '../moodle/time.js';
import { ownUrl } from './course-state.js';
import { plainName } from '../moodle/text.js';

/** @typedef {import('../moodle/sites.js').Site} Site */
/** @typedef {import('../json.js').JsonObject} JsonObject */
/** @typedef {import('./index.js').Context} Context */

const MONTHLY = 'core_calendar_get_calendar_monthly_view';

/**
 * What a deadline and an event have in common.
 * @param {Site} site
 * @param {JsonObject} event
 */
export function sourceOf(site, event) {
  const type = textOf(event.modulename);
  const course = isObject(event.course) ? event.course : {};
  const courseId = integerOf(course.id);
  return {
    name: plainName(type !== '' && textOf(event.activityname) !== '' ? event.activityname : event.name),
    kind: textOf(event.eventtype),
    activity: type === '' ? null : { id: activityId(event), type },
    course: courseId === null ? null : { id: courseId, name: plainName(course.fullname) },
    url: ownUrl(site, textOf(event.url)),
  };
}

/**
 * The activity an event belongs to: its address names it in all versions.
 * @param {JsonObject} event
 */
function activityId(event) {
  return integerOf(/[?&]id=(\d+)/.exec(textOf(event.url))?.[1]) ?? integerOf(event.instance);
}

/**
 * @param {JsonObject} event
 * @param {string} zone
 */
export function momentsOf(event, zone) {
  const start = integerOf(event.timestart) ?? 0;
  const duration = integerOf(event.timeduration) ?? 0;
  return { start: localTime(start, zone), end: duration > 0 ? localTime(start + duration, zone) : null };
}

/**
 * The months that a time touches, in the time zone.
 * @param {number} from
 * @param {number} until
 * @param {string} zone
 */
export function monthsBetween(from, until, zone) {
  const first = monthOf(from, zone);
  const last = monthOf(until - 1, zone);
  return monthsFrom(first, (last.year - first.year) * 12 + last.month - first.month + 1);
}

/**
 * So many months from the first, whose number may lie outside 1 to 12.
 * @param {{year: number, month: number}} first
 * @param {number} count
 */
export function monthsFrom(first, count) {
  return Array.from({ length: count }, (_, index) => {
    const month = first.month - 1 + index;
    return { year: first.year + Math.floor(month / 12), month: ((month % 12) + 12) % 12 + 1 };
  });
}

/**
 * The events of the months, each once although it is shown on each of its days, in the order of time.
 * @param {{year: number, month: number}[]} months
 * @param {number} courseid
 * @param {Site} site
 * @param {Context} context
 */
export async function monthlyEvents(months, courseid, site, { ajax, signal }) {
  const outcomes = await ajax.batch(site, months.map(({ year, month }) => ({
    method: MONTHLY,
    args: { year, month, courseid, categoryid: 0, includenavigation: false, mini: false, day: 1, view: 'month' },
  })), { signal });
  /** @type {Map<number | null, JsonObject>} */
  const events = new Map();
  for (const outcome of outcomes) {
    if ('failure' in outcome) throw outcome.failure;
    const { data } = outcome;
    if (!isObject(data) || !Array.isArray(data.weeks)) {
      throw new Failure('unexpected_answer', { site: site.site, detail: 'calendar' });
    }
    for (const week of objectsIn(data.weeks)) {
      for (const event of objectsIn(week.days).flatMap((one) => objectsIn(one.events))) {
        events.set(integerOf(event.id), event);
      }
    }
  }
  return [...events.values()].sort((a, b) => startOf(a) - startOf(b));
}

/** @param {JsonObject} event */
export function startOf(event) {
  return integerOf(event.timestart) ?? 0;
}

/** @param {JsonObject} event */
export function endOf(event) {
  return startOf(event) + (integerOf(event.timeduration) ?? 0);
}
