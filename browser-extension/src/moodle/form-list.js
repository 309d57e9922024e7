/** The forms of Moodle that operations may send: nothing else can be sent. None begins or answers an attempt. */

/**
 * @typedef {object} Form
 * @property {string} path below the site's address, to which it is sent
 * @property {Readonly<{[name: string]: string}>} fixed values that it must have
 */

export const FORMS = Object.freeze({
  submission: { path: '/mod/assign/view.php', fixed: { action: 'savesubmission' } },
  submit: { path: '/mod/assign/view.php', fixed: { action: 'confirmsubmit' } },
  discussion: { path: '/mod/forum/post.php', fixed: { edit: '0', reply: '0' } },
  choice: { path: '/mod/choice/view.php', fixed: { action: 'makechoice' } },
});

/** @typedef {keyof typeof FORMS} FormName */

/**
 * The path of a form, once its fields are those that it must have. Throws a `TypeError` otherwise.
 * @param {FormName} name
 * @param {readonly [string, string][]} fields
 */
export function pathOf(name, fields) {
  const { path, fixed } = FORMS[name];
  for (const [field, value] of Object.entries(fixed)) {
    const given = fields.filter(([one]) => one === field);
    if (given.length !== 1 || given[0][1] !== value) throw new TypeError(`The form ${name} needs ${field}=${value}.`);
  }
  return path;
}
