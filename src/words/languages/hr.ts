import type { Sentences } from '../sentences.js';

/** Croatian. Not proofread. */
export const sentences: Sentences = {
  signedIn: 'Prijava je uspjela.',
  loggedOut: 'Odjava je uspjela.',
  again: 'Za nastavak se ponovno prijavite.',
  failed: 'Prijava nije uspjela. Pokušajte ponovno.',
  unavailable: 'Prijava trenutačno nije moguća.',
  finished: 'Možete zatvoriti ovaj prozor.',
  wait: 'Samo trenutak…',
};
