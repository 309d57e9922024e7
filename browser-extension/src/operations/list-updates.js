/** What changed in a course. The calls leave no trace. */

import { Failure } from '../failure.js';
import { day, integer, onlyKnown, window } from './arguments.js';
import { dataOf } from '../moodle/ajax.js';
import { integerOf, isObject, objectsIn, textOf } from '../json.js';
import { localTime } from '../moodle/time.js';
import { pageOf } from './paging.js';
import { readState, sectionsOf } from './course-state.js';

const WEEK = 7 * 86_400;

/** @typedef {import('../json.js').JsonObject} JsonObject */

/** @type {import('./index.js').SiteOperation} */
export const listUpdates = {
  name: 'list_updates',
  sideEffect: 'read',
  on: 'one',
  async run(args, site, context) {
    onlyKnown(args, ['course_id', 'since', 'limit', 'offset']);
    const courseId = integer(args, 'course_id', { min: 1 });
    const wanted = window(args, { max: 200, otherwise: 50 });
    const { zone } = await context.ajax.session(site, context.signal);
    const since = day(args, 'since', zone) ?? Math.floor(context.now() / 1000) - WEEK;
    const [updates, state] = await context.ajax.batch(site, [
      { method: 'core_course_get_updates_since', args: { courseid: courseId, since } },
      { method: 'core_courseformat_get_state', args: { courseid: courseId } },
    ], { signal: context.signal });
    const data = dataOf(updates);
    if (!isObject(data) || !Array.isArray(data.instances)) {
      throw new Failure('unexpected_answer', { site: site.site, detail: 'updates' });
    }
    const shown = new Map(sectionsOf(site, readState(site, dataOf(state)))
      .flatMap(({ activities }) => activities).map((activity) => [activity.id, activity]));
    const changed = objectsIn(data.instances).flatMap((instance) => {
      const activity = shown.get(integerOf(instance.id) ?? 0);
      return activity && instance.contextlevel === 'module' ? [{
        activity: { id: activity.id, name: activity.name, type: activity.type },
        ...changesOf(objectsIn(instance.updates), zone),
        url: activity.url,
      }] : [];
    });
    const { entries, coverage } = pageOf(changed, wanted);
    return {
      site: site.site, course_id: courseId, since: localTime(since, zone), time_zone: zone, updates: entries, coverage,
    };
  },
};

/**
 * @param {JsonObject[]} updates
 * @param {string} zone
 */
function changesOf(updates, zone) {
  const edited = Math.max(0, ...updates.map(({ timeupdated }) => integerOf(timeupdated) ?? 0));
  return {
    changed: updates.map(({ name, itemids }) => ({
      what: textOf(name), ...(Array.isArray(itemids) && { how_many: itemids.length }),
    })),
    edited: localTime(edited, zone),
  };
}
