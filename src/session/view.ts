import type { AuthMessengerError } from '../explanations.js';
import type { Status } from './facts.js';
import type { SessionEvent } from './ports.js';

/** What an element shows. */
export interface Display {
  status: Status;
  /** Why the status is `failed`. */
  error?: AuthMessengerError | undefined;
  /** The visitor can log out. */
  signedIn: boolean;
  /** The visitor is to read or hear of it, and here: where several elements stand, one speaks. */
  aloud: boolean;
  /** The visitor's session has expired, and a click goes on with it. */
  asksAgain: boolean;
}

/** An element: it shows the page's session and announces what happens to it. */
export interface View {
  show(display: Display, events: readonly SessionEvent[]): void;
  /** This window was opened for a sign-in, which is over; the visitor can close it if it does not close itself. */
  finish(): void;
}

/** One happening, or one thing that was done, without secrets. */
export interface TraceLine {
  /** Milliseconds since 1970. */
  time: number;
  what: string;
}
