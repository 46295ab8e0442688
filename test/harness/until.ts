import { waitUntil } from '@open-wc/testing';

/** Waits until something is so, longer than `waitUntil` does by itself: a busy machine is no failure. */
export const until = (isSo: () => unknown): Promise<void> =>
  waitUntil(isSo as () => boolean, undefined, { timeout: 20_000 });
