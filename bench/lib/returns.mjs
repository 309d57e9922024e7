/** How soon all extensions are back after the server was away. */

import { connectedExtensions, counts, startBridgeServer } from './bridge-programs.mjs';

const RETURN_MS = 180_000;
const FLAGS = ['-Xmx1g'];

/**
 * @typedef {object} Return
 * @property {string} how
 * @property {number} connections
 * @property {number} awaySeconds until the server answered again
 * @property {number} seconds until all were connected again, from the moment the server answered again
 * @property {number} sinceStopSeconds the same from the moment the server was told to end
 */

/** The ways a server goes: told to, and drained; or at once, as when its machine fails. */
const WAYS = /** @type {const} */ ({ restart: 'SIGTERM', crash: 'SIGKILL' });

/**
 * @param {import('./servers.mjs').Surroundings} surroundings
 * @param {number} connections
 * @param {(line: string) => void} tell
 * @returns {Promise<Return[]>}
 */
export async function measureReturns(surroundings, connections, tell) {
  let server = await startBridgeServer(surroundings, FLAGS);
  const extensions = await connectedExtensions(surroundings, server.port, { count: connections });
  /** @type {Return[]} */
  const returns = [];
  for (const [how, signal] of Object.entries(WAYS)) {
    tell(`${how} with ${connections} connections …`);
    const begun = Date.now();
    process.kill(server.pid, signal);
    await server.child.ended;
    server = await startBridgeServer(surroundings, FLAGS, server.port);
    const answering = Date.now();
    const back = await extensions.until(`return of ${connections} extensions`, () => {
      const now = counts(extensions);
      return now?.connected === connections && now.at > answering && now;
    }, { ms: RETURN_MS });
    returns.push({
      how,
      connections,
      awaySeconds: (answering - begun) / 1000,
      seconds: (back.at - answering) / 1000,
      sinceStopSeconds: (back.at - begun) / 1000,
    });
  }
  await extensions.stop();
  await server.child.stop();
  return returns;
}
