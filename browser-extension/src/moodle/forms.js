/** Moodle's forms: read with all that a browser would send, filled in, and sent. */

import { Failure } from '../failure.js';
import { checkStatus } from './session.js';
import { isObject, parseJson, textOf } from '../json.js';

/** Answers to an upload that say that nobody is signed in. */
const SIGNED_OUT = ['requireloginerror', 'servicerequireslogin'];

/** @typedef {import('./sites.js').Site} Site */
/** @typedef {import('../engine/readers/forms.js').FormSeen} FormSeen */
/** @typedef {import('../engine/readers/forms.js').FileArea} FileArea */

/** Reads and sends forms in the person's session. Nothing is sent twice. */
export class Forms {
  #requests;
  #pages;
  #engine;

  /**
   * @param {import('./requests.js').Requests} requests
   * @param {import('./pages.js').Pages} pages
   * @param {import('../engine/engine.js').Engine} engine
   */
  constructor(requests, pages, engine) {
    this.#requests = requests;
    this.#pages = pages;
    this.#engine = engine;
  }

  /**
   * A form on a page; fails when the page has none, because then the person may not send it.
   * @param {Site} site
   * @param {import('./page-list.js').PageName} page
   * @param {number[]} values
   * @param {{field: string, value?: string, signal?: AbortSignal}} wanted the form has this field
   * @returns {Promise<FormSeen>}
   */
  async read(site, page, values, { field, value, signal }) {
    const html = await this.#pages.read(site, page, values, signal);
    const found = await this.#engine.run('form', { html, field, ...(value !== undefined && { value }) }, signal);
    if (!found) throw new Failure('moodle_refused', { site: site.site, detail: 'no_form' });
    return found;
  }

  /**
   * Sends a form with some fields changed. When Moodle shows the form again, it refused what was in it.
   * @param {Site} site
   * @param {import('./form-list.js').FormName} name
   * @param {FormSeen} form
   * @param {[string, string][]} changes
   * @returns {Promise<void>}
   */
  async send(site, name, form, changes) {
    const names = new Set(changes.map(([field]) => field));
    const fields = [...form.fields.filter(([field]) => !names.has(field)), ...changes];
    const answer = await this.#requests.form(site.url, name, fields);
    if (answer.redirected) return;
    if (answer.status === 404) throw new Failure('moodle_refused', { site: site.site, detail: 'form' });
    checkStatus(site.site, answer);
    if ((await this.#engine.run('formErrors', answer.text)) > 0) {
      throw new Failure('moodle_refused', { site: site.site, detail: 'form' });
    }
  }

  /**
   * Puts a file into the draft area of a form; one of the same name is replaced.
   * @param {Site} site
   * @param {FormSeen} form
   * @param {FileArea} area
   * @param {File} file
   * @returns {Promise<void>}
   */
  async upload(site, form, area, file) {
    const body = new FormData();
    const fields = {
      sesskey: form.fields.find(([name]) => name === 'sesskey')?.[1] ?? '', repo_id: area.repository,
      itemid: area.itemId, author: area.author, savepath: '/', title: file.name, ctx_id: area.context,
      maxbytes: String(area.maxBytes), areamaxbytes: '-1', env: 'filemanager', client_id: area.client, overwrite: '1',
    };
    body.set('repo_upload_file', file, file.name);
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    for (const ending of area.accepted) body.append('accepted_types[]', ending);
    const answer = await this.#requests.upload(site.url, body);
    checkStatus(site.site, answer);
    const said = parseJson(answer.text);
    if (isObject(said) && said.error === undefined && textOf(said.file ?? said.event) !== '') return;
    const code = isObject(said) ? textOf(said.errorcode) : '';
    if (SIGNED_OUT.includes(code)) throw new Failure('signed_out', { site: site.site });
    throw new Failure('moodle_refused', { site: site.site, detail: code || 'upload' });
  }
}
