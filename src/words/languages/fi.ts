import type { Sentences } from '../sentences.js';

/** Finnish. Not proofread. */
export const sentences: Sentences = {
  signedIn: 'Sisäänkirjautuminen onnistui.',
  loggedOut: 'Uloskirjautuminen onnistui.',
  again: 'Jatka kirjautumalla uudelleen sisään.',
  failed: 'Kirjautuminen ei onnistunut. Yritä uudelleen.',
  unavailable: 'Kirjautuminen ei ole tällä hetkellä mahdollista.',
  finished: 'Tämän ikkunan voi sulkea.',
  wait: 'Hetkinen…',
};
