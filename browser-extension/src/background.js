/** The background of the extension: listeners and wiring. */

import { Activity } from './activity.js';
import { Ajax } from './moodle/ajax.js';
import { ApprovalWindow } from './approval/window.js';
import { Choices } from './approval/choices.js';
import { ChosenFiles } from './approval/chosen-files.js';
import { Commands } from './bridge/commands.js';
import { Connection } from './bridge/connection.js';
import { Files } from './documents/files.js';
import { Forms } from './moodle/forms.js';
import { Hiding } from './privacy/hiding.js';
import { Journal } from './bridge/journal.js';
import { Library } from './documents/library.js';
import { MissingFunctions } from './moodle/missing.js';
import { OPERATIONS } from './operations/index.js';
import { Pages } from './moodle/pages.js';
import { Pairing } from './pairing.js';
import { Probe } from './moodle/probe.js';
import { Questions } from './approval/questions.js';
import { Reading } from './approval/reading.js';
import { Requests } from './moodle/requests.js';
import { Sessions } from './moodle/session.js';
import { SYSTEM_CLOCK } from './system-clock.js';
import { Settings } from './settings.js';
import { SiteStates } from './moodle/site-states.js';
import { answerPages } from './messages.js';
import { api } from './platform.js';
import { browserName } from './browser-name.js';
import { offscreenDocuments } from './documents/documents.js';
import { localEngine, offscreenEngine, offscreenPage } from './engine/engine.js';
import { hidingHandlers } from './privacy/page-handlers.js';
import { pageHandlers, problemOf } from './page-handlers.js';
import { keptAlive } from './keep-alive.js';
import { badgeOf } from './badge.js';
import { writeHandlers } from './approval/page-handlers.js';
import { storageArea } from './capabilities.js';
import { behindWall, raiseWall } from './moodle/wall.js';

const RECOVER = 'recover';
const LOOK = 'look';
const TELL_AFTER_MS = 300;

const local = storageArea(api.storage.local);
const session = storageArea(api.storage.session);
const keepAlive = () => { void api.runtime.getPlatformInfo(); };

const settings = new Settings(local, storageArea(api.storage.managed));
const fetchFromMoodle = behindWall((input, init) => fetch(input, init), raiseWall(api));
const requests = new Requests({
  fetch: fetchFromMoodle,
  hasPermission: (pattern) => api.permissions.contains({ origins: [pattern] }),
});
const sessions = new Sessions({ requests, memory: session, pin: (site, userId) => settings.pinUser(site, userId) });
const ajax = new Ajax(requests, sessions, new MissingFunctions(session, SYSTEM_CLOCK.now));
const pages = new Pages(requests, sessions, ajax);
const tellSites = gathered(() => { void connection.tellSites(); }, TELL_AFTER_MS);
const states = new SiteStates(session, tellSites);
const probe = new Probe({ ajax, sessions, states, now: SYSTEM_CLOCK.now });
const hasParser = typeof DOMParser !== 'undefined';
const offscreen = offscreenPage(api);
const engine = hasParser ? localEngine() : offscreenEngine(api, offscreen);
const files = new Files(requests, hasParser
  ? new Library({
    fetch: fetchFromMoodle,
    clock: SYSTEM_CLOCK,
    whileBusy: (work) => { void keptAlive(keepAlive, work); },
  })
  : offscreenDocuments(api.runtime, offscreen));
const forms = new Forms(requests, pages, engine);
const journal = new Journal(local, async () => (await settings.server()).address);
const hiding = new Hiding(local, storageArea(api.storage.managed), goodRandom);
const activity = new Activity(local, () => new Date());
void activity.interrupted();
const choices = new Choices(local, storageArea(api.storage.managed));
const reading = new Reading(SYSTEM_CLOCK.now);
const chosenFiles = new ChosenFiles();
const approvalWindow = new ApprovalWindow({
  windows: api.windows, memory: session, getUrl: (path) => api.runtime.getURL(path),
});
const questions = new Questions({
  operations: OPERATIONS,
  choices,
  reading,
  now: SYSTEM_CLOCK.now,
  show: () => { void approvalWindow.show().catch(() => {}); },
  changed: () => { void showBadge(); },
  files: chosenFiles,
  note: (command, site, step) => { void activity.step(command, site, step); },
});
let working = 0;
const commands = new Commands({
  operations: OPERATIONS,
  sites: () => settings.sites(),
  tools: { ajax, pages, forms, files, probe, engine, now: SYSTEM_CLOCK.now },
  clock: SYSTEM_CLOCK,
  journal,
  approvals: questions,
  heard: (site, failure) => { void probe.heard(site, failure); },
  isPaused: async () => (await choices.kept()).paused,
  watch: {
    began(command) {
      working += 1;
      reading.began(command);
      void activity.began(command);
      void showBadge();
    },
    ended(command, site, failure) {
      working -= 1;
      void activity.ended(command, site, failure);
      void showBadge();
    },
  },
  people: hiding,
  takeFiles: (command) => chosenFiles.take(command),
});

