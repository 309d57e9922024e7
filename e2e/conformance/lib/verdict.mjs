/** What the results of a run mean. */

/** @typedef {import('./suite.mjs').Check} Check */
/** @typedef {import('./suite.mjs').Results} Results */

/** @typedef {{run: string, scenario: string, check: string, reason: string}} Expected a line of the baseline */
/** @typedef {{run: string, scenario: string, check: string, message: string}} Finding */

/** @typedef {{passed: number, of: number, silent: string[]}} Count `silent`: scenarios that checked nothing */

/**
 * @typedef {object} Verdict
 * @property {string} run
 * @property {Count} required the scenarios that count
 * @property {Count} others the scenarios that the suite runs without scoring them
 * @property {Finding[]} failures
 * @property {Finding[]} warnings
 */

/**
 * Judges a run as the suite does: a scenario passes when none of its checks failed. One that is required must also
 * have checked something.
 * @param {string} run
 * @param {Results} results
 * @param {{required?: string[], alone?: boolean, inapplicable?: (scenario: string, check: string) => boolean}} [options]
 *     `required`: all that ran, unless given; `alone`: whether nothing else counts; `inapplicable`: checks that this server
 *     cannot be asked
 * @returns {Verdict}
 */
export function judge(run, results, { required = [...results.keys()], alone = false, inapplicable = () => false } = {}) {
  /** @type {Verdict} */
  const verdict = {
    run, required: { passed: 0, of: 0, silent: [] }, others: { passed: 0, of: 0, silent: [] }, failures: [], warnings: [],
  };
  for (const scenario of new Set([...required, ...(alone ? [] : results.keys())])) {
    const checks = (results.get(scenario) ?? []).filter(({ id }) => !inapplicable(scenario, id));
    const isRequired = required.includes(scenario);
    const count = isRequired ? verdict.required : verdict.others;
    const failures = findings(run, scenario, checks, 'FAILURE');
    const isSilent = failures.length === 0 && !checks.some(({ status }) => status === 'SUCCESS');
    if (isSilent && isRequired) {
      failures.push({ run, scenario, check: 'scenario', message: 'It is required, but checked nothing.' });
    }
    if (isSilent) count.silent.push(scenario);
    if (!isSilent || isRequired) count.of += 1;
    if (failures.length === 0 && !isSilent) count.passed += 1;
    verdict.failures.push(...failures);
    verdict.warnings.push(...findings(run, scenario, checks, 'WARNING'));
  }
  return verdict;
}

/**
 * @param {string} run
 * @param {string} scenario
 * @param {Check[]} checks
 * @param {Check['status']} status
 * @returns {Finding[]}
 */
function findings(run, scenario, checks, status) {
  return checks.filter((check) => check.status === status)
    .map(({ id, errorMessage }) => ({ run, scenario, check: id, message: errorMessage ?? 'It says no more.' }));
}

/**
 * Sets the findings against the baseline.
 * @param {Finding[]} found
 * @param {Expected[]} expected
 * @returns {{unexpected: Finding[], expected: Finding[], stale: Expected[]}} `stale`: lines of runs that were made, but
 *     for nothing that was found
 */
export function compare(found, expected) {
  return {
    unexpected: found.filter((finding) => !expected.some((line) => matches(line, finding))),
    expected: found.filter((finding) => expected.some((line) => matches(line, finding))),
    stale: expected.filter((line) => !found.some((finding) => matches(line, finding))),
  };
}

/**
 * @param {Expected} line
 * @param {Finding} finding
 */
function matches(line, finding) {
  return line.run === finding.run && line.scenario === finding.scenario && line.check === finding.check;
}
