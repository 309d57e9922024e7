/** The popup: how the connection and the sites stand, and what to do next. */

import { api } from '../platform.js';
import { Problem, ask, askView, element, whileBusy } from '../ui/dom.js';
import { originPattern, pastedAddress } from '../moodle/sites.js';
import { offerHiding } from './people-choice.js';
import { dateText, t, translatePage } from '../ui/i18n.js';
import { siteItem } from './site-item.js';

/** @typedef {import('../page-handlers.js').View} View */

/** How often it asks even when nothing changed: a background page that ended tells nobody, and is started anew so. */
const REFRESH_MS = 3_000;

const connection = element('connection', HTMLElement);
const message = element('message', HTMLParagraphElement);
const sites = element('sites', HTMLUListElement);
const service = element('service', HTMLDetailsElement);
const server = element('server', HTMLInputElement);
const moodleUrl = element('moodle-url', HTMLInputElement);
const buttons = {
  agree: element('agree', HTMLAnchorElement),
  signIn: element('sign-in', HTMLButtonElement),
  signOut: element('sign-out', HTMLButtonElement),
  connect: element('connect', HTMLButtonElement),
  saveServer: element('save-server', HTMLButtonElement),
  addMoodle: element('add-moodle', HTMLButtonElement),
};

/** @type {View | null} */
let shown = null;
let shownSites = '';

/** Shows the present state; the background tells the truth about it. */
async function refresh() {
  const view = await askView();
  const first = shown === null;
  const untouched = document.activeElement !== server && server.value === (shown?.server.address ?? '');
  if (untouched) server.value = view.server.address;
  shown = view;
  showConnection(view);
  showSites(view);
  showServer(view);
  if (first) service.open = !view.signedIn;
  element('agreed', HTMLElement).textContent = view.consent ? t('footer_agreed', dateText(view.consent)) : '';
  element('version', HTMLElement).textContent = view.version;
  showWrites(view);
}

/**
 * What waits for the person, and whether all is paused.
 * @param {View} view
 */
function showWrites({ questions, paused, signedIn }) {
  element('questions', HTMLElement).hidden = questions === 0;
  setText(element('questions-text', HTMLElement), t('popup_questions', String(questions)));
  element('paused', HTMLElement).hidden = !paused;
  element('pause', HTMLElement).hidden = paused || !signedIn;
}

/**
 * What a connected browser still lacks before an assistant can use it.
 * @param {View['sites']} list
 */
function connectedHint(list) {
  if (list.length === 0) return 'connected_no_site';
  return list.some(({ state }) => state === 'signed_in') ? 'connected' : 'connected_none_ready';
}

/** @param {View['connection']} now */
function hintOf(now) {
  return now.state === 'waiting' && now.why !== 'lost' ? `waiting_${now.why}` : now.state;
}

/** @param {View} view */
function showConnection({ connection: now, sites: list, signedIn, working }) {
  const { state } = now;
  const next = state === 'connected' ? connectedHint(list) : hintOf(now);
  const seconds = now.state === 'waiting' ? Math.max(0, Math.ceil((now.until - Date.now()) / 1000)) : 0;
  connection.dataset.state = state;
  setText(element('connection-title', HTMLElement), t(`connection_${state}`));
  setText(element('connection-next', HTMLElement), working > 0 && state === 'connected'
    ? t('popup_working') : t(`next_${next}`, String(seconds)));
  buttons.agree.hidden = state !== 'consent_needed';
  buttons.signIn.hidden = state !== 'signed_out';
  buttons.connect.hidden = !['waiting', 'superseded', 'update_needed'].includes(state);
  buttons.signOut.hidden = !signedIn;
}

/**
 * Shows the sites, and makes their lines anew only if they changed: a button that is being pressed must stay.
 * @param {View} view
 */
function showSites({ sites: list, consent }) {
  element('no-sites', HTMLElement).hidden = list.length > 0;
  buttons.addMoodle.disabled = consent === null;
  moodleUrl.disabled = consent === null;
  const now = JSON.stringify(list.map(({ site, url, state, user_id }) => [site, url, state, user_id]));
  if (now === shownSites) return;
  shownSites = now;
  const focused = document.activeElement?.closest('li')?.dataset.site;
  sites.replaceChildren(...list.map((site) => siteItem(site, {
    remove: () => act(async () => {
      await ask('removeSite', { site: site.site });
      say('done', t('note_removed', site.site));
    }),
    allow: () => allow(site.url),
    useAccount: () => act(async () => { await ask('useOtherUser', { site: site.site }); }),
  })));
  if (focused) focusSite(focused);
}

