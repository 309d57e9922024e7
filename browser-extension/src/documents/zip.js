/** ZIP archives, read with what the browser has: no entry is unpacked unless it is wanted, and none without end. */

import { Unreadable } from './problem.js';
import { wideEncoding } from './text.js';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const END_BYTES = 22;
const MAX_COMMENT = 0xffff;
const ENCRYPTED = 1;
const STORED = 0;
const DEFLATED = 8;

/** How many bytes one entry, and all entries of an archive together, may have when they are unpacked. */
export const ZIP_LIMITS = Object.freeze({ entry: 96 * 1024 * 1024, all: 256 * 1024 * 1024, entries: 20_000 });

/**
 * @typedef {object} Entry
 * @property {number} flags
 * @property {number} method
 * @property {number} packed how many bytes it has in the archive
 * @property {number} start where its local header begins
 */

/** An archive whose entries are read one by one. */
export class Zip {
  #bytes;
  #entries;
  #limits;
  #unpacked = 0;

  /**
   * @param {Uint8Array<ArrayBuffer>} bytes
   * @param {{entry: number, all: number, entries: number}} [limits]
   * @throws {Unreadable} `damaged` when it is no archive
   */
  constructor(bytes, limits = ZIP_LIMITS) {
    this.#bytes = bytes;
    this.#limits = limits;
    this.#entries = directoryOf(bytes, limits.entries);
  }

  /** The names of all entries. */
  names() {
    return [...this.#entries.keys()];
  }

  /** @param {string} name */
  has(name) {
    return this.#entries.has(name);
  }

  /**
   * The bytes of an entry, or null when there is none of this name. Names differ in case between programs.
   * @param {string} name
   * @returns {Promise<Uint8Array | null>}
   * @throws {Unreadable} `encrypted`, `damaged`, or `inflates` when it is more than the limits allow
   */
  async read(name) {
    const entry = this.#entries.get(name) ?? this.#entries.get(this.#likeName(name) ?? '');
    if (!entry) return null;
    if (entry.flags & ENCRYPTED) throw new Unreadable('encrypted');
    const packed = packedBytes(this.#bytes, entry);
    if (entry.method === STORED) {
      this.#check(packed.length);
      return this.#counted([packed], packed.length);
    }
    if (entry.method !== DEFLATED) throw new Unreadable('damaged');
    return this.#inflate(packed);
  }

  /**
   * The text of an entry, or null when there is none of this name.
   * @param {string} name
   * @returns {Promise<string | null>}
   */
  async text(name) {
    const bytes = await this.read(name);
    if (!bytes) return null;
    return new TextDecoder(wideEncoding(bytes) ?? 'utf-8').decode(bytes);
  }

  /** @param {string} name */
  #likeName(name) {
    const wanted = name.toLowerCase();
    return this.names().find((candidate) => candidate.toLowerCase().replaceAll('\\', '/') === wanted);
  }

  /** @param {Uint8Array<ArrayBuffer>} packed */
  async #inflate(packed) {
    const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
    const chunks = [];
    let length = 0;
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        length += value.length;
        this.#check(length);
        chunks.push(value);
      }
    } catch (error) {
      reader.cancel().catch(() => {});
      throw error instanceof Unreadable ? error : new Unreadable('damaged');
    }
    return this.#counted(chunks, length);
  }

  /**
   * Refuses an entry that has come to more bytes than are allowed.
   * @param {number} length
   */
  #check(length) {
    if (length > this.#limits.entry || this.#unpacked + length > this.#limits.all) throw new Unreadable('inflates');
  }

  /**
   * @param {Uint8Array[]} chunks
   * @param {number} length
   */
  #counted(chunks, length) {
    this.#unpacked += length;
    if (chunks.length === 1) return chunks[0];
    const all = new Uint8Array(length);
    let at = 0;
    for (const chunk of chunks) {
      all.set(chunk, at);
      at += chunk.length;
    }
    return all;
  }
}

/**
 * The entries by name, from the directory at the archive's end.
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {number} most
 * @returns {Map<string, Entry>}
 */
function directoryOf(bytes, most) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOf(view);
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count > most) throw new Unreadable('inflates');
  /** @type {Map<string, Entry>} */
  const entries = new Map();
  try {
    for (let i = 0; i < count; i += 1) {
      if (view.getUint32(at, true) !== DIRECTORY_ENTRY) throw new Unreadable('damaged');
      const nameLength = view.getUint16(at + 28, true);
      const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
      entries.set(name, {
        flags: view.getUint16(at + 8, true),
        method: view.getUint16(at + 10, true),
        packed: view.getUint32(at + 20, true),
        start: view.getUint32(at + 42, true),
      });
      at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    }
  } catch {
    throw new Unreadable('damaged');
  }
  return entries;
}

/** @param {DataView} view */
function endOf(view) {
  const last = view.byteLength - END_BYTES;
  for (let at = last; at >= 0 && at >= last - MAX_COMMENT; at -= 1) {
    if (view.getUint32(at, true) === END_OF_DIRECTORY) return at;
  }
  throw new Unreadable('damaged');
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {Entry} entry
 * @returns {Uint8Array<ArrayBuffer>}
 */
function packedBytes(bytes, { start, packed }) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (start + 30 > view.byteLength || view.getUint32(start, true) !== LOCAL_ENTRY) throw new Unreadable('damaged');
  const from = start + 30 + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
  if (from + packed > bytes.length) throw new Unreadable('damaged');
  return bytes.subarray(from, from + packed);
}
