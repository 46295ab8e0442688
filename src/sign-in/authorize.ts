import { failure } from '../failure.js';
import type { Grant } from '../grant.js';
import type { Authorize, SignIn } from './sign-in.js';

/**
 * Signing in by the page's own function. It is called in the click itself: it may open a window of its own.
 *
 * @param authorize looked up for every sign-in: frameworks set a new function at every render
 * @param signOut ends the provider's session: the provider's way also here
 * @param take makes a grant of what the function has returned
 */
export function pageSignIn(
  authorize: () => Authorize,
  signOut: () => Promise<void>,
  take: (answer: unknown) => Grant | Promise<Grant>,
) {
  /** @throws Failure `configuration/authorize` */
  async function obtain(interactive: boolean): Promise<Grant | undefined> {
    let answer: unknown;
    try {
      answer = await authorize()({ interactive });
    } catch (error) {
      // By its kind only: the text is the page's own and might hold anything.
      const kind = error instanceof Error ? error.name : 'it threw';
      throw failure('configuration/authorize', kind, { cause: error });
    }
    return answer === undefined || answer === null ? undefined : take(answer);
  }

  return {
    canBeSilent: true,
    complete: () => undefined,
    async signInSilently() {
      const grant = await obtain(false);
      if (!grant) throw failure('provider/login-required', 'authorize');
      return grant;
    },
    signInInteractively: () => obtain(true),
    signOut,
    forget() {},
    prepare() {},
  } satisfies SignIn;
}
