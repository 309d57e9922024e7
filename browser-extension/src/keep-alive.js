/** Keeps the background page alive while something slow is awaited. */

const BEAT_MS = 20_000;

/**
 * @template T
 * @param {() => void} keepAlive
 * @param {Promise<T>} work
 * @returns {Promise<T>}
 */
export async function keptAlive(keepAlive, work) {
  const beat = setInterval(keepAlive, BEAT_MS);
  try {
    return await work;
  } finally {
    clearInterval(beat);
  }
}
