import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { DOMParser } from 'linkedom';
import { htmlToMarkdown } from '../src/engine/html-to-markdown.js';

describe('HTML to Markdown', () => {
  before(() => { globalThis.DOMParser = DOMParser; });
  after(() => { delete globalThis.DOMParser; });

  for (const [html, markdown] of [
    ['', ''],
    ['plain &amp; <b>bold</b>, <em> it </em>x', 'plain & **bold**, *it* x'],
    ['<h2>A <i>b</i></h2><p>x<br>y</p><div><p>z</p></div>', '## A *b*\n\nx\ny\n\nz'],
    ['<ul><li>one<ul><li>deep</li></ul></li><li><p>two</p></li></ul>', '- one\n  - deep\n- two'],
    ['<ol start="3"><li>three</li><li>four</li></ol>', '3. three\n4. four'],
    ['<table><tr><th>a</th><th>b|c</th></tr><tr><td colspan="2">wide<br>two</td></tr></table>',
      '| a | b\\|c |\n| --- | --- |\n| wide<br>two |  |'],
    ['<table><tr><td rowspan="2">r</td><td>1</td></tr><tr><td>2</td></tr></table>', '| r | 1 |\n| --- | --- |\n|  | 2 |'],
    ['<table role="presentation"><tr><td><p>a</p></td><td>b</td></tr></table>', 'a\n\nb'],
    ['<p>\\(e^{i\\pi}\\) and $$x_1$$</p>', '\\(e^{i\\pi}\\) and $$x_1$$'],
    ['<p><script type="math/tex">a_b</script> <img class="texrender" alt="x^2"></p>', '$a_b$ $x^2$'],
    ['<p>x<script>alert(1)</script><style>p{}</style><button>no</button><span class="sr-only">no</span>y</p>', 'xy'],
    ['<pre><code class="language-python">a = 1\n  b</code></pre>', '```python\na = 1\n  b\n```'],
    ['<blockquote><p>a</p><p>b</p></blockquote>', '> a\n> \n> b'],
    ['<p>H<sub>2</sub>O and 10<sup>-3</sup>, <code>a`b</code></p>', 'H_2O and 10^{-3}, `` a`b ``'],
    ['<a href="/mod/x?id=1">in</a> <a href="javascript:x()">bad</a> <a href="https://a.example/b?sesskey=k">key</a>',
      '[in](https://m.example/mod/x?id=1) bad key'],
    ['<img src="data:x" alt="A  map"><img src="x"><iframe src="https://v.example/1" title="Film"></iframe>',
      '[image: A map][image][Film](https://v.example/1)'],
    ['<dl><dt>Term</dt><dd>Meaning</dd></dl><hr>', '**Term**\n\nMeaning\n\n---'],
    ['<div hidden>no</div><p aria-hidden="true">no</p>', ''],
  ]) {
    test(JSON.stringify(html).slice(0, 70), () => assert.equal(htmlToMarkdown(html, 'https://m.example/x/'), markdown));
  }

  test('a page that is nested without end is read as far as it goes', () => {
    assert.doesNotThrow(() => htmlToMarkdown('<div>'.repeat(2_000) + 'x'));
  });
});
