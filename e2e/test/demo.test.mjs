/** The demo, run twice on one data folder. */

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { McpEndpoint } from '../lib/mcp.mjs';
import { freePort } from '../lib/ports.mjs';
import { until } from '../lib/until.mjs';

const DEMO = fileURLToPath(new URL('../demo.mjs', import.meta.url));
const RUN_MS = 4 * 60_000;

describe('The demo', { timeout: 2 * RUN_MS }, () => {
  const data = mkdtempSync(join(tmpdir(), 'moodle-mcp-demo-'));
  after(() => rmSync(data, { recursive: true, force: true }));
  /** @type {{key: string | undefined, port: number}} */
  const first = { key: undefined, port: 0 };

  test('prints the courses and what to do with them', async () => {
    first.port = await freePort();
    const { code, stdout, stderr } = await demo('--data', data, '--port', String(first.port), '--once');
    assert.equal(code, 0, stderr || stdout);
    assert.equal(stderr, '');
    for (const name of ['R&D <Intro>', 'Größenlehre: „Maß & Zahl“', 'مدخل إلى الفيزياء (Physics 1)', 'Statistics for Everyone']) {
      assert.ok(stdout.includes(name), `${name} is not in:\n${stdout}`);
    }
    assert.match(stdout, new RegExp(`Portal +http://localhost:${first.port}\\n`));
    assert.match(stdout, new RegExp(`Sign in +http://localhost:${first.port}/sign-in\\?link=\\S+`));
    assert.match(stdout, /Demo Moodle +http:\/\/127\.0\.0\.1:\d+\/moodle +\(anna \/ anna-demo, ben \/ ben-demo\)/);
    for (const program of ['claude mcp add', '"mcpServers"', '"servers"', 'curl -s']) assert.ok(stdout.includes(program));
    first.key = keyIn(stdout);
    assert.ok(first.key);
    assert.equal(statSync(join(data, 'demo-key')).mode & 0o777, 0o600);
  });

  test('finds the same key and the paired browser again, and stays up until it is told to end', async () => {
    const child = spawn(process.execPath, [DEMO, '--data', data, '--port', String(first.port)]);
    try {
      let stdout = '';
      child.stdout.on('data', (chunk) => { stdout += chunk; });
      const ended = once(child, 'exit');
      await until('demo that stays up', () => stdout.includes('until you press Ctrl-C'), { ms: RUN_MS });
      assert.equal(keyIn(stdout), first.key);
      assert.ok(stdout.includes('Statistics for Everyone'));
      const again = await new McpEndpoint(`http://localhost:${first.port}`, String(first.key)).callTool('list_courses');
      assert.equal(again.isError, false, again.text);
      child.kill('SIGINT');
      assert.deepEqual(await ended, [0, null]);
      await assert.rejects(fetch(`http://localhost:${first.port}/health`));
    } finally {
      child.kill('SIGTERM');
    }
  });

  test('without a browser it says so and what to do', async () => {
    const env = { ...process.env, MOODLE_MCP_CHROMIUM: 'none' };
    const { code, stdout, stderr } = await demo({ env }, '--data', data, '--port', String(first.port), '--once');
    assert.equal(code, 0, stderr || stdout);
    assert.match(stdout, /no Chromium-family browser/);
    assert.match(stdout, /apt install chromium/);
    assert.equal(keyIn(stdout), first.key);
  });

  test('says which flag is wrong', async () => {
    const { code, stderr } = await demo('--data', data, '--port', 'x', '--once');
    assert.equal(code, 2);
    assert.match(stderr, /--port x is no port/);
  });
});

/** @param {string} text */
function keyIn(text) {
  return /API key +(mmcp_\w+)/.exec(text)?.[1];
}

/**
 * @param {...(string | {env: NodeJS.ProcessEnv})} args
 * @returns {Promise<{code: number, stdout: string, stderr: string}>}
 */
function demo(...args) {
  const options = args.find((arg) => typeof arg !== 'string') ?? {};
  const flags = args.filter((arg) => typeof arg === 'string');
  return new Promise((resolve) => {
    execFile(process.execPath, [DEMO, ...flags], { timeout: RUN_MS, ...options }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code ?? 1) : 0, stdout, stderr });
    });
  });
}
