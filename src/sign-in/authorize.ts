import { failure } from '../failure.js';
import type { Grant } from '../grant.js';
import type { Authorize, SignIn } from './sign-in.js';

/** A code is good once, also when the page forgets that. */
const used = new Set<string>();

/** Signing in by the page's own function. It is called in the click itself: it may open a window of its own. */
export class OwnSignIn implements SignIn {
  readonly canBeSilent = true;

  /**
   * @param authorize looked up for every sign-in: frameworks set a new function at every render
   * @param signOut ends the provider's session: the provider's way also here
   */
  constructor(
    readonly authorize: () => Authorize,
    readonly signOut: () => Promise<void>,
  ) {}

  complete(): undefined {}

  async signInSilently(): Promise<Grant> {
    const grant = await this.#obtain(false);
    if (!grant) throw failure('provider/login-required', 'authorize');
    return grant;
  }

  signInInteractively(): Promise<Grant | undefined> {
    return this.#obtain(true);
  }

  forget(): void {}

  prepare(): void {}

  /** @throws Failure `configuration/authorize` */
  async #obtain(interactive: boolean): Promise<Grant | undefined> {
    let answer: unknown;
    try {
      answer = await this.authorize()({ interactive });
    } catch (error) {
      // By its kind only: the text is the page's own and might hold anything.
      const kind = error instanceof Error ? error.name : 'it threw';
      throw failure('configuration/authorize', kind, { cause: error });
    }
    if (answer === undefined || answer === null) return undefined;
    const grant = readGrant(answer);
    if (used.has(grant.authCode)) throw failure('configuration/authorize', 'authCode was returned before');
    used.add(grant.authCode);
    return grant;
  }
}

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
 * Takes what Messenger knows out of what a page returned.
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
