import type { Callback } from './callback.js';

/**
 * How a popup or a frame that finds an authorization response hands it to the page that asked. Two ways at once: a
 * message to the opener or parent, and a BroadcastChannel, because a provider's or a page's Cross-Origin-Opener-Policy
 * cuts the opener. Both stay within this origin.
 */

/** What is sent. Holds the code: only ever sent to this origin. */
export interface CallbackReport {
  type: 'genesys-auth-messenger:callback';
  url: string;
}

/** The answer to a report. */
export const received = 'genesys-auth-messenger:received';

/** Only who made the request knows its state, and so the name of its channel. */
export const reportChannel = (state: string): string => `genesys-auth-messenger:callback:${state}`;

/**
 * Reports an authorization response to the page that asked for it.
 *
 * @param timeLimit milliseconds to wait for that page's acknowledgement; it may be a busy page on a slow device
 * @returns whether it acknowledged. Then this window has done its work: start nothing in it and close it.
 */
export function reportCallback(
  { state, url }: Pick<Callback, 'state' | 'url'>,
  { timeLimit = 2_000, window = globalThis.window }: { timeLimit?: number; window?: Window } = {},
): Promise<boolean> {
  const report: CallbackReport = { type: 'genesys-auth-messenger:callback', url };
  const channel = new BroadcastChannel(reportChannel(state));
  const { port1: port, port2: replyTo } = new MessageChannel();
  return new Promise((resolve) => {
    const done = (acknowledged: boolean) => {
      clearTimeout(timer);
      channel.close();
      port.close();
      resolve(acknowledged);
    };
    const timer = setTimeout(done, timeLimit, false);
    const listen = ({ data }: MessageEvent) => data === received && done(true);
    channel.onmessage = listen;
    port.onmessage = listen;
    channel.postMessage(report);
    askerOf(window)?.postMessage(report, window.location.origin, [replyTo]);
  });
}

/** The page that opened or framed this one, if it is of this origin: a message to any other would be refused, with noise in its console. */
function askerOf(window: Window): Window | undefined {
  const asker = window.parent === window ? (window.opener as Window | null) : window.parent;
  try {
    return asker?.location.origin === window.location.origin ? asker : undefined;
  } catch {
    return undefined;
  }
}
