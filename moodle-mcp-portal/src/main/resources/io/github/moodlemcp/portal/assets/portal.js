// Live state, copy buttons and local times. Every page also works without this file.

const REFRESH_MS = 4000;

/** Whether a form is on its way: then the next page is its, and not ours to choose. */
let leaving = false;
document.addEventListener('submit', () => { leaving = true; });

for (const time of document.querySelectorAll('time')) showLocally(time);
for (const button of document.querySelectorAll('button.copy')) offerCopy(button);
const live = document.querySelector('[data-state]');
if (live) keepFresh(live);
const waiting = document.querySelector('[data-continue]');
if (waiting) continueWhenSignedIn(waiting.dataset.continue);

function showLocally(time) {
  const moment = new Date(time.dateTime);
  if (Number.isNaN(moment.getTime())) return;
  time.textContent = moment.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}

function offerCopy(button) {
  if (!navigator.clipboard) return;
  const label = [...button.childNodes];
  button.hidden = false;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    button.textContent = 'Copied';
    setTimeout(() => { button.replaceChildren(...label); }, 2000);
  });
}

async function keepFresh(list) {
  const freshness = document.getElementById('freshness');
  let shown = '';
  for (;;) {
    const state = document.hidden ? null : await stateNow();
    if (leaving) return;
    if (state && !state.signedIn) return location.reload();
    if (state && state.browsers !== shown) {
      show(list, state.browsers);
      shown = state.browsers;
    }
    if (!document.hidden) freshness.textContent = state ? 'Live' : 'No answer from this service. Trying again …';
    await pause();
  }
}

async function continueWhenSignedIn(path) {
  for (;;) {
    const state = await stateNow();
    if (leaving) return;
    if (state?.signedIn) return location.replace(path);
    await pause();
  }
}

/** What the service says, or null while it cannot be reached. */
async function stateNow() {
  try {
    const answer = await fetch('/dashboard/state', { headers: { Accept: 'application/json' } });
    return answer.ok || answer.status === 401 ? await answer.json() : null;
  } catch {
    return null;
  }
}

function pause() {
  return new Promise((resolve) => { setTimeout(resolve, REFRESH_MS); });
}

/** Puts the service's HTML into the list; what was open stays open, and the focus stays where it was. */
function show(list, html) {
  const open = new Set([...list.querySelectorAll('details[open]')].map((details) => details.dataset.keep));
  const place = focusable(list).indexOf(document.activeElement);
  const made = document.createElement('template');
  made.innerHTML = html;
  for (const time of made.content.querySelectorAll('time')) showLocally(time);
  for (const details of made.content.querySelectorAll('details')) details.open = open.has(details.dataset.keep);
  list.replaceChildren(made.content);
  if (place >= 0) focusable(list)[place]?.focus();
}

function focusable(list) {
  return [...list.querySelectorAll('a, button, summary')];
}
