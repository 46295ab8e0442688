import type { Sentences } from '../sentences.js';

/** Italian. Proofread. */
export const sentences: Sentences = {
  signedIn: 'Accesso effettuato.',
  loggedOut: 'Disconnessione effettuata.',
  again: 'Acceda di nuovo per continuare.',
  failed: 'Accesso non riuscito. La preghiamo di riprovare.',
  unavailable: 'Al momento non è possibile accedere.',
  finished: 'Può chiudere questa finestra.',
  wait: 'Un momento…',
};
