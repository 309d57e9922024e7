/** The people in a course, as its list of participants shows them. The call leaves no trace. */

import { Failure } from '../failure.js';
import { firstThatFit } from './paging.js';
import { integer, onlyKnown, words } from './arguments.js';
import { isObject, textOf } from '../json.js';

/** Moodle's numbers: by last name, upwards; all filters must fit; any of the words. */
const ASCENDING = 4;
const ALL = 2;
const ANY = 1;

/** @type {import('./index.js').SiteOperation} */
export const listParticipants = {
  name: 'list_participants',
  sideEffect: 'read',
  on: 'one',
  listsPeople: true,
  async run(args, site, { ajax, engine, signal }) {
    onlyKnown(args, ['course_id', 'find', 'limit', 'page']);
    const courseId = integer(args, 'course_id', { min: 1 });
    const find = words(args, 'find', { max: 100, otherwise: '' });
    const limit = integer(args, 'limit', { min: 1, max: 100, otherwise: 50 });
    const page = integer(args, 'page', { min: 0, max: 10_000, otherwise: 0 });
    const { userId } = await ajax.session(site, signal);
    const table = await ajax.call(site, 'core_table_get_dynamic_table_content', {
      component: 'core_user', handler: 'participants', uniqueid: `user-index-participants-${courseId}`,
      sortdata: [{ sortby: 'lastname', sortorder: ASCENDING }],
      filters: [
        { name: 'courseid', jointype: ANY, values: [courseId] },
        ...(find === '' ? [] : [{ name: 'keywords', jointype: ALL, values: [find] }]),
      ],
      jointype: ALL, firstinitial: '', lastinitial: '', pagenumber: page + 1, pagesize: limit, hiddencolumns: [],
      resetpreferences: false,
    }, { signal });
    if (!isObject(table) || typeof table.html !== 'string') {
      throw new Failure('unexpected_answer', { site: site.site, detail: 'participants' });
    }
    const found = await engine.run('participants', textOf(table.html), signal);
    const people = firstThatFit(found.people.map((person) => ({
      id: person.id,
      name: person.name,
      you: person.id === userId,
      roles: said(person.roles),
      groups: said(person.groups),
      ...(said(person.email) && { email: person.email }),
      last_access_in_moodles_words: said(person.lastAccess),
    })));
    const { total } = found;
    const cut = people.length < found.people.length;
    const isLast = total >= 0 ? page * limit + found.people.length >= total : found.people.length < limit;
    return {
      site: site.site,
      course_id: courseId,
      people,
      coverage: {
        returned: people.length,
        page,
        total: total >= 0 ? total : null,
        more: cut || !isLast,
        ...(cut && { note: 'Not all of this page fitted: call again with a smaller limit.' }),
      },
    };
  },
};

/** @param {string} text */
function said(text) {
  return text === '' || text === '-' ? null : text;
}
