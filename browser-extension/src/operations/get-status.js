/** How each of the person's Moodle sites stands right now. */

import { onlyKnown } from './arguments.js';

/** @type {import('./index.js').BrowserOperation} */
export const getStatus = {
  name: 'get_status',
  sideEffect: 'read',
  on: 'all',
  async run(args, { sites, probe, signal }) {
    onlyKnown(args, []);
    return { sites: await Promise.all(sites.map((site) => probe.look(site, signal))) };
  },
};
