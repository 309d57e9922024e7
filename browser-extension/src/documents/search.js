/** Finds words in the pages of one document. */

const AROUND = 120;

/** @typedef {import('./pages.js').Page} Page */
/** @typedef {{page: number, title?: string, excerpt: string}} Match */

/**
 * The pages on which all words stand, each with the text around the first place, in order. Case and accents do not
 * matter.
 * @param {Page[]} pages
 * @param {string} query words between spaces
 * @param {number} most how many pages at most
 * @returns {{matches: Match[], total: number}}
 */
export function searchPages(pages, query, most) {
  const words = folded(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return { matches: [], total: 0 };
  const found = pages.flatMap(({ title, text }, index) => {
    const all = folded(title === undefined ? text : `${title}\n${text}`);
    if (!words.every((word) => all.includes(word))) return [];
    const phrase = all.indexOf(words.join(' '));
    const place = phrase >= 0 ? phrase : Math.min(...words.map((word) => all.indexOf(word)));
    const original = title === undefined ? text : `${title}\n${text}`;
    return [{ page: index + 1, ...(title !== undefined && { title }), excerpt: excerptOf(original, place) }];
  });
  return { matches: found.slice(0, most), total: found.length };
}

/**
 * @param {string} text
 * @param {number} place
 */
function excerptOf(text, place) {
  const start = Math.max(0, place - AROUND);
  const end = Math.min(text.length, place + AROUND * 2);
  const cut = text.slice(start, end).replace(/\s+/g, ' ').trim();
  return `${start > 0 ? '…' : ''}${cut}${end < text.length ? '…' : ''}`;
}

/**
 * A text in which letters compare without case and accents; as long as before, so that places stay where they were.
 * @param {string} text
 */
export function folded(text) {
  return text.replace(/[^]/gu, (sign) => {
    const bare = sign.normalize('NFD')[0].toLowerCase();
    return bare.length === sign.length ? bare : sign;
  });
}
