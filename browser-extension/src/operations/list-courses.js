/** The courses the person is enrolled in. */

import { Failure } from '../failure.js';
import { integer, oneOf, onlyKnown } from './arguments.js';
import { isObject } from '../json.js';
import { coursesOf } from './courses.js';
import { firstThatFit } from './paging.js';

const CLASSIFICATIONS = /** @type {const} */ (['all', 'inprogress', 'future', 'past', 'favourites', 'hidden']);

/** @type {import('./index.js').SiteOperation} */
export const listCourses = {
  name: 'list_courses',
  sideEffect: 'read',
  on: 'one',
  async run(args, site, { ajax, signal }) {
    onlyKnown(args, ['classification', 'limit', 'offset']);
    const classification = oneOf(args, 'classification', CLASSIFICATIONS, 'all');
    const limit = integer(args, 'limit', { min: 1, max: 200, otherwise: 50 });
    const offset = integer(args, 'offset', { min: 0, otherwise: 0 });

    const data = await ajax.call(site, 'core_course_get_enrolled_courses_by_timeline_classification', {
      classification, limit: 0, offset: 0, sort: 'fullname',
    }, { signal });
    if (!isObject(data) || !Array.isArray(data.courses)) {
      throw new Failure('unexpected_answer', { site: site.site, detail: 'courses' });
    }
    const all = coursesOf(site, data.courses);
    const courses = firstThatFit(all.slice(offset, offset + limit));
    return {
      site: site.site,
      courses,
      coverage: { returned: courses.length, offset, more: offset + courses.length < all.length },
    };
  },
};
