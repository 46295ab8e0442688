import type { Sentences } from '../sentences.js';

/** Slovenian. Not proofread. */
export const sentences: Sentences = {
  signedIn: 'Prijava je uspela.',
  loggedOut: 'Odjava je uspela.',
  again: 'Za nadaljevanje se znova prijavite.',
  failed: 'Prijava ni uspela. Poskusite znova.',
  unavailable: 'Prijava trenutno ni mogoča.',
  finished: 'To okno lahko zaprete.',
  wait: 'Trenutek …',
};
