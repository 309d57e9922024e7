/** One WebSocket to the service, from its opening to its end. */

import * as protocol from './protocol.js';
import { Failure } from '../failure.js';

export const ABNORMAL_CLOSURE = 1006;

const OPEN_WITHIN_MS = 20_000;
const ANSWER_WITHIN_MS = 10_000;
const SHORTEST_BEAT_S = 5;
const LONGEST_BEAT_S = 25;

/** Longer than any awake link is silent: the longest time between beats and the time for an answer, and some. */
const SILENT_MS = 40_000;

const READY = 1;

/** @typedef {import('../json.js').JsonObject} JsonObject */
/** @typedef {import('./commands.js').Clock} Clock */

/**
 * @typedef {object} Socket the part of a WebSocket that is used
 * @property {number} readyState
 * @property {(text: string) => void} send
 * @property {(code?: number) => void} close
 * @property {((event: unknown) => void) | null} onopen
 * @property {((event: {data: unknown}) => void) | null} onmessage
 * @property {((event: {code: number}) => void) | null} onclose
 */

/**
 * @typedef {object} Parts
 * @property {Socket} socket
 * @property {Clock} clock
 * @property {import('./protocol.js').Greeting} greeting
 * @property {Pick<import('./commands.js').Commands, 'run' | 'cancel' | 'cancelAll'>} commands
 * @property {() => void} keepAlive called with every heartbeat
 * @property {() => void} onUp called when the service answered `hello`
 * @property {() => void} onBeat called when it answered a heartbeat
 * @property {(code: number, slept: boolean) => void} onDown called once when the link ends by itself, not after
 *     {@link Link.end}; `slept`: the computer did
 */

/**
 * Says hello, beats, and passes commands on. A service that does not answer within ten seconds is given up.
 */
export class Link {
  #parts;
  #ended = false;
  #lastId = 0;
  #frameBytes = 1_048_576;
  #lastHeard;
  #isUp = false;
  /** @type {Map<string, (result: JsonObject) => void>} */
  #asked = new Map();
  /** @type {Set<unknown>} */
  #timers = new Set();

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
    const { socket, greeting, clock } = parts;
    this.#lastHeard = clock.now();
    const overdue = this.#later(OPEN_WITHIN_MS, () => this.#giveUp());
    socket.onopen = () => {
      this.#stop(overdue);
      this.#ask((id) => protocol.hello(id, greeting), (result) => this.#welcomed(protocol.welcome(result)));
    };
    socket.onmessage = ({ data }) => {
      this.check();
      if (this.#ended) return;
      this.#lastHeard = clock.now();
      this.#receive(protocol.read(data));
    };
    socket.onclose = ({ code }) => this.#down(code);
  }

  /**
   * Sends a frame.
   * @param {JsonObject} frame
   * @returns {boolean} false when the frame is longer than the service takes
   */
  send(frame) {
    const { socket } = this.#parts;
    const text = JSON.stringify(frame);
    if (text.length > this.#frameBytes / 3 && new TextEncoder().encode(text).length > this.#frameBytes) return false;
    if (socket.readyState === READY) socket.send(text);
    return true;
  }

  /**
   * Gives the link up when it was silent for so long that the computer must have slept. Nobody waits any more for what
   * was sent meanwhile.
   */
  check() {
    if (this.#hasSlept()) this.#giveUp();
  }

  #hasSlept() {
    return this.#parts.clock.now() - this.#lastHeard > SILENT_MS;
  }

  /** Finds out within ten seconds whether the service still answers; one question at a time. */
  probe() {
    this.check();
    if (this.#isUp && !this.#ended && this.#asked.size === 0) this.#ask(protocol.ping, () => this.#parts.onBeat());
  }

  /** Ends the link and the commands that came over it. */
  end() {
    if (this.#letGo()) this.#parts.socket.close(1000);
  }

  /** @param {import('./protocol.js').Welcome} welcome */
  #welcomed({ heartbeatSeconds, frameBytes }) {
    this.#frameBytes = frameBytes;
    const beatMs = Math.min(Math.max(heartbeatSeconds, SHORTEST_BEAT_S), LONGEST_BEAT_S) * 1000;
    const beat = () => {
      this.#parts.keepAlive();
      this.probe();
      if (!this.#ended) this.#later(beatMs, beat);
    };
    this.#isUp = true;
    this.#later(beatMs, beat);
    this.#parts.onUp();
  }

  /** @param {import('./protocol.js').Incoming} frame */
  #receive(frame) {
    const { commands } = this.#parts;
    switch (frame.kind) {
      case 'run':
        void commands.run(frame.command, {
          reply: (reply) => this.#reply(frame.command.id, reply),
          approval: (command) => { this.send(protocol.approval(command)); },
          claim: (command) => this.#claim(command),
        });
        break;
      case 'cancel':
        commands.cancel(frame.command);
        break;
      case 'result':
        this.#asked.get(frame.id)?.(frame.result);
        break;
      case 'unknown-request':
        this.send(protocol.unknownMethod(frame.id));
        break;
      case 'error':
        if (frame.id !== null && this.#asked.has(frame.id)) this.#giveUp(protocol.CLOSE.protocolViolation);
        break;
      case 'malformed':
        this.#giveUp(protocol.CLOSE.protocolViolation);
        break;
      case 'ignored':
        break;
    }
  }

  /**
   * @param {string} command
   * @param {JsonObject} reply
   */
  #reply(command, reply) {
    if (this.send(reply)) return;
    this.send(protocol.commandError(command, new Failure('internal', { detail: 'result_too_large' })));
  }

  /**
   * What the service says; never ends when the link has ended.
   * @param {string} command
   * @returns {Promise<JsonObject>}
   */
  #claim(command) {
    return new Promise((resolve) => {
      if (!this.#ended) this.#ask((id) => protocol.claim(id, command), resolve);
    });
  }

  /**
   * @param {(id: string) => JsonObject} request
   * @param {(result: JsonObject) => void} onResult
   */
  #ask(request, onResult) {
    const id = String(++this.#lastId);
    const unanswered = this.#later(ANSWER_WITHIN_MS, () => this.#giveUp());
    this.#asked.set(id, (result) => {
      this.#stop(unanswered);
      this.#asked.delete(id);
      onResult(result);
    });
    this.send(request(id));
  }

  /** @param {number} [code] */
  #giveUp(code) {
    const { socket } = this.#parts;
    this.#down(ABNORMAL_CLOSURE);
    socket.close(code);
  }

  /** @param {number} code */
  #down(code) {
    if (this.#letGo()) this.#parts.onDown(code, this.#hasSlept());
  }

  /** @returns {boolean} false when that was done before */
  #letGo() {
    if (this.#ended) return false;
    this.#ended = true;
    const { socket, commands } = this.#parts;
    socket.onopen = socket.onmessage = socket.onclose = null;
    for (const timer of this.#timers) this.#stop(timer);
    this.#asked.clear();
    commands.cancelAll();
    return true;
  }

  /**
   * @param {number} ms
   * @param {() => void} work
   */
  #later(ms, work) {
    const timer = this.#parts.clock.setTimeout(() => {
      this.#timers.delete(timer);
      work();
    }, ms);
    this.#timers.add(timer);
    return timer;
  }

  /** @param {unknown} timer */
  #stop(timer) {
    this.#timers.delete(timer);
    this.#parts.clock.clearTimeout(timer);
  }
}
