/** What editors, filters and copying through a word processor do to a tag, recognised by what arrives in the page. */

interface Attribute {
  name: string;
  value: string;
}

const marks: readonly [found: RegExp, name: string][] = [
  [/[\u00ab\u00bb\u2018-\u201f\u2032\u2033]/, 'typographic quotes'],
  [/\\/, 'backslashes'],
  [/&(amp;)?(quot|amp|apos|lt|gt|#\d+|#x[\da-f]+);/i, 'HTML entities that were encoded twice'],
];

/**
 * @param known the names of attributes that mean something
 * @returns the first attribute that was mangled and what was found there, for a person; never its value
 */
export function nameMangled(attributes: Iterable<Attribute>, known: readonly string[]): string | undefined {
  const written = [...attributes].map(({ name, value }) => ({ name: name.replace(/^data-/, ''), value }));
  const present = new Set(written.map(({ name }) => name));
  for (const { name, value } of written) {
    const meant = known.find((candidate) => plain(candidate) === plain(name));
    if (!meant) continue;
    if (meant !== name && !present.has(meant)) return `${name} stands where ${meant} should`;
    // A label is prose, and may well hold such quotes.
    const mark = !meant.endsWith('-label') && marks.find(([found]) => found.test(value));
    if (mark) return `${mark[1]} in ${meant}`;
  }
  return undefined;
}

/** What is left of a name in the hands of filters, and of JSX: `deploymentId` arrives as `deploymentid`. */
const plain = (name: string): string => name.toLowerCase().replace(/[^a-z]/g, '');

/** As `nameMangled`, of an element and, where the script's own tag configures, of that. */
export function findMangled(view: object): string | undefined {
  if (typeof HTMLElement === 'undefined' || !(view instanceof HTMLElement)) return undefined;
  const { observedAttributes } = view.constructor as unknown as { observedAttributes: readonly string[] };
  const { source } = view as { source?: Element };
  for (const { attributes } of source ? [view, source] : [view]) {
    const found = nameMangled(attributes, observedAttributes);
    if (found) return found;
  }
  return undefined;
}
