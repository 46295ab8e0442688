import type { AuthMessengerError } from '../explanations.js';
import type { Configuration } from '../session/configuration.js';
import { key } from '../names.js';
import { type Check, type Describe, check, ok, useWords } from './check.js';
import { deploymentChecks, readDeployment } from './genesys.js';
import { pageChecks, readPage, redirectUriChecks, takesAnswersAt } from './page.js';
import { type Discover, providerChecks, readDiscovery } from './provider.js';

/** What the doctor takes from other parts: each that a page loads stands alone. */
export interface OtherParts {
  /** Puts failures into words: src/explanations.ts. */
  describe: Describe;
  /** Reads a discovery document: src/oidc/discovery.ts. Missing where the part for signing in could not be loaded. */
  discover?: Discover;
}

/** What is to be looked at. */
export interface DoctorInput extends OtherParts {
  /** What the attributes mean; undefined while they are not usable. */
  configuration?: Configuration;
  /** Why they are not usable, or why signing in failed. */
  error?: AuthMessengerError;
  /** The address of the page with the tag. Default: this page. */
  page?: string;
}

/** The outside world, for tests. */
export interface Seams {
  window?: Window;
  fetch?: typeof globalThis.fetch;
  /** `directive address`, for what a Content-Security-Policy has blocked so far. */
  violations?: readonly string[];
}

/**
 * Looks at everything that signing in depends on and that a browser can see. Changes nothing, and asks for nothing but the
 * page itself, the one at the redirect URI, the deployment's public files and the provider's discovery document. Yields
 * each result as soon as it is known; ends within 20 seconds, and never throws.
 */
export async function* runChecks(
  { describe, discover, configuration, error, page }: DoctorInput,
  { window = globalThis.window, fetch = globalThis.fetch.bind(globalThis), violations = [] }: Seams = {},
): AsyncGenerator<Check, void> {
  useWords(describe);
  page ??= window.location.href;
  // Asked for at once, told in order.
  const deployment = configuration && readDeployment(configuration, fetch);
  const discovery = configuration?.provider && readDiscovery(configuration.provider, fetch, discover);
  const takesAnswers =
    configuration?.provider && takesAnswersAt(configuration.provider.redirectUri, window, fetch);

  yield configuration
    ? ok('attributes', 'Understood.')
    : check('attributes', 'failed', error?.message ?? 'Not usable.', error?.hint);
  const facts = await readPage(window, page, configuration?.region.bootstrap, violations);
  yield* pageChecks(facts);
  if (!configuration) return;
  yield* deploymentChecks(configuration, await deployment!, new URL(page).hostname);
  const { provider } = configuration;
  if (!provider) return;
  yield* providerChecks({ ...configuration, provider }, await discovery, framesRecord(window));
  yield* redirectUriChecks(provider, await takesAnswers, facts);
}

function framesRecord(window: Window): string | null {
  try {
    return window.sessionStorage.getItem(key('frames'));
  } catch {
    return null;
  }
}
