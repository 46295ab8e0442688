import type { Grant } from '../grant.js';
import type { ProviderConfig } from '../oidc/index.js';

/** A way to grants: the provider's (provider.ts), or the page's own (authorize.ts). Rejections are `Failure`s. */
export interface SignIn {
  /** What is left for this page by a sign-in that was begun earlier; undefined when nothing is. */
  complete(): Promise<Grant | undefined> | undefined;
  /** Whether there is a chance that `signInSilently` succeeds. */
  readonly canBeSilent: boolean;
  /** Without the visitor. Rejects with `provider/login-required` when that cannot be. */
  signInSilently(): Promise<Grant>;
  /**
   * In sight of the visitor; opens its window synchronously.
   *
   * @param whenBack the visitor is back in the page without an answer, which may come all the same
   * @param signal it is not wanted any more: the page is not left for it, and its window closes where it can
   * @returns undefined when the page is being left
   */
  signInInteractively(whenBack: () => void, signal: AbortSignal): Promise<Grant | undefined>;
  /** The grant in hand is handed over, or not wanted any more. */
  forget(): void;
  /** Ends the provider's session, if that is wanted; leaves the page for it. */
  signOut(): Promise<void>;
  /** The visitor is about to act. */
  prepare(): void;
}

/** What the provider's way needs to know. */
export interface ProviderOptions {
  mode: 'redirect' | 'popup';
  logout: 'messenger' | 'provider';
  /** Missing only where the page obtains codes itself and names no issuer: then there is nothing to sign out of. */
  provider?: ProviderConfig;
}

/**
 * A page's own way to obtain an authorization code, from its own backend or login, in place of the built-in flow.
 *
 * @param request.interactive whether the visitor may be asked: after a click, or the page's own `signIn()`
 * @returns the grant, with a code that was never returned before; nothing when the page is being left for signing in,
 * or when there is no session and the visitor may not be asked
 */
export type Authorize = (request: {
  interactive: boolean;
}) => Promise<Grant | null | undefined> | Grant | null | undefined;
