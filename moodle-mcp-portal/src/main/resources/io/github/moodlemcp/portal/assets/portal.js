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
    const answer = JSON.stringify(state?.browsers);
    if (state && answer !== shown) {
      list.replaceChildren(...(state.browsers.length ? [browserList(state.browsers)] : [nobody()]));
      shown = answer;
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

function browserList(browsers) {
  return element('ul', 'browsers', ...browsers.map(browserCard));
}

function browserCard(browser) {
  const since = element('time');
  since.dateTime = browser.connectedSince.iso;
  showLocally(since);
  return element(
    'li',
    'card',
    element('h3', '', element('span', 'dot good'), browser.name),
    element('p', 'quiet', 'Connected since ', since, ` · extension ${browser.version}`),
    browser.sites.length
      ? element('ul', 'sites', ...browser.sites.map(siteRow))
      : element('p', '', 'No Moodle yet. Open the extension in this browser and add yours.'),
  );
}

function siteRow(site) {
  const name = element(site.href ? 'a' : 'span', '', site.site);
  if (site.href) {
    name.href = site.href;
    name.rel = 'noreferrer';
  }
  return element('li', '', name, ' ', element('span', `state ${site.state}`, site.label));
}

function nobody() {
  const link = element('a', '', 'get the extension');
  link.href = '/extension';
  return element(
    'div',
    'card empty',
    element('h3', '', element('span', 'dot'), 'No browser is connected'),
    element(
      'p',
      '',
      'Your assistant reaches Moodle through a browser with our extension. Open that browser, or ',
      link,
      '.',
    ),
  );
}

function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}
