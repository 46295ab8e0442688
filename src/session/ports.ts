import { attempt } from '../attempt.js';
import type { AuthMessengerError } from '../explanations.js';
import type { Failure } from '../failure.js';
import type { MessengerListener } from '../messenger/listener.js';
import type { Messenger } from '../messenger/messenger.js';
import type { SignIn } from '../sign-in/sign-in.js';
import type { LogoutReason } from './facts.js';
import type { Shown } from './rules.js';

/** What the page hears, beside the status. */
export type SessionEvent =
  | { type: 'signedIn'; detail: { restored: boolean } }
  /** Without a detail: for the reason that is shown with the status. */
  | { type: 'signInFailed'; detail?: AuthMessengerError }
  | { type: 'loggedOut'; detail: { reason: LogoutReason } };

/** What a later page should know: `nothing` also when a session has expired. */
export type Remembered = 'signed-in' | 'logged-out' | 'nothing';

/** The outside world of a session. */
export interface Ports {
  /** As configured at the moment. */
  options(): Options;
  signIn(): SignIn;
  startMessenger(listener: MessengerListener): Messenger;
  /** Of this tab: sessionStorage. */
  memory: Pick<Storage, 'getItem' | 'setItem'>;
  /** Milliseconds since 1970. */
  now(): number;
  /** @returns a function that cancels it */
  after(milliseconds: number, then: () => void): () => void;
  /** Tells the site's other tabs that the visitor has logged out. */
  announceLogout(): void;
  /** Keeps for later pages whether a session waits for them. */
  remember(what: Remembered): void;
  /** What was remembered last, by whichever page of the site; null where the browser keeps nothing. */
  recall(): string | null;
  /** Whether the page names the account that has signed in last; true where it names none. */
  sameAccount(): boolean;
  /** Keeps the account that the page names for later pages, or none. */
  keepAccount(kept: boolean): void;
  /** Hides Messenger's chat, or shows it again. */
  hideChat(hidden: boolean): void;
  /** Whether somebody may see the page. */
  visible(): boolean;
  /** Something has changed: what is shown, or what the page hears. */
  notify(shown: Shown, events: readonly SessionEvent[]): void;
  /** The page's author is to hear of it, and nothing has changed. */
  tell(failure: Failure): void;
  /** Everything that happens and everything that is done, one line each, without secrets. */
  trace?(line: string): void;
}

export interface Options {
  mode: 'redirect' | 'popup';
  silent: boolean;
  /** Open the chat when the visitor has signed in by a click. */
  open: boolean;
  /** Part of the names in storage: pages of one site may use several. */
  deploymentId: string;
}

/** What is answered by what is missing or throws: the visitor signs in all the same (docs/design.md, The session). */
const fallbacks = {
  announceLogout: undefined,
  remember: undefined,
  recall: null,
  // In doubt it is another one: what is shown to the wrong person cannot be taken back.
  sameAccount: false,
  keepAccount: undefined,
  hideChat: undefined,
  visible: true,
  tell: undefined,
  notify: undefined,
  trace: undefined,
};

/** Ports that never throw where the session can do without. */
export function guarded(ports: Ports): Required<Ports> {
  const { memory } = ports;
  const safe: Record<string, unknown> = {};
  for (const [name, fallback] of Object.entries(fallbacks))
    safe[name] = (...values: never[]) =>
      attempt(() =>
        (ports[name as keyof typeof fallbacks] as (...values: never[]) => unknown)?.(...values),
      ) ?? fallback;
  return {
    ...(ports as Required<Ports>),
    ...safe,
    memory: {
      getItem: (name) => attempt(() => memory.getItem(name)) ?? null,
      // Full: then the loop guard counts in this page only.
      setItem: (name, value) => attempt(() => memory.setItem(name, value)),
    },
    after(milliseconds, then) {
      const cancel = attempt(() => ports.after(milliseconds, then));
      return () => attempt(() => cancel?.());
    },
  };
}
