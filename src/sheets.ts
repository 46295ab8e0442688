import { read } from './readings.js';

/** By document, whose sheets are its own; and by what stands in them, so that all elements share one. */
const made = new WeakMap<Document, Map<string, CSSStyleSheet>>();

/** Adds a style sheet to a shadow tree, once. In a document that nobody sees there is nothing to style. */
export function adoptSheet(root: ShadowRoot, styles: string): void {
  const document = root.ownerDocument;
  const window = read(document, 'defaultView');
  if (!window) return;
  const sheets = made.get(document) ?? new Map<string, CSSStyleSheet>();
  made.set(document, sheets);
  let sheet = sheets.get(styles);
  if (!sheet) {
    sheet = new window.CSSStyleSheet();
    sheet.replaceSync(styles);
    sheets.set(styles, sheet);
  }
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
}
