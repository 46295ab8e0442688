import type { Sentences } from '../sentences.js';

/** Norwegian Bokmål. Not proofread. */
export const sentences: Sentences = {
  signedIn: 'Du er logget inn.',
  loggedOut: 'Du er logget ut.',
  again: 'Logg inn på nytt for å fortsette.',
  failed: 'Innloggingen mislyktes. Prøv igjen.',
  unavailable: 'Det er ikke mulig å logge inn akkurat nå.',
  finished: 'Du kan lukke dette vinduet.',
  wait: 'Et øyeblikk…',
};
