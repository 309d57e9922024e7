/** What a browser is called. */

/** @typedef {{userAgent: string, userAgentData?: {brands?: {brand: string}[]}}} NavigatorNames */

/** @type {{[os: string]: string}} */
const SYSTEMS = {
  android: 'Android', cros: 'ChromeOS', linux: 'Linux', mac: 'macOS', openbsd: 'OpenBSD', win: 'Windows',
};

/**
 * A name of this browser for people, such as `Chromium on Linux`; at most 64 characters.
 * @param {NavigatorNames} navigator
 * @param {string} os as `runtime.getPlatformInfo` names it
 * @returns {string}
 */
export function browserName(navigator, os) {
  return `${product(navigator)} on ${SYSTEMS[os] ?? os}`.slice(0, 64);
}

/** @param {NavigatorNames} navigator */
function product(navigator) {
  if (navigator.userAgent.includes('Firefox/')) return 'Firefox';
  const brands = navigator.userAgentData?.brands?.map((entry) => entry.brand) ?? [];
  return brands.find((brand) => brand !== 'Chromium' && !/not.?a.?brand/i.test(brand)) ?? 'Chromium';
}
