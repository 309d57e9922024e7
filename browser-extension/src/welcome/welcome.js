/** The first-run page: what goes to whom, and the person's consent. */

import { ask, askView, element, whileBusy } from '../ui/dom.js';
import { dateText, t, translatePage } from '../ui/i18n.js';

const consent = element('consent', HTMLButtonElement);
const next = element('next', HTMLAnchorElement);
const withdraw = element('withdraw', HTMLButtonElement);
const message = element('message', HTMLParagraphElement);

async function refresh() {
  const view = await askView();
  element('service-text', HTMLElement).textContent = t('welcome_service_text', view.server.address);
  const agreed = view.consent !== null;
  element('nothing-yet', HTMLElement).hidden = agreed;
  consent.hidden = agreed;
  next.hidden = !agreed;
  withdraw.hidden = !agreed;
  if (view.consent) message.textContent = t('welcome_agreed', dateText(view.consent));
}

translatePage();
consent.addEventListener('click', () => whileBusy(consent, async () => {
  await ask('consent');
  await refresh();
  next.focus();
}));
withdraw.addEventListener('click', () => whileBusy(withdraw, async () => {
  await ask('withdraw');
  await refresh();
  message.textContent = t('welcome_withdrawn');
}));
void refresh();
