/** Messages from the extension's own pages to the background, and the answers. */

/** @typedef {import('./json.js').JsonObject} JsonObject */
/** @typedef {{problem: string, about?: string}} ProblemAnswer a problem's name, and what its sentence is about */
/** @typedef {{ok: true, value: unknown} | ({ok: false} & ProblemAnswer)} Answer */
/** @typedef {{[type: string]: (message: JsonObject) => Promise<unknown>}} Handlers */

/**
 * Whether a message comes from a page of this extension, not from a content script or another extension.
 * @param {Pick<typeof chrome.runtime, 'id' | 'getURL'>} runtime
 * @param {{id?: string, url?: string}} sender
 */
export function isOwnPage(runtime, sender) {
  return sender.id === runtime.id && (sender.url ?? '').startsWith(runtime.getURL(''));
}

/**
 * Answers messages by their `type`. Register it at the top level of the background module.
 * @param {typeof chrome.runtime} runtime
 * @param {Handlers} handlers
 * @param {(error: unknown) => ProblemAnswer} problemOf
 */
export function answerPages(runtime, handlers, problemOf) {
  runtime.onMessage.addListener((message, sender, reply) => {
    const handler = isOwnPage(runtime, sender) && Object.hasOwn(handlers, message?.type) && handlers[message.type];
    if (!handler) return false;
    handler(message).then(
      (value) => reply({ ok: true, value }),
      (error) => reply({ ok: false, ...problemOf(error) }),
    );
    return true;
  });
}
