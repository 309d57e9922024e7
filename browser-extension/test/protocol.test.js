import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readFileSync, readdirSync } from 'node:fs';
import * as protocol from '../src/bridge/protocol.js';
import { Failure, MESSAGES } from '../src/failure.js';

const GOLDEN = new URL('../../moodle-mcp-protocol/src/test/resources/golden/bridge/', import.meta.url);
const golden = (name) => JSON.parse(readFileSync(new URL(name, GOLDEN), 'utf8'));
const goldenText = (name) => readFileSync(new URL(name, GOLDEN), 'utf8');
const COMMAND = '9f86d081884c7d659a2feaa0c55ad015';

/** What builds each golden frame, from the inputs that the frame itself shows. */
const BUILT = {
  'hello.json': ({ params }) => protocol.hello('1', {
    browser: params.browser, version: '0.1.0', sites: params.sites, operations: params.operations,
    journal: params.journal,
  }),
  'ping.json': () => protocol.ping('2'),
  'status.json': ({ params }) => protocol.status(params.sites),
  'command-approval.json': () => protocol.approval(COMMAND),
  'command-claim.json': () => protocol.claim('3', COMMAND),
  'command-progress.json': () => protocol.progress(COMMAND, {
    progress: 3, total: 12, message: 'Reading page 3 of 12',
  }),
  'command-result.json': ({ result }) => protocol.commandResult(COMMAND, result),
  'command-error.json': () => protocol.commandError(
    COMMAND, new Failure('signed_out', { site: 'moodle.example.edu/moodle' }),
  ),
};

const READ = {
  'hello-result.json': { kind: 'result', id: '1' },
  'ping-result.json': { kind: 'result', id: '2', result: {} },
  'command-claim-granted.json': { kind: 'result', id: '3', result: { granted: true } },
  'command-claim-refused.json': { kind: 'result', id: '3', result: { granted: false, reason: 'expired' } },
  'command-claim-refused-cancelled.json': {
    kind: 'result', id: '3', result: { granted: false, reason: 'cancelled' },
  },
  'command-cancel.json': { kind: 'cancel', command: COMMAND },
  'limit-warning.json': { kind: 'ignored' },
  'command-run.json': {
    kind: 'run',
    command: {
      id: COMMAND,
      tool: 'list_courses',
      arguments: { classification: 'inprogress', limit: 50 },
      site: 'moodle.example.edu/moodle',
      remainingMs: 44000,
      sideEffect: 'read',
    },
  },
  'command-run-write.json': {
    kind: 'run',
    command: {
      id: COMMAND,
      tool: 'reply_to_post',
      arguments: { post_id: 7, text: 'Thank you' },
      site: 'moodle.example.edu/moodle',
      remainingMs: 660000,
      sideEffect: 'write',
    },
  },
};

describe('Frames of the extension', () => {
  for (const name of readdirSync(new URL('extension-to-server/', GOLDEN))) {
    test(`${name} is what the protocol module builds`, () => {
      const frame = golden(`extension-to-server/${name}`);
      assert.ok(BUILT[name], `nothing builds ${name}`);
      assert.deepEqual(JSON.parse(JSON.stringify(BUILT[name](frame))), frame);
    });
  }
});

describe('Frames of the service', () => {
  for (const name of readdirSync(new URL('server-to-extension/', GOLDEN))) {
    test(`${name} is understood`, () => {
      assert.ok(READ[name], `nothing reads ${name}`);
      const { result, ...frame } = protocol.read(goldenText(`server-to-extension/${name}`));
      const { result: expected, ...rest } = READ[name];
      assert.deepEqual(frame, rest);
      if (expected) assert.deepEqual(result, expected);
    });

    test(`${name} is understood with a member nobody knows`, () => {
      const frame = golden(`server-to-extension/${name}`);
      const strange = { ...frame, strange: 1, ...(frame.params && { params: { ...frame.params, strange: 1 } }) };
      assert.deepEqual(protocol.read(JSON.stringify(strange)), protocol.read(JSON.stringify(frame)));
    });
  }

  test('the answer to hello gives heartbeat and limit', () => {
    const { result } = protocol.read(goldenText('server-to-extension/hello-result.json'));
    assert.deepEqual(protocol.welcome(result), {
      connection: '4be0643f1d98573b97cdca98a65347dd', heartbeatSeconds: 20, frameBytes: 1048576,
    });
  });

  test('what is no JSON-RPC is malformed, an unknown notification ignored, an unknown request answered', () => {
    for (const text of ['', 'x', '[]', '1', 'null', '{}', '{"jsonrpc":"1.0","method":"x"}', '{"jsonrpc":"2.0"}']) {
      assert.equal(protocol.read(text).kind, 'malformed', text);
    }
    assert.equal(protocol.read(new ArrayBuffer(1)).kind, 'malformed');
    assert.equal(protocol.read('{"jsonrpc":"2.0","method":"news","params":{}}').kind, 'ignored');
    assert.deepEqual(protocol.read('{"jsonrpc":"2.0","method":"news","id":7}'), { kind: 'unknown-request', id: 7 });
    assert.equal(protocol.unknownMethod(7).error.code, -32601);
  });
});

describe('Failures', () => {
  test('there is a sentence for each reason of the protocol, and for nothing else', () => {
    const page = readFileSync(new URL('../../docs/reference/bridge-protocol.md', import.meta.url), 'utf8');
    const section = page.slice(page.indexOf('The reply\'s result'), page.indexOf('`detail` matches'));
    const reasons = [...section.matchAll(/^\| `([a-z_]+)` \|/gm)].map(([, reason]) => reason);
    assert.ok(reasons.length > 10);
    assert.deepEqual(Object.keys(MESSAGES).sort(), reasons.sort());
  });

  test('a detail that could be text of Moodle is left out', () => {
    for (const detail of ['two words', 'x'.repeat(65), '', '<b>', 'ä']) {
      assert.equal('detail' in protocol.commandError(COMMAND, new Failure('moodle_refused', { detail })).error.data, false);
    }
    const { data } = protocol.commandError(COMMAND, new Failure('moodle_refused', { detail: 'a/b-c_1' })).error;
    assert.equal(data.detail, 'a/b-c_1');
  });
});
