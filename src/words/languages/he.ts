import type { Sentences } from '../sentences.js';

/** Hebrew. Not proofread. */
export const sentences: Sentences = {
  signedIn: 'ההתחברות בוצעה.',
  loggedOut: 'ההתנתקות בוצעה.',
  again: 'כדי להמשיך יש להתחבר שוב.',
  failed: 'ההתחברות לא הצליחה. נא לנסות שוב.',
  unavailable: 'לא ניתן להתחבר כרגע.',
  finished: 'אפשר לסגור את החלון הזה.',
  wait: 'רק רגע…',
};