/**
 * Keeps the keyboard at a site whose line was made anew.
 * @param {string} name
 */
function focusSite(name) {
  const button = sites.querySelector(`li[data-site="${CSS.escape(name)}"] button`);
  if (button instanceof HTMLElement) button.focus();
}

/** @param {View} view */
function showServer({ server: { address, managed } }) {
  element('server-host', HTMLElement).textContent = address.replace(/^https?:\/\//, '');
  element('server-hint', HTMLElement).textContent = t(managed ? 'server_managed' : 'server_hint');
  server.readOnly = managed;
  buttons.saveServer.hidden = managed;
}

/** Saves the address in the field if it is other than the one in use. */
async function saveServer() {
  if (shown?.server.managed || server.value.trim() === shown?.server.address) return false;
  await ask('setServer', { address: server.value });
  const { server: saved } = await askView();
  server.value = saved.address;
  return true;
}

/**
 * Asks for the permission of one host. It must be the first thing that is awaited after the click.
 * @param {string} url
 */
async function allow(url) {
  const granted = await api.permissions.request({ origins: [originPattern(url)] });
  await act(async () => {
    if (!granted) throw new Problem('permission_refused');
    await ask('check');
  });
}

/** Adds the Moodle that was pasted. The question for permission may close the popup; then the background goes on. */
async function addMoodle() {
  const address = moodleUrl.value;
  const pasted = pastedAddress(address);
  if (!pasted) {
    await act(async () => { throw new Problem('address_invalid'); });
    return;
  }
  void ask('expectSite', { address });
  const granted = await api.permissions.request({ origins: [originPattern(pasted.href)] }).catch(() => false);
  await act(async () => {
    if (!granted) throw new Problem('permission_refused');
    say('note', t('note_looking'));
    const added = await ask('addSite', { address }).catch((error) => {
      if (error instanceof Problem && error.key === 'site_elsewhere' && error.about) moodleUrl.value = error.about;
      throw error;
    });
    moodleUrl.value = '';
    say('done', t('note_added', String(added)));
  });
}

/**
 * Does something and shows what came of it.
 * @param {() => Promise<void>} work
 */
async function act(work) {
  try {
    message.hidden = true;
    await work();
  } catch (error) {
    const { key, about } = error instanceof Problem ? error : new Problem('internal');
    say('problem', t(`problem_${key}`, about) || t('problem_internal'));
  }
  await refresh();
}

/**
 * @param {'problem' | 'done' | 'note'} kind
 * @param {string} text
 */
function say(kind, text) {
  message.dataset.kind = kind;
  message.textContent = text;
  message.hidden = false;
}

/**
 * Changes a text only if it is another, so that screen readers do not repeat it.
 * @param {HTMLElement} place
 * @param {string} text
 */
function setText(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

translatePage();
element('show-questions', HTMLButtonElement).addEventListener('click', () => { void ask('showQuestions'); });
for (const [id, paused] of /** @type {const} */ ([['pause', true], ['resume', false]])) {
  element(id, HTMLButtonElement).addEventListener('click', () => act(async () => {
    await ask('setPaused', { paused });
  }));
}
buttons.signIn.addEventListener('click', () => whileBusy(buttons.signIn, () => act(async () => {
  await saveServer();
  say('note', t('note_signing_in'));
  await ask('signIn');
  message.hidden = true;
  service.open = false;
})));
buttons.signOut.addEventListener('click', () => whileBusy(buttons.signOut, () => act(async () => {
  await ask('signOut');
})));
buttons.connect.addEventListener('click', () => whileBusy(buttons.connect, () => act(async () => {
  await ask('connect');
})));
element('server-form', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault();
  void whileBusy(buttons.saveServer, () => act(async () => {
    if (await saveServer()) say('done', t('note_saved'));
  }));
});
element('add-form', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault();
  void whileBusy(buttons.addMoodle, addMoodle);
});
api.storage.onChanged.addListener(() => { void refresh(); });
setInterval(() => { if (shown) showConnection(shown); }, 1000);
setInterval(() => { void refresh().catch(() => {}); }, REFRESH_MS);
void refresh().then(() => ask('check')).catch(() => {});
void offerHiding().catch(() => {});
