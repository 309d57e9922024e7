/** Deletes an event of the person's own calendar. */

import { integer, onlyKnown } from './arguments.js';
import { isGone, verified } from './writing.js';
import { localTime } from '../moodle/time.js';
import { ownEvent } from './own-events.js';
import { plainName } from '../moodle/text.js';

/** @type {import('./index.js').SiteOperation} */
export const deleteEvent = {
  name: 'delete_event',
  sideEffect: 'destructive',
  on: 'one',
  write: { outward: false, standing: false },
  async propose(args, site, context) {
    const event = await ownEvent(site, wanted(args), context);
    const { zone } = await context.ajax.session(site, context.signal);
    return {
      shown: {
        lines: [
          { name: 'name', value: plainName(event.name) },
          { name: 'start', value: `${localTime(event.start, zone)} (${zone})` },
          ...(event.location ? [{ name: /** @type {const} */ ('location'), value: plainName(event.location) }] : []),
        ],
        texts: event.description
          ? [{ name: 'description', text: await context.engine.htmlToText(event.description, context.signal) }] : [],
        warnings: ['removes'],
      },
      plan: { name: plainName(event.name), start: event.start },
    };
  },
  async run(args, site, context, { proposal: { plan } }) {
    const id = wanted(args);
    await context.ajax.call(site, 'core_calendar_delete_calendar_events', {
      events: [{ eventid: id, repeat: false }],
    }, { signal: context.signal });
    const seen = await verified(async () => {
      try {
        await ownEvent(site, id, context);
        return false;
      } catch (error) {
        if (isGone(error)) return true;
        throw error;
      }
    });
    return { site: site.site, verified: seen, receipt: { deleted_event_id: id, name: plan.name } };
  },
};

/** @param {import('../json.js').JsonObject} args */
function wanted(args) {
  onlyKnown(args, ['event_id']);
  return integer(args, 'event_id', { min: 1 });
}
