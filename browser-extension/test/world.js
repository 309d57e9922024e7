/** A Moodle that is a fake, and everything of ours that talks to it. */

import { Library } from '../src/documents/library.js';
import { SYSTEM_CLOCK } from '../src/system-clock.js';
import { Files } from '../src/documents/files.js';
import { Forms } from '../src/moodle/forms.js';
import { localEngine } from '../src/engine/engine.js';
import { Ajax } from '../src/moodle/ajax.js';
import { MissingFunctions } from '../src/moodle/missing.js';
import { Pages } from '../src/moodle/pages.js';
import { Probe } from '../src/moodle/probe.js';
import { Requests } from '../src/moodle/requests.js';
import { Sessions } from '../src/moodle/session.js';
import { Settings } from '../src/settings.js';
import { SiteStates } from '../src/moodle/site-states.js';
import { siteName } from '../src/moodle/sites.js';
import { FakeClock, FakeMoodle, MemoryArea } from './fakes.js';

export const NAME = 'moodle.example.edu/moodle';

/** The parts, wired as in the background, around one site that was added. */
export async function newWorld(moodle = new FakeMoodle()) {
  const parts = { moodle, permitted: true, changes: 0, memory: new MemoryArea(), local: new MemoryArea() };
  parts.settings = new Settings(parts.local, new MemoryArea());
  parts.requests = new Requests({ fetch: moodle.fetch, hasPermission: async () => parts.permitted });
  parts.sessions = new Sessions({
    requests: parts.requests, memory: parts.memory, pin: (site, userId) => parts.settings.pinUser(site, userId),
  });
  parts.now = new FakeClock().now;
  parts.ajax = new Ajax(parts.requests, parts.sessions, new MissingFunctions(parts.memory, parts.now));
  parts.pages = new Pages(parts.requests, parts.sessions, parts.ajax);
  parts.files = new Files(parts.requests, new Library({ fetch: moodle.fetchFile, clock: SYSTEM_CLOCK }));
  parts.forms = new Forms(parts.requests, parts.pages, localEngine());
  parts.states = new SiteStates(parts.memory, () => { parts.changes += 1; });
  parts.patience = new AbortController();
  parts.probe = new Probe({
    ajax: parts.ajax, sessions: parts.sessions, states: parts.states, now: new FakeClock().now,
    timeout: () => parts.patience.signal,
  });
  parts.site = { site: siteName(moodle.url), url: moodle.url };
  await parts.settings.addSite(parts.site);
  return parts;
}
