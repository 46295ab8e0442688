import type { MessengerListener } from '../messenger/listener.js';
import type { Messenger } from '../messenger/messenger.js';
import type { SignIn } from '../sign-in/sign-in.js';
import type { LogoutReason } from './facts.js';
import type { Shown } from './rules.js';

/** What the page hears, beside the status. */
export type SessionEvent =
  | { type: 'signedIn'; restored: boolean }
  /** For the reason that is shown with the status. */
  | { type: 'signInFailed' }
  | { type: 'loggedOut'; reason: LogoutReason };

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
