/** Clients inside the frameworks that agents are built with. */

import { createMCPClient } from '@ai-sdk/mcp';
import { MultiServerMCPClient } from '@langchain/mcp-adapters';
import { MCPServerStreamableHttp } from '@openai/agents';
import { OWN_WORDS, authorization, textOf } from './client.mjs';

/** @typedef {import('./client.mjs').McpClient} McpClient */
/** @typedef {import('./client.mjs').Server} Server */

/** @type {McpClient[]} */
export const FRAMEWORKS = [
  { name: 'AI SDK', revision: '2026-07-28', refusal: OWN_WORDS, connect: aiSdk },
  { name: 'OpenAI Agents', revision: '2026-07-28', refusal: /requires authorization \(HTTP 401\)/, connect: openAiAgents },
  { name: 'LangChain', revision: '2025-11-25', refusal: OWN_WORDS, connect: langChain },
];

/** @param {Server} server */
async function aiSdk(server) {
  const client = await createMCPClient({
    transport: { type: 'http', url: `${server.url}/mcp`, headers: authorization(server) },
  });
  const tools = /** @type {Record<string, any>} */ (await client.tools());
  return {
    toolNames: async () => Object.keys(tools),
    callTool: async (/** @type {string} */ name, /** @type {Record<string, unknown>} */ args) =>
      textOf(await tools[name].execute(args, { toolCallId: '1', messages: [] })),
    close: () => client.close(),
  };
}

/** @param {Server} server */
async function openAiAgents(server) {
  const client = new MCPServerStreamableHttp({
    url: `${server.url}/mcp`, name: 'moodle', requestInit: { headers: authorization(server) },
  });
  await client.connect();
  return {
    toolNames: async () => (await client.listTools()).map(({ name }) => name),
    callTool: async (/** @type {string} */ name, /** @type {Record<string, unknown>} */ args) =>
      textOf({ content: await client.callTool(name, args) }),
    close: () => client.close(),
  };
}

/** @param {Server} server */
async function langChain(server) {
  const client = new MultiServerMCPClient({
    mcpServers: { moodle: { transport: 'http', url: `${server.url}/mcp`, headers: authorization(server) } },
  });
  const tools = await client.getTools();
  return {
    toolNames: async () => tools.map(({ name }) => name),
    callTool: async (/** @type {string} */ name, /** @type {Record<string, unknown>} */ args) =>
      textOf({ content: [await tools.find((tool) => tool.name === name)?.invoke(args)].flat() }),
    close: () => client.close(),
  };
}
