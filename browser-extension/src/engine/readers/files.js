/** The files that a page of Moodle links to or shows. */

import { fileLink } from '../../moodle/files.js';

/** @typedef {import('../../moodle/files.js').FileLink} FileLink */

const SOURCES = ['href', 'src', 'data'];

/**
 * Each file once, in the order of the page. Pictures inside texts are left out, unless a page shows nothing else.
 * @param {{html: string, root: string}} input
 * @returns {FileLink[]}
 */
export function filesOfPage({ html, root }) {
  const document = new DOMParser().parseFromString(html, 'text/html');
  const main = document.querySelector('[role="main"]') ?? document.querySelector('#region-main') ?? document.body;
  if (!main) return [];
  const linked = filesOf(main, 'a[href], object[data], iframe[src], embed[src], source[src]', root);
  return linked.length > 0 ? linked : filesOf(main, 'img[src]', root);
}

/**
 * @param {Element} element
 * @param {string} selector
 * @param {string} root
 * @returns {FileLink[]}
 */
function filesOf(element, selector, root) {
  const links = [...element.querySelectorAll(selector)].flatMap((found) => {
    const address = SOURCES.map((name) => found.getAttribute(name)).find((value) => value !== null) ?? '';
    return fileLink(root, address.trim()) ?? [];
  });
  return [...new Map(links.map((link) => [link.address, link])).values()];
}
