import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Library } from '../src/documents/library.js';
import { MAX_BYTES } from '../src/documents/download.js';
import { answerFor, offscreenDocuments } from '../src/documents/documents.js';
import { FakeClock, settled } from './fakes.js';

const DOCUMENT = { key: 'k', url: 'https://moodle.example.edu/pluginfile.php/1/mod_resource/content/0/a.txt', name: 'a.txt' };
const bytes = (text) => new TextEncoder().encode(text);
const ALL = { key: 'k', page: 1, offset: 0, characters: 1_000, waitMs: 12_000 };

/** A library whose file comes when the test sends it. */
function slowLibrary() {
  const clock = new FakeClock();
  const sent = { requests: 0, aborted: false };
  const body = new TransformStream();
  const writer = body.writable.getWriter();
  const library = new Library({
    clock,
    fetch: async (_, { signal }) => {
      sent.requests += 1;
      signal.addEventListener('abort', () => {
        sent.aborted = true;
        void writer.abort(signal.reason).catch(() => {});
      });
      return new Response(body.readable);
    },
  });
  const send = async (text) => {
    await writer.write(bytes(text));
    await settled();
  };
  return { clock, library, sent, send, end: () => writer.close() };
}

describe('Documents that are being read', () => {
  test('are fetched once, however many ask, and pages wait for them', async () => {
    const { library, sent, send, end } = slowLibrary();
    const both = Promise.all([library.open(DOCUMENT), library.open(DOCUMENT)]);
    const pages = library.pages(ALL);
    await send('Hello');
    await end();
    assert.equal((await pages).pieces[0].text, 'Hello');
    assert.deepEqual((await both).map(({ bytes: count }) => count), [5, 5]);
    assert.equal(sent.requests, 1);
  });

  test('are answered for when the patience of a call is over, and go on', async () => {
    const { clock, library, send, end } = slowLibrary();
    const opened = library.open(DOCUMENT);
    const early = library.pages(ALL);
    await send('Hel');
    await clock.pass(12_000);
    const { state, pieces } = await early;
    assert.deepEqual([state.state, state.bytes, pieces], ['fetching', 3, []]);
    await send('lo');
    await end();
    await opened;
    assert.equal((await library.pages(ALL)).pieces[0].text, 'Hello');
    assert.equal(clock.pending, 0);
  });

  test('are given up when nothing comes for half a minute, and asked for anew', async () => {
    const { clock, library, sent, send } = slowLibrary();
    const opened = library.open(DOCUMENT);
    await send('Hel');
    await clock.pass(20_000);
    await send('lo');
    await clock.pass(20_000);
    assert.equal(sent.aborted, false);
    await clock.pass(60_000);
    const { state, miss } = await opened;
    assert.deepEqual([state, miss, sent.aborted], ['missed', 'unreachable', true]);
    library.open(DOCUMENT).catch(() => {});
    await settled();
    assert.equal(sent.requests, 2);
  });

  test('are stopped and forgotten when they are closed', async () => {
    const { library, sent, send } = slowLibrary();
    const opened = library.open(DOCUMENT);
    await send('Hel');
    await library.close(DOCUMENT);
    await opened;
    assert.equal(sent.aborted, true);
    assert.equal(await library.pages(ALL), null);
  });

  test('are kept for ten minutes after they were last asked for, eight at most', async () => {
    const clock = new FakeClock();
    const library = new Library({ clock, fetch: async () => new Response(bytes('x')) });
    const open = (key) => library.open({ ...DOCUMENT, key });
    const isKept = async (key) => (await library.pages({ ...ALL, key, waitMs: 0 })) !== null;
    for (let i = 0; i < 10; i += 1) {
      await open(`k${i}`);
      await clock.pass(1_000);
    }
    assert.deepEqual([await isKept('k1'), await isKept('k2'), await isKept('k9')], [false, true, true]);
    await clock.pass(9 * 60_000);
    assert.equal(await isKept('k9'), true);
    await clock.pass(2 * 60_000);
    await open('new');
    assert.deepEqual([await isKept('k9'), await isKept('k5')], [true, false]);
  });

  for (const [status, miss] of [[404, 'not_found'], [403, 'not_found'], [503, 'maintenance'], [502, 'unreachable']]) {
    test(`an answer of ${status} is ${miss}`, async () => {
      const library = new Library({ clock: new FakeClock(), fetch: async () => new Response('x', { status }) });
      assert.equal((await library.open(DOCUMENT)).miss, miss);
    });
  }

  test('of more than 100 MB are refused, by what the server says or by what comes', async () => {
    const said = new Response('x', { headers: { 'content-length': String(MAX_BYTES + 1) } });
    const chunk = new Uint8Array(10 * 1024 * 1024);
    let sent = 0;
    const endless = new Response(new ReadableStream({
      pull: (controller) => {
        sent += chunk.length;
        controller.enqueue(chunk);
      },
    }));
    for (const response of [said, endless]) {
      const library = new Library({ clock: new FakeClock(), fetch: async () => response });
      const { state, problem } = await library.open(DOCUMENT);
      assert.deepEqual([state, problem], ['unreadable', 'too_large']);
    }
    assert.ok(sent < MAX_BYTES + 3 * chunk.length);
  });

  test('come whole, whether the server declares their size, too little, too much or nothing', async () => {
    const text = `begin ${'x'.repeat(5_990)}\n`.repeat(100);
    for (const length of [null, text.length, 100, text.length + 10]) {
      const headers = length === null ? {} : { 'content-length': String(length) };
      const library = new Library({ clock: new FakeClock(), fetch: async () => new Response(text, { headers }) });
      assert.equal((await library.open(DOCUMENT)).bytes, text.length);
      const { pieces } = await library.pages({ ...ALL, characters: 1e6 });
      assert.equal(pieces.map((piece) => piece.text).join('\n'), text.trimEnd(), String(length));
    }
  });

  test('without any page are empty', async () => {
    const library = new Library({ clock: new FakeClock(), fetch: async () => new Response('') });
    await library.open(DOCUMENT);
    assert.equal((await library.pages(ALL)).state.problem, 'empty');
  });

  test('are given by whole pages; only a first one that is too long is cut', async () => {
    const rows = `a\n${'xxxxx\n'.repeat(300)}`;
    const library = new Library({ clock: new FakeClock(), fetch: async () => new Response(rows) });
    await library.open({ ...DOCUMENT, name: 'a.csv' });
    const give = async (page, offset, characters) => (await library.pages({ ...ALL, page, offset, characters }))
      .pieces.map(({ page: number, text, from, whole }) => [number, text.length, from, whole]);
    assert.deepEqual(await give(1, 0, 1_500), [[1, 1_013, 0, true]]);
    assert.deepEqual(await give(1, 0, 2_100), [[1, 1_013, 0, true], [2, 1_013, 0, true]]);
    assert.deepEqual(await give(3, 0, 1_000), [[3, 994, 0, false]]);
    assert.deepEqual(await give(3, 994, 1_000), [[3, 19, 994, true]]);
  });

  test('that the page must stay alive for are told of', async () => {
    const busy = [];
    const library = new Library({
      clock: new FakeClock(), fetch: async () => new Response('x'), whileBusy: (work) => busy.push(work),
    });
    await library.open(DOCUMENT);
    assert.equal(busy.length, 1);
    await busy[0];
    assert.equal((await library.pages({ ...ALL, waitMs: 0 })).state.state, 'read');
  });
});

