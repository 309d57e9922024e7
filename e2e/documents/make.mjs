/**
 * Makes the documents of the demo Moodle with programs that are not ours, so that reading them proves something. Run it
 * in a folder where `npm install docx@9 pptxgenjs@4 exceljs@4 pdfkit@0.17` was done; it writes them there.
 */

import { createRequire } from 'node:module';
import { createWriteStream, writeFileSync } from 'node:fs';
import { once } from 'node:events';

const require = createRequire(`${process.cwd()}/`);
const docx = require('docx');
const ExcelJS = require('exceljs');
const PDFDocument = require('pdfkit');
const PptxGenJS = require('pptxgenjs');

const DAY = new Date(Date.UTC(2026, 9, 5));

async function slides() {
  const pdf = new PDFDocument({ info: { CreationDate: DAY, ModDate: DAY } });
  const out = pdf.pipe(createWriteStream('slides.pdf'));
  pdf.fontSize(24).text('Größen & Maße').fontSize(12).text('A length has a number and a unit.');
  pdf.addPage().text('Page two: the metre is defined by the speed of light, c = 299 792 458 m/s.');
  pdf.addPage().rect(100, 100, 200, 200).fill('#888888');
  pdf.addPage().fill('#000000').text('Last page: exercises on page 2.');
  pdf.end();
  await once(out, 'finish');
}

async function handout() {
  const { Document, Packer, Paragraph, HeadingLevel, Table, TableRow, TableCell, TextRun, FootnoteReferenceRun, AlignmentType } = docx;
  const list = (text, level) => new Paragraph({ text, numbering: { reference: 'steps', level } });
  const cell = (text) => new TableCell({ children: [new Paragraph(text)] });
  const document = new Document({
    numbering: {
      config: [{
        reference: 'steps',
        levels: [
          { level: 0, format: 'decimal', text: '%1.', alignment: AlignmentType.LEFT },
          { level: 1, format: 'lowerLetter', text: '%2)', alignment: AlignmentType.LEFT },
        ],
      }],
    },
    footnotes: { 1: { children: [new Paragraph('Wear goggles.')] } },
    sections: [{
      children: [
        new Paragraph({ text: 'Exercise sheet 1', heading: HeadingLevel.TITLE }),
        new Paragraph({ text: 'Before the lab', heading: HeadingLevel.HEADING_1 }),
        new Paragraph({ children: [new TextRun('Read '), new TextRun({ text: 'all', bold: true }), new TextRun(' steps.'), new FootnoteReferenceRun(1)] }),
        list('Weigh the sample', 0), list('twice', 1), list('with the same scale', 1), list('Write it down', 0),
        new Paragraph({ text: 'Bring a pen', bullet: { level: 0 } }),
        new Table({ rows: [['Sample', 'Mass'], ['A', '12 g']].map((row) => new TableRow({ children: row.map(cell) })) }),
      ],
    }],
  });
  writeFileSync('handout.docx', await Packer.toBuffer(document));
}

async function talk() {
  const talk = new PptxGenJS();
  const first = talk.addSlide();
  first.addText('Lab rules', { x: 1, y: 0.5 });
  first.addText([{ text: 'No food', options: { bullet: true } }, { text: 'No drinks', options: { bullet: true } }], { x: 1, y: 2 });
  first.addNotes('Tell the story of the coffee.');
  talk.addSlide().addTable([['Rule', 'Why'], ['Goggles', 'Eyes']], { x: 1, y: 1 });
  await talk.writeFile({ fileName: 'talk.pptx' });
}

async function marks() {
  const book = new ExcelJS.Workbook();
  book.created = DAY;
  book.modified = DAY;
  const sheet = book.addWorksheet('Measurements');
  sheet.addRow(['Day', 'Length', 'Share']);
  sheet.addRow([DAY, 1.25, 0.5]).getCell(3).numFmt = '0%';
  sheet.getCell('A2').numFmt = 'yyyy-mm-dd';
  sheet.getCell('B3').value = { formula: 'SUM(B2:B2)', result: 1.25 };
  book.addWorksheet('Notes').addRow(['Größe | unit']);
  await book.xlsx.writeFile('marks.xlsx');
}

await slides();
await handout();
await talk();
await marks();
