import type { Sentences } from '../sentences.js';

/** Hungarian. Not proofread. */
export const sentences: Sentences = {
  signedIn: 'Sikeres bejelentkezés.',
  loggedOut: 'Sikeres kijelentkezés.',
  again: 'A folytatáshoz jelentkezzen be újra.',
  failed: 'A bejelentkezés nem sikerült. Kérjük, próbálja újra.',
  unavailable: 'A bejelentkezés jelenleg nem lehetséges.',
  finished: 'Bezárhatja ezt az ablakot.',
  wait: 'Egy pillanat…',
};
