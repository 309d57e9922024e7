/** Installs the npm packages of package-lock.json, unless that was done already. */

import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { readFile, writeFile } from 'node:fs/promises';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = `${root}node_modules/.installed-lock`;
const lock = createHash('sha256').update(await readFile(`${root}package-lock.json`)).digest('hex');
const installed = await readFile(stamp, 'utf8').catch(() => '');

if (installed !== lock) {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  execFileSync(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: root, stdio: 'inherit', shell: process.platform === 'win32',
  });
  await writeFile(stamp, lock);
}
