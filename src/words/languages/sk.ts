import type { Sentences } from '../sentences.js';

/** Slovak. Not proofread. */
export const sentences: Sentences = {
  signedIn: 'Prihlásenie bolo úspešné.',
  loggedOut: 'Odhlásenie bolo úspešné.',
  again: 'Ak chcete pokračovať, prihláste sa znova.',
  failed: 'Prihlásenie sa nepodarilo. Skúste to, prosím, znova.',
  unavailable: 'Prihlásenie momentálne nie je možné.',
  finished: 'Toto okno môžete zavrieť.',
  wait: 'Moment, prosím…',
};
