import { queryAll, read } from '../readings.js';
import { adoptSheet } from '../sheets.js';

/** What Messenger puts into the page (docs/messenger.md §7). */
const selector = '#genesys-messenger, [id^="genesys-mxg"], iframe[id^="genesys-"]';

/** Hides what Messenger puts into the page, whether it is there yet or comes later, or shows it again. */
export function hideMessenger(document: Document, hidden: boolean): void {
  const sheet = adoptSheet(document, `:is(${selector}) { visibility: hidden !important }`);
  if (sheet) sheet.disabled = !hidden;
}

/** How long a router may take to put back what it keeps, in milliseconds. */
const patience = 500;

/**
 * Watches over what Messenger has put into the body. A router that replaces the body takes it away, and nothing of
 * Messenger notices (docs/messenger.md §9).
 */
export function watchMessenger({ document }: Window, whenGone: () => void): void {
  let nodes: Element[] = [];
  const observer = new MutationObserver(() => look());
  const look = (isSure = false): void => {
    // The body may be another one by now. What is added below it is none of our business, and costs nothing.
    for (const place of ['documentElement', 'body'] as const)
      observer.observe(read(document, place), { childList: true });
    if (nodes.some((node) => node.isConnected)) return;
    const found = queryAll(document, selector);
    if (found.length || !nodes.length) nodes = found;
    else if (!isSure) setTimeout(look, patience, true);
    else {
      nodes = [];
      whenGone();
    }
  };
  look();
}
