/** A small client of WebDriver BiDi, which Firefox speaks without any driver program. */

import WebSocket from 'ws';

const ANSWER_MS = 60_000;

/** @typedef {{resolve: (result: any) => void, reject: (error: Error) => void}} Waiting */

/** One session. */
export class Bidi {
  #socket;
  #lastId = 0;
  /** @type {Map<number, Waiting>} */
  #waiting = new Map();

  /** @param {WebSocket} socket an open one */
  constructor(socket) {
    this.#socket = socket;
    socket.on('message', (data) => this.#receive(JSON.parse(String(data))));
    socket.on('close', () => this.#lost());
    socket.on('error', () => this.#lost());
  }

  /**
   * Opens a session.
   * @param {string} url as the browser prints it
   * @returns {Promise<Bidi>}
   */
  static async connect(url) {
    const socket = new WebSocket(`${url}/session`);
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    const session = new Bidi(socket);
    await session.send('session.new', { capabilities: {} });
    return session;
  }

  /**
   * Sends a command and gives its result.
   * @param {string} method
   * @param {Record<string, unknown>} [params]
   * @returns {Promise<any>}
   */
  send(method, params = {}) {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      const overdue = setTimeout(() => this.#settle(id)?.reject(new Error(`${method} was not answered.`)), ANSWER_MS);
      const settled = () => clearTimeout(overdue);
      this.#waiting.set(id, {
        resolve: (result) => { settled(); resolve(result); },
        reject: (error) => { settled(); reject(new Error(`${method}: ${error.message}`)); },
      });
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }

  close() {
    this.#socket.close();
  }

  /** @param {any} message */
  #receive(message) {
    if (message.type === 'success') this.#settle(message.id)?.resolve(message.result);
    if (message.type === 'error') this.#settle(message.id)?.reject(new Error(`${message.error}: ${message.message}`));
  }

  #lost() {
    for (const id of [...this.#waiting.keys()]) this.#settle(id)?.reject(new Error('the browser went away.'));
  }

  /** @param {number} id */
  #settle(id) {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }
}
