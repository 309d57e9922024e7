import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { kindOf } from '../src/documents/kinds.js';
import { readAll, relationships, zipOf } from './documents/office.js';

const r = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const p = (text, properties = '') => `<a:p>${properties}<a:r><a:t>${text}</a:t></a:r></a:p>`;
const sp = (type, paragraphs) => `<p:sp><p:nvSpPr><p:nvPr>${type === null
  ? '' : `<p:ph ${type && `type="${type}"`}/>`}</p:nvPr></p:nvSpPr>`
  + `<p:txBody>${paragraphs}</p:txBody></p:sp>`;
const slide = (shapes, more = '') => `<p:sld ${r} ${more}><p:cSld><p:spTree>${shapes}</p:spTree></p:cSld></p:sld>`;

/** The slides of a presentation, given as `{ xml, relations, parts }` in the order of their files. */
async function read(slides, order = slides.map((_, index) => index)) {
  const bytes = zipOf({
    '_rels/.rels': relationships(['rId1', 'officeDocument', 'ppt/presentation.xml']),
    'ppt/presentation.xml': `<p:presentation ${r}><p:sldIdLst>`
      + `${order.map((at) => `<p:sldId id="${256 + at}" r:id="s${at}"/>`).join('')}`
      + '</p:sldIdLst></p:presentation>',
    'ppt/_rels/presentation.xml.rels': relationships(...slides.map((_, at) => [`s${at}`, 'slide', `slides/slide${at + 1}.xml`])),
    ...Object.assign({}, ...slides.map(({ xml, relations = [], parts = {} }, at) => ({
      [`ppt/slides/slide${at + 1}.xml`]: xml,
      [`ppt/slides/_rels/slide${at + 1}.xml.rels`]: relationships(...relations),
      ...parts,
    }))),
  });
  const { kind, read: reader } = await kindOf(bytes, 'x.pptx');
  assert.equal(kind, 'pptx');
  return readAll(reader, bytes);
}

describe('A presentation', () => {
  test('has its slides in the order they are shown, whatever their files are called', async () => {
    const { unit, total, pages } = await read([0, 1, 2].map((at) => ({ xml: slide(sp('title', p(`Slide ${at}`))) })), [2, 0, 1]);
    assert.deepEqual([unit, total], ['slide', 3]);
    assert.deepEqual(pages, [{ title: 'Slide 2', text: '' }, { title: 'Slide 0', text: '' }, { title: 'Slide 1', text: '' }]);
  });

  test('has bullets and numbers as shown, and no slide numbers, dates and footers', async () => {
    const { pages: [{ title, text }] } = await read([{
      xml: slide(sp('ctrTitle', p('The &amp; title')) + sp('', p('one') + p('deeper', '<a:pPr '
        + 'lvl="1"/>') + p('plain', '<a:pPr><a:buNone/></a:pPr>')
        + p('first', '<a:pPr><a:buAutoNum type="arabicPeriod"/></a:pPr>') + p('second', '<a:pPr>'
        + '<a:buAutoNum type="arabicPeriod"/></a:pPr>'))
        + sp(null, p('in a box')) + sp('sldNum', p('7')) + sp('ftr', p('Footer')) + sp('dt', p('Today'))),
    }]);
    assert.equal(title, 'The & title');
    assert.equal(text, '- one\n  - deeper\nplain\n1. first\n2. second\n\nin a box');
  });

  test('has groups, tables, pictures by their words, notes; a hidden slide says so', async () => {
    const table = `<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tr><a:tc><a:txBody>${p('a')}</a:txBody></a:tc>`
      + `<a:tc><a:txBody>${p('b')}`
      + `</a:txBody></a:tc></a:tr><a:tr><a:tc><a:txBody>${p('1')}${p('2')}</a:txBody></a:tc><a:tc/></a:tr></a:tbl>`
      + `</a:graphicData></a:graphic></p:graphicFrame>`;
    const { pages: [{ text }] } = await read([{
      xml: slide(`<p:grpSp>${sp(null, p('grouped'))}</p:grpSp>${table}<p:pic><p:nvPicPr>`
        + `<p:cNvPr id="2" name="x" descr="A cat"/></p:nvPicPr></p:pic>`, 'show="0"'),
      relations: [['n', 'notesSlide', '../notesSlides/notesSlide1.xml']],
      parts: { 'ppt/notesSlides/notesSlide1.xml': slide(sp('body', p('Say '
        + 'this')) + sp('sldNum', p('1'))).replaceAll('p:sld', 'p:notes') },
    }]);
    assert.equal(text, '[hidden slide]\n\ngrouped\n\n| a | b |\n| --- | --- |\n| 1<br>2 |  |\n\n[image: A cat]\n\nSpeaker '
      + 'notes: Say this');
  });

  test('has the numbers of its charts and the words of its diagrams', async () => {
    const frame = (inner) => `<p:graphicFrame><a:graphic><a:graphicData>${inner}</a:graphicData></a:graphic></p:graphicFrame>`;
    const points = (...values) => values.map((value, idx) => `<c:pt idx="${idx}"><c:v>${value}</c:v></c:pt>`).join('');
    const { pages: [{ text }] } = await read([{
      xml: slide(frame('<c:chart r:id="c"/>') + frame('<dgm:relIds r:dm="d" r:lo="x"/>')),
      relations: [['c', 'chart', '../charts/chart1.xml'], ['d', 'diagramData', '../diagrams/data1.xml']],
      parts: {
        'ppt/charts/chart1.xml': `<c:chartSpace><c:chart><c:title>${p('Growth')}</c:title><c:ser><c:tx><c:v>2025</c:v></c:tx>`
          + `<c:cat>${points('Q1', 'Q2')}</c:cat><c:val>${points(4, 5)}</c:val></c:ser></c:chart></c:chartSpace>`,
        'ppt/diagrams/data1.xml': `<dgm:dataModel><dgm:ptLst><dgm:pt><dgm:t>${p('Plan')}</dgm:t></dgm:pt><dgm:pt/><dgm:pt>`
          + `<dgm:t>${p('Do')}</dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>`,
      },
    }]);
    assert.equal(text, '[chart: Growth]\n\n|  | 2025 |\n| --- | --- |\n| Q1 | 4 |\n| Q2 | 5 |\n\n[diagram]\n- Plan\n- Do');
  });
});