describe('Documents of the offscreen document', () => {
  const library = () => new Library({ clock: new FakeClock(), fetch: async () => new Response('Hello there') });

  test('are asked for by messages of JSON', async () => {
    const far = library();
    const near = offscreenDocuments({
      sendMessage: async ({ to, documents, input }) => {
        assert.equal(to, 'offscreen');
        const result = await answerFor(far, documents, JSON.parse(JSON.stringify(input)));
        return JSON.parse(JSON.stringify({ done: true, ...(result !== undefined && { result }) }));
      },
    }, async () => {});
    assert.equal(await near.pages(ALL), null);
    assert.equal((await near.open(DOCUMENT)).bytes, 11);
    assert.equal((await near.pages(ALL)).pieces[0].text, 'Hello there');
    assert.equal((await near.search({ key: 'k', query: 'THERE', most: 1, waitMs: 0 })).total, 1);
    await near.close(DOCUMENT);
    assert.equal(await near.pages(ALL), null);
  });

  test('that do not answer are an error, and no other method can be asked for', async () => {
    const silent = offscreenDocuments({ sendMessage: async () => undefined }, async () => {});
    await assert.rejects(silent.open(DOCUMENT), /offscreen/);
    await assert.rejects(answerFor(library(), 'constructor', {}), /no such method/);
  });
});
