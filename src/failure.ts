import type { ErrorCode } from './explanations.js';

/** Why something did not work, as the rooms pass it on. It never holds a secret. */
export class Failure extends Error {
  /**
   * @param code one of the documented list
   * @param detail what varies in the message, as plain text for a person: an attribute's value, a URL without its query,
   * the provider's own words
   * @param options.cause what was thrown, or what Genesys Cloud has answered
   */
  constructor(
    readonly code: ErrorCode,
    readonly detail?: string,
    options?: ErrorOptions,
  ) {
    super(detail ? `${code}: ${detail}` : code, options);
  }
}

export const failure = (...reason: ConstructorParameters<typeof Failure>): Failure => new Failure(...reason);

/** Told by its form: each part that a page loads has a class of its own. */
const isFailure = (reason: unknown): reason is Failure =>
  reason instanceof Error && /^[a-z]+\/./.test(String((reason as Partial<Failure>).code));

/** What was thrown, as a failure. What is not one of ours comes from the browser, and is named by its kind only. */
export function toFailure(reason: unknown): Failure {
  if (isFailure(reason)) return reason;
  const { name } = Object(reason) as { name?: unknown };
  return failure('browser/error', typeof name === 'string' ? name : typeof reason, { cause: reason });
}
