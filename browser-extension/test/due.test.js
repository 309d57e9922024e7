import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startOfDay } from '../src/moodle/time.js';
import { monthsFrom } from '../src/operations/events.js';
import { ROOT, runOperation } from './operation-world.js';

const at = (text) => Date.parse(text) / 1000;
const DEADLINES = 'core_calendar_get_action_events_by_timesort';
const MONTHLY = 'core_calendar_get_calendar_monthly_view';

const event = (id, time, more = {}) => ({
  id, name: `Essay ${id} &amp; notes is due`, activityname: `Essay ${id} &amp; notes`, modulename: 'assign', instance: 900 + id,
  eventtype: 'due', timestart: at(time), timesort: at(time), timeduration: 0, description: '', location: '',
  overdue: false, course: { id: 2, fullname: 'R&amp;D &lt;Intro&gt;' }, url: `${ROOT}/mod/assign/view.php?id=${id}`,
  action: { name: 'Add submission', actionable: true }, ...more,
});

describe('list_deadlines', () => {
  const answer = (...events) => ({ functions: { [DEADLINES]: () => ({ events, lastid: events.at(-1)?.id ?? 0 }) } });

  test('tells what is due in the person\'s time zone, by the activity\'s id and not the instance\'s', async () => {
    const { result } = await runOperation('list_deadlines', {}, answer(event(5, '2026-11-30T22:59:00Z')));
    assert.deepEqual(result.deadlines, [{
      due: '2026-11-30T23:59:00+01:00', name: 'Essay 5 & notes', kind: 'due', activity: { id: 5, type: 'assign' },
      course: { id: 2, name: 'R&D <Intro>' }, url: `${ROOT}/mod/assign/view.php?id=5`, overdue: false,
      to_do: 'Add submission', possible_now: true,
    }]);
    assert.deepEqual([result.now, result.until, result.time_zone], [
      '2026-11-22T10:30:00+01:00', '2026-12-22T10:30:00+01:00', 'Europe/Berlin',
    ]);
    assert.deepEqual(result.coverage, { returned: 1, offset: 0, total: 1, more: false });
  });

  test('uses another time zone than the computer\'s', async () => {
    const { result } = await runOperation('list_deadlines', {}, {
      ...answer(event(5, '2026-11-30T22:59:00Z')), zone: 'Asia/Tokyo',
    });
    assert.equal(result.deadlines[0].due, '2026-12-01T07:59:00+09:00');
  });

  test('looks back for what is overdue and ahead as far as asked', async () => {
    const { result, moodle } = await runOperation('list_deadlines', { days: 7, overdue_days: 3 },
      answer(event(5, '2026-11-21T09:30:00Z')));
    const [{ args }] = moodle.requests[1].calls;
    assert.deepEqual([args.timesortfrom, args.timesortto], [at('2026-11-19T09:30:00Z'), at('2026-11-29T09:30:00Z')]);
    assert.equal(result.deadlines[0].overdue, true);
  });

  test('goes on after fifty events until there are no more', async () => {
    const all = Array.from({ length: 120 }, (_, i) => event(i + 1, '2026-11-30T22:59:00Z'));
    const { result, moodle } = await runOperation('list_deadlines', { limit: 200, offset: 100 }, {
      functions: {
        [DEADLINES]: ({ aftereventid, limitnum }) => {
          const events = all.slice(aftereventid, aftereventid + limitnum);
          return { events, lastid: events.at(-1)?.id ?? 0 };
        },
      },
    });
    assert.equal(moodle.requests.length, 4);
    assert.deepEqual(result.coverage, { returned: 20, offset: 100, total: 120, more: false });
  });

  test('shows only the course that is asked for', async () => {
    const events = [event(1, '2026-11-30T22:59:00Z'), event(2, '2026-11-30T22:59:00Z', { course: { id: 3, fullname: 'B' } })];
    const { result } = await runOperation('list_deadlines', { course_id: 3 }, answer(...events));
    assert.deepEqual(result.deadlines.map(({ activity }) => activity.id), [2]);
  });

  test('names no address outside the site', async () => {
    const { result } = await runOperation('list_deadlines', {}, answer(
      event(1, '2026-11-30T22:59:00Z', { url: 'https://evil.example/?id=1' })));
    assert.equal(result.deadlines[0].url, null);
  });

  test('refuses an answer without events', async () => {
    await assert.rejects(runOperation('list_deadlines', {}, { functions: { [DEADLINES]: () => ({}) } }), {
      reason: 'unexpected_answer', detail: 'events',
    });
  });
});

