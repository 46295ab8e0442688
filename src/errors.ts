import type { errors } from './explanations.js';

/** `area/name`, one of the documented list. */
export type ErrorCode = keyof typeof errors;

/** A failure as the rooms pass it on: the code, and what varies in its message. Never holds a secret. */
export interface Failure {
  code: ErrorCode;
  /** Plain text for a person: an attribute's value, a URL without its query, the provider's own words. */
  detail?: string;
}

/** A failure as the page sees it: the `detail` of `signInFailed`, and the element's `error`. */
export interface AuthMessengerError {
  code: ErrorCode;
  /** What happened, in English, for whoever runs the site. */
  message: string;
  /** What to change, and where: an attribute, a setting in Genesys Cloud, a setting at the provider. */
  hint: string;
  /** Whether the visitor can try again with a click. */
  retryable: boolean;
}

export const failure = (code: ErrorCode, detail?: string): Failure => ({ code, detail });

/** What a click cannot mend: somebody has to change the page or a setting first. */
const lasting = /^configuration\/(?!chunk-missing)|^messenger\/(?!blocked)/;

export const isRetryable = (code: ErrorCode): boolean => !lasting.test(code);

/** What was thrown, as a failure: what is not one of ours comes from the browser, and is named by its kind only. */
export function toFailure(reason: unknown): Failure {
  const { code, name } = Object(reason) as { code?: unknown; name?: unknown };
  return typeof code === 'string' ? (reason as Failure) : failure('provider/error', String(name));
}
