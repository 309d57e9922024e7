/** Files of Moodle sites as documents: fetched in the site's turn, read where the browser can. */

/** @typedef {import('./library.js').State} State */
/** @typedef {import('../moodle/files.js').FileLink} FileLink */

/** How long a call waits for pages, in milliseconds: assistants give up after 20 s or later. */
export const PATIENCE_MS = 12_000;

/** Opens files, and asks for the pages of those that were opened. */
export class Files {
  #requests;
  #documents;

  /**
   * @param {Pick<import('../moodle/requests.js').Requests, 'file'>} requests
   * @param {import('./documents.js').Documents} documents
   */
  constructor(requests, documents) {
    this.#requests = requests;
    this.#documents = documents;
  }

  /**
   * Has a file fetched and read. It goes on when the promise is not awaited.
   * @param {string} root the site's address
   * @param {FileLink} link
   * @param {string} key what the document is known by
   * @returns {Promise<State>} settles when the file has come, or did not
   */
  open(root, link, key) {
    return this.#requests.file(root, link, (url) => this.#documents.open({ key, url, name: link.path }));
  }

  /** @param {Parameters<import('./documents.js').Documents['pages']>[0]} wanted */
  pages(wanted) {
    return this.#documents.pages(wanted);
  }

  /** @param {Parameters<import('./documents.js').Documents['search']>[0]} wanted */
  search(wanted) {
    return this.#documents.search(wanted);
  }

  /** @param {string} key */
  close(key) {
    return this.#documents.close({ key });
  }
}
