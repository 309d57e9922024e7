/** What the pages can ask the background about hiding other people. */

/** @param {import('./hiding.js').Hiding} hiding */
export function hidingHandlers(hiding) {
  return /** @satisfies {import('../messages.js').Handlers} */ ({
    hiding: () => hiding.where(),
    hidePeople: ({ lists, rest }) => hiding.choose({ lists: lists === true, rest: rest === true }),
  });
}
