import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { DOMParser } from 'linkedom';
import { OFFSCREEN, carryOut, localEngine, offscreenEngine } from '../src/engine/engine.js';
import { htmlToText } from '../src/engine/html-to-text.js';

describe('HTML to text', () => {
  before(() => { globalThis.DOMParser = DOMParser; });
  after(() => { delete globalThis.DOMParser; });

  for (const [html, text] of [
    ['', ''],
    ['plain', 'plain'],
    ['<p>Hello <b>there</b> &amp; you</p><p>Second</p>', 'Hello there & you\n\nSecond'],
    ['<ul><li>one</li><li>two <em>three</em></li></ul>', '- one\n- two three'],
    ['a<br>b<br />c', 'a\nb\nc'],
    ['<p>x</p><script>alert(1)</script><style>p{}</style><p>y</p>', 'x\n\ny'],
    ['<div hidden>no</div><span aria-hidden="true">no</span>yes', 'yes'],
    ['<img src="https://evil.example/x.png" alt="A diagram"> seen', 'A diagram seen'],
    ['<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>', 'a | b\n\n1 | 2'],
    ['<p>\n  much \t space\u00a0 here\n</p>', 'much space here'],
    ['<p>&lt;b&gt; stays text</p>', '<b> stays text'],
  ]) {
    test(JSON.stringify(html), async () => {
      assert.equal(htmlToText(html), text);
      assert.equal(await localEngine().htmlToText(html), text);
    });
  }
});

describe('The offscreen engine', () => {
  /** A browser with at most one offscreen document. */
  const fakeApi = () => {
    const api = {
      created: 0,
      offscreen: {
        Reason: { DOM_PARSER: 'DOM_PARSER' },
        createDocument: async ({ url }) => {
          assert.equal(url, 'offscreen.html');
          if (api.created > 0) throw new Error('Only a single offscreen document may be created.');
          api.created += 1;
        },
      },
      runtime: {
        ContextType: { OFFSCREEN_DOCUMENT: 'OFFSCREEN_DOCUMENT' },
        getContexts: async () => (api.created > 0 ? [{}] : []),
        sendMessage: async (message) => {
          assert.equal(message.to, OFFSCREEN);
          return message.work === 'htmlToText' ? { done: true, result: `read ${message.input}` } : { done: false };
        },
      },
    };
    return api;
  };

  test('makes one document however many ask at the same time', async () => {
    const api = fakeApi();
    const engine = offscreenEngine(api);
    const texts = await Promise.all(['a', 'b', 'c'].map((html) => engine.htmlToText(html)));
    assert.deepEqual(texts, ['read a', 'read b', 'read c']);
    await offscreenEngine(api).htmlToText('d');
    assert.equal(api.created, 1);
  });

  test('a work that failed there fails here', async () => {
    await assert.rejects(offscreenEngine(fakeApi()).run('htmlsToTexts', []), /offscreen document/);
    assert.throws(() => carryOut('constructor', ''), /no such work/);
  });

  test('needs no document for nothing', async () => {
    const api = fakeApi();
    assert.equal(await offscreenEngine(api).htmlToText('  '), '');
    assert.equal(api.created, 0);
  });
});
