import type { Sentences } from '../sentences.js';

/** Thai. Not proofread. */
export const sentences: Sentences = {
  signedIn: 'เข้าสู่ระบบแล้ว',
  loggedOut: 'ออกจากระบบแล้ว',
  again: 'โปรดเข้าสู่ระบบอีกครั้งเพื่อดำเนินการต่อ',
  failed: 'เข้าสู่ระบบไม่สำเร็จ โปรดลองอีกครั้ง',
  unavailable: 'ไม่สามารถเข้าสู่ระบบได้ในขณะนี้',
  finished: 'คุณปิดหน้าต่างนี้ได้แล้ว',
  wait: 'โปรดรอสักครู่…',
};
