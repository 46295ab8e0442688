import type { Sentences } from '../sentences.js';

/** Swedish. Proofread. */
export const sentences: Sentences = {
  signedIn: 'Du är inloggad.',
  loggedOut: 'Du är utloggad.',
  again: 'Logga in igen för att fortsätta.',
  failed: 'Inloggningen misslyckades. Försök igen.',
  unavailable: 'Det går inte att logga in just nu.',
  finished: 'Du kan stänga det här fönstret.',
  wait: 'Ett ögonblick…',
};
