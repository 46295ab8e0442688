import { attempt } from '../attempt.js';
import { failure } from '../failure.js';
import { type Region, regionOf } from '../regions.js';
import type { ProviderConfig } from '../oidc/index.js';
import { foreignPart, isReservedParameter } from '../oidc/parameters.js';
import type { Authorize } from '../sign-in/sign-in.js';
import { parseUrl, secureUrl } from '../urls.js';

/** The element's attributes as the author wrote them. One that has been removed is null. */
export interface Attributes {
  deploymentId?: string;
  environment?: string;
  issuer?: string;
  clientId?: string;
  clientSecret?: string | null;
  redirectUri?: string;
  scope?: string;
  mode?: string;
  silent?: boolean;
  loading?: string;
  prompt?: string;
  maxAge?: string | number | null;
  authorizationParams?: string;
  logout?: string;
  postLogoutRedirectUri?: string;
  endSessionEndpoint?: string;
  authorizationEndpoint?: string;
  account?: string | null;
  open?: boolean;
  authorize?: Authorize;
  nonce?: string;
}

/** What the attributes mean, checked. */
export interface Configuration {
  deploymentId: string;
  region: Region;
  /** Missing only where the page obtains codes itself and names no issuer. */
  provider?: ProviderConfig;
  /** The page has set `authorize`. */
  ownSignIn: boolean;
  mode: 'redirect' | 'popup';
  silent: boolean;
  loading: 'eager' | 'lazy';
  logout: 'messenger' | 'provider';
  /** Who is signed in on the site: empty for nobody, undefined where the page does not say. */
  account?: string | undefined;
  /** Open the chat when the visitor has signed in by a click. */
  open: boolean;
}

/** Where the element is: relative addresses are resolved against `baseURI`. */
export interface Place {
  baseURI: string;
  /** The address that the page was loaded with. */
  href: string;
}

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * Checks the attributes, in the order in which an author would mend them.
 *
 * @throws Failure `configuration/…`
 */
export function readConfiguration(
  attributes: Attributes,
  place: Place,
  authorize = attributes.authorize,
): Configuration {
  if (authorize && typeof authorize !== 'function') {
    throw failure('configuration/authorize', 'no function');
  }
  if (typeof attributes.clientSecret === 'string') throw failure('configuration/client-secret');
  const deploymentId = text(attributes.deploymentId);
  if (!deploymentId || !uuid.test(deploymentId)) throw failure('configuration/deployment-id', deploymentId);
  const environment = text(attributes.environment) ?? 'prod';
  const region = regionOf(environment, new URL(place.href).hostname);
  if (!region) throw failure('configuration/environment', environment);
  return {
    deploymentId,
    region,
    provider: authorize && !text(attributes.issuer) ? undefined : readProvider(attributes, place),
    ownSignIn: !!authorize,
    mode: oneOf('mode', attributes.mode, ['redirect', 'popup']),
    silent: !!attributes.silent,
    loading: oneOf('loading', attributes.loading, ['eager', 'lazy']),
    logout: oneOf('logout', attributes.logout, ['messenger', 'provider']),
    open: !!attributes.open,
    account: attributes.account == null ? undefined : String(attributes.account),
  };
}

function readProvider(attributes: Attributes, place: Place): ProviderConfig {
  const issuer = text(attributes.issuer);
  const issuerUrl = issuer && secureUrl(issuer);
  if (!issuerUrl || issuerUrl.search || issuerUrl.hash) throw failure('configuration/issuer', issuer);
  const clientId = text(attributes.clientId);
  if (!clientId) throw failure('configuration/client-id');
  const address = (value: string | undefined, base?: string): string | undefined => {
    const written = text(value);
    if (written && !secureUrl(written, base)) throw failure('configuration/endpoint', written);
    return written && absolute(written, base);
  };
  const authorizationEndpoint = address(attributes.authorizationEndpoint);
  const own = authorizationEndpoint && foreignPart(new URL(authorizationEndpoint));
  if (own) throw failure('configuration/endpoint', `authorization-endpoint sets ${own}`);
  const scope = text(attributes.scope) ?? 'openid profile email';
  // Without it no ID token comes (OpenID Connect Core §3.1.2.1), and Genesys Cloud refuses the code.
  if (!scope.split(/\s/).includes('openid')) throw failure('configuration/option', 'scope lacks openid');
  return {
    issuer: issuer!,
    clientId,
    redirectUri: readRedirectUri(text(attributes.redirectUri), place),
    scope,
    prompt: text(attributes.prompt),
    maxAge: readMaxAge(attributes.maxAge),
    authorizationParams: readAuthorizationParams(text(attributes.authorizationParams)),
    authorizationEndpoint,
    endSessionEndpoint: address(attributes.endSessionEndpoint),
    postLogoutRedirectUri: address(attributes.postLogoutRedirectUri, place.baseURI),
  };
}

/**
 * The sign-in is carried across the redirect in this origin's sessionStorage, so the provider must come back to this
 * origin. Providers compare byte for byte: an absolute value is used as it was written.
 */
function readRedirectUri(written: string | undefined, place: Place): string {
  const page = new URL(place.href);
  if (!written) {
    if (page.origin === 'null') throw failure('configuration/redirect-uri', page.protocol);
    return page.origin + page.pathname;
  }
  const url = secureUrl(written, place.baseURI);
  if (!url || url.origin !== page.origin || written.includes('#')) {
    throw failure('configuration/redirect-uri', written);
  }
  return absolute(written, place.baseURI);
}

/** 0 is refused because Messenger loses it, and a strict provider then refuses the code (docs/messenger.md §4.1). */
function readMaxAge(written: string | number | null | undefined): number | undefined {
  const value = text(written);
  if (value === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(value)) throw failure('configuration/max-age', value);
  return Number(value);
}

function readAuthorizationParams(written: string | undefined): [string, string][] {
  const params = [...new URLSearchParams(written)];
  const bad = params.find(([name, value]) => !name || !value || isReservedParameter(name));
  if (bad) throw failure('configuration/authorization-params', bad[0] || written);
  return params;
}

/**
 * An empty attribute is a missing one: templates render `issuer=""` for a value they do not have. Properties may hold
 * anything; what cannot be made text is a missing one, too.
 */
const text = (value: unknown): string | undefined => attempt(() => String(value ?? '').trim()) || undefined;

function oneOf<T extends string>(name: string, value: string | undefined, values: readonly [T, ...T[]]): T {
  const written = text(value)?.toLowerCase() ?? values[0];
  const known = values.find((candidate) => candidate === written);
  if (!known) throw failure('configuration/option', `${name}="${written}", not ${values.join(' or ')}`);
  return known;
}

/** As it was written, where it means the same without a base: `https:path` does not (WHATWG URL, "special scheme"). */
function absolute(written: string, base?: string): string {
  const { href } = new URL(written, base);
  return parseUrl(written)?.href === href ? written : href;
}

/** Whether a tag configures at all. One that does not shows what the page's author has configured elsewhere. */
export const configuresAnything = ({ deploymentId, issuer, clientId, clientSecret }: Attributes): boolean =>
  !!(text(deploymentId) || text(issuer) || text(clientId)) || typeof clientSecret === 'string';

/** Two elements mean the same session when everything that they configure is the same. Who is signed in changes meanwhile. */
export function isSameConfiguration(one: Configuration, other: Configuration): boolean {
  return canonical(one) === canonical(other);
}

/** Without the freedom of spelling that deployment id and environment have. */
function canonical({ deploymentId, region, account: _, ...others }: Configuration): string {
  return JSON.stringify([deploymentId.toLowerCase(), region.domain, others]);
}
