import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ATTEMPT_PAGES, behindWall, raiseWall, wallRules } from '../src/moodle/wall.js';
import { PAGES, addressOf } from '../src/moodle/page-list.js';

const ROOT = 'https://moodle.example.edu/moodle';
const isRefused = (url) => ATTEMPT_PAGES.some((page) => url.toLowerCase().includes(page));

describe('The wall', () => {
  for (const path of [
    'quiz/startattempt.php', 'quiz/attempt.php?attempt=4&cmid=29', 'quiz/summary.php?attempt=4', 'quiz/processattempt.php',
    'quiz/autosave.ajax.php', 'lesson/view.php?id=15', 'lesson/continue.php', 'scorm/player.php?a=1', 'scorm/loadSCO.php',
    'h5pactivity/view.php?id=3', 'lti/launch.php?id=9', 'Quiz/ATTEMPT.php',
  ]) {
    test(`refuses ${path}`, () => assert.equal(isRefused(`${ROOT}/mod/${path}`), true));
  }

  test('lets every page of the list through', () => {
    for (const [name, { ids, words }] of Object.entries(PAGES)) {
      assert.equal(isRefused(ROOT + addressOf(name, ids.map(() => 1), words && '/mod/quiz/attempt.php')), false, name);
    }
  });

  test('stands for the extension\'s own requests alone', () => {
    for (const { condition } of wallRules('chrome-extension://abc/')) {
      assert.deepEqual([condition.tabIds, condition.initiatorDomains], [[-1], ['abc']]);
    }
    assert.deepEqual(wallRules('moz-extension://uuid/').flatMap(({ condition }) => condition.tabIds).filter((id) => id !== -1),
      []);
  });

  test('is put up anew in the place of an older one', async () => {
    const calls = [];
    await raiseWall({
      runtime: { getURL: () => 'chrome-extension://abc/' },
      declarativeNetRequest: { updateSessionRules: async (change) => { calls.push(change); } },
    });
    assert.deepEqual(calls[0].removeRuleIds, calls[0].addRules.map(({ id }) => id));
  });

  test('is waited for; without it nothing is asked for', async () => {
    let raise;
    const asked = [];
    const fetch = behindWall(async (url) => { asked.push(url); }, new Promise((resolve) => { raise = resolve; }));
    const answer = fetch('a');
    await Promise.resolve();
    assert.deepEqual(asked, []);
    raise();
    await answer;
    assert.deepEqual(asked, ['a']);
    await assert.rejects(behindWall(async () => { asked.push('b'); }, Promise.reject(new Error('no')))('b'), /no/);
    assert.deepEqual(asked, ['a']);
  });
});
