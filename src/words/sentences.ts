/** What visitors read or hear besides the two labels. English stands here, the others in languages/. */
export interface Sentences {
  /** Announced to screen readers after the visitor has signed in. */
  signedIn: string;
  /** Announced to screen readers after the visitor has logged out. */
  loggedOut: string;
  /** The session has expired, and a click goes on. */
  again: string;
  /** Signing in has failed, and another try may succeed. */
  failed: string;
  /** Signing in has failed, and trying again is of no use. */
  unavailable: string;
  /** In a popup window that has done its work. */
  finished: string;
  /** Announced to screen readers while signing in or out is under way. */
  wait: string;
}

/** English. */
export const english: Sentences = {
  signedIn: 'You are signed in.',
  loggedOut: 'You are logged out.',
  again: 'Log in again to continue.',
  failed: 'Signing in did not work. Please try again.',
  unavailable: 'Signing in is not possible at the moment.',
  finished: 'You can close this window.',
  wait: 'One moment…',
};

export type Word = keyof Sentences;

/** Of the two buttons. */
export interface Labels {
  login: string;
  logout: string;
}

/** Everything that visitors can read or hear. */
export type Words = Labels & Sentences;
