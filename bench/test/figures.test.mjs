import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromPs, fromStat } from '../lib/cpu.mjs';
import { median, medians, ratio, ratiosTable } from '../lib/figures.mjs';
import { isSteady } from '../lib/load.mjs';

/**
 * @param {string} server
 * @param {...[rate: number, cpu: number]} rounds
 */
function series(server, ...rounds) {
  return {
    server,
    revision: '2026-07-28',
    rounds: rounds.map(([requestsPerSecond, cpuMicros]) => ({
      requests: requestsPerSecond, requestsPerSecond, p50Millis: 1, p99Millis: 2, cpuMicros, failed: 1,
    })),
  };
}

test('the median is the middle value, whatever the order', () => {
  assert.equal(median([30, 10, 20]), 20);
  assert.equal(median([4, 1, 3, 2]), 2.5);
  assert.throws(() => median([]), /no median/);
});

test('one slow round moves no median, and every failure counts', () => {
  const figures = medians(series('a', [100, 10], [5, 90], [110, 11]));
  assert.deepEqual([figures.requestsPerSecond, figures.cpuMicros, figures.failed], [100, 11, 3]);
});

test('a ratio compares the rounds next to each other, and more is better by rate and by CPU', () => {
  const { byRate, byCpu } = ratio(series('a', [100, 10], [10, 10]), series('b', [50, 20], [5, 20]), 1);
  assert.equal(byRate, 2);
  assert.equal(byCpu, 2);
});

test('a ratio below its aim is shown as missed', () => {
  const lines = ratiosTable([ratio(series('a', [59, 1]), series('b', [100, 1]), 0.6)]);
  assert.match(lines[1] ?? '', /0\.59 .*missed$/);
});

test('a rate is steady when the last three windows bring nothing new', () => {
  assert.equal(isSteady([100, 100, 100]), false);
  assert.equal(isSteady([10, 50, 90, 100]), false);
  assert.equal(isSteady([10, 100, 101, 99, 104]), true);
  assert.equal(isSteady([100, 101, 99, 106]), false);
});

test('the time of a program is read in either form', () => {
  const stat = '7 (a) b) S 1 7 7 0 -1 4194560 1 2 3 4 150 50 0 0 20 0';
  assert.equal(fromStat(stat, 100), 2e6);
  assert.equal(fromPs('  1-02:03:04\n'), 93_784e6);
  assert.equal(fromPs('0:01.50'), 1.5e6);
});
