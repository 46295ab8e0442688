import { key } from '../names.js';
import type { Answer } from './answer.js';

/**
 * How a popup or a hidden frame that finds an authorization response hands it to the page that asked. A popup uses a
 * BroadcastChannel that is named after the secret `state`: its opener is cut, by us (a provider's page could navigate it)
 * and by many a provider's Cross-Origin-Opener-Policy. A frame uses its parent. Both stay within this origin.
 */

/** What is sent. Holds the code: only ever sent to this origin. */
export interface Report {
  type: 'genesys-auth-messenger:answer';
  parameters: string;
}

/** The reply to a report. */
export const received = 'genesys-auth-messenger:received';

/** Only who made the request knows its state, and so the name of its channel. */
export const reportChannel = (state: string): string => key('answer', state);

/** For an error without a state: any page of this origin that waits for a popup's answer may be meant. */
export const errorChannel = key('error');

const reportOf = (parameters: string): Report => ({ type: 'genesys-auth-messenger:answer', parameters });

/** From a frame to the page that it is in. @returns whether that page is of this origin, and so can be the one that asked */
export function reportToParent({ parameters }: Answer, window: Window): boolean {
  try {
    if (window.parent.location.origin !== window.location.origin) return false;
  } catch {
    return false;
  }
  window.parent.postMessage(reportOf(parameters), window.location.origin);
  return true;
}

/**
 * From a popup.
 *
 * @param timeLimit milliseconds to wait for the reply; the page that asked may be a busy page on a slow device
 * @returns whether a page has replied. Then this window has done its work: start nothing in it and close it.
 */
export function reportOnChannel(name: string, parameters: string, timeLimit: number): Promise<boolean> {
  return new Promise((resolve) => {
    let channel: BroadcastChannel;
    try {
      channel = new BroadcastChannel(name);
    } catch {
      resolve(false);
      return;
    }
    const done = (replied: boolean) => {
      clearTimeout(timer);
      channel.close();
      resolve(replied);
    };
    const timer = setTimeout(done, timeLimit, false);
    channel.onmessage = ({ data }) => data === received && done(true);
    channel.postMessage(reportOf(parameters));
  });
}
