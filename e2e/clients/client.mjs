/** What the tests need of a client. */

/** @typedef {(progress: {progress: number, message?: string}) => void} OnProgress */

/**
 * @typedef {object} Session
 * @property {() => Promise<string[]>} toolNames
 * @property {(name: string, args: Record<string, unknown>, onProgress?: OnProgress) => Promise<string>} callTool the
 *   text of the answer
 * @property {() => Promise<{name: string}[]>} [prompts]
 * @property {() => Promise<{uriTemplate: string}[]>} [resourceTemplates]
 * @property {() => Promise<void>} close
 */

/**
 * @typedef {object} Server
 * @property {string} url the base address
 * @property {string} key
 * @property {(name: string) => string} folder makes a folder for what the client keeps
 */

/**
 * @typedef {object} McpClient
 * @property {string} name with its version's era or transport
 * @property {string} revision that it agrees on with the service
 * @property {RegExp} refusal what it says when the service does not take the key
 * @property {boolean} [isStream] whether it speaks HTTP+SSE, the transport of 2024-11-05
 * @property {boolean} [tellsProgress]
 * @property {(server: Server) => Promise<Session>} connect
 */

/** The service's own words about a key that it does not take. */
export const OWN_WORDS = /The API key or token is not known, has expired, or was revoked/;

/** The address that a client asks the person to open, when it has printed all of it. */
export const QUESTION = /https?:\/\/\S+\/authorize\?[^\s"'<>]+(?=\s)/;

/** How the clients call themselves. */
export const INFO = { name: 'moodle-mcp-clients', version: '0.1.0' };

/** @param {Server} server */
export function authorization({ key }) {
  return { Authorization: `Bearer ${key}` };
}

/**
 * The texts of a result of `tools/call`.
 * @param {any} result
 * @returns {string}
 */
export function textOf(result) {
  return result.content.map((/** @type {any} */ block) => block.text ?? '').join('\n');
}

/**
 * @param {{tools: {name: string}[]}} list a result of `tools/list`
 */
export function namesOf({ tools }) {
  return tools.map(({ name }) => name);
}
