/** The discussions of a forum, a page of Moodle's at a time. */

import { firstThatFit } from './paging.js';
import { integer, onlyKnown } from './arguments.js';
import { localTime } from '../moodle/time.js';
import { plainName } from '../moodle/text.js';
import { shortened } from './texts.js';

const PER_PAGE = 25;
const DESCRIPTION_CHARACTERS = 1_500;

/** Moodle's number for: the latest post first. */
const BY_LAST_POST = 1;

/** @type {import('./index.js').SiteOperation} */
export const listDiscussions = {
  name: 'list_discussions',
  sideEffect: 'read-marks',
  on: 'one',
  async run(args, site, { pages, engine, ajax, signal }) {
    onlyKnown(args, ['forum_id', 'page']);
    const id = integer(args, 'forum_id', { min: 1 });
    const page = integer(args, 'page', { min: 0, max: 1_000, otherwise: 0 });
    const html = await pages.read(site, 'forum', [id, page, PER_PAGE, BY_LAST_POST], signal);
    const found = await engine.run('discussions', html, signal);
    const { zone } = await ajax.session(site, signal);
    const description = shortened(found.description, DESCRIPTION_CHARACTERS);
    const discussions = firstThatFit(found.discussions.map((one) => ({
      id: one.id,
      subject: shortened(one.subject.trim(), 300).text,
      started_by: plainName(one.author) || null,
      started: localTime(one.created, zone),
      last_post: localTime(one.last, zone),
      replies: one.replies,
      ...(one.locked && { locked: true }),
    })));
    return {
      site: site.site,
      forum: { id, name: found.name, course_id: found.courseId, description: description.text || null },
      time_zone: zone,
      discussions,
      coverage: { returned: discussions.length, page, pages: found.pages, more: page + 1 < found.pages },
    };
  },
};
