/** A reverse proxy on loopback that writes down what passes through it. */

import { createServer, request } from 'node:http';
import { json } from 'node:stream/consumers';

/**
 * @typedef {object} Exchange
 * @property {string} method
 * @property {string} path
 * @property {import('node:http').IncomingHttpHeaders} headers of the request
 * @property {any[]} sent the JSON-RPC messages of the request
 * @property {number} status 0 while there is no answer
 * @property {string} type of the answer's content
 * @property {() => any[]} received the JSON-RPC messages of the answer, as far as it has come
 */

const SERVER_METADATA = '/.well-known/oauth-authorization-server';

/** Passes everything on to the service, without changing it unless it is told to. */
export class Recorder {
  /** @type {Exchange[]} */
  #exchanges = [];
  /**
   * Whether the service looks like one that knows no documents of clients (client ID metadata documents), so that they have
   * to register.
   */
  hidesDocuments = false;
  #server;

  /** @param {number} target port of the service */
  constructor(target) {
    this.#server = createServer((incoming, outgoing) => this.#pass(target, incoming, outgoing));
  }

  /** @param {number} port */
  async listen(port) {
    await new Promise((resolve) => { this.#server.listen(port, '127.0.0.1', () => resolve(null)); });
  }

  /** What was exchanged since it was last taken. */
  get exchanges() {
    return [...this.#exchanges];
  }

  /** Gives what was exchanged, and forgets it. */
  take() {
    const taken = this.#exchanges;
    this.#exchanges = [];
    return taken;
  }

  async stop() {
    this.kill();
  }

  kill() {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /**
   * @param {number} target
   * @param {import('node:http').IncomingMessage} incoming
   * @param {import('node:http').ServerResponse} outgoing
   */
  #pass(target, incoming, outgoing) {
    const exchange = noted(incoming);
    this.#exchanges.push(exchange);
    const sent = collect(incoming);
    incoming.on('end', () => { exchange.sent = sent(); });
    const onward = request({
      host: '127.0.0.1', port: target, method: incoming.method, path: incoming.url, headers: incoming.headers,
    });
    outgoing.on('close', () => onward.destroy());
    onward.on('error', () => outgoing.destroy());
    onward.on('response', (answer) => {
      exchange.status = Number(answer.statusCode);
      exchange.type = String(answer.headers['content-type'] ?? '').replace(/;.*/, '');
      exchange.received = collect(answer);
      if (this.hidesDocuments && exchange.path === SERVER_METADATA && exchange.status === 200) {
        void passWithoutDocuments(answer, outgoing);
        return;
      }
      outgoing.writeHead(exchange.status, answer.rawHeaders);
      outgoing.flushHeaders();
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  }
}

/**
 * @param {import('node:http').IncomingMessage} answer with the metadata of the authorization server
 * @param {import('node:http').ServerResponse} outgoing
 */
async function passWithoutDocuments(answer, outgoing) {
  const { client_id_metadata_document_supported: known, ...metadata } = /** @type {any} */ (await json(answer));
  if (known !== true) throw new Error('The service has no documents to hide.');
  const { 'content-length': _length, 'transfer-encoding': _encoding, ...headers } = answer.headers;
  outgoing.writeHead(200, headers);
  outgoing.end(JSON.stringify(metadata));
}

/**
 * @param {import('node:http').IncomingMessage} incoming
 * @returns {Exchange}
 */
function noted({ method = '', url = '', headers }) {
  return {
    method, path: url.replace(/\?.*/, ''), headers, sent: [], status: 0, type: '', received: () => [],
  };
}

/** @param {import('node:http').IncomingMessage} message */
function collect(message) {
  /** @type {Buffer[]} */
  const parts = [];
  message.on('data', (part) => parts.push(part));
  return () => messagesIn(Buffer.concat(parts).toString());
}

/**
 * The JSON-RPC messages of a body, which is one, an array of them, or a stream of events.
 * @param {string} body
 * @returns {any[]}
 */
function messagesIn(body) {
  const texts = /^\s*[[{]/.test(body) ? [body] : [...body.matchAll(/^data: ?([[{].*)$/gm)].map(([, data]) => String(data));
  return texts.flatMap((text) => JSON.parse(text));
}
