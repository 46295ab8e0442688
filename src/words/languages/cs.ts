import type { Sentences } from '../sentences.js';

/** Czech. Not proofread. */
export const sentences: Sentences = {
  signedIn: 'Přihlášení proběhlo úspěšně.',
  loggedOut: 'Odhlášení proběhlo úspěšně.',
  again: 'Pro pokračování se prosím znovu přihlaste.',
  failed: 'Přihlášení se nezdařilo. Zkuste to prosím znovu.',
  unavailable: 'Přihlášení momentálně není možné.',
  finished: 'Toto okno můžete zavřít.',
  wait: 'Okamžik, prosím…',
};
