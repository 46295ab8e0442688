import { attempt } from './attempt.js';
import { read } from './readings.js';

/** By document, whose sheets are its own; and by what stands in them, so that all elements share one. */
const made = new WeakMap<Document, Map<string, CSSStyleSheet>>();

/**
 * Adds a style sheet to a document or a shadow tree, once. A constructed one is allowed by every policy.
 *
 * @returns undefined in a document that nobody sees, and in browsers that are older than those we are made for
 */
export function adoptSheet(root: Document | ShadowRoot, styles: string): CSSStyleSheet | undefined {
  const document = root.ownerDocument ?? (root as Document);
  const sheets = made.get(document) ?? new Map<string, CSSStyleSheet>();
  made.set(document, sheets);
  return attempt(() => {
    let sheet = sheets.get(styles);
    if (!sheet) {
      sheet = new (read(document, 'defaultView')!.CSSStyleSheet)();
      sheet.replaceSync(styles);
      sheets.set(styles, sheet);
    }
    const adopted = read(root, 'adoptedStyleSheets');
    if (!adopted.includes(sheet)) adopted.push(sheet);
    return sheet;
  });
}
