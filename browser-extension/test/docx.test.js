import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { kindOf } from '../src/documents/kinds.js';
import { numeral } from '../src/documents/docx-styles.js';
import { docxOf, readAll } from './documents/office.js';

const p = (text, properties = '') => `<w:p><w:pPr>${properties}</w:pPr><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
const style = (id, name, properties = '', based = '') => `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/>`
  + `${based && `<w:basedOn w:val="${based}"/>`}<w:pPr>${properties}</w:pPr></w:style>`;
const level = (at, format, text, more = '') => `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>`
  + `<w:lvlText w:val="${text}"/>${more}</w:lvl>`;
const num = (id, at = 0) => `<w:numPr><w:ilvl w:val="${at}"/><w:numId w:val="${id}"/></w:numPr>`;

/** The pages of a document with this body. */
async function read(body, parts) {
  const bytes = docxOf(body, parts);
  const { kind, read: reader } = await kindOf(bytes, 'x.docx');
  assert.equal(kind, 'docx');
  return readAll(reader, bytes);
}

/** The text of a document of one page. */
async function text(body, parts) {
  const { pages } = await read(body, parts);
  assert.equal(pages.length, 1);
  return pages[0].text;
}

describe('A Word document', () => {
  test('has headings by the name of their style in every language, and by the outline level', async () => {
    const styles = style('berschrift2', 'heading 2') + style('T', 'Title') + style('Mine', 'My own', '', 'berschrift2')
      + style('Out', 'Outlined', '<w:outlineLvl w:val="2"/>') + style('Standard', 'Normal');
    const pStyle = (id) => `<w:pStyle w:val="${id}"/>`;
    assert.equal(await text(p('Top', pStyle('T')) + p('Two', pStyle('berschrift2')) + p('Based', pStyle('Mine'))
      + p('Out', pStyle('Out')) + p('Direct', '<w:outlineLvl w:val="0"/>') + p('Body', pStyle('Standard')), { styles }),
    '# Top\n\n## Two\n\n## Based\n\n### Out\n\n# Direct\n\nBody');
  });

  test('has list markers as it shows them, counted on over paragraphs and levels', async () => {
    const numbering = `<w:abstractNum w:abstractNumId="1">${level(0, 'decimal', '%1.')}${level(1, 'lowerLetter', '%2)')}`
      + `${level(2, 'lowerRoman', '(%3)')}</w:abstractNum><w:abstractNum w:abstractNumId="2">${level(0, 'bullet', '•')}`
      + `${level(1, 'bullet', 'o')}</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>`
      + '<w:num w:numId="6"><w:abstractNumId w:val="2"/></w:num><w:num w:numId="7"><w:abstractNumId w:val="1"/>'
      + '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>';
    assert.equal(await text([
      p('one', num(5)), p('sub', num(5, 1)), p('sub', num(5, 1)), p('deep', num(5, 2)), p('two', num(5)), p('sub', num(5, 1)),
      p('between'), p('three', num(5)), p('dot', num(6)), p('dot in dot', num(6, 1)), p('anew', num(7)), p('on', num(7)),
    ].join(''), { numbering }), [
      '1. one', '  a) sub', '  b) sub', '    (i) deep', '2. two', '  a) sub', '', 'between', '', '3. three', '- dot',
      '  - dot in dot', '1. anew', '2. on',
    ].join('\n'));
  });

  test('has list markers that only the style of a paragraph names, through the styles it is based on', async () => {
    const styles = style('ListBullet', 'List Bullet', '<w:numPr><w:numId w:val="3"/></w:numPr>')
      + style('ListBullet2', 'List Bullet 2', '<w:numPr><w:numId w:val="4"/></w:numPr>') + style('Own', 'Own', '', 'ListBullet');
    const numbering = `<w:abstractNum w:abstractNumId="1">${level(0, 'bullet', '•')}</w:abstractNum>`
      + `<w:abstractNum w:abstractNumId="2">${level(0, 'bullet', '•')}`
      + `${level(1, 'decimal', '%2.', '<w:pStyle w:val="ListBullet2"/>')}`
      + '</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="4">'
      + '<w:abstractNumId w:val="2"/></w:num>';
    const pStyle = (id) => `<w:pStyle w:val="${id}"/>`;
    assert.equal(await text(p('a', pStyle('ListBullet')) + p('b', pStyle('Own')) + p('c', pStyle('ListBullet2'))
      + p('taken out', `${pStyle('ListBullet')}<w:numPr><w:numId w:val="0"/></w:numPr>`), { styles, numbering }),
    '- a\n- b\n  1. c\n\ntaken out');
  });

  test('numbers headings as it shows them', async () => {
    const styles = style('h1', 'heading 1', num(1)) + style('h2', 'heading 2', num(1, 1));
    const numbering = `<w:abstractNum w:abstractNumId="1">${level(0, 'decimal', '%1')}`
      + `${level(1, 'decimal', '%1.%2')}</w:abstractNum>`
      + '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>';
    const pStyle = (id) => `<w:pStyle w:val="${id}"/>`;
    assert.equal(await text(p('A', pStyle('h1')) + p('B', pStyle('h2')) + p('C', pStyle('h2')) + p('D', pStyle('h1')), {
      styles, numbering,
    }), '# 1 A\n\n## 1.1 B\n\n## 1.2 C\n\n# 2 D');
  });

  test('has bold, italic, links, raised and lowered signs, breaks; what was deleted and hidden is left out', async () => {
    const run = (inner, properties = '') => `<w:r><w:rPr>${properties}</w:rPr>${inner}</w:r>`;
    const t = (words) => `<w:t xml:space="preserve">${words}</w:t>`;
    assert.equal(await text(`<w:p>${run(t('a &lt;b&gt; '))}${run(t('bold '), '<w:b/>')}${run(t('still'), '<w:b/>')}`
      + `${run(t(' not'), '<w:b w:val="0"/>')}${run(`${t(' x')}`)}${run(t('2'), '<w:vertAlign w:val="superscript"/>')}`
      + `${run(`<w:br/>${t('next')}`)}<w:del>${run('<w:delText>gone</w:delText>')}</w:del><w:ins>${run(t(' kept'))}</w:ins>`
      + `${run(t('hidden'), '<w:vanish/>')}<w:hyperlink r:id="L1">${run(t(' link'), '<w:i/>')}</w:hyperlink></w:p>`, {
      links: [['L1', 'hyperlink', 'https://example.edu/a?b=1&amp;c=2', 'External']],
    }), 'a <b> **bold still** not x^2\nnext kept [*link*](https://example.edu/a?b=1&c=2)');
  });

  test('has tables with spanned columns and cells of several paragraphs', async () => {
    const cell = (inner, properties = '') => `<w:tc><w:tcPr>${properties}</w:tcPr>${inner}</w:tc>`;
    assert.equal(await text(`<w:tbl><w:tr>${cell(p('a|b'))}${cell(p('c'))}</w:tr>`
      + `<w:tr>${cell(p('wide') + p('two'), '<w:gridSpan w:val="2"/>')}</w:tr>`
      + `<w:tr>${cell(p('x'), '<w:vMerge w:val="restart"/>')}${cell(p('y'))}</w:tr>`
      + `<w:tr>${cell(p('x again'), '<w:vMerge/>')}${cell(p('z'))}</w:tr></w:tbl>`),
    '| a\\|b | c |\n| --- | --- |\n| wide<br>two |  |\n| x | y |\n|  | z |');
  });

  test('has footnotes at the end of their page, formulas, pictures by their words, and text boxes', async () => {
    const footnotes = '<w:footnote w:id="-1" w:type="separator"><w:p/></w:footnote>'
      + `<w:footnote w:id="2">${p('the note')}</w:footnote>`;
    const formula = '<m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den></m:f></m:oMath>';
    const picture = '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="A map"/></wp:inline></w:drawing></w:r>';
    const box = `<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>${p('In a box')}</w:txbxContent>`
      + `</wps:txbx>`
      + `</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>${p('In a box')}</w:txbxContent>`
      + `</v:textbox></w:pict>`
      + '</mc:Fallback></mc:AlternateContent></w:r>';
    assert.equal(await text(`<w:p><w:r><w:t>See</w:t></w:r><w:r><w:footnoteReference w:id="2"/>`
      + `</w:r>${formula}${picture}${box}</w:p>`, {
      footnotes,
    }), 'See[^1]$(a)/(b)$[image: A map]\n\nIn a box\n\n[^1]: the note');
  });

  test('has the pages that Word wrote down', async () => {
    const broken = '<w:p><w:r><w:t>ends one,</w:t></w:r><w:r><w:lastRenderedPageBreak/><w:t> begins two</w:t></w:r></w:p>';
    const { unit, pages, notes } = await read(
      p('one') + broken + p('two') + `<w:p><w:r><w:lastRenderedPageBreak/><w:t>three</w:t></w:r></w:p>`,
    );
    assert.equal(unit, 'page');
    assert.deepEqual(pages.map((page) => page.text), ['one\n\nends one, begins two', 'two', 'three']);
    assert.equal(notes.length, 1);
  });

  test('without them comes in parts of about the same length', async () => {
    const { unit, pages } = await read(p('x'.repeat(2_500)).repeat(5));
    assert.equal(unit, 'part');
    assert.deepEqual(pages.map((page) => page.text.length), [5_002, 5_002, 2_500]);
  });

  test('that is damaged says so', async () => {
    for (const body of ['<w:p>', '</w:p>', '<!DOCTYPE x>', '<w:p><w:r></w:p>'
      + '</w:r>', '<w:p>'.repeat(500) + '</w:p>'.repeat(500)]) {
      await assert.rejects(read(body), { code: 'damaged' }, body.slice(0, 40));
    }
  });
});

test('Numbers are written as lists show them', () => {
  assert.deepEqual([1, 26, 27, 53].map((value) => numeral(value, 'lowerLetter')), ['a', 'z', 'aa', 'aaa']);
  assert.deepEqual([4, 9, 14, 1990].map((value) => numeral(value, 'upperRoman')), ['IV', 'IX', 'XIV', 'MCMXC']);
});
