import type { Sentences } from '../sentences.js';

/** Chinese (traditional). Not proofread. */
export const sentences: Sentences = {
  signedIn: '您已登入。',
  loggedOut: '您已登出。',
  again: '如要繼續，請重新登入。',
  failed: '登入失敗，請再試一次。',
  unavailable: '目前無法登入。',
  finished: '您可以關閉此視窗。',
  wait: '請稍候……',
};
