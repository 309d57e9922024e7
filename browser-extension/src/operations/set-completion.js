/** Ticks an activity off, or takes the tick back: only where Moodle leaves that to the person. */

import { activityIn, refused, verified } from './writing.js';
import { flag, integer, onlyKnown } from './arguments.js';
import { isObject } from '../json.js';

/** @type {import('./index.js').SiteOperation} */
export const setCompletion = {
  name: 'set_completion',
  sideEffect: 'write',
  on: 'one',
  write: { outward: false, standing: true },
  async propose(args, site, context) {
    const { courseId, activityId, done } = wanted(args);
    const { activity, course } = await activityIn(site, courseId, activityId, context);
    if (activity.completion === 'not_tracked') throw refused(site, 'not_tracked');
    return {
      shown: {
        lines: [
          { name: 'course', value: course },
          { name: 'activity', value: activity.name },
          { name: 'status', before: activity.completion, value: done ? 'complete' : 'incomplete' },
        ],
      },
      plan: { name: activity.name },
    };
  },
  async run(args, site, context) {
    const { courseId, activityId, done } = wanted(args);
    const answer = await context.ajax.call(site, 'core_completion_update_activity_completion_status_manually', {
      cmid: activityId, completed: done,
    }, { signal: context.signal });
    if (!isObject(answer) || answer.status !== true) throw refused(site, 'completion');
    const state = done ? 'complete' : 'incomplete';
    const seen = await verified(async () =>
      (await activityIn(site, courseId, activityId, context)).activity.completion === state);
    return { site: site.site, verified: seen, receipt: { activity_id: activityId, completion: state } };
  },
};

/** @param {import('../json.js').JsonObject} args */
function wanted(args) {
  onlyKnown(args, ['course_id', 'activity_id', 'done']);
  return {
    courseId: integer(args, 'course_id', { min: 1 }),
    activityId: integer(args, 'activity_id', { min: 1 }),
    done: flag(args, 'done', true),
  };
}
