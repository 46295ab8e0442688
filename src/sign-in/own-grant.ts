import { failure } from '../failure.js';
import type { Grant } from '../grant.js';

const isText = (value: unknown) => typeof value === 'string' && value !== '';
const isTextOrMissing = (value: unknown) => value === undefined || isText(value);

/** What Messenger knows of a grant, and how to check it. */
const fields: Record<keyof Grant, (value: unknown) => boolean> = {
  authCode: isText,
  redirectUri: isText,
  nonce: isTextOrMissing,
  codeVerifier: isTextOrMissing,
  iss: isTextOrMissing,
  maxAge: (value) => value === undefined || Number.isInteger(value),
};

/**
 * Takes what Messenger knows out of what a page's `authorize` has returned.
 *
 * @throws Failure `configuration/authorize`, naming the field
 */
export function readGrant(answer: unknown): Grant {
  const given = Object(answer) as Record<string, unknown>;
  // Genesys Cloud may be able to take one (docs/messenger.md §4.4), but no token goes through our hands.
  if (given['idToken']) throw failure('configuration/authorize', 'idToken is refused');
  const grant: Record<string, unknown> = {};
  for (const [name, isGood] of Object.entries(fields)) {
    const value = given[name];
    if (!isGood(value)) throw failure('configuration/authorize', name);
    if (value !== undefined) grant[name] = value;
  }
  return grant as unknown as Grant;
}

/** A code is good once, also when the page forgets that. */
const used = new Set<string>();

/** @throws Failure `configuration/authorize`, as `readGrant`, and where the code is not new */
export function takeGrant(answer: unknown): Grant {
  const grant = readGrant(answer);
  if (used.has(grant.authCode)) throw failure('configuration/authorize', 'authCode was returned before');
  used.add(grant.authCode);
  return grant;
}
