import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromPs, fromStat } from '../lib/cpu.mjs';
import { idleFigure, idleStep } from '../lib/bridge-figures.mjs';
import { added, chainRatio, median, medians, rateInSeries, ratio, ratiosTable } from '../lib/figures.mjs';
import { isSteady, measured, untilSteady } from '../lib/load.mjs';

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

test('what is added is told by the rounds next to each other', () => {
  const without = series('without', [100, 10], [50, 10], [200, 10]);
  assert.equal(added(series('with', [50, 10], [40, 10], [160, 10]), without), 0.25);
  assert.equal(added(without, without), 0);
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

test('a chain takes the time of its parts together', () => {
  assert.equal(rateInSeries([100, 100]), 50);
  assert.ok(Math.abs(rateInSeries([60_000, 30_000]) - 20_000) < 1e-6);
});

test('a chain is compared with the sum of its parts, round by round', () => {
  const chain = series('chain', [25, 40], [5, 40], [10, 80]);
  const parts = [series('post', [100, 10], [20, 10], [100, 10]), series('echo', [100, 10], [20, 10], [100, 10])];
  const { name, byRate, byCpu } = chainRatio(chain, parts, 0.5);
  assert.equal(name, 'chain / post + echo');
  assert.equal(byRate, 0.5);
  assert.equal(byCpu, 0.5);
});

test('a round that a part has not had is not compared', () => {
  const { byRate } = chainRatio(series('chain', [50, 1], [1, 1]), [series('post', [50, 1])], 0.5);
  assert.equal(byRate, 1);
});

test('what a load tool tells becomes rates per second and per request', () => {
  const told = { requests: 500, micros: 2e6, p50Micros: 1500, p99Micros: 9000, failed: 2 };
  assert.deepEqual(measured(told, 50_000), {
    requests: 500, requestsPerSecond: 250, p50Millis: 1.5, p99Millis: 9, cpuMicros: 100, failed: 2,
  });
});

test('warming up ends when the rate has grown no more, and not before enough requests', async () => {
  const rates = [100, 20_000, 20_000, 20_000, 20_000];
  const seen = await untilSteady(async () => ({
    requests: rates[0] ?? 0, requestsPerSecond: rates.shift() ?? 0, p50Millis: 1, p99Millis: 1, cpuMicros: 1, failed: 0,
  }));
  assert.deepEqual(seen, [100, 20_000, 20_000, 20_000, 20_000]);
});

test('warming up goes on as long as a request takes less and less processor time', async () => {
  const cpu = [400, 300, 200, 150, 120, 100, 100, 100, 100];
  const seen = await untilSteady(async () => ({
    requests: 20_000, requestsPerSecond: 10_000, p50Millis: 1, p99Millis: 1, cpuMicros: cpu.shift() ?? 0, failed: 0,
  }));
  assert.equal(seen.length, 9);
});

test('what the empty server uses belongs to no connection', () => {
  const empty = { heapBytes: 10 * 1024, directBytes: 0, threads: 20, residentBytes: 100 * 1024 };
  const full = { heapBytes: 210 * 1024, directBytes: 1024, threads: 21, residentBytes: 500 * 1024 };
  const step = idleStep(10, empty, full, { cpuMicros: 20_000, heartbeats: 20, seconds: 2 });
  assert.deepEqual([step.heapKb, step.residentKb, step.directKb], [20, 40, 0.1]);
  assert.deepEqual([step.cpuPercent, step.cpuMicrosPerHeartbeat], [1, 1000]);
});

test('the figure for idle connections is that of the most of them', () => {
  const memory = (/** @type {number} */ kb) => ({ heapBytes: 0, directBytes: 0, threads: 1, residentBytes: kb * 1024 });
  const watched = { cpuMicros: 1, heartbeats: 1, seconds: 1 };
  const steps = [[10, 1000], [100, 3000]].map(([n = 0, kb = 0]) => idleStep(n, memory(0), memory(kb), watched));
  assert.equal(idleFigure(steps), 30);
  assert.throws(() => idleFigure([]), /no steps/);
});
