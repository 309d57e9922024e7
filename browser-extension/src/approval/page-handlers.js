/** What the approval window, the popup and the settings can ask the background about writes. */

import { canBeAllowed } from './policy.js';
import { choiceIn } from './choices.js';
import { decisionOf } from './questions.js';
import { textOf } from '../json.js';

const CHOICES = /** @type {const} */ (['ask', 'allow', 'deny']);

/** @typedef {import('../operations/index.js').SiteOperation} SiteOperation */
/** @typedef {import('./policy.js').Choice} Choice */
/** @typedef {{name: string, canBeAllowed: boolean, denied: boolean}} WriteKind */

/**
 * @typedef {object} PolicyView what the settings show
 * @property {boolean} paused
 * @property {boolean} readOnly
 * @property {import('./choices.js').Managed} managed
 * @property {WriteKind[]} kinds
 * @property {{site: string, choices: {[operation: string]: Choice}}[]} sites
 */

/**
 * @param {object} parts
 * @param {import('./questions.js').Questions} parts.questions
 * @param {import('./choices.js').Choices} parts.choices
 * @param {import('../activity.js').Activity} parts.activity
 * @param {ReadonlyMap<string, import('../operations/index.js').Operation>} parts.operations
 * @param {() => Promise<import('../moodle/sites.js').Site[]>} parts.sites
 * @param {() => Promise<void>} parts.showWindow
 * @param {() => Promise<void>} parts.closeWindow
 * @param {() => void} parts.changed
 */
export function writeHandlers({ questions, choices, activity, operations, sites, showWindow, closeWindow, changed }) {
  const writes = [...operations.values()]
    .flatMap((operation) => (operation.on === 'one' && operation.write ? [operation] : []));

  /** @returns {Promise<PolicyView>} */
  async function policy() {
    const [kept, managed, added] = await Promise.all([choices.kept(), choices.managed(), sites()]);
    return {
      paused: kept.paused,
      readOnly: kept.readOnly || managed.readOnly,
      managed,
      kinds: writes.map((operation) => ({
        name: operation.name,
        canBeAllowed: canBeAllowed(operation) && !managed.alwaysAsk,
        denied: managed.denied.includes(operation.name),
      })),
      sites: added.map(({ site }) => ({
        site,
        choices: Object.fromEntries(writes.map(({ name }) => [name, choiceIn(kept.sites, site, name)])),
      })),
    };
  }

  /** @param {unknown} value @param {readonly string[]} among */
  function known(value, among) {
    const word = textOf(value);
    if (!among.includes(word)) throw new TypeError('The page asked for something unknown.');
    return word;
  }

  return /** @satisfies {import('../messages.js').Handlers} */ ({
    questions: async () => questions.list(),
    questionSeen: async ({ id }) => questions.seen(textOf(id)),
    decide: ({ id, decision, files }) => questions.decide(textOf(id), decisionOf(decision), files),
    showQuestions: () => showWindow(),
    closeQuestions: () => closeWindow(),
    policy,
    async setPaused({ paused }) {
      await choices.setPaused(paused === true);
      changed();
    },
    setReadOnly: ({ readOnly }) => choices.setReadOnly(readOnly === true),
    async chooseWrite({ site, operation, choice }) {
      const kind = writes.find(({ name }) => name === operation);
      const word = /** @type {Choice} */ (known(choice, CHOICES));
      if (!kind || (word === 'allow' && !canBeAllowed(kind))) throw new TypeError('It cannot be chosen.');
      await choices.choose(known(site, (await sites()).map((one) => one.site)), kind.name, word);
    },
    activity: () => activity.entries(),
    clearActivity: () => activity.clear(),
  });
}
