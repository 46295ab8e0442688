import type { AuthMessengerError } from '../explanations.js';
import type { Word } from '../words/sentences.js';
import type { Status } from './facts.js';
import type { SessionEvent } from './ports.js';

/** What an element shows. */
export interface Display {
  status: Status;
  /** Why the status is `failed`. */
  error?: AuthMessengerError | undefined;
  /** The visitor can log out. */
  signedIn: boolean;
  /** What the visitor is to read or hear, and here: where several elements stand, one speaks. */
  word?: Word | undefined;
}

/** An element: it shows the page's session and announces what happens to it. */
export interface View {
  /** Empty where it has no place on the screen. */
  getClientRects(): { readonly length: number };
  show(display: Display, events: readonly SessionEvent[]): void;
  /** The visitor is back from the provider, where the button has sent them. */
  takeFocus(): void;
}

/** One happening, or one thing that was done, without secrets. */
export interface TraceLine {
  /** Milliseconds since 1970. */
  time: number;
  what: string;
}
