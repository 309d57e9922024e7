/** Who decides whether a write may be made. */

/** @typedef {import('./protocol.js').RunCommand} RunCommand */
/** @typedef {import('../moodle/sites.js').Site} Site */
/** @typedef {import('../approval/shown.js').Proposal} Proposal */

/**
 * @typedef {object} Approvals anything but the words named here, and any error, means that nothing is written
 * @property {(command: RunCommand, site: Site | null) => Promise<'allow' | 'ask' | 'refuse'>} policy what was settled
 *     beforehand; it is asked in the site's turn and must not wait for a person. `site` is null for an operation on no
 *     site in particular
 * @property {(command: RunCommand, site: Site | null, signal: AbortSignal, proposal: Proposal)
 *     => Promise<'approved' | 'rejected'>} ask puts the question to the person and waits for the decision. When the
 *     signal is aborted nobody wants an answer any more and the question must disappear; a question whose worker ended
 *     must disappear as well
 */

/** Refuses every write without asking. */
export const REFUSE_ALL = Object.freeze(/** @type {Approvals} */ ({
  policy: async () => 'refuse',
  ask: async () => 'rejected',
}));
