import type { Page } from './types.js';

/** What waits for its turn, by the document in which it is to run. */
const waiting = new WeakMap<Document, (() => void)[]>();

/**
 * Runs something in a task of its own, after all that was begun before. Timers alone do not keep that order: browsers
 * delay those that are set by other timers.
 */
export function later(page: Page, run: () => void): void {
  const queue = waiting.get(page.document) ?? [];
  waiting.set(page.document, queue);
  queue.push(run);
  page.setTimeout(() => queue.shift()!());
}
