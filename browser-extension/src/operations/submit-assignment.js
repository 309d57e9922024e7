/** Hands an assignment in for grading, as it is saved now. */

import { integer, onlyKnown } from './arguments.js';
import { plain, refused, verified } from './writing.js';

const STATEMENT = 'submissionstatement';

/** @typedef {import('../moodle/sites.js').Site} Site */
/** @typedef {import('./index.js').Context} Context */

/** @type {import('./index.js').SiteOperation} */
export const submitAssignment = {
  name: 'submit_assignment',
  sideEffect: 'write',
  on: 'one',
  write: { outward: true, standing: false },
  async propose(args, site, context) {
    const id = wanted(args);
    const found = await draftOf(site, id, context);
    const form = await submitForm(site, id, context);
    const statement = form.options.find(({ name }) => name === STATEMENT)?.label ?? '';
    const files = found.submission.files.map(({ name }) => name);
    return {
      shown: {
        lines: [
          { name: 'activity', value: found.name },
          ...(files.length > 0 ? [{ name: /** @type {const} */ ('files'), value: files.join(', ') }] : []),
          ...(statement ? [{ name: /** @type {const} */ ('statement'), value: statement }] : []),
        ],
        texts: found.submission.text ? [{ name: 'submission', text: found.submission.text }] : [],
        warnings: statement ? ['final', 'statement'] : ['final'],
      },
      plan: { submission: summaryOf(found), statement },
    };
  },
  async run(args, site, context, { proposal: { plan } }) {
    const id = wanted(args);
    if (summaryOf(await draftOf(site, id, context)) !== plan.submission) throw refused(site, 'changed_meanwhile');
    const form = await submitForm(site, id, context);
    const asksFor = form.options.find(({ name }) => name === STATEMENT)?.label ?? '';
    if (asksFor !== plan.statement) throw refused(site, 'changed_meanwhile');
    await context.forms.send(site, 'submit', form, [
      ...(asksFor ? [/** @type {[string, string]} */ ([STATEMENT, '1'])] : []), ['submitbutton', '1'],
    ]);
    let status = 'unknown';
    const seen = await verified(async () => {
      ({ status } = await assignmentOf(site, id, context));
      return status === 'submitted';
    });
    return { site: site.site, verified: seen, receipt: { assignment_id: id, status } };
  },
};

/** @param {import('../json.js').JsonObject} args */
function wanted(args) {
  onlyKnown(args, ['assignment_id']);
  return integer(args, 'assignment_id', { min: 1 });
}

/**
 * @param {Site} site
 * @param {number} id
 * @param {Context} context
 */
async function assignmentOf(site, id, { pages, engine, signal }) {
  return engine.run('assignment', await pages.read(site, 'assignment', [id], signal), signal);
}

/**
 * What is saved and can be handed in now.
 * @param {Site} site
 * @param {number} id
 * @param {Context} context
 */
async function draftOf(site, id, context) {
  const found = await assignmentOf(site, id, context);
  if (found.status === 'submitted') throw refused(site, 'submitted_before');
  if (!found.next.includes('submit')) throw refused(site, 'nothing_to_submit');
  return found;
}

/**
 * @param {Site} site
 * @param {number} id
 * @param {Context} context
 */
function submitForm(site, id, { forms, signal }) {
  return forms.read(site, 'submitForm', [id], { field: 'action', value: 'confirmsubmit', signal });
}

/** @param {Awaited<ReturnType<typeof draftOf>>} found */
function summaryOf({ submission }) {
  return JSON.stringify([plain(submission.text), submission.files.map(({ name }) => name)]);
}
