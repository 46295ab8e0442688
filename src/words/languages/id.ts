import type { Sentences } from '../sentences.js';

/** Indonesian. Not proofread. */
export const sentences: Sentences = {
  signedIn: 'Anda telah masuk.',
  loggedOut: 'Anda telah keluar.',
  again: 'Silakan masuk lagi untuk melanjutkan.',
  failed: 'Gagal masuk. Silakan coba lagi.',
  unavailable: 'Saat ini Anda tidak dapat masuk.',
  finished: 'Anda dapat menutup jendela ini.',
  wait: 'Mohon tunggu sebentar…',
};
