import type { Sentences } from '../sentences.js';

/** Lithuanian. Not proofread. */
export const sentences: Sentences = {
  signedIn: 'Prisijungėte.',
  loggedOut: 'Atsijungėte.',
  again: 'Kad galėtumėte tęsti, prisijunkite iš naujo.',
  failed: 'Prisijungti nepavyko. Bandykite dar kartą.',
  unavailable: 'Šiuo metu prisijungti negalima.',
  finished: 'Šį langą galite uždaryti.',
  wait: 'Palaukite akimirką…',
};
