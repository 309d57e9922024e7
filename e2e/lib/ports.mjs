/** Ports of this computer. */

import { createServer } from 'node:net';

/**
 * The first of these ports that nobody uses, else one that the system chooses.
 * @param {number[]} [wished]
 * @returns {Promise<number>}
 */
export async function freePort(wished = []) {
  for (const port of wished) {
    if ((await bound(port)) !== null) return port;
  }
  const port = await bound(0);
  if (port === null) throw new Error('No port of 127.0.0.1 is free.');
  return port;
}

/**
 * @param {number} port
 * @returns {Promise<number | null>} the port, or null when it is in use
 */
function bound(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const got = address !== null && typeof address === 'object' ? address.port : null;
      server.close(() => resolve(got));
    });
  });
}
