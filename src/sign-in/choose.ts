import { loadPart } from '../parts.js';
import { pageSignIn } from './authorize.js';
import type { Arrival } from './landing.js';
import { providerSignIn } from './provider.js';
import type { Authorize, ProviderOptions, SignIn } from './sign-in.js';

/** What decides the way. */
interface Options extends Omit<ProviderOptions, 'provider'> {
  /** Missing only where the page obtains codes itself. */
  provider?: ProviderOptions['provider'];
  ownSignIn: boolean;
}

/**
 * The page's own way to a grant where it has one, else the provider's.
 *
 * @param authorize the page's own function, as it is set at the moment
 * @param arrival what has come with the page's address
 */
export function chooseSignIn(
  window: Window,
  { provider, ownSignIn, ...options }: Options,
  authorize: () => Authorize,
  arrival: Arrival,
): SignIn {
  const found = arrival === 'over' ? undefined : arrival;
  const builtIn = provider && providerSignIn(window, { ...options, provider }, found);
  if (builtIn && !ownSignIn) return builtIn;
  return pageSignIn(
    authorize,
    async () => builtIn?.signOut(),
    async (answer) => (await loadPart('sign-in')).takeGrant(answer),
  );
}
