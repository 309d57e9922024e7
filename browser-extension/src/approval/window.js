/** The window with the questions: one at a time, brought to the front for each new question. */

import { integerOf } from '../json.js';

const KEY = 'approvalWindow';
const PAGE = 'approve/approve.html';
const SIZE = { width: 560, height: 720 };

/** Opens the window, or brings it to the front, once for all who want it at the same time. */
export class ApprovalWindow {
  #windows;
  #memory;
  #url;
  /** @type {Promise<void>} */
  #last = Promise.resolve();

  /**
   * @param {object} parts
   * @param {Pick<typeof chrome.windows, 'create' | 'update' | 'remove'>} parts.windows
   * @param {import('../capabilities.js').Area} parts.memory forgets everything when the browser ends
   * @param {(path: string) => string} parts.getUrl
   */
  constructor({ windows, memory, getUrl }) {
    this.#windows = windows;
    this.#memory = memory;
    this.#url = getUrl(PAGE);
  }

  /** @returns {Promise<void>} */
  show() {
    return this.#inTurn(() => this.#show());
  }

  /**
   * Closes the window, unless a question has come meanwhile.
   * @param {() => boolean} isNeeded
   * @returns {Promise<void>}
   */
  close(isNeeded) {
    return this.#inTurn(async () => {
      const known = integerOf(await this.#memory.get(KEY));
      if (known === null || isNeeded()) return;
      await this.#memory.remove(KEY);
      await this.#windows.remove(known).catch(() => {});
    });
  }

  /**
   * @param {() => Promise<void>} work
   * @returns {Promise<void>}
   */
  #inTurn(work) {
    const done = this.#last.then(work);
    this.#last = done.catch(() => {});
    return done;
  }

  async #show() {
    const known = integerOf(await this.#memory.get(KEY));
    if (known !== null && (await this.#toFront(known))) return;
    const made = await this.#windows.create({ url: this.#url, type: 'popup', focused: true, ...SIZE });
    if (made?.id !== undefined) await this.#memory.set(KEY, made.id);
  }

  /** @param {number} id */
  async #toFront(id) {
    try {
      await this.#windows.update(id, { focused: true, drawAttention: true });
      return true;
    } catch {
      return false;
    }
  }
}
