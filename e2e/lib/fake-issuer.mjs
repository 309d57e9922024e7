/** An OpenID Connect provider of the test kit, run as its own program: whoever comes is one person. */

import { Child } from './child.mjs';
import { QUICK_START } from './places.mjs';

const MAIN = 'io.github.moodlemcp.testkit.issuer.FakeIssuerMain';
const START_MS = 60_000;

/** @typedef {{subject: string, email: string, name: string}} Person */

/**
 * Starts an issuer.
 * @param {Person} person who is signed in there
 * @param {{java: string, testkit: string, log?: string, running: import('./running.mjs').Running}} options
 * @returns {Promise<{issuer: string, clientId: string, clientSecret: string}>} what the service must know of it
 */
export async function startFakeIssuer({ subject, email, name }, { java, testkit, log, running }) {
  const args = [...QUICK_START, '-cp', testkit, MAIN, subject, email, name];
  const child = running.add(new Child('The fake issuer', java, args, { log }));
  const [, issuer, clientId, clientSecret] = await child.line(/runs at (http\S+) \(client: (.+) \/ (\S+)\)/, { ms: START_MS });
  return { issuer: String(issuer), clientId: String(clientId), clientSecret: String(clientSecret) };
}

/**
 * The settings with which the service lets people sign in there.
 * @param {string} name of the provider, in capital letters
 * @param {string} shown what people read
 * @param {Awaited<ReturnType<typeof startFakeIssuer>>} issuer
 * @returns {Record<string, string>}
 */
export function providerSettings(name, shown, { issuer, clientId, clientSecret }) {
  return {
    [`OIDC_${name}_ISSUER`]: issuer,
    [`OIDC_${name}_CLIENT_ID`]: clientId,
    [`OIDC_${name}_CLIENT_SECRET`]: clientSecret,
    [`OIDC_${name}_DISPLAY_NAME`]: shown,
  };
}
