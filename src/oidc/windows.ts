import { attempt } from '../attempt.js';
import { failure } from '../failure.js';
import { createElement, read } from '../readings.js';
import { popupKey } from './popup.js';
import type { AuthorizationRequest } from './provider.js';
import { type Report, errorChannel, received, reportChannel } from './report.js';
import { requestLifetime } from './response.js';

/** How often a popup is looked at, in milliseconds: browsers have no event for its closing. */
const lookInterval = 500;

/**
 * Goes to the provider in a hidden frame. The frame ends on the redirect URI, whose page reports back (report.ts).
 * Best effort: where third-party cookies are blocked the provider does not know the visitor there, and a provider that
 * forbids framing gives no sign at all, so that only the time limit ends it.
 *
 * @param options.timeLimit milliseconds, 10 s by default; after it: `provider/login-required`
 * @returns the parameters of the response. Rejects with a `Failure`.
 */
export async function authorizeInFrame(
  request: AuthorizationRequest,
  { timeLimit = 10_000 }: { timeLimit?: number } = {},
): Promise<string> {
  const frame = createElement(document, 'iframe');
  // Not the `hidden` attribute: a page's style sheet may overrule it.
  frame.style.display = 'none';
  const over = new AbortController();
  try {
    return await new Promise<string>((resolve, reject) => {
      const { signal } = over;
      const timer = setTimeout(
        () => reject(failure('provider/login-required', 'no answer in a hidden frame')),
        timeLimit,
      );
      signal.addEventListener('abort', () => clearTimeout(timer));
      const listen = ({ data, origin, source }: MessageEvent<unknown>) => {
        if (origin !== location.origin || source !== frame.contentWindow || !isReport(data)) return;
        if (new URLSearchParams(data.parameters).get('state') === request.state) resolve(data.parameters);
      };
      addEventListener('message', listen, { signal });
      read(document, 'documentElement').append(frame);
      // Not by `src`: the page's record of what it has loaded would keep the address, with state and nonce in it.
      frame.contentWindow!.location.replace(request.url);
    });
  } finally {
    over.abort();
    frame.remove();
  }
}

/**
 * Goes to the provider in a window that `openPopup` opened in the click, and closes it in the end where a browser lets
 * us: while a popup without an opener is at the provider, only it can close itself. The answer comes over a channel
 * (report.ts).
 *
 * @param options.onClosed the popup looks closed. Only a hint for what is shown: a provider's
 * Cross-Origin-Opener-Policy makes it look so while it is open, and the answer can still arrive.
 * @param options.signal ends the wait. An answer that comes later is received, so that its window closes, and not used.
 * @returns the parameters of the response. Rejects with a `Failure` (`popup/closed` if it was closed before it could go
 * anywhere, `callback/expired` after 15 minutes), or with the signal's reason.
 */
export function authorizeInPopup(
  popup: Window,
  request: AuthorizationRequest,
  { signal, onClosed }: { signal?: AbortSignal; onClosed?: () => void } = {},
): Promise<string> {
  if (popup.closed) return Promise.reject(failure('popup/closed'));
  return new Promise<string>((resolve, reject) => {
    if (signal?.aborted) throw signal.reason;
    const channels = [reportChannel(request.state), errorChannel].map((name) => new BroadcastChannel(name));
    const answers = ({ parameters }: Report, name: string) => {
      const response = new URLSearchParams(parameters);
      if (name === errorChannel) return response.has('error') && !response.get('state');
      return response.getAll('state').includes(request.state);
    };
    const look = setInterval(() => {
      if (!popup.closed) return;
      clearInterval(look);
      onClosed?.();
    }, lookInterval);
    const end = () => {
      clearTimeout(timer);
      clearInterval(look);
      for (const channel of channels) channel.close();
      popup.close();
    };
    const timer = setTimeout(() => {
      end();
      reject(failure('callback/expired'));
    }, requestLifetime);
    for (const channel of channels) {
      channel.onmessage = ({ data }) => {
        if (!isReport(data) || !answers(data, channel.name)) return;
        channel.postMessage(received);
        end();
        resolve(data.parameters);
      };
    }
    signal?.addEventListener('abort', () => {
      clearInterval(look);
      popup.close();
      reject(signal.reason);
    });
    // No page in it can navigate this one (reverse tabnabbing).
    popup.opener = null;
    // Empty, it is still of this page's origin. Where its storage is full, an error without a state finds no way home.
    attempt(() => popup.sessionStorage.setItem(popupKey, ''));
    popup.location.replace(request.url);
  });
}

function isReport(data: unknown): data is Report {
  const { type, parameters } = (data ?? {}) as Partial<Report>;
  return type === 'genesys-auth-messenger:answer' && typeof parameters === 'string';
}
