import type { Failure } from '../failure.js';
import type { Metadata, discover } from '../oidc/discovery.js';
import type { ProviderConfig } from '../oidc/provider.js';
import type { Configuration } from '../session/configuration.js';
import { type Check, check, failed, ok } from './check.js';
import { timeLimit } from './genesys.js';

/** What is looked at in a discovery document beyond what signing in needs. */
interface FullMetadata extends Metadata {
  code_challenge_methods_supported?: readonly string[];
  prompt_values_supported?: readonly string[];
  id_token_signing_alg_values_supported?: readonly string[];
}

export interface Discovery {
  metadata?: FullMetadata;
  failure?: Failure;
  /** Something answers there, though the browser may not read it: the CORS header is what is missing. */
  answers?: boolean;
}

export type Discover = typeof discover;

/** @returns undefined when the document is not needed */
export async function readDiscovery(
  { issuer, authorizationEndpoint }: ProviderConfig,
  fetch: typeof globalThis.fetch,
  discover?: Discover,
): Promise<Discovery | undefined> {
  if (authorizationEndpoint) return undefined;
  if (!discover) return {};
  try {
    return { metadata: await discover(issuer, fetch) };
  } catch (reason) {
    const failure = reason as Failure;
    const silent = failure.code === 'provider/unreachable' && !failure.detail?.includes('HTTP status');
    return { failure, answers: silent && (await answers(issuer, fetch)) };
  }
}

/** Without CORS nothing of an answer can be read, but that there was one can be told. */
function answers(url: string, fetch: typeof globalThis.fetch): Promise<boolean> {
  return fetch(url, { mode: 'no-cors', ...timeLimit() }).then(
    () => true,
    () => false,
  );
}

/** @param frames what this tab knows of hidden frames (sign-in/frames.ts) */
export function providerChecks(
  { provider, logout }: Pick<Configuration, 'logout'> & { provider: ProviderConfig },
  discovery: Discovery | undefined,
  frames: string | null,
): Check[] {
  const frame = frameCheck(provider, frames);
  if (!discovery) {
    const skipped = check('discovery', 'skipped', 'Not needed: authorization-endpoint is set.');
    return [skipped, frame, ...logoutChecks(logout, provider.endSessionEndpoint)];
  }
  const { metadata, failure, answers } = discovery;
  if (failure) return failureChecks(provider, failure, answers);
  if (!metadata) return [check('discovery', 'unknown', 'The part for signing in was not loaded.'), frame];

  const promised = metadata.authorization_response_iss_parameter_supported;
  const noPrompt = metadata.prompt_values_supported?.includes('none') === false;
  return [
    ok('discovery', 'Readable from here.'),
    issuerCheck(metadata.issuer),
    ok('endpoints', metadata.authorization_endpoint),
    pkceCheck(metadata.code_challenge_methods_supported),
    ...signingChecks(metadata.id_token_signing_alg_values_supported),
    ok('iss', promised ? 'Promised, and so demanded.' : 'Not promised; checked if it comes.'),
    noPrompt ? check('silent', 'warning', 'The provider does not list prompt=none.') : frame,
    ...logoutChecks(logout, provider.endSessionEndpoint ?? metadata.end_session_endpoint),
  ];
}

/** Microsoft's `common` and `organizations` call themselves by a template (oidc/discovery.ts), which no token names. */
const issuerCheck = (declared: string): Check =>
  declared.includes('{')
    ? failed('issuer', 'provider/metadata', `${declared} is a template: write your own tenant`)
    : ok('issuer', `${declared}, as configured.`);

function logoutChecks(logout: Configuration['logout'], endpoint: string | undefined): Check[] {
  if (logout !== 'provider') return [];
  return [endpoint ? ok('logout', endpoint) : failed('logout', 'logout/no-endpoint')];
}

function pkceCheck(methods: readonly string[] | undefined): Check {
  if (methods?.includes('S256')) return ok('pkce', 'S256.');
  return check(
    'pkce',
    methods ? 'warning' : 'unknown',
    `The provider does not list S256${methods ? '' : ', nor any other method'}.`,
    'Allow PKCE with S256 for this client at the provider. Many do it without listing it.',
  );
}

/** Every provider has to know RS256 (OpenID Connect Discovery §3); which others Genesys Cloud takes is not documented. */
const signingChecks = (known: readonly string[] = ['RS256']): Check[] =>
  known.includes('RS256')
    ? []
    : [check('signing', 'warning', `${known}.`, 'Let the provider sign with RS256.')];

function frameCheck(provider: ProviderConfig, frames: string | null): Check {
  if (frames === 'useless') {
    return check(
      'silent',
      'warning',
      'A hidden frame does not see the session at the provider: third-party cookies are blocked, or frames forbidden.',
      'Nothing breaks: visitors are asked to click. It works where page and provider share a domain.',
    );
  }
  return isSameSite(provider)
    ? ok('silent', 'Page and provider share a domain.')
    : check(
        'silent',
        'unknown',
        'Page and provider are on different sites: where third-party cookies are blocked, or frames forbidden, visitors are asked to click.',
      );
}

function failureChecks({ issuer }: ProviderConfig, { code, detail }: Failure, answers?: boolean): Check[] {
  if (code === 'provider/issuer-mismatch')
    return [ok('discovery', 'Readable from here.'), failed('issuer', code, detail)];
  if (code === 'provider/metadata') return [failed('endpoints', code, detail)];
  const cors = `${issuer} answers, but its discovery document does not: a wrong path, or no CORS header for this site`;
  return [failed('discovery', code, answers ? cors : detail)];
}

/** Whether the last two labels agree, which is all that can be told without the list of public suffixes. */
function isSameSite({ issuer, redirectUri }: ProviderConfig): boolean {
  const [one, other] = [issuer, redirectUri].map((url) =>
    new URL(url).hostname.split('.').slice(-2).join('.'),
  );
  return one === other;
}
