/** The part of the popup where the person chooses where other people are hidden from assistants. */

import { ask, element } from '../ui/dom.js';

/** @typedef {Awaited<ReturnType<import('../privacy/hiding.js').Hiding['where']>>} Where */

/** Shows the present choice, and makes each change count at once. */
export async function offerHiding() {
  const lists = element('hide-lists', HTMLInputElement);
  const rest = element('hide-rest', HTMLInputElement);
  const show = async () => {
    const where = /** @type {Where} */ (await ask('hiding'));
    lists.checked = where.lists;
    rest.checked = where.rest;
    lists.disabled = where.managed;
    rest.disabled = where.managed && where.rest;
  };
  const choose = async () => {
    await ask('hidePeople', { lists: lists.checked, rest: rest.checked });
    await show();
  };
  lists.addEventListener('change', () => { void choose(); });
  rest.addEventListener('change', () => { void choose(); });
  await show();
}
