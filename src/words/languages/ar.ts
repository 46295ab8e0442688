import type { Sentences } from '../sentences.js';

/** Arabic. Proofread. */
export const sentences: Sentences = {
  signedIn: 'تم تسجيل الدخول.',
  loggedOut: 'تم تسجيل الخروج.',
  again: 'يُرجى تسجيل الدخول مرة أخرى للمتابعة.',
  failed: 'تعذّر تسجيل الدخول. يُرجى المحاولة مرة أخرى.',
  unavailable: 'تسجيل الدخول غير متاح حاليًا.',
  finished: 'يمكن إغلاق هذه النافذة الآن.',
  wait: 'يُرجى الانتظار…',
};
