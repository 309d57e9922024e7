import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { csvRows, delimiterOf } from '../src/documents/text.js';
import { formOf, numberText } from '../src/documents/xlsx-values.js';
import { kindOf } from '../src/documents/kinds.js';
import { readAll, relationships, zipOf } from './documents/office.js';

/** A workbook of sheets, `[name, rows, more attributes]` for each. */
function xlsxOf(sheets, { shared = [], formats = [], book = '' } = {}) {
  const r = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
  return zipOf({
    '_rels/.rels': relationships(['rId1', 'officeDocument', '/xl/workbook.xml']),
    'xl/workbook.xml': `<workbook ${r}>${book}<sheets>${sheets.map(([name, , more = ''], index) => (
      `<sheet name="${name}" sheetId="${index + 1}" r:id="s${index}" ${more}/>`)).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relationships(
      ['a', 'sharedStrings', 'sharedStrings.xml'], ['b', 'styles', 'styles.xml'],
      ...sheets.map((_, index) => [`s${index}`, 'worksheet', `worksheets/sheet${index}.xml`]),
    ),
    'xl/sharedStrings.xml': `<sst>${shared.map((one) => `<si>${one}</si>`).join('')}</sst>`,
    'xl/styles.xml': `<styleSheet><numFmts>${formats.map((code, index) => (
      `<numFmt numFmtId="${200 + index}" formatCode="${code}"/>`))
      .join('')}</numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="10"/>${formats.map((_, index) => (
      `<xf numFmtId="${200 + index}"/>`)).join('')}</cellXfs></styleSheet>`,
    ...Object.fromEntries(sheets.map(([, rows], index) => [
      `xl/worksheets/sheet${index}.xml`, `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
    ])),
  });
}

async function read(bytes, name = 'x.xlsx') {
  const { read: reader } = await kindOf(bytes, name);
  return readAll(reader, bytes, { name });
}

describe('A workbook', () => {
  test('has its sheets by name, cells by column and row, empty ones left empty', async () => {
    const { unit, total, pages } = await read(xlsxOf([
      ['Marks', '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>'
        + '<row r="4"><c r="A4"><v>0.30000000000000004</v></c><c r="C4" t="b"><v>1</v></c></row><row r="5">'
        + '<c r="A5" s="1"/></row>'],
      ['Old &amp; gone', '<row><c t="inlineStr"><is><t>in</t></is></c><c t="str"><v>formula|x</v></c><c t="e"><v>#N/A</v>'
        + '</c></row>', 'state="hidden"'],
      ['Nothing', ''],
    ], { shared: ['<t>Name</t>', '<r><t>rich </t></r><r><t>text</t></r><rPh><t>reading</t></rPh>'] }));
    assert.deepEqual([unit, total], ['sheet', 3]);
    assert.deepEqual(pages, [
      { title: 'Marks', text: '|  | A | C |\n| --- | --- | --- |\n| 1 | Name | rich text |\n| 4 | 0.3 | TRUE |' },
      { title: 'Old & gone (hidden)', text: '|  | A | B | C |\n| --- | --- | --- | --- |\n| 1 | in | formula\\|x | #N/A |' },
      { title: 'Nothing', text: '[empty sheet]' },
    ]);
  });

  test('has dates and percentages as such', async () => {
    const row = '<row r="1"><c r="A1" s="1"><v>45658</v></c><c r="B1" s="2"><v>0.125</v></c><c r="C1" s="3">'
      + '<v>45658.75</v></c></row>';
    const { pages } = await read(xlsxOf([['D', row]], { formats: ['yyyy\\-mm\\-dd hh:mm'] }));
    assert.match(pages[0].text, /\| 1 \| 2025-01-01 \| 12.5 % \| 2025-01-01 18:00 \|/);
    const old = await read(xlsxOf([['D', row]], { book: '<workbookPr date1904="1"/>' }));
    assert.match(old.pages[0].text, /2029-01-02/);
  });

  test('of many rows is read up to a size, and says so', async () => {
    const rows = Array.from({ length: 30_000 }, (_, i) => `<row r="${i + 1}"><c r="A${i + 1}" t="inlineStr"><is>`
      + `<t>${'x'.repeat(90)}</t></is></c></row>`);
    const { pages } = await read(xlsxOf([['Long', rows.join('')]]));
    assert.match(pages[0].text, /\[\d+ further rows of this sheet were not read: it is too long\.\]$/);
    assert.ok(pages[0].text.length < 2_300_000);
  });
});

test('Formats of numbers are told apart', () => {
  for (const [code, form] of [
    ['General', 'number'], ['0.00', 'number'], ['#,##0 "days"', 'number'], ['0.0%', 'percent'], ['dd/mm/yy', 'date'],
    ['[$-407]d. mmmm yyyy', 'date'], ['h:mm', 'time'], ['[h]:mm:ss', 'time'], ['[Red]0.00', 'number'], ['yyyy-mm-dd '
      + 'hh:mm', 'date_time'],
    ['#,##0.00 [$€-407]', 'number'], ['mm:ss', 'time'], ['"Year" 0', 'number'],
  ]) assert.equal(formOf(code), form, code);
  assert.equal(numberText('1.5', 'time', false), '36:00');
  assert.equal(numberText('x', 'date', false), 'x');
  assert.equal(numberText('', 'percent', false), '');
});

describe('A table of text', () => {
  test('is read with quoted fields, in parts that repeat its head', async () => {
    const bytes = new TextEncoder().encode(`\ufeffname;note\r\n"a;1";"say ""hi""\nthere"\r\n\r\n${'b;2\r\n'.repeat(150)}`);
    const { pages } = await read(bytes, 'marks.csv');
    assert.equal(pages.length, 2);
    assert.equal(pages[0].title, 'Rows 2 to 101');
    assert.ok(pages[0].text.startsWith('| name | note |\n| --- | --- |\n| a;1 | say "hi"<br>there |\n| b | 2 |'));
    assert.equal(pages[1].title, 'Rows 102 to 152');
    assert.ok(pages[1].text.startsWith('| name | note |'));
  });

  test('is taken apart whatever stands in it', () => {
    for (const [text, rows] of [
      ['', []], ['a', [['a']]], ['a,b,', [['a', 'b', '']]], ['"a"x,b', [['ax', 'b']]], ['"open,b\nc', [['open,b\nc']]],
      ['a\rb', [['a'], ['b']]], ['"",x\n', [['', 'x']]], ['a,"b"', [['a', 'b']]], ['"a","b"\n"c","d"', [['a', 'b'], ['c', 'd']]],
      ['"a"x\nb', [['ax'], ['b']]],
    ]) assert.deepEqual(csvRows(text, ','), rows, JSON.stringify(text));
    assert.deepEqual(['a;b,c;d', 'a\tb', '"x,y,z";b', 'a'].map(delimiterOf), [';', '\t', ';', ',']);
  });
});
