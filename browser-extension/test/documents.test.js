import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { DOMParser } from 'linkedom';
import { Zip } from '../src/documents/zip.js';
import { elementsNamed, parseXml } from '../src/documents/xml.js';
import { kindOf } from '../src/documents/kinds.js';
import { searchPages } from '../src/documents/search.js';
import { docxOf, readAll, zipOf } from './documents/office.js';
import { pdfOf, protectedPdf } from './documents/pdf.js';

const bytesOf = (text) => new TextEncoder().encode(text);

async function read(bytes, name, charset = '') {
  const { kind, read: reader } = await kindOf(bytes, name);
  return { kind, ...(await readAll(reader, bytes, { name, charset })) };
}

describe('An archive', () => {
  test('gives the entries that are wanted, deflated or stored', async () => {
    const zip = new Zip(zipOf({ 'a.xml': 'déjà', 'dir/B.xml': { bytes: 'stored', stored: true } }));
    assert.deepEqual(zip.names(), ['a.xml', 'dir/B.xml']);
    assert.equal(await zip.text('a.xml'), 'déjà');
    assert.equal(await zip.text('DIR/b.xml'), 'stored');
    assert.equal(await zip.text('none'), null);
  });

  test('that would become huge is not unpacked, whatever size it declares', async () => {
    const bomb = zipOf({ bomb: new Uint8Array(40_000_000), more: 'x'.repeat(700), again: 'x'.repeat(700) });
    assert.ok(bomb.length < 50_000);
    await assert.rejects(new Zip(bomb, { entry: 1_000_000, all: 2_000_000, entries: 9 }).read('bomb'), { code: 'inflates' });
    const zip = new Zip(bomb, { entry: 1_000, all: 1_000, entries: 9 });
    await zip.read('more');
    await assert.rejects(zip.read('again'), { code: 'inflates' });
    const stored = new Zip(zipOf({ a: { bytes: 'x'.repeat(99), stored: true } }), { entry: 98, all: 99, entries: 1 });
    await assert.rejects(stored.read('a'), { code: 'inflates' });
    assert.throws(() => new Zip(bomb, { entry: 1, all: 1, entries: 2 }), { code: 'inflates' });
  });

  test('that is encrypted, damaged or cut off says so', async () => {
    await assert.rejects(new Zip(zipOf({ a: { bytes: 'x', flags: 1 } })).read('a'), { code: 'encrypted' });
    await assert.rejects(new Zip(zipOf({ a: { bytes: 'x', method: 99 } })).read('a'), { code: 'damaged' });
    const whole = zipOf({ a: 'some text that is deflated' });
    assert.throws(() => new Zip(whole.slice(0, -10)), { code: 'damaged' });
    const broken = whole.slice();
    broken.fill(0xff, 31, 50);
    await assert.rejects(new Zip(broken).read('a'), { code: 'damaged' });
  });
});

describe('XML', () => {
  test('is read by local names, with comments, sections and entities', () => {
    const root = parseXml('<?xml version="1.0"?><!-- > --><w:a x="1 &gt; 0" w:val=\'"\'>'
      + '<b/>t&amp;<![CDATA[<raw>]]>&#65;&#x42;&unknown;</w:a>');
    assert.equal(root.name, 'a');
    assert.deepEqual({ ...root.attributes }, { x: '1 > 0', 'w:val': '"', val: '"' });
    assert.equal(root.text, 't&<raw>AB&unknown;');
    assert.ok(root.child('b'));
  });

  test('gives single elements out of a large text', () => {
    const rows = [...elementsNamed('<s><x/><d><row r="1"><c/></row><row r="2"><row/></row></d></s>', 'row')];
    assert.deepEqual(rows.map(({ attributes, elements }) => [attributes.r, elements.length]), [['1', 1], ['2', 1]]);
  });

  test('takes time in proportion to its length', { timeout: 60_000 }, () => {
    const long = `<a>${'<b>x</b>'.repeat(60_000)}${'<c d="e"/>'.repeat(60_000)}</a>`;
    assert.equal(parseXml(long).elements.length, 120_000);
  });

  test('with a document type, or not well formed, is refused', () => {
    for (const text of ['<!DOCTYPE a [<!ENTITY x "y">]><a/>', '<a><b></a></b>', '<a', '<a x="', '', '< a/>', '<a>']) {
      assert.throws(() => parseXml(text), { code: 'damaged' }, text);
    }
  });
});

describe('A PDF', () => {
  test('has its pages by number; one without text says so', async () => {
    const { kind, unit, total, pages, notes } = await read(pdfOf(['First page\nsecond line', null, 'Third (page)']), 'x.pdf');
    assert.deepEqual([kind, unit, total], ['pdf', 'page', 3]);
    assert.equal(pages[0].text, 'First page\nsecond line');
    assert.match(pages[1].text, /No text on this page/);
    assert.equal(pages[2].text, 'Third (page)');
    assert.deepEqual(notes, []);
  });

  test('of pictures alone is called a scan', async () => {
    const { notes } = await read(pdfOf([null, null]), 'scan.pdf');
    assert.match(notes[0], /probably a scan/);
  });

  test('of more pages than are read says how many', async () => {
    const { pages, total, notes } = await read(pdfOf(Array.from({ length: 1_003 }, (_, i) => `Page ${i + 1}`)), 'x.pdf');
    assert.deepEqual([pages.length, total], [1_000, 1_003]);
    assert.equal(pages[999].text, 'Page 1000');
    assert.match(notes[0], /first 1000 of 1003/);
  });

  test('that is protected or damaged says so', async () => {
    await assert.rejects(read(protectedPdf(), 'x.pdf'), { code: 'encrypted' });
    await assert.rejects(read(bytesOf('%PDF-1.7\nnothing'), 'x.pdf'), { code: 'damaged' });
  });

  test('is not read on when nobody wants it', async () => {
    const { read: reader } = await kindOf(pdfOf(['a', 'b', 'c']), 'x.pdf');
    const controller = new AbortController();
    const pages = [];
    const sink = { begin() {}, note() {}, page: async (page) => { pages.push(page); controller.abort(new Error('enough')); } };
    await assert.rejects(reader(pdfOf(['a', 'b', 'c']), sink, { name: '', charset: '', signal: controller.signal }), /enough/);
    assert.equal(pages.length, 1);
  });
});

