import type { Sentences } from '../sentences.js';

/** Polish. Proofread. */
export const sentences: Sentences = {
  signedIn: 'Zalogowano pomyślnie.',
  loggedOut: 'Wylogowano pomyślnie.',
  again: 'Aby kontynuować, zaloguj się ponownie.',
  failed: 'Nie udało się zalogować. Spróbuj ponownie.',
  unavailable: 'W tej chwili nie można się zalogować.',
  finished: 'To okno można już zamknąć.',
  wait: 'Proszę czekać…',
};
