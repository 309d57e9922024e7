/** An extension without a browser: connects to the service and answers commands as its script says. */

import WebSocket from 'ws';
import { until } from './until.mjs';

/** @typedef {{tool: string, arguments: Record<string, unknown>, site?: string}} Command */
/** @typedef {{progress: number, total?: number, message?: string}} Progress */
/** @typedef {(command: Command, tell: (progress: Progress) => void) => unknown} Operation gives the result, at once or later */

/**
 * @typedef {object} Introduction
 * @property {string} webSocket the address
 * @property {string} extensionId a known one
 * @property {string} token for the bridge
 * @property {string} [browserId] which browser it says it is
 * @property {Record<string, Operation>} script the operations by their names
 */

/** A connection to the service, open and welcomed. */
export class ScriptedExtension {
  #socket;
  #script;
  #browserId;
  #isWelcome = false;
  /** Commands it was sent. @type {Command[]} */
  commands = [];

  /** @param {Introduction} introduction */
  constructor({ webSocket, extensionId, token, script, browserId = '6f1c2a9e-3b57-4c0e-9a44-0d3e6b1f7a21' }) {
    this.#script = script;
    this.#browserId = browserId;
    this.#socket = new WebSocket(webSocket, ['moodle-mcp.v1', `bearer.${token}`], {
      origin: `chrome-extension://${extensionId}`,
    });
    this.#socket.on('open', () => this.#send({ id: 'hello', method: 'hello', params: this.#hello() }));
    this.#socket.on('message', (frame) => this.#take(JSON.parse(String(frame))));
    this.#socket.on('error', () => {});
  }

  /**
   * Connects and waits to be welcomed.
   * @param {Introduction} introduction
   */
  static async connect(introduction) {
    const extension = new ScriptedExtension(introduction);
    await until('welcome from the service', () => extension.#isWelcome, { ms: 10_000 });
    return extension;
  }

  /** Whether the connection is open. */
  get isOpen() {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  async stop() {
    this.#socket.close();
    await until('end of the connection', () => this.#socket.readyState === WebSocket.CLOSED, { ms: 5_000 });
  }

  kill() {
    this.#socket.terminate();
  }

  /** @param {any} frame */
  #take({ id, method, params, result }) {
    if (id === 'hello' && result) this.#isWelcome = true;
    if (method === 'command/run') void this.#run(id, params);
  }

  /**
   * @param {string} id
   * @param {Command} command
   */
  async #run(id, command) {
    this.commands.push(command);
    const tell = (/** @type {Progress} */ progress) =>
      this.#send({ method: 'command/progress', params: { command: id, ...progress } });
    const answer = await this.#script[command.tool]?.(command, tell);
    this.#send(answer === undefined
      ? { id, error: { code: -32000, message: 'No such operation.', data: { reason: 'unknown_operation' } } }
      : { id, result: answer });
  }

  #hello() {
    return {
      protocolVersion: 1,
      browser: { id: this.#browserId, name: 'A scripted browser' },
      extension: { version: '0.1.0' },
      sites: [{ site: 'moodle.example.edu/moodle', url: 'https://moodle.example.edu/moodle', state: 'signed_in' }],
      operations: Object.keys(this.#script),
      journal: [],
    };
  }

  /** @param {Record<string, unknown>} message */
  #send(message) {
    this.#socket.send(JSON.stringify({ jsonrpc: '2.0', ...message }));
  }
}
