/** Texts of the pages, in the person's language. */

import { api } from '../platform.js';

/**
 * A text, or an empty one when there is none with this key.
 * @param {string} key
 * @param {string} [value] what its placeholder stands for
 */
export function t(key, value) {
  return api.i18n.getMessage(key, value === undefined ? undefined : [value]);
}

/** Fills every element that has a `data-i18n` attribute, and sets the page's language and direction. */
export function translatePage() {
  document.documentElement.lang = t('language');
  document.documentElement.dir = t('direction');
  for (const element of document.querySelectorAll('[data-i18n]')) {
    element.textContent = t(element.getAttribute('data-i18n') ?? '');
  }
}

/** @param {string} iso a moment in ISO 8601 */
export function dateText(iso) {
  return new Date(iso).toLocaleDateString(t('language'), { dateStyle: 'long' });
}
