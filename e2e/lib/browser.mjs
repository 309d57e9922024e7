/**
 * What the steps of a person need of a browser; `chromium.mjs` and `firefox.mjs` have it.
 *
 * @typedef {object} Tab a tab or a window
 * @property {(url: string) => Promise<void>} goTo
 * @property {() => Promise<string>} url
 * @property {(selector: string, text: string) => Promise<void>} fill
 * @property {(selector: string) => Promise<void>} click waits until it is there, and clicks as a person does
 * @property {(selector: string) => Promise<string>} text of the first match, which must be there
 * @property {(selector: string) => Promise<number>} count of the matches that can be seen
 * @property {(selector: string, name: string) => Promise<string | null>} attribute of the first match, which must be
 *     there
 * @property {(selector: string, options?: {ms?: number}) => Promise<void>} see waits until a match can be seen
 * @property {(path: string) => Promise<void>} screenshot
 * @property {() => Promise<void>} close
 *
 * @typedef {object} Browser a browser with the extension
 * @property {string} name
 * @property {(path: string) => string} extensionUrl the address of a page of the extension
 * @property {(url?: string) => Promise<Tab>} openTab
 * @property {(urlPart: string, action: () => Promise<void>) => Promise<Tab>} tabOpenedBy the tab or window with this in
 *     its address that the action opens
 * @property {(address: string) => Promise<void>} allowHost lets the extension use the host of an address, so that no
 *     question is asked that nobody can answer in a headless browser
 * @property {() => Promise<void>} stop
 */

export {};
