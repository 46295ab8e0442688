import type { Sentences } from '../sentences.js';

/** Japanese. Proofread. */
export const sentences: Sentences = {
  signedIn: 'ログインしました。',
  loggedOut: 'ログアウトしました。',
  again: '続けるには、もう一度ログインしてください。',
  failed: 'ログインできませんでした。もう一度お試しください。',
  unavailable: '現在、ログインできません。',
  finished: 'このウィンドウを閉じてください。',
  wait: '少々お待ちください…',
};
