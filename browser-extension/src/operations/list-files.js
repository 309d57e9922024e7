/**
 * The files of a course. The list of a whole course leaves no trace; the files inside one activity are seen by opening
 * its page, which Moodle notes as a visit.
 */

import { Failure } from '../failure.js';
import { FILE_PAGES, hasFiles, nameOf } from './file-names.js';
import { courseUrl } from './courses.js';
import { firstThatFit } from './paging.js';
import { integer, onlyKnown } from './arguments.js';
import { readState, sectionsOf } from './course-state.js';

/** @typedef {import('../moodle/sites.js').Site} Site */
/** @typedef {import('./course-state.js').Activity} Activity */
/** @typedef {import('./index.js').Context} Context */
/** @typedef {Activity & {section: string}} Found */

const KINDS = { resource: 'file', folder: 'folder', assign: 'assignment' };

/** @type {import('./index.js').SiteOperation} */
export const listFiles = {
  name: 'list_files',
  sideEffect: 'read-marks',
  on: 'one',
  async run(args, site, context) {
    onlyKnown(args, ['course_id', 'activity_id', 'offset']);
    const course = integer(args, 'course_id', { min: 1 });
    const wanted = args.activity_id === undefined ? null : integer(args, 'activity_id', { min: 1 });
    const offset = integer(args, 'offset', { min: 0, otherwise: 0 });
    const activities = await activitiesOf(course, site, context);
    /** @type {object[]} */
    const all = wanted === null ? activities.map(entryOf) : await filesIn(wanted, activities, site, context);
    const files = firstThatFit(all.slice(offset));
    return {
      site: site.site,
      course_id: course,
      course_url: courseUrl(site, course),
      files,
      coverage: {
        returned: files.length, offset, total: all.length, more: offset + files.length < all.length,
        ...(wanted === null && { not_covered: 'Files inside folders and assignments (open them with activity_id); '
          + 'files linked in texts and in other kinds of activities.' }),
      },
    };
  },
};

/**
 * The activities of a course that hold files, with the sections they are in.
 * @param {number} course
 * @param {Site} site
 * @param {Context} context
 * @returns {Promise<Found[]>}
 */
async function activitiesOf(course, site, { ajax, signal }) {
  const state = await ajax.call(site, 'core_courseformat_get_state', { courseid: course }, { signal });
  return sectionsOf(site, readState(site, state)).flatMap((section) => section.activities
    .filter(({ type }) => hasFiles(type))
    .map((activity) => ({ ...activity, section: section.title })));
}

/** @param {Found} activity */
function entryOf({ id, name, type, section, available }) {
  const kind = KINDS[/** @type {keyof typeof KINDS} */ (type)];
  return {
    kind, name, section,
    ...(kind === 'file' ? { file: `resource-${id}` } : { activity_id: id }),
    ...(!available && { available: false }),
  };
}

/**
 * @param {number} wanted
 * @param {Found[]} activities
 * @param {Site} site
 * @param {Context} context
 */
async function filesIn(wanted, activities, site, { pages, engine, signal }) {
  const activity = activities.find(({ id }) => id === wanted);
  if (!activity || !hasFiles(activity.type)) throw new Failure('not_found', { site: site.site, detail: 'activity_id' });
  const { type } = activity;
  const html = await pages.read(site, FILE_PAGES[type], [wanted], signal);
  const links = await engine.run('filesOfPage', { html, root: site.url }, signal);
  return links.map((link) => ({
    kind: 'file', name: link.path, in: activity.name, ...(type === 'assign' && { from: originOf(link.component) }),
    file: nameOf(type, wanted, link),
  }));
}

/**
 * Who put a file of an assignment there.
 * @param {string} component
 */
function originOf(component) {
  if (component === 'assignsubmission_file') return 'own submission';
  return component === 'assignfeedback_file' ? 'feedback' : 'task';
}
