/** Copies the npm libraries that the extension ships, unmodified, to where its modules import them. */

import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mkdir, readFile, writeFile } from 'node:fs/promises';

const root = fileURLToPath(new URL('..', import.meta.url));
const modules = ['decode', 'decode-codepoint', 'generated/decode-data-html', 'internal/decode-data-format'];

/** Copies a file whose bytes differ; tests that run at the same time may be reading the others. */
async function copy(from, to) {
  const [wanted, present] = await Promise.all([readFile(from), readFile(to).catch(() => null)]);
  if (present?.equals(wanted)) return;
  await mkdir(dirname(to), { recursive: true });
  await writeFile(to, wanted);
}

await copy(`${root}node_modules/entities/LICENSE`, `${root}src/vendor/entities/LICENSE`);
for (const file of modules.flatMap((module) => [`${module}.js`, `${module}.d.ts`])) {
  await copy(`${root}node_modules/entities/dist/${file}`, `${root}src/vendor/entities/${file}`);
}
