import type { Sentences } from '../sentences.js';

/** Vietnamese. Not proofread. */
export const sentences: Sentences = {
  signedIn: 'Đã đăng nhập.',
  loggedOut: 'Đã đăng xuất.',
  again: 'Vui lòng đăng nhập lại để tiếp tục.',
  failed: 'Đăng nhập không thành công. Vui lòng thử lại.',
  unavailable: 'Hiện tại không thể đăng nhập.',
  finished: 'Bạn có thể đóng cửa sổ này.',
  wait: 'Vui lòng chờ trong giây lát…',
};
