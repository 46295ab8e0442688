import type { Sentences } from '../sentences.js';

/** Romanian. Not proofread. */
export const sentences: Sentences = {
  signedIn: 'V-ați autentificat.',
  loggedOut: 'V-ați deconectat.',
  again: 'Pentru a continua, autentificați-vă din nou.',
  failed: 'Autentificarea nu a reușit. Vă rugăm să încercați din nou.',
  unavailable: 'Autentificarea nu este posibilă în acest moment.',
  finished: 'Puteți închide această fereastră.',
  wait: 'Un moment…',
};
