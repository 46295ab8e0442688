import type { ErrorCode } from './explanations.js';

/** A failure as the rooms pass it on: the code, and what varies in its message. Never holds a secret. */
export interface Failure {
  code: ErrorCode;
  /** Plain text for a person: an attribute's value, a URL without its query, the provider's own words. */
  detail?: string;
}

export const failure = (code: ErrorCode, detail?: string): Failure => ({ code, detail });

/** What was thrown, as a failure: what is not one of ours comes from the browser, and is named by its kind only. */
export function toFailure(reason: unknown): Failure {
  const { code, name } = Object(reason) as { code?: unknown; name?: unknown };
  return typeof code === 'string' ? (reason as Failure) : failure('provider/error', String(name));
}
