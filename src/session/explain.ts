import type { Failure } from '../failure.js';
import type { AuthMessengerError } from '../explanations.js';
import { attempt } from '../attempt.js';
import { loadPart } from '../parts.js';

/** How long the words may take, in milliseconds: what happened can be said without them. */
const patience = 5_000;

/**
 * Puts a failure into words. Without the words it still has its code, by which the documentation lists it.
 *
 * @param view where it shows: a tag that arrived mangled is named as such
 */
async function describeInWords(failure: Failure, view?: object): Promise<AuthMessengerError> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    const late = new Promise<never>((_, reject) => (timer = setTimeout(reject, patience)));
    const { describe } = await Promise.race([loadPart('explanations'), late]);
    return describe(failure, view);
  } catch {
    const { code, detail = '' } = failure;
    const hint = 'See docs/errors.md of genesys-auth-messenger.';
    return { code, message: `${code} ${detail}`, hint, retryable: true };
  } finally {
    clearTimeout(timer);
  }
}

const said = new Set<string>();

/** Puts a failure into words, and says them once to the page's author, however many elements fail alike. */
export async function explain(failure: Failure, view?: object): Promise<AuthMessengerError> {
  const error = await describeInWords(failure, view);
  const line = `<genesys-auth-messenger> ${error.code}: ${error.message} ${error.hint}`;
  if (!said.has(line)) attempt(() => console.warn(line));
  said.add(line);
  return error;
}