describe('Text, HTML and notebooks', () => {
  before(() => { globalThis.DOMParser = DOMParser; });
  after(() => { delete globalThis.DOMParser; });

  test('text is decoded by its mark, as the server said, as UTF-8 or as Windows-1252', async () => {
    const texts = [
      [bytesOf('Größe'), ''], [Uint8Array.of(0x47, 0x72, 0xf6, 0xdf, 0x65), ''], [Buffer.from('\ufeffGröße', 'utf16le'), ''],
      [Uint8Array.of(0xcf, 0xf0, 0xe8), 'windows-1251'], [bytesOf('\ufeffGröße'), 'nonsense'],
    ];
    const found = [];
    for (const [bytes, charset] of texts) found.push((await read(new Uint8Array(bytes), 'x.txt', charset)).pages[0].text);
    assert.deepEqual(found, ['Größe', 'Größe', 'Größe', 'При', 'Größe']);
  });

  test('text comes in parts, at ends of lines', async () => {
    const { pages } = await read(bytesOf(`${'line of text\n'.repeat(1_000)}${'x'.repeat(20_000)}`), 'notes.md');
    assert.ok(pages.length > 4 && pages.every(({ text }) => text.length <= 6_000));
    assert.equal(pages.map(({ text }) => text).join('').replaceAll(/\n/g, '').length, 12 * 1_000 + 20_000);
  });

  test('HTML becomes Markdown, by the encoding it declares', async () => {
    const { kind, pages } = await read(new Uint8Array(Buffer.from(
      '<html><head><meta charset="iso-8859-1"><title>t</title></head><body><h1>Größe</h1><p>a <b>b</b></p></body>'
        + '</html>', 'latin1',
    )), 'page');
    assert.equal(kind, 'html');
    assert.equal(pages[0].text, '# Größe\n\na **b**');
  });

  test('a notebook has its cells and what they put out', async () => {
    const { kind, pages } = await read(bytesOf(JSON.stringify({
      metadata: { language_info: { name: 'python' } },
      cells: [
        { cell_type: 'markdown', source: ['# Title\n', 'text'] },
        {
          cell_type: 'code', source: 'print("```")', outputs: [
            { output_type: 'stream', text: ['```\n'] }, { data: { 'image/png': 'AAAA', 'text/plain': '<Figure>' } },
            { ename: 'ValueError', evalue: 'bad' },
          ],
        },
      ],
    })), 'lab.ipynb');
    assert.equal(kind, 'notebook');
    assert.equal(pages[0].text, '# Title\ntext\n\n[cell 2]\n````python\nprint("```")\n````\nOutput:\n````\n```\n````\n'
      + 'Output:\n```\n[image]\n<Figure>\n```\nOutput:\n```\nValueError: bad\n```');
  });

  test('what nothing reads is named', async () => {
    const ole = Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1);
    for (const [bytes, name, code] of [
      [new Uint8Array(0), 'x.pdf', 'empty'], [bytesOf(' \n'), 'x.txt', 'empty'], [ole, 'x.doc', 'old_office'],
      [ole, 'x.docx', 'encrypted'], [bytesOf('\x89PNG\0'), 'x.png', 'image'], [bytesOf('ID3\0'), 'x.mp3', 'media'],
      [zipOf({ 'a.txt': 'x' }), 'x.zip', 'archive'], [bytesOf('a\0b'), 'x.dat', 'unsupported'],
      [bytesOf('x'), 'x.pdf', 'damaged'],
      [zipOf({ mimetype: 'application/vnd.oasis.opendocument.text' }), 'x.odt', 'open_document'],
      [docxOf('').slice(0, 200), 'x.docx', 'damaged'], [bytesOf('{"cells": 1}'), 'x.ipynb', 'damaged'],
    ]) await assert.rejects(read(bytes, name), { code }, name);
  });
});

describe('Search in a document', () => {
  const pages = [{ text: 'About Größe and more' }, { title: 'Sheet', text: `${'x '.repeat(300)}the Fourier transform of `
    + `x` }, { text: 'fourier' }];

  test('finds the pages with all words, without case and accents, with what is around them', () => {
    const { matches, total } = searchPages(pages, 'FOURIER', 1);
    assert.equal(total, 2);
    assert.equal(matches.length, 1);
    assert.deepEqual([matches[0].page, matches[0].title], [2, 'Sheet']);
    assert.match(matches[0].excerpt, /^…(x )+the Fourier transform of x$/);
    const placesOf = (query) => searchPages(pages, query, 9).matches.map(({ page }) => page);
    assert.deepEqual(['größe', 'GROSSE', 'more große', 'größe fourier', 'sheet'].map(placesOf), [[1], [], [1], [], [2]]);
    assert.equal(searchPages(pages, '  ', 9).total, 0);
  });
});
