/** How the values of Excel's cells are shown: dates and percentages are numbers with a format. */

/** @typedef {import('./xml.js').Element} Element */
/** @typedef {'number' | 'percent' | 'date' | 'time' | 'date_time'} Form */

const DATES = new Set([14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58]);
const TIMES = new Set([18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47]);
const DAY_MS = 86_400_000;
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);

/**
 * The form of each cell style, by its number.
 * @param {Element | null} root of the styles part
 * @returns {Form[]}
 */
export function cellForms(root) {
  const codes = new Map((root?.child('numFmts')?.all('numFmt') ?? [])
    .map(({ attributes }) => [Number(attributes.numFmtId), attributes.formatCode ?? '']));
  return (root?.child('cellXfs')?.all('xf') ?? []).map(({ attributes }) => {
    const id = Number(attributes.numFmtId ?? 0);
    const code = codes.get(id);
    return code === undefined ? builtIn(id) : formOf(code);
  });
}

/** @param {number} id @returns {Form} */
function builtIn(id) {
  if (id === 9 || id === 10) return 'percent';
  if (id === 22) return 'date_time';
  if (TIMES.has(id)) return 'time';
  return DATES.has(id) ? 'date' : 'number';
}

/**
 * The form that a format code shows.
 * @param {string} code
 * @returns {Form}
 */
export function formOf(code) {
  const [positive] = code.split(';');
  const bare = positive.replace(/"[^"]*"|\\.|_.|\*./g, '').replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '').toLowerCase();
  if (bare.includes('general')) return 'number';
  if (bare.includes('%')) return 'percent';
  const date = /[yd]|m{3,}/.test(bare);
  const time = /[hs]/.test(bare);
  if (date && time) return 'date_time';
  if (date) return 'date';
  if (time) return 'time';
  return /^m+$/.test(bare) ? 'date' : 'number';
}

/**
 * A number in the form its cell has.
 * @param {string} raw
 * @param {Form} form
 * @param {boolean} since1904
 * @returns {string}
 */
export function numberText(raw, form, since1904) {
  const value = Number(raw);
  if (raw.trim() === '' || !Number.isFinite(value)) return raw;
  if (form === 'number') return plain(value);
  if (form === 'percent') return `${plain(value * 100)} %`;
  const ms = Math.round(value * 86_400) * 1000;
  if (form === 'time') return timeText(ms);
  const moment = new Date((since1904 ? EPOCH_1904 : EPOCH_1900) + ms);
  if (Number.isNaN(moment.getTime()) || value < 0) return plain(value);
  const iso = moment.toISOString();
  const hasTime = ms % DAY_MS !== 0;
  const time = hasTime || form === 'date_time' ? ` ${iso.slice(11, hasSeconds(ms) ? 19 : 16)}` : '';
  return iso.slice(0, 10) + time;
}

/**
 * A length of time; more than a day is told in hours.
 * @param {number} ms
 */
function timeText(ms) {
  const seconds = Math.abs(ms) / 1000;
  const two = (/** @type {number} */ value) => String(Math.floor(value)).padStart(2, '0');
  const text = `${two(seconds / 3600)}:${two((seconds % 3600) / 60)}${hasSeconds(ms) ? `:${two(seconds % 60)}` : ''}`;
  return ms < 0 ? `-${text}` : text;
}

/** @param {number} ms */
function hasSeconds(ms) {
  return ms % 60_000 !== 0;
}

/**
 * Without the last digits, which come from binary fractions.
 * @param {number} value
 */
function plain(value) {
  return String(Number(value.toPrecision(15)));
}
