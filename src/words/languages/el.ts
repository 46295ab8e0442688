import type { Sentences } from '../sentences.js';

/** Greek. Not proofread. */
export const sentences: Sentences = {
  signedIn: 'Συνδεθήκατε.',
  loggedOut: 'Αποσυνδεθήκατε.',
  again: 'Συνδεθείτε ξανά για να συνεχίσετε.',
  failed: 'Η σύνδεση δεν ήταν επιτυχής. Δοκιμάστε ξανά.',
  unavailable: 'Η σύνδεση δεν είναι δυνατή αυτή τη στιγμή.',
  finished: 'Μπορείτε να κλείσετε αυτό το παράθυρο.',
  wait: 'Μια στιγμή…',
};
