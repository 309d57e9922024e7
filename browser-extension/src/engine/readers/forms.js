/** Reads Moodle's forms as a browser would send them, with Moodle's own rules of which fields are locked. */

import { lockedFields } from './form-rules.js';
import { numberIn, oneLine, openPage, placeOf, titleOf } from './page.js';
import { parseJson, isObject, objectsIn, textOf, integerOf } from '../../json.js';

/** @typedef {[name: string, value: string]} Field */

/**
 * @typedef {object} FileArea where the form takes files
 * @property {string} itemId of the draft area
 * @property {string} repository the one that takes uploads
 * @property {string} context
 * @property {string} client
 * @property {string} author
 * @property {number} maxBytes 0 or less for no limit
 * @property {number} maxFiles 0 or less for no limit
 * @property {string[]} accepted endings, none for all
 * @property {string[]} files the names of those that are there
 */

/**
 * @typedef {object} FormSeen
 * @property {number} courseId
 * @property {number} activityId
 * @property {string} title of the page
 * @property {string} action as the page has it
 * @property {Field[]} fields those that a browser would send, without buttons
 * @property {string[]} names of all fields that could be filled in
 * @property {Option[]} options of radio buttons and boxes, with their labels
 * @property {FileArea | null} files
 */

/** @typedef {{name: string, value: string, label: string, checked: boolean, disabled: boolean}} Option */

/**
 * The form that has a field of this name and, if given, this value; null when there is none.
 * @param {{html: string, field: string, value?: string}} wanted
 * @returns {FormSeen | null}
 */
export function form({ html, field, value }) {
  const { document, main } = openPage(html);
  const found = [...main.querySelectorAll('form')].find((one) => [...one.querySelectorAll('[name]')].some((input) => (
    input.getAttribute('name') === field && (value === undefined || input.getAttribute('value') === value))));
  if (!found) return null;
  const controls = [...found.querySelectorAll('input, select, textarea')].filter((one) => one.getAttribute('name'));
  const fields = controls.flatMap(valuesOf);
  const locked = lockedFields(fields, rulesIn(html, found.getAttribute('id') ?? ''), controls.map(controlOf));
  return {
    ...placeOf(document),
    title: titleOf(document),
    action: found.getAttribute('action') ?? '',
    fields: fields.filter(([name]) => !locked.has(name)),
    names: [...new Set(controls.map((one) => one.getAttribute('name') ?? ''))].filter((name) => !locked.has(name)),
    options: controls.filter(isTicked).map((one) => optionOf(one, found)),
    files: fileArea(html, fields),
  };
}

/** @param {Element} control */
function controlOf(control) {
  return { name: control.getAttribute('name') ?? '', type: typeOf(control) };
}

/** @param {Element} control */
function typeOf(control) {
  return control.tagName.toLowerCase() === 'input' ? (control.getAttribute('type') ?? 'text').toLowerCase()
    : control.tagName.toLowerCase();
}

/** @param {Element} control */
function isTicked(control) {
  return ['radio', 'checkbox'].includes(typeOf(control));
}

/**
 * What a browser would send for a control that nobody touched.
 * @param {Element} control
 * @returns {Field[]}
 */
function valuesOf(control) {
  const name = control.getAttribute('name') ?? '';
  if (control.hasAttribute('disabled') || control.closest('fieldset[disabled]')) return [];
  switch (typeOf(control)) {
    case 'submit': case 'button': case 'image': case 'reset': case 'file':
      return [];
    case 'radio': case 'checkbox':
      return control.hasAttribute('checked') ? [[name, control.getAttribute('value') ?? 'on']] : [];
    case 'select':
      return selected(control).map((value) => [name, value]);
    case 'textarea':
      return [[name, (control.textContent ?? '').replace(/^\n/, '')]];
    default:
      return [[name, control.getAttribute('value') ?? '']];
  }
}

