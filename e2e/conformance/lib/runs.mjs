/** Which scenarios run against which server. */

import { requiredScenarios } from './suite.mjs';

/**
 * @typedef {object} Run
 * @property {string} name
 * @property {import('./suite.mjs').Selection} selection
 * @property {string[]} [required] the scenarios that count; all, unless given
 * @property {boolean} [alone] whether the other scenarios of the selection mean nothing for this server
 * @property {(scenario: string, check: string) => boolean} [inapplicable]
 */

const SCORED = ['2026-07-28', '2025-11-25'];
const UNSCORED = ['2025-06-18', '2025-03-26'];

/** What the service is asked: the scenarios that need no tool, resource or prompt with a given content. */
const WITHOUT_FIXTURES = {
  '2026-07-28': [
    'server-stateless', 'tools-list', 'prompts-list', 'resources-list', 'caching', 'server-sse-multiple-streams',
    'sep-2164-resource-not-found', 'dns-rebinding-protection', 'http-header-validation',
    'input-required-result-unsupported-methods',
  ],
  '2025-11-25': [
    'server-initialize', 'server-session-lifecycle', 'ping', 'tools-list', 'prompts-list', 'resources-list',
    'server-sse-multiple-streams', 'dns-rebinding-protection',
  ],
  '2025-06-18': ['server-initialize', 'ping', 'tools-list', 'prompts-list', 'resources-list'],
};

/** Parts of a scenario above that call a tool of the fixture server. */
const WITH_FIXTURES = {
  'server-stateless': [
    'sep-2575-server-rejects-undeclared-capability', 'sep-2575-missing-capability-http-400',
    'sep-2575-http-server-no-independent-requests-on-stream', 'sep-2575-server-no-log-without-loglevel',
  ],
};

/**
 * The sets that the suite scores.
 * @param {string} prefix of the names
 * @returns {Run[]}
 */
function scored(prefix) {
  return SCORED.map((revision) => ({
    name: prefix + revision, selection: { requirements: revision }, required: requiredScenarios(revision),
  }));
}

/** Everything, for the fixture server. */
export function allRuns() {
  return [...scored(''), ...UNSCORED.map((revision) => ({ name: revision, selection: { revision } }))];
}

/** The scored sets, for the fixture server in the other container. */
export function jettyRuns() {
  return scored('jetty ');
}

/**
 * For the service itself.
 * @returns {Run[]}
 */
export function serviceRuns() {
  return Object.entries(WITHOUT_FIXTURES).map(([revision, scenarios]) => ({
    name: `serve ${revision}`,
    // All of them run, because starting the suite for each one takes longer.
    selection: { revision },
    required: scenarios,
    alone: true,
    inapplicable: (scenario, check) => Object.entries(WITH_FIXTURES)
      .some(([name, checks]) => name === scenario && checks.includes(check)),
  }));
}
