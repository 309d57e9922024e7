/** Makes Office files for tests: archives of parts, deflated as Office does it. */

import { crc32, deflateRawSync } from 'node:zlib';

/** An archive of these entries; a value of bytes or text, or `{ bytes, flags, method, stored }`. */
export function zipOf(entries) {
  const local = [];
  const central = [];
  let at = 0;
  for (const [name, value] of Object.entries(entries)) {
    const entry = typeof value === 'string' || value instanceof Uint8Array ? { bytes: value } : value;
    const bytes = Buffer.from(entry.bytes);
    const packed = entry.stored ? bytes : deflateRawSync(bytes);
    const fields = { flags: entry.flags ?? 0, method: entry.method ?? (entry.stored ? 0 : 8), crc: crc32(bytes), packed, bytes };
    const path = Buffer.from(name);
    local.push(headerOf(0x04034b50, fields, path, null), path, packed);
    central.push(headerOf(0x02014b50, fields, path, at), path);
    at += 30 + path.length + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(central.length / 2, 8);
  end.writeUInt16LE(central.length / 2, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return new Uint8Array(Buffer.concat([...local, directory, end]));
}

function headerOf(signature, { flags, method, crc, packed, bytes }, path, offset) {
  const isCentral = offset !== null;
  const header = Buffer.alloc(isCentral ? 46 : 30);
  header.writeUInt32LE(signature, 0);
  const from = isCentral ? 2 : 0;
  header.writeUInt16LE(20, 4);
  if (isCentral) header.writeUInt16LE(20, 6);
  header.writeUInt16LE(flags, 6 + from);
  header.writeUInt16LE(method, 8 + from);
  header.writeUInt32LE(crc, 14 + from);
  header.writeUInt32LE(packed.length, 18 + from);
  header.writeUInt32LE(bytes.length, 22 + from);
  header.writeUInt16LE(path.length, 26 + from);
  if (isCentral) header.writeUInt32LE(offset, 42);
  return header;
}

const RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** The part that says what another refers to: `[id, type, target, mode?]` for each. */
export function relationships(...all) {
  const one = ([id, type, target, mode]) => (
    `<Relationship Id="${id}" Type="${RELATIONSHIPS}/${type}" Target="${target}"${mode ? ` TargetMode="${mode}"` : ''}/>`);
  return '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
    + `${all.map(one).join('')}</Relationships>`;
}

const WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
  + `xmlns:r="${RELATIONSHIPS}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"`;

/** A Word document with this body and these other parts, each by the type of its relationship. */
export function docxOf(body, { links = [], ...parts } = {}) {
  const others = Object.entries(parts);
  return zipOf({
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': relationships(['rId1', 'officeDocument', 'word/document.xml']),
    'word/document.xml': `<?xml version="1.0"?><w:document ${WORD}><w:body>${body}<w:sectPr/></w:body></w:document>`,
    'word/_rels/document.xml.rels': relationships(
      ...others.map(([type], index) => [`rIdP${index}`, type, `${type}.xml`]), ...links,
    ),
    ...Object.fromEntries(others.map(([type, xml]) => [`word/${type}.xml`, `<w:${type} ${WORD}>${xml}</w:${type}>`])),
  });
}

/** Reads bytes with a reader, all at once. */
export async function readAll(read, bytes, { name = 'file', charset = '' } = {}) {
  const found = { unit: null, total: null, pages: [], notes: [] };
  await read(bytes, {
    begin: (unit, total) => Object.assign(found, { unit, total }),
    page: async (page) => { found.pages.push(page); },
    note: (sentence) => found.notes.push(sentence),
  }, { name, charset, signal: new AbortController().signal });
  return found;
}
