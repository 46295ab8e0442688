import { read } from '../readings.js';

const sheets = new WeakMap<Document, CSSStyleSheet>();

/**
 * Hides what Messenger puts into the page (docs/messenger.md §7), whether it is there yet or comes later, or shows it
 * again. A constructed style sheet is allowed by every policy.
 */
export function hideMessenger(document: Document, hidden: boolean): void {
  let sheet = sheets.get(document);
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync('#genesys-messenger, iframe[id^="genesys-"] { visibility: hidden !important }');
    sheets.set(document, sheet);
    read(document, 'adoptedStyleSheets').push(sheet);
  }
  sheet.disabled = !hidden;
}
