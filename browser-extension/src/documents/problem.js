/** Why a file cannot be read, or not wholly. */

/**
 * The constant sentence of each problem: what, and what the person can do. None holds text from Moodle.
 */
export const PROBLEMS = Object.freeze({
  encrypted: 'The file asks for a password. Ask the person to open it and to save a copy without one.',
  damaged: 'The file is damaged, or is not what its name says. Ask the person whether it opens on their computer.',
  too_large: 'The file is larger than 100 MB. Ask the person to open it themselves.',
  inflates: 'The file is small but would become huge when unpacked, so it was not unpacked.',
  empty: 'The file is empty.',
  image: 'The file is an image; there is no text in it that could be read.',
  media: 'The file is a sound or a film; there is no text in it that could be read.',
  archive: 'The file is an archive. Ask the person to unpack it.',
  old_office: 'The file is of an Office version before 2007. Ask the person to save it as DOCX, PPTX, XLSX or PDF.',
  open_document: 'The file is an OpenDocument file, which cannot be read here. Ask the person to save it as PDF.',
  unsupported:
    'Files of this kind cannot be read here. Readable are PDF, DOCX, PPTX, XLSX, HTML, text, CSV and notebooks.',
});

/** @typedef {keyof typeof PROBLEMS} ProblemCode */

/** A file that cannot be read. */
export class Unreadable extends Error {
  /** @param {ProblemCode} code */
  constructor(code) {
    super(PROBLEMS[code]);
    this.name = 'Unreadable';
    this.code = code;
  }
}

/**
 * The problem that an error of a reader is: what it did not expect in a file means that the file is damaged.
 * @param {unknown} error
 * @returns {ProblemCode}
 */
export function problemOf(error) {
  return error instanceof Unreadable ? error.code : 'damaged';
}
