/** Sections and activities of a course, out of the state that Moodle's own course page works with. */

import { Failure } from '../failure.js';
import { integerOf, isObject, objectsIn, parseJson, textOf } from '../json.js';
import { plainName } from '../moodle/text.js';

/** @typedef {import('../moodle/sites.js').Site} Site */
/** @typedef {import('../json.js').JsonObject} JsonObject */
/** @typedef {ReturnType<typeof activityOf>} Activity */

/**
 * @typedef {object} Section
 * @property {number | null} id
 * @property {number} number
 * @property {string} title
 * @property {boolean} visible
 * @property {boolean} restricted
 * @property {number} [parent_activity] the activity that shows this section, for a section inside another
 * @property {Activity[]} activities
 */

/** Moodle's numbers for how far an activity is completed. */
const COMPLETION = new Map([[0, 'incomplete'], [1, 'complete'], [2, 'complete_pass'], [3, 'complete_fail']]);

/**
 * The course state, which Moodle sends as a JSON text inside its JSON.
 * @param {Site} site
 * @param {unknown} data
 * @returns {JsonObject}
 */
export function readState(site, data) {
  const state = typeof data === 'string' ? parseJson(data) : undefined;
  if (!isObject(state) || !Array.isArray(state.section) || !Array.isArray(state.cm)) {
    throw new Failure('unexpected_answer', { site: site.site, detail: 'course_state' });
  }
  return state;
}

/**
 * The sections in Moodle's order, each with its activities. An activity can be reachable though its section is hidden
 * from the person (Moodle calls it stealth); such ones come last, in a section of their own.
 * @param {Site} site
 * @param {JsonObject} state
 * @returns {Section[]}
 */
export function sectionsOf(site, state) {
  const cms = new Map(objectsIn(state.cm).map((cm) => [integerOf(cm.id), cm]));
  const parents = new Map([...cms].map(([id, cm]) => [integerOf(cm.delegatesectionid), id]));
  const sections = objectsIn(state.section).map((section) => {
    const id = integerOf(section.id);
    const listed = Array.isArray(section.cmlist) ? section.cmlist.map(integerOf) : [];
    const late = [...cms].filter(([cm, { sectionid }]) => integerOf(sectionid) === id && !listed.includes(cm));
    const ids = [...listed, ...late.map(([cm]) => cm)];
    return sectionOf(section, id, parents.get(id) ?? null, takeActivities(site, cms, ids));
  });
  const rest = takeActivities(site, cms, [...cms.keys()]);
  return rest.length === 0 ? sections : [...sections, unlisted(rest)];
}

/**
 * @param {JsonObject} section
 * @param {number | null} id
 * @param {number | null} parent
 * @param {Activity[]} activities
 * @returns {Section}
 */
function sectionOf(section, id, parent, activities) {
  return {
    id,
    number: integerOf(section.number ?? section.section) ?? 0,
    title: plainName(section.title),
    visible: section.visible !== false,
    restricted: section.hasrestrictions === true,
    ...(parent !== null && id !== null && { parent_activity: parent }),
    activities,
  };
}

/**
 * @param {Activity[]} activities
 * @returns {Section}
 */
function unlisted(activities) {
  return {
    id: null, number: -1, title: '(not in a listed section)', visible: false, restricted: false, activities,
  };
}

/**
 * Takes these activities out of those that are left.
 * @param {Site} site
 * @param {Map<number | null, JsonObject>} left
 * @param {(number | null)[]} ids
 */
function takeActivities(site, left, ids) {
  return ids.flatMap((id) => {
    const cm = left.get(id);
    left.delete(id);
    return cm && id !== null ? [activityOf(site, id, cm)] : [];
  });
}

/**
 * @param {Site} site
 * @param {number} id
 * @param {JsonObject} cm
 */
function activityOf(site, id, cm) {
  return {
    id,
    name: plainName(cm.name),
    type: textOf(cm.module),
    visible: cm.visible !== false,
    restricted: cm.hascmrestrictions === true,
    available: cm.uservisible === true,
    stealth: cm.stealth === true,
    completion: COMPLETION.get(integerOf(cm.completionstate) ?? -1) ?? 'not_tracked',
    url: ownUrl(site, textOf(cm.url)),
  };
}

/**
 * An address on the site itself; anything else is left out.
 * @param {Site} site
 * @param {string} url
 */
export function ownUrl(site, url) {
  return url.startsWith(`${site.url}/`) && !/sesskey|token=/i.test(url) ? url : null;
}