const pairing = new Pairing({
  local,
  session,
  fetch: (input, init) => fetch(input, init),
  now: SYSTEM_CLOCK.now,
  redirectUrl: api.identity.getRedirectURL(),
  authorize: (url) => keptAlive(keepAlive, api.identity.launchWebAuthFlow({ url, interactive: true })),
  locked: (name, work) => navigator.locks.request(name, work),
});

const connection = new Connection({
  openSocket: (url, protocols) => /** @type {import('./bridge/link.js').Socket} */ (
    /** @type {unknown} */ (new WebSocket(url, protocols))),
  clock: SYSTEM_CLOCK,
  random: Math.random,
  memory: session,
  pairing: {
    isAllowed: async () => (await settings.consentGiven()) !== null,
    access: (options) => pairing.access(options),
    drop: () => pairing.forget(),
  },
  greeting: async () => ({
    browser: { id: await settings.browserId(), name: browserName(navigator, (await api.runtime.getPlatformInfo()).os) },
    version: api.runtime.getManifest().version,
    sites: await siteStates(),
    operations: commands.names(),
    journal: await journal.entries(),
  }),
  sites: siteStates,
  commands,
  keepAlive,
  onConnected: () => { void lookAtSites(); },
  onState: () => { void showBadge(); },
});

const handlers = pageHandlers({
  api, settings, pairing, connection, requests, sessions, states, probe, memory: session, lookAtSites,
  siteStates, now: () => new Date(), hiding,
  writing: async () => ({
    questions: questions.count, working: working - questions.count, paused: (await choices.kept()).paused,
  }),
  forgetChoices: (site) => choices.forget(site),
});
const writing = writeHandlers({
  questions,
  choices,
  activity,
  operations: OPERATIONS,
  sites: () => settings.sites(),
  showWindow: () => approvalWindow.show(),
  closeWindow: () => approvalWindow.close(() => questions.count > 0),
  changed: () => { void showBadge(); },
});

/** A number from 0 to below 1 that nobody can guess. */
function goodRandom() {
  return crypto.getRandomValues(new Uint32Array(1))[0] / 2 ** 32;
}

/** Says on the icon how things stand. */
async function showBadge() {
  const { paused } = await choices.kept();
  const { text, color, title } = badgeOf({
    state: connection.state.state, questions: questions.count, paused, working: working - questions.count,
  });
  await api.action.setBadgeBackgroundColor({ color });
  await api.action.setBadgeText({ text });
  await api.action.setTitle({ title: api.i18n.getMessage(title) });
}

/**
 * Makes one call out of those that come shortly after one another.
 * @param {() => void} call
 * @param {number} ms
 */
function gathered(call, ms) {
  /** @type {unknown} */
  let timer = null;
  return () => {
    timer ??= setTimeout(() => {
      timer = null;
      call();
    }, ms);
  };
}

/** The states of the sites that the person added. */
async function siteStates() {
  return states.of(await settings.sites());
}

/**
 * Finds out anew how sites stand.
 * @param {import('./bridge/protocol.js').SiteStateName[]} [seen] only those that were last seen in one of these states
 */
async function lookAtSites(seen) {
  if ((await settings.consentGiven()) === null) return;
  await probe.lookAt(await settings.sites(), seen);
}

/** @param {chrome.alarms.Alarm} alarm */
function onAlarm(alarm) {
  void connection.ensure();
  if (alarm.name === LOOK && connection.state.state === 'connected') void lookAtSites();
}

/** @param {{reason: string}} details */
function onInstalled({ reason }) {
  if (reason === 'install') void api.tabs.create({ url: api.runtime.getURL('welcome/welcome.html') });
}

/**
 * @param {string} name
 * @param {number} periodInMinutes
 */
async function keepAlarm(name, periodInMinutes) {
  const known = await api.alarms.get(name);
  if (known?.periodInMinutes !== periodInMinutes) await api.alarms.create(name, { periodInMinutes });
}

api.runtime.onInstalled.addListener(onInstalled);
api.runtime.onStartup.addListener(() => { void connection.ensure(); });
api.alarms.onAlarm.addListener(onAlarm);
globalThis.addEventListener('online', () => { void connection.networkChanged(); });
globalThis.addEventListener('offline', () => { void connection.networkChanged(); });
api.permissions.onAdded.addListener(() => { void handlers.permitted(); });
api.permissions.onRemoved.addListener(() => { void lookAtSites(); });
answerPages(api.runtime, { ...handlers, ...writing, ...hidingHandlers(hiding) }, problemOf);

void keepAlarm(RECOVER, 0.5);
void keepAlarm(LOOK, 5);
void connection.ensure();
void chosenFiles.clear().catch(() => {});
