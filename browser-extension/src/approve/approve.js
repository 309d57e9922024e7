/** The approval window: what would be written, and the person's decision. */

import { ChosenFiles } from '../approval/chosen-files.js';
import { Guard } from './guard.js';
import { Problem, ask, element } from '../ui/dom.js';
import { fill, questionView } from './question-view.js';
import { t, translatePage } from '../ui/i18n.js';

/** @typedef {import('../approval/questions.js').Question} Question */
/** @typedef {import('../approval/questions.js').Decision} Decision */
/** @typedef {import('../approval/shown.js').FileSeen} FileSeen */

/** How often it asks what waits; that also keeps the background awake while a person thinks. */
const REFRESH_MS = 1_000;
const CLOSE_MS = 1_500;

const main = element('question', HTMLElement);
const message = element('message', HTMLParagraphElement);
const buttons = {
  approve: element('approve', HTMLButtonElement),
  always: element('always', HTMLButtonElement),
  deny: element('deny', HTMLButtonElement),
};
const chosen = new ChosenFiles();
const guard = new Guard(() => showButtons());

/** @type {Question[]} */
let waiting = [];
/** @type {Question | null} */
let shown = null;
/** @type {FileSeen[]} */
let files = [];
let isSending = false;
let decided = false;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let closing;

async function refresh() {
  if (isSending) return;
  const before = shown;
  waiting = /** @type {Question[]} */ (await ask('questions'));
  const still = waiting.find(({ id }) => id === before?.id);
  if (before && !still) say('note', 'approve_withdrawn');
  show(still ?? waiting[0] ?? null);
}

/**
 * Shows a question. Another than before cannot be decided at once: the person has to see it first.
 * @param {Question | null} question
 */
function show(question) {
  const isOther = question?.id !== shown?.id;
  shown = question;
  if (isOther) {
    files = [];
    if (question && message.dataset.kind !== 'note') message.hidden = true;
    main.replaceChildren(...(question ? questionView(question, (input, list) => { void choose(input, list); }) : []));
    if (question) guard.start();
    main.focus();
  }
  main.hidden = question === null;
  element('actions', HTMLElement).hidden = question === null;
  const nothing = element('nothing', HTMLElement);
  nothing.hidden = question !== null;
  nothing.textContent = t('approve_nothing');
  showList();
  showClock();
  showButtons();
  if (question !== null) {
    clearTimeout(closing);
  } else if (decided) {
    decided = false;
    closing = setTimeout(() => { void ask('closeQuestions').catch(() => {}); }, CLOSE_MS);
  }
}

function showList() {
  element('waiting', HTMLElement).hidden = waiting.length < 2;
  element('waiting-title', HTMLElement).textContent = t('approve_waiting', String(waiting.length));
  const list = element('waiting-list', HTMLUListElement);
  const now = JSON.stringify([shown?.id, waiting.map(({ id }) => id)]);
  if (list.dataset.shown === now) return;
  list.dataset.shown = now;
  list.replaceChildren(...waiting.map((question) => {
    const item = document.createElement('li');
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = t(`tool_${question.tool}`);
    button.setAttribute('aria-current', String(question.id === shown?.id));
    button.addEventListener('click', () => {
      message.hidden = true;
      show(question);
    });
    item.append(button);
    return item;
  }));
}

function showClock() {
  const seconds = shown ? Math.max(0, Math.ceil((shown.until - Date.now()) / 1000)) : 0;
  const left = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  element('clock', HTMLElement).textContent = shown ? t('approve_left', left) : '';
}

function showButtons() {
  const isReady = shown !== null && guard.isOver && !isSending;
  const lacksFiles = shown?.shown.choose !== undefined && files.length === 0;
  buttons.deny.disabled = !isReady;
  buttons.approve.disabled = !isReady || lacksFiles;
  buttons.always.disabled = !isReady || lacksFiles;
  buttons.always.hidden = shown?.canAlways !== true;
  const hint = lacksFiles ? 'approve_hint_files' : guard.isOver ? 'approve_hint' : 'approve_hint_wait';
  const place = element('hint', HTMLElement);
  if (place.textContent !== t(hint)) place.textContent = t(hint);
}

/**
 * Sends what the person decided. A click that a script made is none.
 * @param {Decision} decision
 * @param {Event} event
 */
async function decide(decision, event) {
  if (!event.isTrusted || !shown || !guard.isOver || isSending) return;
  isSending = true;
  showButtons();
  try {
    await ask('decide', { id: shown.id, decision, files });
    decided = true;
    say('done', decision === 'deny' ? 'approve_denied' : 'approve_approved');
    shown = null;
  } catch (error) {
    say('problem', `problem_${error instanceof Problem ? error.key : 'internal'}`);
  } finally {
    isSending = false;
    await refresh().catch(() => {});
  }
}

/**
 * Notes the files that the person chose, with their fingerprints.
 * @param {HTMLInputElement} input
 * @param {HTMLUListElement} list
 */
async function choose(input, list) {
  const question = shown;
  if (!question?.shown.choose) return;
  const { most, bytes } = question.shown.choose;
  const picked = [...input.files ?? []];
  files = [];
  const fits = picked.length <= most && picked.every(({ size }) => size > 0 && (bytes <= 0 || size <= bytes));
  if (fits) {
    const read = await Promise.all(picked.map(async (file) => ({ file, sha256: await fingerprint(file) })));
    await chosen.put(question.id, read);
    if (shown?.id !== question.id) return;
    files = read.map(({ file, sha256 }) => ({ name: file.name, bytes: file.size, sha256 }));
    message.hidden = true;
  } else {
    say('problem', 'problem_files_unfit');
  }
  fill(list, files);
  guard.start();
}

/** @param {File} file */
async function fingerprint(file) {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * @param {'problem' | 'done' | 'note'} kind
 * @param {string} key
 */
function say(kind, key) {
  message.dataset.kind = kind;
  message.textContent = t(key) || t('problem_internal');
  message.hidden = false;
}

translatePage();
for (const [decision, button] of /** @type {[Decision, HTMLButtonElement][]} */ (Object.entries(buttons))) {
  button.addEventListener('click', (event) => { void decide(decision, event); });
}
guard.onSeen = () => { if (shown) void ask('questionSeen', { id: shown.id }).catch(() => {}); };
setInterval(() => { void refresh().catch(() => {}); }, REFRESH_MS);
void refresh().catch(() => {});
