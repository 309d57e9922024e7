import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { firstThatFit, sectionsThatFit } from '../src/operations/paging.js';

/** @param {number} id @param {number[]} activities */
function section(id, activities) {
  return /** @type {import('../src/operations/course-state.js').Section} */ (/** @type {unknown} */ ({
    id, number: id, title: `Section ${id}`, visible: true, restricted: false, activities: activities.map((a) => ({ id: a })),
  }));
}

/** @param {{sections: import('../src/operations/course-state.js').Section[]}} page */
function outline(page) {
  return page.sections.map(({ id, activities }) => [id, activities.map((activity) => activity.id)]);
}

describe('a page', () => {
  test('holds all that fits', () => {
    assert.deepEqual(firstThatFit(['aa', 'bb', 'cc'], 15), ['aa', 'bb', 'cc']);
    assert.deepEqual(firstThatFit(['aa', 'bb', 'cc'], 14), ['aa', 'bb']);
  });

  test('holds at least one entry, so that every call goes on', () => {
    assert.deepEqual(firstThatFit(['a'.repeat(100), 'b'], 10), ['a'.repeat(100)]);
    assert.deepEqual(firstThatFit([], 10), []);
  });
});

describe('the pages of a course', () => {
  const sections = [section(1, [11, 12]), section(2, []), section(3, [31, 32, 33]), section(4, [])];

  test('are one when all fits', () => {
    assert.deepEqual(outline(sectionsThatFit(sections, 0)), [[1, [11, 12]], [2, []], [3, [31, 32, 33]], [4, []]]);
  });

  test('together hold every activity and every section, each activity once', () => {
    for (const characters of [1, 40, 80, 120, 200]) {
      const seen = [];
      const titles = new Set();
      let offset = 0;
      for (let calls = 0; calls < 10 && offset < 5; calls += 1) {
        const page = sectionsThatFit(sections, offset, characters);
        assert.ok(page.returned > 0);
        seen.push(...page.sections.flatMap(({ activities }) => activities.map(({ id }) => id)));
        page.sections.forEach(({ id }) => titles.add(id));
        offset += page.returned;
      }
      assert.deepEqual(seen, [11, 12, 31, 32, 33], `${characters} characters a page`);
      assert.deepEqual([...titles].sort(), [1, 2, 3, 4], `${characters} characters a page`);
    }
  });

  test('end behind the last activity', () => {
    assert.deepEqual(sectionsThatFit(sections, 5), { sections: [], returned: 0 });
  });
});
