/** The settings: what may be written where, and the log of what was done. */

import { api } from '../platform.js';
import { ask, element } from '../ui/dom.js';
import { t, translatePage } from '../ui/i18n.js';

/** @typedef {import('../approval/page-handlers.js').PolicyView} PolicyView */
/** @typedef {import('../approval/policy.js').Choice} Choice */
/** @typedef {import('../activity.js').Entry} Entry */

const FIRST_SHOWN = 50;

const message = element('message', HTMLParagraphElement);
const paused = element('paused', HTMLInputElement);
const readOnly = element('read-only', HTMLInputElement);
const sites = element('sites', HTMLElement);

let howMany = FIRST_SHOWN;
let shownPolicy = '';

async function refresh() {
  const [policy, entries] = await Promise.all([ask('policy'), ask('activity')]);
  showPolicy(/** @type {PolicyView} */ (policy));
  showActivity(/** @type {Entry[]} */ (entries).toReversed());
}

/** @param {PolicyView} policy */
function showPolicy(policy) {
  const now = JSON.stringify(policy);
  if (now === shownPolicy) return;
  shownPolicy = now;
  const { managed } = policy;
  paused.checked = policy.paused;
  readOnly.checked = policy.readOnly;
  readOnly.disabled = managed.readOnly;
  const isManaged = managed.readOnly || managed.alwaysAsk || managed.denied.length > 0;
  element('managed', HTMLElement).hidden = !isManaged;
  element('no-sites', HTMLElement).hidden = policy.sites.length > 0;
  const focused = document.activeElement?.id;
  sites.replaceChildren(...policy.sites.flatMap((site) => siteRows(site, policy)));
  if (focused) document.getElementById(focused)?.focus();
}

/**
 * @param {PolicyView['sites'][number]} site
 * @param {PolicyView} policy
 */
function siteRows({ site, choices }, policy) {
  const title = document.createElement('h3');
  const name = document.createElement('bdi');
  name.textContent = site;
  title.append(name);
  const list = document.createElement('ul');
  list.className = 'kinds';
  list.append(...policy.kinds.map((kind) => {
    const select = choiceOf(kind, choices[kind.name], policy.readOnly);
    select.id = `${site}-${kind.name}`;
    select.addEventListener('change', () => {
      void change(() => ask('chooseWrite', { site, operation: kind.name, choice: select.value }));
    });
    const label = document.createElement('label');
    label.htmlFor = select.id;
    label.textContent = t(`tool_${kind.name}`);
    const item = document.createElement('li');
    item.append(label, select);
    return item;
  }));
  return [title, list];
}

/**
 * @param {PolicyView['kinds'][number]} kind
 * @param {Choice} chosen
 * @param {boolean} isReadOnly
 */
function choiceOf({ canBeAllowed, denied }, chosen, isReadOnly) {
  const select = document.createElement('select');
  for (const choice of /** @type {Choice[]} */ (canBeAllowed ? ['ask', 'allow', 'deny'] : ['ask', 'deny'])) {
    const option = document.createElement('option');
    option.value = choice;
    option.textContent = t(`choice_${choice}`);
    select.append(option);
  }
  const effective = denied ? 'deny' : chosen;
  select.value = effective === 'allow' && !canBeAllowed ? 'ask' : effective;
  select.disabled = denied || isReadOnly;
  return select;
}

/** @param {Entry[]} entries the newest first */
function showActivity(entries) {
  const table = element('activity', HTMLTableElement);
  table.hidden = entries.length === 0;
  element('no-activity', HTMLElement).hidden = entries.length > 0;
  element('more', HTMLElement).hidden = entries.length <= howMany;
  const body = table.tBodies[0];
  const now = JSON.stringify(entries.slice(0, howMany));
  if (body.dataset.shown === now) return;
  body.dataset.shown = now;
  body.replaceChildren(...entries.slice(0, howMany).map(row));
}

/** @param {Entry} entry */
function row({ at, tool, kind, site, asked, decision, outcome, detail }) {
  const line = document.createElement('tr');
  line.dataset.kind = kind;
  const when = new Date(at).toLocaleString(t('language'), { dateStyle: 'short', timeStyle: 'medium' });
  const state = decision ?? (asked ? 'asked' : '');
  const ended = cell(outcome ? [outcome, detail ?? ''].join(' ').trim() : t('activity_running'));
  if (outcome) ended.dataset.outcome = outcome;
  const place = cell(site);
  place.className = 'site';
  line.append(cell(when), cell(tool), place, cell(state && t(`activity_${state}`)), ended);
  return line;
}

/** @param {string} text */
function cell(text) {
  const made = document.createElement('td');
  made.textContent = text;
  return made;
}

/**
 * @param {() => Promise<unknown>} work
 * @param {string} [done] the key of what to say then
 */
async function change(work, done = 'options_saved') {
  try {
    await work();
    say('done', t(done));
  } catch {
    say('problem', t('problem_internal'));
  }
  await refresh();
}

/**
 * @param {'done' | 'problem'} kind
 * @param {string} text
 */
function say(kind, text) {
  message.dataset.kind = kind;
  message.textContent = text;
  message.hidden = false;
}

async function save() {
  const entries = await ask('activity');
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([JSON.stringify(entries, null, 2)], { type: 'application/json' }));
  link.download = `moodle-mcp-activity-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}

translatePage();
paused.addEventListener('change', () => { void change(() => ask('setPaused', { paused: paused.checked })); });
readOnly.addEventListener('change', () => { void change(() => ask('setReadOnly', { readOnly: readOnly.checked })); });
element('export', HTMLButtonElement).addEventListener('click', () => { void save(); });
element('clear', HTMLButtonElement).addEventListener('click', () => {
  void change(() => ask('clearActivity'), 'activity_cleared');
});
element('more', HTMLButtonElement).addEventListener('click', () => {
  howMany = Infinity;
  void refresh();
});
api.storage.onChanged.addListener(() => { void refresh(); });
void refresh();
