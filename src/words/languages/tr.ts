import type { Sentences } from '../sentences.js';

/** Turkish. Not proofread. */
export const sentences: Sentences = {
  signedIn: 'Giriş yaptınız.',
  loggedOut: 'Çıkış yaptınız.',
  again: 'Devam etmek için lütfen yeniden giriş yapın.',
  failed: 'Giriş yapılamadı. Lütfen yeniden deneyin.',
  unavailable: 'Şu anda giriş yapılamıyor.',
  finished: 'Bu pencereyi kapatabilirsiniz.',
  wait: 'Lütfen bekleyin…',
};
