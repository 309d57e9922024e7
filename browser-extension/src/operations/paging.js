/** Keeps results short enough for a model: what does not fit is left for the next call, and the result says so. */

/** How long the JSON of a page's entries may be, in characters: with all around it a result stays below 20,000. */
export const PAGE_CHARACTERS = 14_000;

/** @typedef {import('./course-state.js').Section} Section */

/**
 * The first entries that fit; at least one, so that every call goes on.
 * @template T
 * @param {T[]} entries
 * @param {number} [characters]
 * @returns {T[]}
 */
export function firstThatFit(entries, characters = PAGE_CHARACTERS) {
  let left = characters;
  const over = entries.findIndex((entry, index) => {
    left -= JSON.stringify(entry).length + 1;
    return left < 0 && index > 0;
  });
  return over < 0 ? entries : entries.slice(0, over);
}

/**
 * Those of all entries that are wanted and fit, with what the result says of its coverage.
 * @template T
 * @param {T[]} all
 * @param {{offset: number, limit: number}} wanted
 * @param {number} [characters]
 */
export function pageOf(all, { offset, limit }, characters = PAGE_CHARACTERS) {
  const entries = firstThatFit(all.slice(offset, offset + limit), characters);
  const returned = entries.length;
  return { entries, coverage: { returned, offset, total: all.length, more: offset + returned < all.length } };
}

/**
 * The sections with those of their activities that fit, after the first `offset` activities of the course. A section
 * without activities comes with the activity before it; one that is spread over two pages comes with both.
 * @param {Section[]} sections
 * @param {number} offset
 * @param {number} [characters]
 * @returns {{sections: Section[], returned: number}}
 */
export function sectionsThatFit(sections, offset, characters = PAGE_CHARACTERS) {
  const entries = sections.flatMap(({ activities }, place) =>
    (activities.length === 0 ? [null] : activities).map((activity) => ({ place, activity })));
  const rest = afterActivities(entries, offset);
  const fitting = firstThatFit(rest, characters).length;
  const next = rest.findIndex(({ activity }, index) => index >= fitting && activity !== null);
  const page = next < 0 ? rest : rest.slice(0, next);
  const places = [...new Set(page.map(({ place }) => place))];
  return {
    sections: places.map((place) => ({
      ...sections[place],
      activities: page.flatMap((entry) => (entry.place === place && entry.activity ? [entry.activity] : [])),
    })),
    returned: page.filter(({ activity }) => activity !== null).length,
  };
}

/**
 * What follows the first so many activities, from the next activity on.
 * @template {{activity: object | null}} T
 * @param {T[]} entries
 * @param {number} offset
 * @returns {T[]}
 */
function afterActivities(entries, offset) {
  if (offset === 0) return entries;
  let toSkip = offset;
  const start = entries.findIndex(({ activity }) => activity !== null && toSkip-- === 0);
  return start < 0 ? [] : entries.slice(start);
}
