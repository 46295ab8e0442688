import { failure } from '../failure.js';
import { readCallback } from './callback.js';
import type { AuthorizationRequest } from './provider.js';
import { type CallbackReport, received, reportChannel } from './report.js';
import { parseUrl } from '../urls.js';
import { requestLifetime } from './response.js';

/** How often a popup is looked at, in milliseconds: browsers have no event for its closing. */
const lookInterval = 500;

/**
 * Goes to the provider in a hidden frame. The frame ends on the redirect URI, whose page reports back (report.ts).
 * Best effort: where third-party cookies are blocked the provider does not know the visitor there, and a provider that
 * forbids framing gives no sign at all, so that only the time limit ends it.
 *
 * @param options.timeLimit milliseconds, 10 s by default; after it: `provider/login-required`
 * @returns the callback URL. Rejects with a `Failure`, or with the signal's reason.
 */
export async function authorizeInFrame(
  request: AuthorizationRequest,
  { timeLimit = 10_000, signal }: { timeLimit?: number; signal?: AbortSignal } = {},
): Promise<string> {
  const frame = document.createElement('iframe');
  // Not the `hidden` attribute: a page's style sheet may overrule it.
  frame.style.display = 'none';
  frame.src = request.url;
  const tooLate = failure('provider/login-required', 'no answer in a hidden frame');
  try {
    return await awaitReport(request.state, { timeLimit, tooLate, signal }, () =>
      document.body.append(frame),
    );
  } finally {
    frame.remove();
  }
}

/**
 * Goes to the provider in a window that `openPopup` opened in the click, and closes it in the end.
 *
 * @param options.onClosed the popup looks closed. Only a hint for what is shown: a provider's
 * Cross-Origin-Opener-Policy makes it look so while it is open, and the answer can still arrive. To end the wait,
 * abort with the signal.
 * @returns the callback URL. Rejects with a `Failure` (`popup/closed` if it was closed before it could go anywhere,
 * `callback/expired` after 15 minutes), or with the signal's reason.
 */
export async function authorizeInPopup(
  popup: Window,
  request: AuthorizationRequest,
  { signal, onClosed }: { signal?: AbortSignal; onClosed?: () => void } = {},
): Promise<string> {
  if (popup.closed) throw failure('popup/closed');
  const look = setInterval(() => {
    if (!popup.closed) return;
    clearInterval(look);
    onClosed?.();
  }, lookInterval);
  const limits = { timeLimit: requestLifetime, tooLate: failure('callback/expired'), signal };
  try {
    return await awaitReport(request.state, limits, () => popup.location.replace(request.url));
  } finally {
    clearInterval(look);
    popup.close();
  }
}

/**
 * Listens, sets out, and waits until a popup or frame of this origin reports the response to this request; passes over
 * whatever else arrives.
 */
function awaitReport(
  state: string,
  limits: { timeLimit: number; tooLate: unknown; signal?: AbortSignal },
  setOut: () => void,
): Promise<string> {
  const { timeLimit, tooLate, signal } = limits;
  return new Promise<string>((resolve, reject) => {
    signal?.throwIfAborted();
    const over = new AbortController();
    const channel = new BroadcastChannel(reportChannel(state));
    const timer = setTimeout(() => end(() => reject(tooLate)), timeLimit);
    const end = (settle: () => void) => {
      over.abort();
      channel.close();
      clearTimeout(timer);
      settle();
    };
    const listen = ({ data, origin, ports }: MessageEvent<unknown>) => {
      if (origin !== location.origin || !isReport(data, state)) return;
      (ports[0] ?? channel).postMessage(received);
      end(() => resolve(data.url));
    };
    channel.onmessage = listen;
    addEventListener('message', listen, { signal: over.signal });
    signal?.addEventListener('abort', () => end(() => reject(signal.reason)), { signal: over.signal });
    setOut();
  });
}

function isReport(data: unknown, state: string): data is CallbackReport {
  const { type, url } = (data ?? {}) as Partial<CallbackReport>;
  return (
    type === 'genesys-auth-messenger:callback' &&
    !!url &&
    !!parseUrl(url) &&
    readCallback(url, sessionStorage)?.state === state
  );
}
