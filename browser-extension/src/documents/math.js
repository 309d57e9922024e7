/** Formulas of Office files on one line, in the manner of TeX. */

/** @typedef {import('./xml.js').Element} Element */

/**
 * @param {Element} element of the namespace of Office's formulas
 * @returns {string}
 */
export function mathText(element) {
  const part = (/** @type {string} */ name) => {
    const found = element.child(name);
    return found ? inner(found) : '';
  };
  switch (element.name) {
    case 't': return element.text;
    case 'f': return `(${part('num')})/(${part('den')})`;
    case 'sSup': return `${part('e')}^{${part('sup')}}`;
    case 'sSub': return `${part('e')}_{${part('sub')}}`;
    case 'sSubSup': return `${part('e')}_{${part('sub')}}^{${part('sup')}}`;
    case 'rad': return part('deg') ? `\\sqrt[${part('deg')}]{${part('e')}}` : `\\sqrt{${part('e')}}`;
    case 'nary': return `${sign(element, '∫')}_{${part('sub')}}^{${part('sup')}} ${part('e')}`;
    case 'd': return delimited(element);
    case 'limLow': return `${part('e')}_{${part('lim')}}`;
    case 'limUpp': return `${part('e')}^{${part('lim')}}`;
    case 'func': return `${part('fName')}(${part('e')})`;
    case 'acc': return `${part('e')}${sign(element, '̂')}`;
    case 'm': return `[${element.all('mr').map((row) => row.all('e').map(inner).join(', ')).join('; ')}]`;
    case 'eqArr': return element.all('e').map(inner).join('; ');
    default: return element.name.endsWith('Pr') ? '' : inner(element);
  }
}

/** @param {Element} element */
function inner(element) {
  return element.elements.map(mathText).join('');
}

/**
 * @param {Element} element
 * @param {string} otherwise
 */
function sign(element, otherwise) {
  return element.child(`${element.name}Pr`, 'chr')?.attributes.val ?? otherwise;
}

/** @param {Element} element */
function delimited(element) {
  const properties = element.child('dPr');
  const open = properties?.child('begChr')?.attributes.val ?? '(';
  const close = properties?.child('endChr')?.attributes.val ?? ')';
  return `${open}${element.all('e').map(inner).join(', ')}${close}`;
}
