import type { Sentences } from '../sentences.js';

/** French. Proofread. */
export const sentences: Sentences = {
  signedIn: 'Connexion réussie.',
  loggedOut: 'Déconnexion effectuée.',
  again: 'Veuillez vous reconnecter pour continuer.',
  failed: 'La connexion a échoué. Veuillez réessayer.',
  unavailable: 'Il n’est pas possible de se connecter pour le moment.',
  finished: 'Vous pouvez fermer cette fenêtre.',
  wait: 'Un instant…',
};
