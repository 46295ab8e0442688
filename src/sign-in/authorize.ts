import { failure } from '../failure.js';
import type { Grant } from '../grant.js';
import type { Authorize, SignIn } from './sign-in.js';

/** Signing in by the page's own function. It is called in the click itself: it may open a window of its own. */
export class OwnSignIn implements SignIn {
  readonly canBeSilent = true;

  /**
   * @param authorize looked up for every sign-in: frameworks set a new function at every render
   * @param signOut ends the provider's session: the provider's way also here
   * @param take makes a grant of what the function has returned
   */
  constructor(
    readonly authorize: () => Authorize,
    readonly signOut: () => Promise<void>,
    readonly take: (answer: unknown) => Grant | Promise<Grant>,
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
    return this.take(answer);
  }
}
