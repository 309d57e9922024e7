/** How much of a model's attention the list of tools takes, counted by a tokenizer of theirs. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readFileSync, readdirSync } from 'node:fs';
import { Tiktoken } from 'js-tiktoken/lite';
import o200k from 'js-tiktoken/ranks/o200k_base';

const TOOLS = new URL('../../moodle-mcp-server-core/src/main/resources/io/github/moodlemcp/server/tools/', import.meta.url);

/** How many tokens the tools of these sets may take together. */
const BUDGETS = /** @type {const} */ ([
  { sets: ['always', 'student'], tokens: 7_000 },
  { sets: ['always', 'student', 'student-write'], tokens: 10_000 },
]);

const encoding = new Tiktoken(o200k);
const tools = readdirSync(TOOLS).map((file) => JSON.parse(readFileSync(new URL(file, TOOLS), 'utf8')));

/** @param {any} tool as a client gets it, and hands it on */
function tokensOf({ name, title, description, inputSchema, annotations }) {
  return encoding.encode(JSON.stringify({ name, title, description, inputSchema, annotations })).length;
}

describe('The list of tools', () => {
  for (const { sets, tokens } of BUDGETS) {
    test(`of ${sets.join(', ')} stays below ${tokens} tokens`, (context) => {
      const sizes = tools.filter(({ toolset }) => sets.includes(toolset))
        .map((tool) => /** @type {[string, number]} */ ([tool.name, tokensOf(tool)])).sort((a, b) => b[1] - a[1]);
      const sum = sizes.reduce((all, [, size]) => all + size, 0);
      context.diagnostic(`${sizes.length} tools, ${sum} tokens; the largest: ${sizes.slice(0, 5).map((one) => one.join(' ')).join(', ')}`);
      assert.ok(sizes.length > 0 && sum < tokens, `${sum} tokens: ${sizes.map((one) => one.join(' ')).join(', ')}`);
    });
  }
});
