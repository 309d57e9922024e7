/** MCP over plain HTTP, without a client library. */

const REVISION = '2026-07-28';

/** @typedef {{status: number, headers: Headers, body: any}} Answer */
/** @typedef {{isError: boolean, text: string, data: any, outcome: string | undefined}} ToolAnswer `data`: the JSON between the markers, null when there is none */

/** `POST /mcp` with an API key. */
export class McpEndpoint {
  #url;
  #key;
  #lastId = 0;

  /**
   * @param {string} service the base address
   * @param {string} key
   */
  constructor(service, key) {
    this.#url = `${service}/mcp`;
    this.#key = key;
  }

  /**
   * @param {string} method
   * @param {Record<string, unknown>} [params]
   * @returns {Promise<Answer>}
   */
  async request(method, params = {}) {
    const meta = {
      'io.modelcontextprotocol/protocolVersion': REVISION,
      'io.modelcontextprotocol/clientCapabilities': {},
      'io.modelcontextprotocol/clientInfo': { name: 'moodle-mcp-e2e', version: '0.1.0' },
    };
    const response = await fetch(this.#url, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${this.#key}`,
        'Content-Type': 'application/json',
        Accept: 'application/json, text/event-stream',
        'MCP-Protocol-Version': REVISION,
        'Mcp-Method': method,
        ...(typeof params.name === 'string' && { 'Mcp-Name': params.name }),
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: ++this.#lastId, method, params: { ...params, _meta: meta } }),
    });
    return { status: response.status, headers: response.headers, body: bodyOf(await response.text()) };
  }

  /**
   * @param {string} name
   * @param {Record<string, unknown>} [args]
   * @returns {Promise<ToolAnswer>}
   */
  async callTool(name, args = {}) {
    const { status, body } = await this.request('tools/call', { name, arguments: args });
    if (!body?.result) throw new Error(`${name} was answered with ${status}: ${JSON.stringify(body?.error ?? body)}`);
    return toolAnswer(body.result);
  }

  /** Whether the service takes the key. */
  async isAccepted() {
    return (await this.request('tools/list')).status === 200;
  }
}

/**
 * A result of `tools/call`, of whatever client.
 * @param {any} result
 * @returns {ToolAnswer}
 */
export function toolAnswer(result) {
  const text = result.content.map((/** @type {any} */ block) => block.text ?? '').join('\n');
  return {
    isError: result.isError === true,
    text,
    data: dataIn(text),
    outcome: result._meta?.['io.github.moodlemcp/outcome'],
  };
}

/**
 * The JSON between the markers that fence what comes from Moodle.
 * @param {string} text
 */
function dataIn(text) {
  const fenced = /<(moodle-[0-9a-f]+)>\n([\s\S]*)\n<\/\1>/.exec(text);
  return fenced ? JSON.parse(String(fenced[2])) : null;
}

/**
 * The message of an answer, which is JSON or the last event of a stream.
 * @param {string} text
 */
function bodyOf(text) {
  const events = text.split('\n').filter((line) => line.startsWith('data:')).map((line) => line.slice(5));
  const json = text.startsWith('{') ? text : events.at(-1);
  try {
    return json === undefined ? null : JSON.parse(json);
  } catch {
    return text;
  }
}
