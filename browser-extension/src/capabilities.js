/** What the modules are given instead of the browser's own storage and network. */

/**
 * @typedef {object} Area
 * @property {(key: string) => Promise<unknown>} get
 * @property {(key: string, value: unknown) => Promise<void>} set
 * @property {(key: string) => Promise<void>} remove
 */

/** @typedef {(url: string, init?: RequestInit) => Promise<Response>} Fetch */

/**
 * @param {chrome.storage.StorageArea} area
 * @returns {Area}
 */
export function storageArea(area) {
  return {
    get: async (key) => (await area.get(key))[key],
    set: (key, value) => area.set({ [key]: value }),
    remove: (key) => area.remove(key),
  };
}
