import type { Sentences } from '../sentences.js';

/** Korean. Proofread. */
export const sentences: Sentences = {
  signedIn: '로그인되었습니다.',
  loggedOut: '로그아웃되었습니다.',
  again: '계속하려면 다시 로그인해 주세요.',
  failed: '로그인하지 못했습니다. 다시 시도해 주세요.',
  unavailable: '현재 로그인할 수 없습니다.',
  finished: '이 창을 닫으셔도 됩니다.',
  wait: '잠시만 기다려 주세요.',
};
