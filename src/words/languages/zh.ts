import type { Sentences } from '../sentences.js';

/** Chinese (simplified). Proofread. */
export const sentences: Sentences = {
  signedIn: '您已登录。',
  loggedOut: '您已退出登录。',
  again: '如需继续，请重新登录。',
  failed: '登录失败，请重试。',
  unavailable: '目前无法登录。',
  finished: '您可以关闭此窗口。',
  wait: '请稍候……',
};
