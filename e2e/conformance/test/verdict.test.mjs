/** The verdict is as strict as the suite, and stricter where a scenario that counts checked nothing. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compare, judge } from '../lib/verdict.mjs';

/** @typedef {import('../lib/suite.mjs').Check} Check */

/**
 * @param {Check['status']} status
 * @param {string} [id]
 * @returns {Check}
 */
function check(status, id = 'a-check') {
  return { id, status };
}

/** @param {Record<string, Check[]>} scenarios */
function results(scenarios) {
  return new Map(Object.entries(scenarios));
}

describe('A verdict', () => {
  test('counts a scenario without a failed check as passed', () => {
    const { required, failures } = judge('run', results({ one: [check('SUCCESS'), check('INFO'), check('SKIPPED')] }));
    assert.deepEqual(required, { passed: 1, of: 1, silent: [] });
    assert.deepEqual(failures, []);
  });

  test('counts a scenario with one failed check as failed', () => {
    const { required, failures } = judge('run', results({ one: [check('SUCCESS'), check('FAILURE', 'bad')] }));
    assert.equal(required.passed, 0);
    assert.deepEqual(failures.map((finding) => finding.check), ['bad']);
  });

  test('fails a required scenario that did not run, or checked nothing', () => {
    const { required, failures } = judge('run', results({ one: [check('INFO')] }), { required: ['one', 'two'] });
    assert.deepEqual(required, { passed: 0, of: 2, silent: ['one', 'two'] });
    assert.deepEqual(failures.map(({ scenario }) => scenario), ['one', 'two']);
  });

  test('counts what is not scored apart, and leaves out what checked nothing', () => {
    const { required, others } = judge('run', results({
      one: [check('SUCCESS')], more: [check('FAILURE')], skipped: [check('SKIPPED')],
    }), { required: ['one'] });
    assert.deepEqual(required, { passed: 1, of: 1, silent: [] });
    assert.deepEqual(others, { passed: 0, of: 1, silent: ['skipped'] });
  });

  test('leaves out what is not required where only that counts', () => {
    const { required, others, failures } = judge('run', results({ one: [check('SUCCESS')], more: [check('FAILURE')] }), {
      required: ['one'], alone: true,
    });
    assert.deepEqual(required, { passed: 1, of: 1, silent: [] });
    assert.deepEqual(others, { passed: 0, of: 0, silent: [] });
    assert.deepEqual(failures, []);
  });

  test('leaves out a check that the server cannot be asked', () => {
    const { failures } = judge('run', results({ one: [check('SUCCESS'), check('FAILURE', 'needs-fixture')] }), {
      inapplicable: (scenario, id) => scenario === 'one' && id === 'needs-fixture',
    });
    assert.deepEqual(failures, []);
  });

  test('keeps warnings apart from failures', () => {
    const { required, warnings } = judge('run', results({ one: [check('SUCCESS'), check('WARNING', 'hm')] }));
    assert.equal(required.passed, 1);
    assert.deepEqual(warnings.map((finding) => finding.check), ['hm']);
  });
});

describe('The baseline', () => {
  const finding = { run: 'run', scenario: 'one', check: 'bad', message: '' };
  const line = { run: 'run', scenario: 'one', check: 'bad', reason: 'because' };

  test('excuses the very check it names', () => {
    assert.deepEqual(compare([finding], [line]), { unexpected: [], expected: [finding], stale: [] });
  });

  test('excuses no other check, scenario or run', () => {
    for (const other of [{ check: 'worse' }, { scenario: 'two' }, { run: 'jetty run' }]) {
      assert.equal(compare([{ ...finding, ...other }], [line]).unexpected.length, 1);
    }
  });

  test('must not hold what no longer happens', () => {
    assert.deepEqual(compare([], [line]).stale, [line]);
  });
});
