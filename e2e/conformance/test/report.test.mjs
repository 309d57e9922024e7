/** The lines that people and the test lanes read. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Report } from '../lib/report.mjs';
import { judge } from '../lib/verdict.mjs';

/**
 * @param {Record<string, import('../lib/suite.mjs').Check[]>} scenarios
 * @param {import('../lib/verdict.mjs').Expected[]} [failures] of the baseline
 */
function reported(scenarios, failures = []) {
  /** @type {string[]} */
  const lines = [];
  const report = new Report({ failures, warnings: [] }, (line) => { lines.push(line); });
  report.add(judge('2026-07-28', new Map(Object.entries(scenarios)), { required: ['one', 'two'] }));
  return { isGood: report.end({ tap: true }), lines };
}

/** @type {import('../lib/suite.mjs').Check} */
const GOOD = { id: 'fine', status: 'SUCCESS' };
/** @type {import('../lib/suite.mjs').Check} */
const BAD = { id: 'bad', status: 'FAILURE', errorMessage: 'It is wrong.' };
/** @type {import('../lib/suite.mjs').Check} */
const POOR = { id: 'poor', status: 'WARNING', errorMessage: 'It could be better.' };

test('when all is well there is a line for the revision and nothing to complain of', () => {
  assert.deepEqual(reported({ one: [GOOD], two: [GOOD], more: [GOOD] }), {
    isGood: true, lines: ['2026-07-28 2/2', '2026-07-28 not scored 1/1', '# pass 3', '# fail 0', '# skipped 0'],
  });
});

test('a failed check is named, and fails the run', () => {
  const { isGood, lines } = reported({ one: [GOOD], two: [GOOD, BAD] });
  assert.equal(isGood, false);
  assert.deepEqual(lines, [
    '2026-07-28 1/2', 'FAILED: 2026-07-28, two: bad: It is wrong.', '# pass 1', '# fail 1', '# skipped 0',
  ]);
});

test('so does a warning that nobody expected', () => {
  const { isGood, lines } = reported({ one: [GOOD], two: [GOOD, POOR] });
  assert.equal(isGood, false);
  assert.deepEqual(lines.slice(1, 4), ['WARNING: 2026-07-28, two: poor: It could be better.', '# pass 1', '# fail 1']);
});

test('a failure that the baseline explains does not fail the run, and does not pass', () => {
  const line = { run: '2026-07-28', scenario: 'two', check: 'bad', reason: 'known' };
  const { isGood, lines } = reported({ one: [GOOD], two: [GOOD, BAD] }, [line]);
  assert.equal(isGood, true);
  assert.deepEqual(lines.slice(-3), ['# pass 1', '# fail 0', '# skipped 0']);
});

test('a line of the baseline that no longer holds fails the run', () => {
  const line = { run: '2026-07-28', scenario: 'two', check: 'bad', reason: 'known' };
  const { isGood, lines } = reported({ one: [GOOD], two: [GOOD] }, [line]);
  assert.equal(isGood, false);
  assert.match(lines[1] ?? '', /^baseline\.yml expects 2026-07-28, two: bad, which no longer happens/);
});

test('the baseline of a server that was not asked is left alone', () => {
  const line = { run: 'jetty 2026-07-28', scenario: 'two', check: 'bad', reason: 'known' };
  assert.equal(reported({ one: [GOOD], two: [GOOD] }, [line]).isGood, true);
});

test('a server that logs an error of its own fails the run', () => {
  /** @type {string[]} */
  const lines = [];
  const report = new Report({ failures: [], warnings: [] }, (line) => { lines.push(line); });
  report.addComplaint('jetty', undefined);
  report.addComplaint('grizzly', 'SEVERE: event=defect');
  assert.equal(report.end({ tap: true }), false);
  assert.deepEqual(lines, ['FAILED: the server grizzly logged: SEVERE: event=defect', '# pass 0', '# fail 1', '# skipped 0']);
});
