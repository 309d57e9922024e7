/** Moments in the time zone that a person has in Moodle. */

/**
 * A moment of Moodle's (seconds since 1970, 0 for none) in ISO 8601 with the offset of the time zone.
 * @param {unknown} seconds
 * @param {string} zone
 * @returns {string | null}
 */
export function localTime(seconds, zone) {
  if (typeof seconds !== 'number' || !(seconds > 0 && seconds < 253_402_000_000)) return null;
  const part = partsOf(seconds, zone);
  return `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}:${part.second}${part.offset}`;
}

/**
 * Year and month in the time zone.
 * @param {number} seconds
 * @param {string} zone
 */
export function monthOf(seconds, zone) {
  const { year, month } = partsOf(seconds, zone);
  return { year: Number(year), month: Number(month) };
}

/**
 * The first moment of a day written as `2026-11-30`, in seconds since 1970, or null when it is no day.
 * @param {string} day
 * @param {string} zone
 * @returns {number | null}
 */
export function startOfDay(day, zone) {
  const midnight = Date.parse(`${day}T00:00:00Z`) / 1000;
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(midnight)) return null;
  if (!new Date(midnight * 1000).toISOString().startsWith(day)) return null;
  const near = midnight - offsetOf(midnight, zone);
  return midnight - offsetOf(near, zone);
}

/**
 * A moment written as `2026-11-30T14:30`, in the time zone unless it names an offset, in seconds since 1970, or null
 * when it is none. Of an hour that comes twice it is one of the two.
 * @param {string} text
 * @param {string} zone
 * @returns {number | null}
 */
export function momentIn(text, zone) {
  const [, day, time, offset] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d)?(Z|[+-]\d\d:\d\d)?$/.exec(text) ?? [];
  if (day === undefined || startOfDay(day, zone) === null) return null;
  const asIfUtc = Date.parse(`${day}T${time}:00${offset ?? 'Z'}`) / 1000;
  if (Number.isNaN(asIfUtc) || offset !== undefined) return Number.isNaN(asIfUtc) ? null : asIfUtc;
  const near = asIfUtc - offsetOf(asIfUtc, zone);
  return asIfUtc - offsetOf(near, zone);
}

/**
 * How far the time zone's clocks are ahead of UTC, in seconds.
 * @param {number} seconds
 * @param {string} zone
 */
function offsetOf(seconds, zone) {
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)/.exec(partsOf(seconds, zone).offset) ?? [];
  return (sign === '-' ? -60 : 60) * (Number(hours) * 60 + Number(minutes));
}

/**
 * The time zone when the browser knows it, else UTC: Moodle translates some names.
 * @param {string} zone
 * @returns {string}
 */
export function knownZone(zone) {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone;
  } catch {
    return 'UTC';
  }
}

/**
 * @param {number} seconds
 * @param {string} zone
 */
function partsOf(seconds, zone) {
  const format = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
    timeZone: zone, hourCycle: 'h23', timeZoneName: 'longOffset', year: 'numeric', month: '2-digit', day: '2-digit',
    hour: '2-digit', minute: '2-digit', second: '2-digit',
  });
  const parts = Object.fromEntries(format.formatToParts(seconds * 1000).map(({ type, value }) => [type, value]));
  const offset = /[+-]\d\d:\d\d/.exec(parts.timeZoneName)?.[0] ?? '+00:00';
  const { month, day, hour, minute, second } = parts;
  return { year: parts.year.padStart(4, '0'), month, day, hour, minute, second, offset };
}
