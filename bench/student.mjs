/** Which tools the ten commonest questions of a student need, and how long the demo Moodle lets each wait. */

import { join } from 'node:path';
import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { findJava, findPlaces } from '../e2e/lib/places.mjs';
import { freePort } from '../e2e/lib/ports.mjs';
import { plainStudent } from '../e2e/lib/plain-student.mjs';
import { Running } from '../e2e/lib/running.mjs';
import { startDemoMoodle } from '../e2e/lib/demo-moodle.mjs';
import { messageOf } from '../e2e/lib/until.mjs';
import { machine, positive, say, TARGET, tell, UsageError, write } from './lib/report.mjs';

const USAGE = `Usage: ./moodle-mcp bench student [--latency 150] [--rounds 5]

Asks the demo Moodle what a student's ten commonest questions need, with so many milliseconds more for each request.
Prints the median time of each question; everything is in target/bench/student.json.`;

const OPTIONS = /** @type {const} */ ({
  java: { type: 'string' },
  latency: { type: 'string', default: '150' },
  rounds: { type: 'string', default: '5' },
  help: { type: 'boolean', default: false },
});

/** @typedef {(name: string, args?: Record<string, unknown>) => Promise<any>} Ask */
/** @typedef {{question: string, answer: (ask: Ask) => Promise<unknown>}} Question */

/**
 * Each question, and the calls with which an assistant that follows the tools' descriptions answers it.
 * @type {Question[]}
 */
const QUESTIONS = [
  { question: 'What is due?', answer: (ask) => ask('list_deadlines') },
  { question: 'Which courses do I have?', answer: (ask) => ask('list_courses') },
  {
    question: 'What is in the course on R&D?',
    answer: async (ask) => ask('get_course', { course_id: idOf(await ask('list_courses'), 'R&D') }),
  },
  {
    question: 'What do I have to do for the report?',
    answer: async (ask) => ask('get_assignment', { assignment_id: deadlineOf(await ask('list_deadlines'), 'Report') }),
  },
  { question: 'What are my grades?', answer: (ask) => ask('get_grades') },
  {
    question: 'What is new in R&D?',
    answer: async (ask) => ask('list_updates', { course_id: idOf(await ask('list_courses'), 'R&D') }),
  },
  {
    question: 'Did anybody write to me?',
    answer: async (ask) => {
      const { conversations } = await ask('list_conversations');
      return ask('read_conversation', { conversation_id: conversations[0].id });
    },
  },
  { question: 'What is on next week?', answer: (ask) => ask('list_events', { days: 7 }) },
  {
    question: 'What do the slides say about units?',
    answer: async (ask) => {
      const course = idOf(await ask('list_courses'), 'R&D');
      const { files } = await ask('list_files', { course_id: course });
      const slides = files.find((/** @type {any} */ one) => /Slides/.test(one.name));
      return ask('read_file', { file: slides.file, find: 'unit' });
    },
  },
  { question: 'Where is something said about rulers?', answer: (ask) => ask('search', { query: 'rulers' }) },
];

/** @param {any} result @param {string} word */
function idOf({ courses }, word) {
  return courses.find((/** @type {any} */ one) => one.name.includes(word)).id;
}

/** @param {any} result @param {string} word */
function deadlineOf({ deadlines }, word) {
  return deadlines.find((/** @type {any} */ one) => one.name.includes(word)).activity.id;
}

/**
 * @param {{java: string, latency: number, rounds: number}} plan
 * @param {Running} running
 */
async function run({ java, latency, rounds }, running) {
  const { testkit, chromium } = findPlaces({ java });
  mkdirSync(join(TARGET, 'logs'), { recursive: true });
  const log = join(TARGET, 'logs', 'demo-moodle.log');
  const moodle = await startDemoMoodle({ java, testkit, port: await freePort(), log, running });
  const results = [];
  for (const { question, answer } of QUESTIONS) {
    const times = [];
    /** @type {{tools: string[], requests: number}} */
    let last = { tools: [], requests: 0 };
    for (let round = 0; round < rounds; round += 1) {
      const student = await plainStudent({ extension: chromium, url: moodle.url, login: moodle.login('anna'), latency });
      await student.call('get_status');
      last = { tools: [], requests: 0 };
      const began = performance.now();
      await answer(async (name, args) => {
        const { result, requests } = await student.call(name, args);
        last.tools.push(name);
        last.requests += requests;
        return result;
      });
      times.push(performance.now() - began);
    }
    results.push({ question, ...last, ms: Math.round(median(times)), times: times.map(Math.round) });
  }
  show(results, latency, rounds);
  write('student.json', { machine: machine(), latency, rounds, results });
}

/** @param {number[]} numbers */
function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

/**
 * @param {{question: string, tools: string[], requests: number, ms: number}[]} results
 * @param {number} latency
 * @param {number} rounds
 */
function show(results, latency, rounds) {
  say(`A signed-in student's questions, ${latency} ms more for each request: medians of ${rounds} rounds`);
  say();
  say(`${'question'.padEnd(40)} ${'tools'.padStart(5)} ${'requests'.padStart(8)} ${'ms'.padStart(6)}`);
  for (const { question, tools, requests, ms } of results) {
    const figures = `${String(tools.length).padStart(5)} ${String(requests).padStart(8)} ${String(ms).padStart(6)}`;
    say(`${question.padEnd(40)} ${figures}  ${tools.join(', ')}`);
  }
  const tools = results.reduce((sum, one) => sum + one.tools.length, 0);
  say();
  say(`${(tools / results.length).toFixed(1)} tools for a question, ${median(results.map(({ ms }) => ms))} ms (median)`);
}

const running = new Running();
running.endWithProcess();
try {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) {
    say(USAGE);
  } else {
    const latency = positive('--latency', values.latency);
    await run({ java: values.java ?? findJava(), latency, rounds: positive('--rounds', values.rounds) }, running);
  }
} catch (error) {
  tell(`bench student: ${messageOf(error)}`);
  if (error instanceof UsageError) tell(USAGE);
  process.exitCode = error instanceof UsageError ? 2 : 1;
} finally {
  await running.end();
}
