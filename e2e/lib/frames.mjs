/** Writes down what the extension's service worker sends and receives on its WebSocket. */

import { appendFileSync } from 'node:fs';

const EVENTS = /** @type {Record<string, string>} */ ({
  'Network.webSocketCreated': 'open ',
  'Network.webSocketFrameSent': '  >> ',
  'Network.webSocketFrameReceived': '  << ',
  'Network.webSocketClosed': 'close',
});

/**
 * Listens to every service worker that this browser starts from now on.
 * @param {import('playwright-core').CDPSession} session of the whole browser
 * @param {string} file
 */
export async function recordFrames(session, file) {
  session.on('Target.targetCreated', ({ targetInfo }) => {
    if (targetInfo.type === 'service_worker') void attach(session, targetInfo.targetId).catch(() => {});
  });
  session.on('Target.receivedMessageFromTarget', ({ message }) => {
    const line = lineOf(JSON.parse(message));
    if (line) appendFileSync(file, `${new Date().toISOString()} ${line}\n`);
  });
  await session.send('Target.setDiscoverTargets', { discover: true });
}

/**
 * @param {import('playwright-core').CDPSession} session
 * @param {string} targetId
 */
async function attach(session, targetId) {
  const { sessionId } = await session.send('Target.attachToTarget', { targetId, flatten: false });
  await session.send('Target.sendMessageToTarget', { sessionId, message: '{"id":1,"method":"Network.enable"}' });
}

/** @param {{method?: string, params?: any}} event */
function lineOf({ method = '', params }) {
  const direction = EVENTS[method];
  return direction && `${direction} ${params.response?.payloadData ?? params.url ?? ''}`;
}
