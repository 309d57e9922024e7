/** Fakes that work: a clock that is moved by hand, storage in memory, a socket, a Moodle behind `fetch`. */

/** A clock whose time passes only in `pass`. */
export class FakeClock {
  time = Date.parse('2026-11-22T09:30:00Z');
  #timers = new Map();
  #next = 1;

  now = () => this.time;

  setTimeout = (work, ms) => {
    const id = this.#next++;
    this.#timers.set(id, { work, due: this.time + ms });
    return id;
  };

  clearTimeout = (id) => { this.#timers.delete(id); };

  /** How many timers are set. */
  get pending() {
    return this.#timers.size;
  }

  /** Lets the time pass, running what falls due in order. */
  async pass(ms) {
    const end = this.time + ms;
    for (;;) {
      const due = [...this.#timers].filter(([, timer]) => timer.due <= end).sort((a, b) => a[1].due - b[1].due)[0];
      if (!due) break;
      this.#timers.delete(due[0]);
      this.time = Math.max(this.time, due[1].due);
      due[1].work();
      await settled();
    }
    this.time = end;
    await settled();
  }
}

/** Waits until everything that can go on without time or network has gone on. */
export async function settled() {
  for (let i = 0; i < 3; i += 1) await new Promise((resolve) => { setImmediate(resolve); });
}

/** A storage area in memory. */
export class MemoryArea {
  content = new Map();

  constructor(initial = {}) {
    for (const [key, value] of Object.entries(initial)) this.content.set(key, value);
  }

  get = async (key) => structuredClone(this.content.get(key));
  set = async (key, value) => { this.content.set(key, structuredClone(value)); };
  remove = async (key) => { this.content.delete(key); };
}

/** The service's end of a socket, as the connection sees it. */
export class FakeSocket {
  readyState = 0;
  sent = [];
  closedWith = null;
  onopen = null;
  onmessage = null;
  onclose = null;

  constructor(url, protocols) {
    this.url = url;
    this.protocols = protocols;
  }

  send(text) { this.sent.push(JSON.parse(text)); }

  close(code) {
    this.readyState = 3;
    this.closedWith = code ?? 1005;
  }

  /** The service accepts the socket. */
  open() {
    this.readyState = 1;
    this.onopen?.({});
  }

  /** The service sends a frame. */
  receive(frame) { this.onmessage?.({ data: typeof frame === 'string' ? frame : JSON.stringify(frame) }); }

  /** The service answers the newest request of a method. */
  answer(method, result = {}) {
    const request = this.sent.filter((frame) => frame.method === method).at(-1);
    this.receive({ jsonrpc: '2.0', id: request.id, result });
  }

  /** The service or the network ends the socket. */
  drop(code) {
    this.readyState = 3;
    this.onclose?.({ code });
  }

  /** How many frames of a method were sent. */
  count(method) { return this.sent.filter((frame) => frame.method === method).length; }
}

/** The page of a person who is signed in, or of a stranger with `userId` 0. */
export function moodlePage({
  wwwroot, sesskey = 'key1', userId = 6, zone = 'Europe/Berlin', bodyId = 'page-login', main = '',
}) {
  const cfg = JSON.stringify({
    wwwroot, sesskey, userId, usertimezone: zone, contextid: 1, siteId: 1, nested: { a: {} },
  }).replaceAll('/', '\\/');
  const form = userId === 0 ? '<input type="hidden" name="logintoken" value="t">' : '';
  const body = `<body id="${bodyId}">${form}${main}</body>`;
  return `<html><head><script>\nvar M = {};\nM.cfg = ${cfg};var yui1ConfigFn = {};</script></head>${body}</html>`;
}

/** A Moodle behind `fetch`: `ajax` gets the calls and gives the answer's text. */
export class FakeMoodle {
  url = 'https://moodle.example.edu/moodle';
  requests = [];
  page = () => moodlePage({ wwwroot: this.url });
  ajax = () => '[]';
  /** The pages other than the login page; a redirect when there is none. */
  read = () => 'redirect';
  /** What becomes of a form that was sent to a path: a redirect, as when it was taken. */
  sent = () => 'redirect';
  status = 200;

  fetch = async (address, init) => {
    const url = new URL(address);
    this.requests.push({ url, init, calls: typeof init.body === 'string' ? JSON.parse(init.body) : null });
    init.signal?.throwIfAborted();
    const text = await this.#answer(url, init);
    if (text instanceof Error) throw text;
    if (text === 'redirect') return { status: 0, type: 'opaqueredirect', url: '', text: async () => '' };
    return { status: this.status, type: 'basic', url: address, text: async () => text };
  };

  #answer(url, init) {
    if (url.pathname.endsWith('/login/index.php')) return this.page(init);
    if (url.pathname.includes('/lib/ajax/')) return this.ajax(this.requests.at(-1));
    return init.method === 'POST' ? this.sent(url.pathname.replace('/moodle', ''), init.body) : this.read(this.requests.at(-1));
  }

  /** The files, by the path of their address below the site's: bytes, `redirect`, or a function that answers. */
  files = new Map();

  fetchFile = async (address, init) => {
    const url = new URL(address);
    this.requests.push({ url, init, calls: null });
    const file = this.files.get(decodeURIComponent(url.pathname.replace('/moodle', '')));
    if (typeof file === 'function') return file(init);
    if (file === 'redirect') return { status: 0, type: 'opaqueredirect', headers: new Headers(), body: null };
    return new Response(file, { status: file === undefined ? 404 : 200 });
  };

  /** The paths that were asked, in order. */
  get paths() {
    return this.requests.map(({ url }) => url.pathname.replace('/moodle', ''));
  }
}

/** An answer of `service.php`: data for calls that succeeded, an error code as `Error` for one that did not. */
export function ajaxAnswer(...entries) {
  return JSON.stringify(entries.map((entry) => (entry instanceof Error
    ? { error: true, exception: { message: 'Text of Moodle', errorcode: entry.message } }
    : { error: false, data: entry })));
}
