import type { Sentences } from '../sentences.js';

/** Spanish. Proofread. */
export const sentences: Sentences = {
  signedIn: 'Sesión iniciada.',
  loggedOut: 'Sesión cerrada.',
  again: 'Vuelva a iniciar sesión para continuar.',
  failed: 'No se ha podido iniciar sesión. Inténtelo de nuevo.',
  unavailable: 'En este momento no es posible iniciar sesión.',
  finished: 'Puede cerrar esta ventana.',
  wait: 'Un momento…',
};
