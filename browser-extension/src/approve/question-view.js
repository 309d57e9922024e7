/** One question as it is shown. What it is about is set as text: nothing in it is markup, a link or code. */

import { t } from '../ui/i18n.js';
import { visible } from '../approval/shown.js';

/** Warnings of what cannot be undone. */
const GRAVE = ['final', 'removes'];

/** @typedef {import('../approval/questions.js').Question} Question */
/** @typedef {import('../approval/shown.js').Shown} Shown */

/**
 * @param {Question} question
 * @param {(input: HTMLInputElement, list: HTMLUListElement) => void} onFiles called when the person chose files
 * @returns {HTMLElement[]}
 */
export function questionView({ tool, site, shown, afterReading }, onFiles) {
  const title = made('h2', '', t(`tool_${tool}`));
  const place = made('p', 'site soft', '');
  place.append(made('bdi', '', site));
  /** @type {HTMLElement[]} */
  const parts = [title, place];
  for (const name of shown.warnings ?? []) parts.push(warning(name));
  if (afterReading) parts.push(made('p', 'warning', t('approve_after_reading')));
  if (shown.lines?.length) parts.push(lines(shown.lines));
  for (const text of shown.texts ?? []) parts.push(longText(text));
  if (shown.files?.length) parts.push(files('approve_files', shown.files));
  if (shown.choose) parts.push(fileChoice(shown.choose, onFiles));
  return parts;
}

/** @param {string} name */
function warning(name) {
  return made('p', GRAVE.includes(name) ? 'warning grave' : 'warning', t(`approve_warning_${name}`));
}

/** @param {NonNullable<Shown['lines']>} all */
function lines(all) {
  const list = made('dl', 'card', '');
  for (const { name, value, before } of all) {
    const shown = made('dd', '', '');
    if (before !== undefined && before !== value) shown.append(isolated(before, 'before'), ' → ');
    shown.append(isolated(value, ''));
    list.append(made('dt', '', t(`approve_line_${name}`)), shown);
  }
  return list;
}

/** @param {NonNullable<Shown['texts']>[number]} text */
function longText({ name, text, before }) {
  const card = made('section', 'card', '');
  if (before) card.append(block(t('approve_before'), before, 'text before'));
  card.append(block(t(`approve_text_${name}`), text, 'text'));
  return card;
}

/**
 * @param {string} heading
 * @param {string} text
 * @param {string} kind
 */
function block(heading, text, kind) {
  const title = made('h3', '', heading);
  title.append(made('span', 'soft', t('approve_characters', String([...text].length))));
  const written = made('pre', 'written', visible(text));
  written.dir = 'auto';
  const part = made('div', kind, '');
  part.append(title, written);
  return part;
}

/**
 * @param {string} heading the key of its text
 * @param {NonNullable<Shown['files']>} all
 */
function files(heading, all) {
  const card = made('section', 'card text', '');
  const list = document.createElement('ul');
  list.className = 'files';
  fill(list, all);
  card.append(made('h3', '', t(heading)), list);
  return card;
}

/**
 * Shows files by name, size and fingerprint.
 * @param {HTMLUListElement} list
 * @param {NonNullable<Shown['files']>} all
 */
export function fill(list, all) {
  list.replaceChildren(...all.map(({ name, bytes, sha256 }) => {
    const item = document.createElement('li');
    item.append(isolated(name, 'name'), ` · ${size(bytes)}`, made('code', '', `SHA-256 ${sha256}`));
    return item;
  }));
}

/**
 * @param {NonNullable<Shown['choose']>} choose
 * @param {(input: HTMLInputElement, list: HTMLUListElement) => void} onFiles
 */
function fileChoice({ most, bytes, accepted }, onFiles) {
  const card = made('section', 'card text', '');
  const label = document.createElement('label');
  label.htmlFor = 'files';
  label.textContent = t('approve_choose', String(most));
  const input = document.createElement('input');
  input.type = 'file';
  input.id = 'files';
  input.multiple = most > 1;
  input.accept = accepted.join(',');
  const list = document.createElement('ul');
  list.className = 'files';
  input.addEventListener('change', () => onFiles(input, list));
  card.append(label, input, list);
  if (bytes > 0) card.append(made('p', 'soft', t('approve_largest', size(bytes))));
  return card;
}

/** @param {number} bytes */
export function size(bytes) {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return new Intl.NumberFormat(t('language'), {
    style: 'unit', unit: units[step], unitDisplay: 'long', maximumFractionDigits: 1,
  }).format(bytes / 1000 ** step);
}

/**
 * @param {string} text
 * @param {string} kind
 */
function isolated(text, kind) {
  return made('bdi', kind, visible(text));
}

/**
 * @template {keyof HTMLElementTagNameMap} N
 * @param {N} tag
 * @param {string} kind
 * @param {string} text
 */
function made(tag, kind, text) {
  const element = document.createElement(tag);
  if (kind) element.className = kind;
  element.textContent = text;
  return element;
}
