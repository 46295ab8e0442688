import type { Sentences } from '../sentences.js';

/** Ukrainian. Not proofread. */
export const sentences: Sentences = {
  signedIn: 'Вхід виконано.',
  loggedOut: 'Вихід виконано.',
  again: 'Щоб продовжити, увійдіть знову.',
  failed: 'Не вдалося увійти. Спробуйте ще раз.',
  unavailable: 'Вхід зараз недоступний.',
  finished: 'Це вікно можна закрити.',
  wait: 'Зачекайте, будь ласка…',
};
