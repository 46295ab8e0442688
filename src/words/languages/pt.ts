import type { Sentences } from '../sentences.js';

/** Portuguese (Brazil). Proofread. */
export const sentences: Sentences = {
  signedIn: 'Você entrou na sua conta.',
  loggedOut: 'Você saiu da sua conta.',
  again: 'Entre novamente para continuar.',
  failed: 'Não foi possível entrar. Tente novamente.',
  unavailable: 'No momento, não é possível entrar.',
  finished: 'Você pode fechar esta janela.',
  wait: 'Aguarde um momento…',
};
