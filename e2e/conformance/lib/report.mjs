/** What people read at the end. */

import { compare } from './verdict.mjs';

/** @typedef {import('./verdict.mjs').Finding} Finding */
/** @typedef {import('./verdict.mjs').Verdict} Verdict */

/** Collects verdicts; prints each one's lines at once, and what is wrong at the end. */
export class Report {
  #baseline;
  #print;
  /** @type {Verdict[]} */
  #verdicts = [];
  /** @type {string[]} */
  #complaints = [];

  /**
   * @param {import('./baseline.mjs').Baseline} baseline
   * @param {(line: string) => void} [print]
   */
  constructor(baseline, print = console.log) {
    this.#baseline = baseline;
    this.#print = print;
  }

  /** @param {Verdict} verdict */
  add(verdict) {
    this.#verdicts.push(verdict);
    this.#print(`${verdict.run} ${verdict.required.passed}/${verdict.required.of}`);
    if (verdict.others.of > 0) {
      this.#print(`${verdict.run} not scored ${verdict.others.passed}/${verdict.others.of}`);
    }
    if (verdict.others.silent.length > 0) {
      this.#print(`${verdict.run} nothing checked by the suite: ${verdict.others.silent.join(', ')}`);
    }
  }

  /**
   * Notes that a server logged an error of its own while it was asked; none of the suite's requests excuses that.
   * @param {string} server
   * @param {string | undefined} line undefined when it did not
   */
  addComplaint(server, line) {
    if (line !== undefined) this.#complaints.push(`FAILED: the server ${server} logged: ${line}`);
  }

  /**
   * Prints what is not as expected.
   * @param {{tap?: boolean}} [options] `tap`: ends with the counts of the test lanes, in scenarios
   * @returns {boolean} whether all is as expected
   */
  end({ tap = false } = {}) {
    const runs = new Set(this.#verdicts.map(({ run }) => run));
    const failures = compare(this.#verdicts.flatMap((verdict) => verdict.failures), this.#linesOf(runs, 'failures'));
    const warnings = compare(this.#verdicts.flatMap((verdict) => verdict.warnings), this.#linesOf(runs, 'warnings'));
    this.#printFindings('FAILED', failures.unexpected);
    this.#printFindings('WARNING', warnings.unexpected);
    this.#printFindings('failed as the baseline says', failures.expected);
    this.#printFindings('warning as the baseline says', warnings.expected);
    const stale = [...failures.stale, ...warnings.stale];
    for (const { run, scenario, check } of stale) {
      this.#print(`baseline.yml expects ${run}, ${scenario}: ${check}, which no longer happens: remove the line.`);
    }
    for (const line of this.#complaints) this.#print(line);
    const surprises = [...failures.unexpected, ...warnings.unexpected];
    const others = stale.length + this.#complaints.length;
    if (tap) this.#printCounts(surprises, others);
    return surprises.length === 0 && others === 0;
  }

  /**
   * @param {Set<string>} runs
   * @param {'failures' | 'warnings'} section
   */
  #linesOf(runs, section) {
    return this.#baseline[section].filter(({ run }) => runs.has(run));
  }

  /**
   * @param {string} what
   * @param {Finding[]} findings
   */
  #printFindings(what, findings) {
    for (const { run, scenario, check, message } of findings) {
      this.#print(`${what}: ${run}, ${scenario}: ${check}: ${message}`);
    }
  }

  /**
   * A scenario with a failure that the baseline has counts neither as passed nor as failed.
   * @param {Finding[]} surprises
   * @param {number} others what failed beside the scenarios
   */
  #printCounts(surprises, others) {
    const failures = this.#verdicts.flatMap((verdict) => verdict.failures);
    const surprising = scenarios(surprises).size;
    const notPassed = scenarios([...failures, ...surprises]).size;
    const of = this.#verdicts.reduce((sum, { required, others }) => sum + required.of + others.of, 0);
    this.#print(`# pass ${of - notPassed}`);
    this.#print(`# fail ${surprising + others}`);
    this.#print('# skipped 0');
  }
}

/** @param {Finding[]} findings */
function scenarios(findings) {
  return new Set(findings.map(({ run, scenario }) => `${run}, ${scenario}`));
}
