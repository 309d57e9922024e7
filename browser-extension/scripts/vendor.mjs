/** Copies the npm libraries that the extension ships, unmodified, to where its modules import them. */

import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';

const root = fileURLToPath(new URL('..', import.meta.url));
const modules = ['decode', 'decode-codepoint', 'generated/decode-data-html', 'internal/decode-data-format'];

async function copy(from, to) {
  await write(to, await readFile(from));
}

/** Writes a file whose bytes differ; tests that run at the same time may be reading the others. */
async function write(to, wanted) {
  const present = await readFile(to).catch(() => null);
  if (present?.equals(wanted)) return;
  await mkdir(dirname(to), { recursive: true });
  await writeFile(to, wanted);
}

await copy(`${root}node_modules/entities/LICENSE`, `${root}src/vendor/entities/LICENSE`);
for (const file of modules.flatMap((module) => [`${module}.js`, `${module}.d.ts`])) {
  await copy(`${root}node_modules/entities/dist/${file}`, `${root}src/vendor/entities/${file}`);
}

const pdfjs = `${root}node_modules/pdfjs-dist/`;
const cmaps = (await readdir(`${pdfjs}cmaps`)).map((file) => `cmaps/${file}`);
await write(`${root}src/vendor/pdfjs/pdf.min.d.mts`, Buffer.from('export * from \'pdfjs-dist\';\n'));
for (const file of ['LICENSE', 'legacy/build/pdf.min.mjs', 'legacy/build/pdf.worker.min.mjs', ...cmaps]) {
  await copy(pdfjs + file, `${root}src/vendor/pdfjs/${file.replace('legacy/build/', '')}`);
}
