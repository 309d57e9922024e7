/** Answers a choice, where its options are what the person is asked: a vote or a slot, never a quiz. */

import { Failure } from '../failure.js';
import { integer, onlyKnown, words } from './arguments.js';
import { plain, refused, verified } from './writing.js';

/** @typedef {import('../moodle/sites.js').Site} Site */
/** @typedef {import('./index.js').Context} Context */
/** @typedef {import('../engine/readers/forms.js').FormSeen} FormSeen */

/** @type {import('./index.js').SiteOperation} */
export const answerChoice = {
  name: 'answer_choice',
  sideEffect: 'write',
  on: 'one',
  write: { outward: true, standing: true },
  async propose(args, site, context) {
    const { id, options } = wanted(args);
    const form = await choiceForm(site, id, context);
    const picked = pick(site, form, options);
    return {
      shown: {
        lines: [
          { name: 'activity', value: form.title },
          { name: 'answer', before: namesOf(answersOf(form).filter(({ checked }) => checked)), value: namesOf(picked) },
        ],
      },
      plan: { values: picked.map(({ value }) => value) },
    };
  },
  async run(args, site, context, { proposal: { plan } }) {
    const { id, options } = wanted(args);
    const form = await choiceForm(site, id, context);
    const picked = pick(site, form, options);
    if (JSON.stringify(picked.map(({ value }) => value)) !== JSON.stringify(plan.values)) {
      throw refused(site, 'changed_meanwhile');
    }
    await context.forms.send(site, 'choice', {
      ...form, fields: form.fields.filter(([name]) => !name.startsWith('answer')),
    }, picked.map(({ name, value }) => [name, value]));
    const labels = picked.map(({ label }) => label);
    const seen = await verified(() => shows(site, id, labels, context));
    return { site: site.site, verified: seen, receipt: { choice_id: id, answer: labels } };
  },
};

/** @param {import('../json.js').JsonObject} args */
function wanted(args) {
  onlyKnown(args, ['choice_id', 'option']);
  const options = words(args, 'option', { max: 2_000 }).split('\n').map(plain).filter((option) => option !== '');
  return { id: integer(args, 'choice_id', { min: 1 }), options: [...new Set(options)] };
}

/**
 * @param {Site} site
 * @param {number} id
 * @param {Context} context
 */
function choiceForm(site, id, { forms, signal }) {
  return forms.read(site, 'choice', [id], { field: 'action', value: 'makechoice', signal });
}

/** @param {import('../engine/readers/forms.js').Option[]} options */
function namesOf(options) {
  return options.map(({ label }) => label).join(', ') || '–';
}

/** @param {FormSeen} form */
function answersOf({ options }) {
  return options.filter(({ name }) => name === 'answer' || name === 'answer[]');
}

/**
 * The options with these words.
 * @param {Site} site
 * @param {FormSeen} form
 * @param {string[]} wantedOptions
 */
function pick(site, form, wantedOptions) {
  const all = answersOf(form);
  const picked = wantedOptions.map((option) => all.filter(({ label }) => plain(label) === option));
  if (picked.some((found) => found.length !== 1)) throw new Failure('invalid_arguments', { detail: 'option' });
  const chosen = picked.flat();
  if (chosen.some(({ disabled }) => disabled)) throw refused(site, 'option_full');
  if (chosen.length > 1 && chosen[0].name === 'answer') throw new Failure('invalid_arguments', { detail: 'option' });
  return chosen;
}

/**
 * @param {Site} site
 * @param {number} id
 * @param {string[]} labels
 * @param {Context} context
 */
async function shows(site, id, labels, { pages, engine }) {
  const html = await pages.read(site, 'choice', [id]);
  const form = await engine.run('form', { html, field: 'action', value: 'makechoice' });
  if (!form) {
    const text = plain(await engine.htmlToText(html));
    return labels.every((label) => text.includes(plain(label)));
  }
  const checked = answersOf(form).filter((option) => option.checked).map(({ label }) => plain(label));
  return checked.length === labels.length && labels.every((label) => checked.includes(plain(label)));
}
