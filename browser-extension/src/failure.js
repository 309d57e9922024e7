/** Why an operation did not succeed, in the words of the bridge protocol. */

/**
 * The constant sentence of each reason. None holds text from Moodle.
 */
export const MESSAGES = Object.freeze({
  unknown_operation: 'This version of the browser extension has no such operation.',
  invalid_arguments: 'The arguments do not fit the operation.',
  no_site: 'No Moodle site was added to the browser extension yet.',
  unknown_site: 'This Moodle site was not added to the browser extension.',
  several_sites: 'Several Moodle sites were added to the browser extension: choose one.',
  no_permission: 'The browser extension has no permission for this Moodle site.',
  signed_out: 'Nobody is signed in to this Moodle site in this browser.',
  site_changed_user: 'Another person is signed in to this Moodle site than before.',
  person_needed: 'This Moodle site wants something from its user first.',
  moodle_refused: 'Moodle refused the request.',
  not_found: 'It does not exist in Moodle, or is hidden from this person.',
  unsupported_by_site: 'This Moodle site does not offer what the operation needs.',
  maintenance: 'This Moodle site is in maintenance mode.',
  unreachable: 'This Moodle site did not answer.',
  unexpected_answer: 'This Moodle site answered with something that is not from Moodle.',
  busy: 'Too many commands wait for this Moodle site.',
  cancelled: 'The command was cancelled.',
  expired: 'The time for the command was over.',
  rejected: 'The command was refused in the browser.',
  internal: 'The browser extension has a defect.',
});

/** @typedef {keyof typeof MESSAGES} Reason */

/** With these, whoever was asked said no: nothing was written. @type {readonly Reason[]} */
const REFUSALS = Object.freeze([
  'moodle_refused', 'not_found', 'unsupported_by_site', 'invalid_arguments', 'no_permission', 'signed_out',
  'site_changed_user', 'person_needed', 'maintenance', 'rejected',
]);

/**
 * Whether a write that failed like this, after it began, certainly wrote nothing.
 * @param {Reason} reason
 */
export function isRefusal(reason) {
  return REFUSALS.includes(reason);
}

const DETAIL = /^[A-Za-z0-9_/-]{1,64}$/;

/** An operation that did not succeed, with the reason that the bridge protocol has for it. */
export class Failure extends Error {
  /**
   * @param {Reason} reason
   * @param {{site?: string, detail?: string, sites?: string[]}} [more] a `detail` that is no plain code is left out
   */
  constructor(reason, { site, detail, sites } = {}) {
    super(MESSAGES[reason]);
    this.name = 'Failure';
    this.reason = reason;
    this.site = site;
    this.detail = detail !== undefined && DETAIL.test(detail) ? detail : undefined;
    this.sites = sites;
  }
}

/**
 * The failure that an error is; an error of another kind is a defect of ours.
 * @param {unknown} error
 * @returns {Failure}
 */
export function asFailure(error) {
  return error instanceof Failure ? error : new Failure('internal');
}
