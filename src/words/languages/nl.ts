import type { Sentences } from '../sentences.js';

/** Dutch. Proofread. */
export const sentences: Sentences = {
  signedIn: 'U bent ingelogd.',
  loggedOut: 'U bent uitgelogd.',
  again: 'Log opnieuw in om verder te gaan.',
  failed: 'Inloggen is niet gelukt. Probeer het opnieuw.',
  unavailable: 'Inloggen is op dit moment niet mogelijk.',
  finished: 'U kunt dit venster sluiten.',
  wait: 'Een ogenblik geduld…',
};
