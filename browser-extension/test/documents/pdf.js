/** A browser's class that pdf.js wants when it is loaded; for text alone it is never used. */
globalThis.DOMMatrix ??= class DOMMatrix {};

/** Makes PDF files for tests, with a text in small letters for each page; a page of null has a picture instead. */
export function pdfOf(texts) {
  const objects = [];
  const add = (body) => objects.push(body);
  const kids = texts.map((_, index) => `${4 + index * 2} 0 R`).join(' ');
  add('<< /Type /Catalog /Pages 2 0 R >>');
  add(`<< /Type /Pages /Kids [${kids}] /Count ${texts.length} >>`);
  add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>');
  texts.forEach((text, index) => {
    const content = text === null ? '0.5 g 10 10 500 700 re f' : `BT /F1 2 Tf 2 TL 5 830 Td ${lines(text)} ET`;
    add(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents `
      + `${5 + index * 2} 0 R >>`);
    add(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`);
  });
  return fileOf(objects, '');
}

/** A file that a password protects. */
export function protectedPdf() {
  const key = '<'.concat('41'.repeat(32), '>');
  return fileOf([
    '<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [] /Count 0 >>',
    `<< /Filter /Standard /V 1 /R 2 /O ${key} /U ${key} /P -4 >>`,
  ], '/Encrypt 3 0 R /ID [<00> <00>]');
}

function lines(text) {
  return text.split('\n').map((line) => `(${line.replace(/[\\()]/g, '\\$&')}) Tj T*`).join(' ');
}

function fileOf(objects, trailer) {
  let file = '%PDF-1.4\n';
  const places = objects.map((body, index) => {
    const at = file.length;
    file += `${index + 1} 0 obj\n${body}\nendobj\n`;
    return at;
  });
  const start = file.length;
  const table = places.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}`
    + `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`;
  return new Uint8Array(Buffer.from(file, 'latin1'));
}
