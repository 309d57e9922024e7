/** Saves what the person hands in for an assignment: text, and files that the person chose or the assistant wrote. */

import { Failure } from '../failure.js';
import { flag, integer, onlyKnown, words } from './arguments.js';
import { htmlOf, plain, refused, saysSame, verified } from './writing.js';

const LONGEST = 50_000;
const TEXT = 'onlinetext_editor[text]';
const NAME = /^[^/\\:*?"<>|\p{C}]{1,120}\.(txt|md|csv|html|tex|py|java|c|cpp|h|js|ts|r|sql|json|xml)$/iu;

/** @typedef {import('../moodle/sites.js').Site} Site */
/** @typedef {import('./index.js').Context} Context */
/** @typedef {import('../engine/readers/forms.js').FormSeen} FormSeen */
/** @typedef {ReturnType<typeof wanted>} Wanted */

/** @type {import('./index.js').SiteOperation} */
export const saveSubmissionDraft = {
  name: 'save_submission_draft',
  sideEffect: 'write',
  on: 'one',
  write: { outward: true, standing: true },
  async propose(args, site, context) {
    const draft = wanted(args);
    const form = await readForm(site, draft, context);
    const area = takesFiles(draft) ? areaOf(site, form) : null;
    if (draft.text && !form.names.includes(TEXT)) throw refused(site, 'no_online_text');
    const before = await context.engine.htmlToText(textIn(form), context.signal);
    const file = fileOf(draft);
    const written = file ? [{ name: file.name, bytes: file.size, sha256: await fingerprint(file) }] : [];
    if (area) checkFits(site, area, written);
    return {
      shown: {
        lines: [
          { name: 'activity', value: form.title },
          ...(area?.files.length ? [{ name: /** @type {const} */ ('files'), value: area.files.join(', ') }] : []),
        ],
        texts: draft.text ? [{ name: 'submission', text: draft.text, before }] : [],
        warnings: [...(draft.text && before ? [/** @type {const} */ ('replaces_text')] : []), 'not_submitted'],
        files: written,
        ...(draft.chooses && area && {
          choose: {
            most: area.maxFiles > 0 ? Math.max(1, area.maxFiles - area.files.length - written.length) : 20,
            bytes: Math.max(0, area.maxBytes), accepted: area.accepted,
          },
        }),
      },
      plan: { before: plain(before) },
    };
  },
  async run(args, site, context, { proposal: { plan }, files }) {
    const draft = wanted(args);
    const form = await readForm(site, draft, context);
    if (plain(await context.engine.htmlToText(textIn(form), context.signal)) !== plan.before) {
      throw refused(site, 'changed_meanwhile');
    }
    const written = fileOf(draft);
    const all = [...(written ? [written] : []), ...await files()];
    for (const file of all) await context.forms.upload(site, form, areaOf(site, form), file);
    await context.forms.send(site, 'submission', form, [
      ...(draft.text ? [/** @type {[string, string]} */ ([TEXT, htmlOf(draft.text)])] : []), ['submitbutton', '1'],
    ]);
    return readBack(site, draft, all.map(({ name }) => name), context);
  },
};

/** @param {import('../json.js').JsonObject} args */
function wanted(args) {
  onlyKnown(args, ['assignment_id', 'text', 'file_name', 'file_text', 'choose_files']);
  const text = words(args, 'text', { max: LONGEST, otherwise: '' });
  const fileName = words(args, 'file_name', { max: 127, otherwise: '' });
  return {
    id: integer(args, 'assignment_id', { min: 1 }),
    text,
    fileName,
    fileText: words(args, 'file_text', { max: LONGEST, otherwise: '' }),
    chooses: flag(args, 'choose_files', text === '' && fileName === ''),
  };
}

/** @param {Wanted} draft */
function takesFiles({ fileName, chooses }) {
  return fileName !== '' || chooses;
}

/**
 * @param {Site} site
 * @param {Wanted} draft
 * @param {Context} context
 */
function readForm(site, { id }, { forms, signal }) {
  return forms.read(site, 'submissionForm', [id], { field: 'action', value: 'savesubmission', signal });
}

/**
 * @param {Site} site
 * @param {FormSeen} form
 */
function areaOf(site, { files }) {
  if (!files) throw refused(site, 'no_files_taken');
  return files;
}

/** @param {FormSeen} form */
function textIn({ fields }) {
  return fields.find(([name]) => name === TEXT)?.[1] ?? '';
}

/**
 * The file that the assistant wrote, or null.
 * @param {Wanted} draft
 */
function fileOf({ fileName, fileText }) {
  if (fileName === '' && fileText === '') return null;
  if (!NAME.test(fileName)) throw new Failure('invalid_arguments', { detail: 'file_name' });
  if (fileText === '') throw new Failure('invalid_arguments', { detail: 'file_text' });
  return new File([`${fileText}\n`], fileName, { type: 'text/plain' });
}

/**
 * @param {Site} site
 * @param {import('../engine/readers/forms.js').FileArea} area
 * @param {{name: string, bytes: number}[]} written
 */
function checkFits(site, { maxFiles, maxBytes, accepted, files }, written) {
  const added = written.filter(({ name }) => !files.includes(name));
  if (maxFiles > 0 && files.length + added.length > maxFiles) throw refused(site, 'too_many_files');
  if (maxBytes > 0 && written.some(({ bytes }) => bytes > maxBytes)) throw refused(site, 'file_too_large');
  const endings = accepted.filter((one) => one.startsWith('.')).map((one) => one.toLowerCase());
  const fits = (/** @type {string} */ name) => endings.some((ending) => name.toLowerCase().endsWith(ending));
  if (endings.length > 0 && !written.every(({ name }) => fits(name))) throw refused(site, 'file_type');
}

/** @param {File} file */
async function fingerprint(file) {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * @param {Site} site
 * @param {Wanted} draft
 * @param {string[]} names
 * @param {Context} context
 */
async function readBack(site, { id, text }, names, context) {
  let status = 'unknown';
  const seen = await verified(async () => {
    const html = await context.pages.read(site, 'assignment', [id]);
    const found = await context.engine.run('assignment', html);
    status = found.status;
    const there = found.submission.files.map(({ name }) => name);
    const kept = await context.forms.read(site, 'submissionForm', [id], { field: 'action', value: 'savesubmission' })
      .then((form) => saysSame(textIn(form), text, context), () => plain(found.submission.text) === plain(text));
    return ['draft', 'submitted', 'reopened'].includes(status) && names.every((name) => there.includes(name))
      && (text === '' || kept);
  });
  return {
    site: site.site, verified: seen,
    receipt: {
      assignment_id: id, status, ...(text && { characters: [...text].length }),
      ...(names.length > 0 && { files: names }),
    },
  };
}
