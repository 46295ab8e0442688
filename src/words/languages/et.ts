import type { Sentences } from '../sentences.js';

/** Estonian. Not proofread. */
export const sentences: Sentences = {
  signedIn: 'Olete sisse logitud.',
  loggedOut: 'Olete välja logitud.',
  again: 'Jätkamiseks logige uuesti sisse.',
  failed: 'Sisselogimine ei õnnestunud. Palun proovige uuesti.',
  unavailable: 'Sisselogimine ei ole praegu võimalik.',
  finished: 'Võite selle akna sulgeda.',
  wait: 'Üks hetk…',
};
