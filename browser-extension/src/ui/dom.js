/** Small steps that both pages take. */

import { api } from '../platform.js';

/** @typedef {import('../page-handlers.js').View} View */

/** A request that the background could not meet. */
export class Problem extends Error {
  /**
   * @param {string} key of the sentence for the person, without `problem_`
   * @param {string} [about] what its placeholder stands for
   */
  constructor(key, about) {
    super(key);
    this.key = key;
    this.about = about;
  }
}

/**
 * Asks the background.
 * @param {string} type
 * @param {{[name: string]: unknown}} [content]
 * @returns {Promise<unknown>}
 */
export async function ask(type, content = {}) {
  /** @type {import('../messages.js').Answer | undefined} */
  const answer = await api.runtime.sendMessage({ type, ...content });
  if (!answer) throw new Problem('internal');
  if (!answer.ok) throw new Problem(answer.problem, answer.about);
  return answer.value;
}

/** @returns {Promise<View>} */
export async function askView() {
  return /** @type {View} */ (await ask('view'));
}

/**
 * The element of this page with an id.
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} kind
 * @returns {T}
 */
export function element(id, kind) {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`#${id} is missing`);
  return found;
}

/**
 * Runs what a press of the button does; meanwhile it cannot be pressed again.
 * @param {HTMLButtonElement} button
 * @param {() => Promise<void>} work
 */
export async function whileBusy(button, work) {
  button.disabled = true;
  button.setAttribute('aria-busy', 'true');
  try {
    await work();
  } finally {
    button.disabled = false;
    button.removeAttribute('aria-busy');
  }
}