describe('list_events', () => {
  const own = (id, start, more = {}) => ({
    id, name: `Dentist ${id}`, modulename: '', eventtype: 'user', timestart: at(start), timeduration: 3600,
    location: 'Room &amp; 5', description: '<p>Bring <b>it</b></p>', url: `${ROOT}/?redirect=0`, ...more,
  });
  const months = (byMonth) => ({
    functions: {
      [MONTHLY]: ({ year, month }) => ({ weeks: [{ days: [{ events: byMonth[`${year}-${month}`] ?? [] }] }] }),
    },
  });

  test('asks for each month once, and gives an event of several days once', async () => {
    const long = own(3, '2026-11-30T10:00:00Z', { timeduration: 3 * 86_400 });
    const { result, moodle } = await runOperation('list_events', { from: '2026-11-28', days: 7 },
      months({ '2026-11': [own(1, '2026-11-20T08:00:00Z'), long], '2026-12': [long, own(2, '2026-12-02T08:00:00Z')] }));
    assert.deepEqual(moodle.requests[1].calls.map(({ args }) => [args.year, args.month]), [[2026, 11], [2026, 12]]);
    assert.deepEqual(result.events.map(({ id }) => id), [3, 2]);
    assert.deepEqual(result.events[1], {
      id: 2, start: '2026-12-02T09:00:00+01:00', end: '2026-12-02T10:00:00+01:00', name: 'Dentist 2', kind: 'user',
      activity: null, course: null, url: `${ROOT}/?redirect=0`, location: 'Room & 5', description: 'Bring it',
    });
    assert.deepEqual([result.from, result.until], ['2026-11-28T00:00:00+01:00', '2026-12-05T00:00:00+01:00']);
  });

  test('an event that began before and has not ended is in it', async () => {
    const { result } = await runOperation('list_events', { from: '2026-11-28', days: 1 },
      months({ '2026-11': [own(1, '2026-11-27T08:00:00Z', { timeduration: 86_400 }), own(2, '2026-11-27T08:00:00Z')] }));
    assert.deepEqual(result.events.map(({ id }) => id), [1]);
  });

  test('a long description is cut, and says so', async () => {
    const { result } = await runOperation('list_events', {},
      months({ '2026-11': [own(1, '2026-11-23T08:00:00Z', { description: 'x'.repeat(900) })] }));
    assert.equal(result.events[0].description.length, 500);
    assert.match(result.events[0].description_cut, /500 of 900/);
  });

  test('a month that fails fails the call', async () => {
    await assert.rejects(runOperation('list_events', {}, { functions: { [MONTHLY]: () => new Error('invalidcourseid') } }), {
      reason: 'not_found',
    });
  });

  test('months are counted across the turn of the year', () => {
    const name = ({ year, month }) => `${year}-${month}`;
    assert.deepEqual(monthsFrom({ year: 2026, month: -1 }, 4).map(name), ['2025-11', '2025-12', '2026-1', '2026-2']);
    assert.deepEqual(monthsFrom({ year: 2026, month: 11 }, 3).map(name), ['2026-11', '2026-12', '2027-1']);
  });

  test('a day begins where the person is, in winter and in summer', () => {
    const iso = (day, zone) => new Date(startOfDay(day, zone) * 1000).toISOString();
    assert.equal(iso('2026-11-30', 'Europe/Berlin'), '2026-11-29T23:00:00.000Z');
    assert.equal(iso('2026-03-30', 'Europe/Berlin'), '2026-03-29T22:00:00.000Z');
    assert.equal(iso('2026-10-25', 'Europe/Berlin'), '2026-10-24T22:00:00.000Z');
    assert.equal(iso('2026-11-30', 'America/Los_Angeles'), '2026-11-30T08:00:00.000Z');
    assert.equal(iso('2026-04-05', 'Pacific/Auckland'), '2026-04-04T11:00:00.000Z', 'the day on which summer ends');
    assert.equal(startOfDay('2026-13-01', 'UTC'), null);
  });
});
