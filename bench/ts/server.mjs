/** The tool `echo` on the official TypeScript SDK's server. Arguments: the port, and the key that callers must show. */

import { timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, fromJsonSchema, McpServer } from '@modelcontextprotocol/server';

const [port, key] = process.argv.slice(2);
const expected = Buffer.from(`Bearer ${key}`);

/** @type {import('@modelcontextprotocol/server').StandardSchemaWithJSON<{text: string}>} */
const inputSchema = fromJsonSchema({
  type: 'object',
  properties: { text: { type: 'string' } },
  required: ['text'],
  additionalProperties: false,
});

function echoServer() {
  const server = new McpServer({ name: 'echo-server', version: '1.0.0' });
  server.registerTool('echo', { description: 'Answers with the text it is given.', inputSchema }, ({ text }) => ({
    content: [{ type: 'text', text }],
  }));
  return server;
}

/** @param {string} [header] */
function isExpected(header) {
  const given = Buffer.from(header ?? '');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

const serve = toNodeHandler(createMcpHandler(echoServer, { responseMode: 'json' }));

createServer((request, response) => {
  if (isExpected(request.headers.authorization)) void serve(request, response);
  else response.writeHead(401).end();
}).listen(Number(port), '127.0.0.1');
