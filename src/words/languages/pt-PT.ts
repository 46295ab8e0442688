import type { Sentences } from '../sentences.js';

/** Portuguese (Portugal). Not proofread. */
export const sentences: Sentences = {
  signedIn: 'Sessão iniciada.',
  loggedOut: 'Sessão terminada.',
  again: 'Inicie sessão novamente para continuar.',
  failed: 'Não foi possível iniciar sessão. Tente novamente.',
  unavailable: 'De momento, não é possível iniciar sessão.',
  finished: 'Pode fechar esta janela.',
  wait: 'Um momento…',
};
