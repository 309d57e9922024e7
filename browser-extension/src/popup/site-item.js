/** One site in the popup's list. */

import { t } from '../ui/i18n.js';

/** @typedef {import('../bridge/protocol.js').SiteState} SiteState */

/**
 * @typedef {object} SiteActions
 * @property {() => void} remove
 * @property {() => void} allow
 * @property {() => void} useAccount
 */

/**
 * @param {SiteState} site
 * @param {SiteActions} actions
 * @returns {HTMLLIElement}
 */
export function siteItem(site, actions) {
  const { state } = site;
  const item = document.createElement('li');
  item.dataset.site = site.site;
  item.dataset.state = state;

  const dot = document.createElement('span');
  dot.className = 'dot';
  dot.ariaHidden = 'true';

  const name = document.createElement('bdi');
  name.className = 'name';
  name.dir = 'ltr';
  name.textContent = site.site;
  const words = document.createElement('p');
  words.className = 'soft';
  words.textContent = t(`site_state_${state}`, String(site.user_id ?? ''));
  const about = document.createElement('div');
  about.append(name, words, ...furtherAction(site, state, actions));

  const remove = button('remove', t('action_remove'), actions.remove);
  remove.ariaLabel = t('action_remove_site', site.site);
  item.append(dot, about, remove);
  return item;
}

/**
 * What would help a site in this state.
 * @param {SiteState} site
 * @param {string} state
 * @param {SiteActions} actions
 */
function furtherAction(site, state, { allow, useAccount }) {
  if (state === 'no_permission') return [button('more allow', t('action_allow'), allow)];
  if (state === 'other_user') return [button('more use-account', t('action_use_account'), useAccount)];
  if (state !== 'signed_out') return [];
  const link = document.createElement('a');
  link.className = 'button quiet more';
  link.href = `${site.url}/login/index.php`;
  link.target = '_blank';
  link.rel = 'noreferrer';
  link.textContent = t('action_open_moodle');
  return [link];
}

/**
 * @param {string} kind
 * @param {string} text
 * @param {() => void} onClick
 */
function button(kind, text, onClick) {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = `quiet ${kind}`;
  made.textContent = text;
  made.addEventListener('click', onClick);
  return made;
}
