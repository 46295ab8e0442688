import { failure } from '../errors.js';
import type { Grant } from '../grant.js';
import { loadFlow } from './load-flow.js';
import type { SignIn } from './session.js';

/**
 * A page's own way to obtain an authorization code, from its own backend or login, in place of the built-in flow.
 *
 * @param request.interactive whether the visitor may be asked; it was a click then
 * @returns the grant, with a code that was never returned before; nothing when the page is being left for signing in,
 * or when there is no session and the visitor may not be asked
 */
export type Authorize = (request: {
  interactive: boolean;
}) => Promise<Grant | null | undefined> | Grant | null | undefined;

/** Signing in by the page's own function. */
export class OwnSignIn implements SignIn {
  readonly canBeSilent = true;

  /**
   * @param authorize looked up for every sign-in: frameworks set a new function at every render
   * @param signOut ends the provider's session: the built-in flow's business also here
   */
  constructor(
    readonly authorize: () => Authorize,
    readonly signOut: () => Promise<void>,
  ) {}

  arrive(): undefined {}

  async silently(): Promise<Grant> {
    const grant = await this.#obtain(false);
    if (!grant) throw failure('provider/login-required', 'authorize');
    return grant;
  }

  visibly(): Promise<Grant | undefined> {
    return this.#obtain(true);
  }

  warm(): void {
    loadFlow().catch(() => {
      // Whoever acts is told.
    });
  }

  async #obtain(interactive: boolean): Promise<Grant | undefined> {
    const { obtain } = await loadFlow();
    return obtain(this.authorize(), interactive);
  }
}
