import type { Sentences } from '../sentences.js';

/** Danish. Not proofread. */
export const sentences: Sentences = {
  signedIn: 'Du er logget ind.',
  loggedOut: 'Du er logget ud.',
  again: 'Log ind igen for at fortsætte.',
  failed: 'Det lykkedes ikke at logge ind. Prøv igen.',
  unavailable: 'Det er ikke muligt at logge ind i øjeblikket.',
  finished: 'Du kan lukke dette vindue.',
  wait: 'Et øjeblik…',
};
