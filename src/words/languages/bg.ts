import type { Sentences } from '../sentences.js';

/** Bulgarian. Not proofread. */
export const sentences: Sentences = {
  signedIn: 'Влязохте успешно.',
  loggedOut: 'Излязохте успешно.',
  again: 'За да продължите, влезте отново.',
  failed: 'Влизането не беше успешно. Моля, опитайте отново.',
  unavailable: 'В момента влизането не е възможно.',
  finished: 'Можете да затворите този прозорец.',
  wait: 'Един момент…',
};
