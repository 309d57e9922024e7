/** From the rounds to the figures that are told. */

/** @typedef {import('./load.mjs').Measured} Measured */
/** @typedef {{server: string, revision: string, rounds: Measured[]}} Series the rounds of one contestant */
/** @typedef {{name: string, byRate: number, byCpu: number, aim: number}} Ratio more than 1: the first is the better */

/**
 * The middle value; of an even number of values, the mean of the two in the middle.
 * @param {number[]} values at least one
 */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  if (low === undefined || high === undefined) throw new Error('There is no median of no values.');
  return (low + high) / 2;
}

/**
 * The medians of the rounds; of the failures, the sum.
 * @param {Series} series
 */
export function medians({ server, revision, rounds }) {
  /** @param {(round: Measured) => number} figure */
  const of = (figure) => median(rounds.map(figure));
  return {
    server,
    revision,
    requestsPerSecond: of((round) => round.requestsPerSecond),
    p50Millis: of((round) => round.p50Millis),
    p99Millis: of((round) => round.p99Millis),
    cpuMicros: of((round) => round.cpuMicros),
    failed: rounds.reduce((sum, round) => sum + round.failed, 0),
  };
}

/**
 * By how much a request takes longer in one series than in another: the median over the rounds next to each other.
 * @param {Series} one
 * @param {Series} other
 * @returns {number} 0.1 for a tenth longer
 */
export function added(one, other) {
  return median(one.rounds.flatMap((round, index) => {
    const opposite = other.rounds[index];
    return opposite === undefined ? [] : [opposite.requestsPerSecond / round.requestsPerSecond - 1];
  }));
}

/**
 * How one contestant does against another: the median over the rounds of the two next to each other, so that noise that
 * lasts longer than a round falls out.
 * @param {Series} one
 * @param {Series} other
 * @param {number} aim what the ratio by rate should reach
 * @returns {Ratio}
 */
export function ratio(one, other, aim) {
  const pairs = one.rounds.flatMap((round, index) => {
    const opposite = other.rounds[index];
    return opposite === undefined ? [] : [{ round, opposite }];
  });
  const revision = one.revision === other.revision ? '' : ` ${other.revision}`;
  return {
    name: `${one.server} ${one.revision} / ${other.server}${revision}`,
    byRate: median(pairs.map(({ round, opposite }) => round.requestsPerSecond / opposite.requestsPerSecond)),
    byCpu: median(pairs.map(({ round, opposite }) => opposite.cpuMicros / round.cpuMicros)),
    aim,
  };
}

/**
 * The rate of a chain that does one after the other what its parts do.
 * @param {number[]} rates of the parts, each alone
 */
export function rateInSeries(rates) {
  return 1 / rates.reduce((sum, rate) => sum + 1 / rate, 0);
}

/**
 * How a chain does against the sum of its parts, measured in the same rounds.
 * @param {Series} chain
 * @param {Series[]} parts
 * @param {number} aim
 * @returns {Ratio}
 */
export function chainRatio(chain, parts, aim) {
  const rounds = chain.rounds.flatMap((round, index) => {
    const others = parts.flatMap((part) => part.rounds[index] ?? []);
    return others.length === parts.length ? [{ round, others }] : [];
  });
  return {
    name: `${chain.server} / ${parts.map(({ server }) => server).join(' + ')}`,
    byRate: median(rounds.map(({ round, others }) => (
      round.requestsPerSecond / rateInSeries(others.map(({ requestsPerSecond }) => requestsPerSecond))
    ))),
    byCpu: median(rounds.map(({ round, others }) => (
      others.reduce((sum, { cpuMicros }) => sum + cpuMicros, 0) / round.cpuMicros
    ))),
    aim,
  };
}

/**
 * @param {Series[]} all
 * @returns {string[]} lines
 */
export function resultsTable(all) {
  const rows = all.map((series) => {
    const { server, revision, requestsPerSecond, p50Millis, p99Millis, cpuMicros, failed } = medians(series);
    const each = series.rounds.map((round) => round.requestsPerSecond.toFixed(0)).join(' ');
    return [
      server, revision, requestsPerSecond.toFixed(0), p50Millis.toFixed(2), p99Millis.toFixed(1), cpuMicros.toFixed(1),
      String(failed), each,
    ];
  });
  const head = ['server', 'revision', 'requests/s', 'p50 ms', 'p99 ms', 'CPU µs/request', 'failed', 'requests/s of each round'];
  return table([head, ...rows], new Set([0, 1, 7]));
}

/**
 * @param {Ratio[]} ratios
 * @returns {string[]} lines
 */
export function ratiosTable(ratios) {
  const rows = ratios.map(({ name, byRate, byCpu, aim }) => [
    name, byRate.toFixed(2), byCpu.toFixed(2), `≥ ${aim}`, byRate >= aim ? 'reached' : 'missed',
  ]);
  return table([['ratio', 'by rate', 'by CPU', 'aim', ''], ...rows], new Set([0, 4]));
}

/**
 * Columns of even width.
 * @param {string[][]} rows
 * @param {Set<number>} texts the columns that begin at the left
 */
export function table(rows, texts) {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => (
    texts.has(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)
  )).join('  ').trimEnd());
}
