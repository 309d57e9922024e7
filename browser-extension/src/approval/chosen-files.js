/** The files that a person chose in the approval window, on their way to the background: they stay in the browser. */

const DATABASE = 'moodle-mcp';
const STORE = 'chosen-files';

/** @typedef {import('./shown.js').FileSeen} FileSeen */
/** @typedef {{file: File, sha256: string}} Chosen */

/** Files by the id of the question they were chosen for, and once it was approved by that of its command. */
export class ChosenFiles {
  /** @type {Promise<IDBDatabase> | null} */
  #database = null;

  /**
   * @param {string} id
   * @param {Chosen[]} files
   */
  async put(id, files) {
    await this.#run('readwrite', (store) => store.put(files, id));
  }

  /**
   * @param {string} id
   * @returns {Promise<FileSeen[]>}
   */
  async names(id) {
    return (await this.#get(id)).map(({ file, sha256 }) => ({ name: file.name, bytes: file.size, sha256 }));
  }

  /**
   * @param {string} from
   * @param {string} to
   */
  async move(from, to) {
    await this.put(to, await this.#get(from));
    await this.drop(from);
  }

  /**
   * Gives the files away: they are not kept.
   * @param {string} id
   * @returns {Promise<File[]>}
   */
  async take(id) {
    const files = await this.#get(id);
    await this.drop(id);
    return files.map(({ file }) => file);
  }

  /** @param {string} id */
  async drop(id) {
    await this.#run('readwrite', (store) => store.delete(id));
  }

  /** Forgets what an earlier worker left behind. */
  async clear() {
    await this.#run('readwrite', (store) => store.clear());
  }

  /**
   * @param {string} id
   * @returns {Promise<Chosen[]>}
   */
  async #get(id) {
    const found = await this.#run('readonly', (store) => store.get(id));
    return Array.isArray(found) ? found : [];
  }

  /**
   * @param {IDBTransactionMode} mode
   * @param {(store: IDBObjectStore) => IDBRequest} ask
   * @returns {Promise<unknown>}
   */
  async #run(mode, ask) {
    this.#database ??= open();
    const database = await this.#database;
    return settled(ask(database.transaction(STORE, mode).objectStore(STORE)));
  }
}

/** @returns {Promise<IDBDatabase>} */
async function open() {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => { request.result.createObjectStore(STORE); };
  return /** @type {Promise<IDBDatabase>} */ (settled(request));
}

/**
 * @param {IDBRequest} request
 * @returns {Promise<unknown>}
 */
function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The browser keeps no files.'));
  });
}
