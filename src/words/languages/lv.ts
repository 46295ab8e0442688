import type { Sentences } from '../sentences.js';

/** Latvian. Not proofread. */
export const sentences: Sentences = {
  signedIn: 'Pieslēgšanās ir veiksmīga.',
  loggedOut: 'Atslēgšanās ir veiksmīga.',
  again: 'Lai turpinātu, pieslēdzieties vēlreiz.',
  failed: 'Pieslēgties neizdevās. Lūdzu, mēģiniet vēlreiz.',
  unavailable: 'Pašlaik pieslēgties nav iespējams.',
  finished: 'Šo logu varat aizvērt.',
  wait: 'Vienu mirkli…',
};
