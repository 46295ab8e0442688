import type { Sentences } from '../sentences.js';

/** German. Proofread. */
export const sentences: Sentences = {
  signedIn: 'Sie sind angemeldet.',
  loggedOut: 'Sie sind abgemeldet.',
  again: 'Bitte melden Sie sich noch einmal an, um fortzufahren.',
  failed: 'Die Anmeldung hat nicht geklappt. Bitte versuchen Sie es noch einmal.',
  unavailable: 'Die Anmeldung ist im Moment nicht möglich.',
  finished: 'Sie können dieses Fenster schließen.',
  wait: 'Einen Moment…',
};
