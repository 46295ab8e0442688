import type { Failure } from '../errors.js';
import type { AuthMessengerError } from '../explanations.js';

/** Puts a failure into words. Without the words it still has its code, by which the documentation lists it. */
export async function explain(failure: Failure): Promise<AuthMessengerError> {
  try {
    const { describe } = await import('../explanations.js');
    return describe(failure);
  } catch {
    const { code, detail = '' } = failure;
    const hint = 'See the list of errors in the documentation of genesys-auth-messenger.';
    return { code, message: `${code} ${detail}`, hint, retryable: true };
  }
}