/** @param {Element} select */
function selected(select) {
  const options = [...select.querySelectorAll('option')].filter((option) => !option.hasAttribute('disabled'));
  const chosen = options.filter((option) => option.hasAttribute('selected'));
  const several = select.hasAttribute('multiple');
  const effective = chosen.length > 0 || several ? chosen : options.slice(0, 1);
  return (several ? effective : effective.slice(-1))
    .map((option) => option.getAttribute('value') ?? oneLine(option));
}

/**
 * @param {Element} control
 * @param {Element} from
 * @returns {Option}
 */
function optionOf(control, from) {
  const id = control.getAttribute('id');
  const label = [...from.querySelectorAll('label')].find((one) => id !== null && one.getAttribute('for') === id)
    ?? control.closest('label');
  return {
    name: control.getAttribute('name') ?? '',
    value: control.getAttribute('value') ?? 'on',
    label: oneLine(label),
    checked: control.hasAttribute('checked'),
    disabled: control.hasAttribute('disabled'),
  };
}

/**
 * The rules of `disabledIf` that the page gives for this form.
 * @param {string} html
 * @param {string} id
 */
function rulesIn(html, id) {
  for (const found of html.matchAll(/M\.form\.initFormDependencies\(\s*Y\s*,\s*"([^"]*)"\s*,/g)) {
    const rules = found[1] === id ? parseJson(objectAt(html, found.index + found[0].length)) : null;
    if (isObject(rules)) return rules;
  }
  return {};
}

/**
 * @param {string} html
 * @param {Field[]} fields
 * @returns {FileArea | null}
 */
function fileArea(html, fields) {
  for (const found of html.matchAll(/M\.form_filemanager\.init\(\s*Y\s*,/g)) {
    const options = parseJson(objectAt(html, found.index + found[0].length));
    if (!isObject(options)) continue;
    const target = textOf(options.target).replace(/^id_/, '');
    const field = fields.find(([name]) => name === target);
    const picker = isObject(options.filepicker) ? options.filepicker : {};
    const repositories = isObject(picker.repositories) ? Object.values(picker.repositories) : [];
    const upload = objectsIn(repositories).find(({ type }) => type === 'upload');
    if (!field || !upload) continue;
    return {
      itemId: field[1],
      repository: String(upload.id),
      context: String(isObject(options.context) ? options.context.id : ''),
      client: textOf(options.client_id),
      author: textOf(options.author),
      maxBytes: integerOf(options.maxbytes) ?? 0,
      maxFiles: integerOf(options.maxfiles) ?? 0,
      accepted: (Array.isArray(options.accepted_types) ? options.accepted_types : [])
        .filter((one) => typeof one === 'string'),
      files: objectsIn(options.list).map(({ filename }) => textOf(filename)).filter((name) => name !== ''),
    };
  }
  return null;
}

/**
 * The text of the JSON object that begins at or after a place: braces in texts do not count.
 * @param {string} text
 * @param {number} from
 */
export function objectAt(text, from) {
  const start = text.indexOf('{', from);
  let depth = 0;
  let isText = false;
  for (let i = start; i >= 0 && i < text.length; i += 1) {
    const character = text[i];
    if (isText) {
      if (character === '\\') i += 1;
      else if (character === '"') isText = false;
    } else if (character === '"') isText = true;
    else if (character === '{') depth += 1;
    else if (character === '}' && (depth -= 1) === 0) return text.slice(start, i + 1);
  }
  return '';
}

/**
 * Where a forum's page lets the person begin a discussion: the number that its form is asked for with, or 0.
 * @param {string} html
 */
export function newDiscussion(html) {
  const { document, main } = openPage(html);
  const link = main.querySelector('a[href*="/mod/forum/post.php?forum="]');
  const field = [...main.querySelectorAll('form[action*="post.php"] input[name="forum"]')].at(0);
  return {
    ...placeOf(document),
    title: titleOf(document),
    forum: numberIn(link, 'forum') || Number(field?.getAttribute('value') ?? 0),
  };
}

/**
 * What a form that was sent and came back complains about: nothing when another page came.
 * @param {string} html
 */
export function formErrors(html) {
  const { main } = openPage(html);
  return [...main.querySelectorAll('.invalid-feedback, .form-control-feedback')].filter((one) => oneLine(one) !== '')
    .length;
}
