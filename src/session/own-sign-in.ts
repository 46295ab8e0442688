import { failure } from '../errors.js';
import type { Grant } from '../grant.js';
import type { SignIn } from './session.js';

/**
 * A page's own way to obtain an authorization code, from its own backend or login, in place of the built-in flow.
 *
 * @param request.interactive whether the visitor may be asked; it was a click then, so that a window can be opened
 * @returns the grant, with a code that was never returned before; nothing when the page is being left for signing in,
 * or when there is no session and the visitor may not be asked
 */
export type Authorize = (request: { interactive: boolean }) => Promise<Grant | undefined> | Grant | undefined;

/** Signing in by the page's own function. The provider's session, if that is to end too, is the built-in flow's business. */
export class OwnSignIn implements SignIn {
  readonly canBeSilent = true;
  readonly #authorize: () => Authorize;
  readonly #signOut: () => Promise<void>;
  /** A code is good once, also when the page forgets that. */
  readonly #used = new Set<string>();

  constructor(authorize: () => Authorize, signOut: () => Promise<void>) {
    this.#authorize = authorize;
    this.#signOut = signOut;
  }

  arrive(): undefined {}

  async silently(): Promise<Grant> {
    const grant = await this.#obtain(false);
    if (!grant) throw failure('provider/login-required', 'authorize');
    return grant;
  }

  visibly(): Promise<Grant | undefined> {
    return this.#obtain(true);
  }

  signOut(): Promise<void> {
    return this.#signOut();
  }

  warm(): void {}

  async #obtain(interactive: boolean): Promise<Grant | undefined> {
    const authorize = this.#authorize();
    let answer: unknown;
    try {
      answer = await authorize({ interactive });
    } catch (error) {
      // By its kind only: the text is the page's own and might hold anything.
      throw failure('configuration/authorize', error instanceof Error ? error.name : 'it threw');
    }
    if (answer === undefined || answer === null) return undefined;
    const grant = readGrant(answer);
    if (this.#used.has(grant.authCode))
      throw failure('configuration/authorize', 'authCode was returned before');
    this.#used.add(grant.authCode);
    return grant;
  }
}

const texts = ['authCode', 'redirectUri', 'nonce', 'codeVerifier', 'iss'] as const;

/**
 * Takes what Messenger knows out of what a page returned.
 *
 * @throws Failure `configuration/authorize`, naming the field
 */
export function readGrant(answer: unknown): Grant {
  const given = Object(answer) as Record<string, unknown>;
  const bad = texts.find((name) => {
    const value = given[name];
    const optional = name !== 'authCode' && name !== 'redirectUri';
    return !(typeof value === 'string' && value) && !(optional && value === undefined);
  });
  const { maxAge } = given;
  if (bad || (maxAge !== undefined && !Number.isInteger(maxAge))) {
    throw failure('configuration/authorize', `${bad ?? 'maxAge'} is missing or malformed`);
  }
  const grant = Object.fromEntries([...texts, 'maxAge'].map((name) => [name, given[name]]));
  return JSON.parse(JSON.stringify(grant)) as Grant;
}
