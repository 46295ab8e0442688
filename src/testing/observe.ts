import type { BusEvent } from './bus.js';

type Subscribing = Window & { Genesys?: (verb: 'subscribe', event: string, callback: unknown) => void };

/** Subscribes as a page would: through `window.Genesys`, so before the script has run by its queue. */
function subscribe(window: Window, event: string, callback: (event: BusEvent) => void): void {
  const { Genesys } = window as Subscribing;
  if (!Genesys) throw new Error('There is no Messenger snippet in this window: call installSnippet first.');
  Genesys('subscribe', event, callback);
}

/** Collects events of Messenger, in the order of their arrival. The list grows while they come. */
export function recordEvents(window: Window, ...events: string[]): BusEvent[] {
  const seen: BusEvent[] = [];
  for (const event of events) subscribe(window, event, (e) => seen.push(e));
  return seen;
}

/** Waits for the next event of this name; for one that is republished, the last one counts. There is no time limit. */
export function nextEvent(window: Window, event: string): Promise<BusEvent> {
  return new Promise((resolve) => subscribe(window, event, resolve));
}
