import { failure } from '../failure.js';
import type { Grant } from '../grant.js';
import { loadFlow } from './load-flow.js';
import type { Authorize, SignIn } from './sign-in.js';

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
