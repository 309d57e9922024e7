/** Texts that people wrote in Moodle's editor, as plain text of a bounded length. */

/** @typedef {{text: string, cut?: string}} Text `cut` says how much is missing */

/**
 * The texts of pieces of HTML, each at most so many characters long.
 * @param {string[]} htmls
 * @param {number} characters
 * @param {Pick<import('./index.js').Context, 'engine' | 'signal'>} context
 * @returns {Promise<Text[]>}
 */
export async function textsOf(htmls, characters, { engine, signal }) {
  if (htmls.every((html) => html.trim() === '')) return htmls.map(() => ({ text: '' }));
  const texts = await engine.run('htmlsToTexts', htmls, signal);
  return texts.map((text) => shortened(text, characters));
}

/**
 * @param {string} text
 * @param {number} characters
 * @returns {Text}
 */
export function shortened(text, characters) {
  if (text.length <= characters) return { text };
  const end = /[\uD800-\uDBFF]/.test(text[characters - 1]) ? characters - 1 : characters;
  return { text: text.slice(0, end), cut: `the first ${end} of ${text.length} characters` };
}
