/** Processor time that a program has used, all its threads together. */

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** @param {number} pid */
export function cpuMicros(pid) {
  const stat = `/proc/${pid}/stat`;
  return existsSync(stat) ? fromStat(readFileSync(stat, 'utf8'), ticksPerSecond()) : fromPs(psTime(pid));
}

/**
 * Reads user and system time from a line as `/proc/PID/stat` has it.
 * @param {string} line
 * @param {number} ticks how many make a second
 */
export function fromStat(line, ticks) {
  // The second field is the name in brackets, and may hold blanks and brackets itself.
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) / ticks) * 1e6;
}

/**
 * Reads a time as `ps -o time=` prints it on systems without `/proc`: `[[days-]hours:]minutes:seconds`.
 * @param {string} text
 */
export function fromPs(text) {
  const [days, clock] = text.includes('-') ? text.trim().split('-') : ['0', text.trim()];
  const seconds = (clock ?? '').split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return (Number(days) * 86_400 + seconds) * 1e6;
}

function ticksPerSecond() {
  return Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
}

/** @param {number} pid */
function psTime(pid) {
  return execFileSync('ps', ['-o', 'time=', '-p', String(pid)], { encoding: 'utf8' });
}
