/** A reverse proxy on loopback that shows the server a key, because the suite cannot send one. */

import { createServer, request } from 'node:http';

/** What belongs to one connection and not to the message. */
const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'proxy-connection']);

/** A running proxy. Everything but the key passes as it came: Host and Origin too, and every chunk at once. */
export class KeyProxy {
  #server;
  #port;

  /**
   * @param {import('node:http').Server} server
   * @param {number} port
   */
  constructor(server, port) {
    this.#server = server;
    this.#port = port;
  }

  /**
   * The same path through the proxy. Its host is `localhost`, which the suite's test against DNS rebinding asks for.
   * @param {string} path
   */
  url(path) {
    return `http://localhost:${this.#port}${path}`;
  }

  /** @returns {Promise<void>} */
  stop() {
    this.#server.closeAllConnections();
    return new Promise((resolve) => { this.#server.close(() => resolve()); });
  }

  kill() {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

/**
 * Starts a proxy on a port of its own.
 * @param {string} target the base address of the server
 * @param {string} key
 * @returns {Promise<KeyProxy>}
 */
export function startKeyProxy(target, key) {
  const { hostname, port } = new URL(target);
  const server = createServer((incoming, outgoing) => {
    const { method, url: path } = incoming;
    const headers = { ...endToEnd(incoming.headers), authorization: `Bearer ${key}` };
    // A connection for each request: a kept one could be closed by the server just when the next request comes.
    const upstream = request({ hostname, port, method, path, headers, agent: false }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, endToEnd(answer.headers));
      outgoing.flushHeaders();
      answer.pipe(outgoing);
      answer.on('error', () => { outgoing.destroy(); });
      answer.on('aborted', () => { outgoing.destroy(); });
    });
    upstream.setNoDelay();
    upstream.on('error', () => {
      if (outgoing.headersSent) outgoing.destroy();
      else outgoing.writeHead(502).end();
    });
    outgoing.on('close', () => { upstream.destroy(); });
    incoming.pipe(upstream);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address !== 'object') throw new Error('The proxy has no port.');
      resolve(new KeyProxy(server, address.port));
    });
  });
}

/** @param {import('node:http').IncomingHttpHeaders} headers */
function endToEnd(headers) {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name)));
}
