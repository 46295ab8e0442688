import type { Sentences } from '../sentences.js';

/** Russian. Not proofread. */
export const sentences: Sentences = {
  signedIn: 'Вход выполнен.',
  loggedOut: 'Выход выполнен.',
  again: 'Чтобы продолжить, войдите снова.',
  failed: 'Не удалось войти. Попробуйте ещё раз.',
  unavailable: 'Вход сейчас недоступен.',
  finished: 'Это окно можно закрыть.',
  wait: 'Пожалуйста, подождите…',
};
