import type { MessengerListener } from '../messenger/listener.js';
import type { Messenger } from '../messenger/messenger.js';
import type { SignIn } from '../sign-in/sign-in.js';
import type { LogoutReason } from './facts.js';
import type { Shown } from './rules.js';

/** What the page hears, beside the status. */
export type SessionEvent =
  | { type: 'signedIn'; detail: { restored: boolean } }
  /** For the reason that is shown with the status. */
  | { type: 'signInFailed'; detail?: undefined }
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
  /** Everything that happens and everything that is done, one line each, without secrets. */
  trace?(line: string): void;
}

export interface Options {
  mode: 'redirect' | 'popup';
  silent: boolean;
  /** Part of the names in storage: pages of one site may use several. */
  deploymentId: string;
}

/** What may be missing or throw, and the visitor signs in all the same (docs/design.md, law 5), never throws here. */
export function guarded(ports: Ports): Required<Ports> {
  return {
    ...ports,
    memory: {
      getItem: (name) => attempt(() => ports.memory.getItem(name), null),
      // Full: then the loop guard counts in this page only.
      setItem: (name, value) => attempt(() => ports.memory.setItem(name, value), undefined),
    },
    after(milliseconds, then) {
      const cancel = attempt(() => ports.after(milliseconds, then), undefined);
      return () => attempt(() => cancel?.(), undefined);
    },
    announceLogout: () => attempt(() => ports.announceLogout(), undefined),
    remember: (what) => attempt(() => ports.remember(what), undefined),
    recall: () => attempt(() => ports.recall(), null),
    // In doubt it is another one: what is shown to the wrong person cannot be taken back.
    sameAccount: () => attempt(() => ports.sameAccount(), false),
    keepAccount: (kept) => attempt(() => ports.keepAccount(kept), undefined),
    hideChat: (hidden) => attempt(() => ports.hideChat(hidden), undefined),
    visible: () => attempt(() => ports.visible(), true),
    notify: (shown, events) => attempt(() => ports.notify(shown, events), undefined),
    trace: (line) => attempt(() => ports.trace?.(line), undefined),
  };
}

function attempt<Value>(work: () => Value, otherwise: Value): Value {
  try {
    return work();
  } catch {
    return otherwise;
  }
}
