/** A service that takes connections of extensions only to end them, or not even that. */

import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

/** Stands in for a service at its port. */
export class StandIn {
  #http = createServer((_, response) => { response.writeHead(503).end(); });
  #sockets = new WebSocketServer({ server: this.#http, handleProtocols: () => 'moodle-mcp.v1' });
  /** @type {number | null} */
  #code = null;

  constructor() {
    this.#sockets.on('connection', (socket) => {
      if (this.#code !== null) socket.close(this.#code, 'stand-in');
    });
  }

  /** @param {number} port */
  async listen(port) {
    await new Promise((resolve) => { this.#http.listen(port, '127.0.0.1', () => resolve(null)); });
  }

  /**
   * Ends each connection, those that are there and those that come.
   * @param {number | null} code the close code, or null to be silent
   */
  endWith(code) {
    this.#code = code;
    if (code === null) return;
    for (const socket of this.#sockets.clients) socket.close(code, 'stand-in');
  }

  async stop() {
    const closed = new Promise((resolve) => { this.#http.close(resolve); });
    this.kill();
    await closed;
  }

  kill() {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#http.closeAllConnections();
  }
}
