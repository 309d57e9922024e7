/** The suite's scenarios for authorization servers, with a person who allows what it asks, played over HTTP. */

import { allowApp } from '../../lib/portal-visit.mjs';
import { freePort } from '../../lib/ports.mjs';

/** The scenarios, all of them required. */
export const AUTHORIZATION = ['authorization-server-metadata-endpoint', 'authorization-code-grant'];

/**
 * Registers a client for the suite, and lets it ask.
 * @param {string} name of the run
 * @param {{issuer: string, newLink: () => Promise<string>}} service
 * @param {import('./suite.mjs').Suite} suite
 */
export async function runAuthorization(name, { issuer, newLink }, suite) {
  const port = await freePort();
  const clientId = await register(issuer, `http://127.0.0.1:${port}/callback`);
  return suite.authorize(name, { issuer, clientId, port }, async (question) => {
    await fetch(await allowApp(await newLink(), issuer, question));
  });
}

/**
 * @param {string} issuer
 * @param {string} redirectUri
 * @returns {Promise<string>} the client's id
 */
async function register(issuer, redirectUri) {
  const answer = await fetch(`${issuer}/register`, {
    method: 'POST', headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ client_name: 'Conformance suite', redirect_uris: [redirectUri] }),
  });
  const { client_id: clientId } = /** @type {{client_id?: string}} */ (await answer.json());
  if (!clientId) throw new Error(`The service did not register the suite, but answered with ${answer.status}.`);
  return clientId;
}
