import { type Region, regionOf } from './regions.js';
import { isLoopback, parseUrl } from './urls.js';

/**
 * The Genesys Cloud region that is meant by an address of Genesys Cloud, a region's name at AWS, or a name that is nearly right.
 *
 * @returns its environment name; undefined where it is right already, or nothing is understood
 */
export function understandRegion(written: string): string | undefined {
  if (regionOf(written, '')) return undefined;
  const text = bare(written);
  const found = regionAt(text) ?? (text.includes('.') ? undefined : firstRegion(namesIn(text)));
  // By the name that Genesys Cloud’s own snippet uses.
  return found && regionOf(found.domain, '')?.environment;
}

const firstRegion = (names: readonly string[]): Region | undefined =>
  names.map((name) => regionOf(name, '')).find((region) => region);

/** The region whose domain it is, or is below of: `https://apps.euw2.pure.cloud/directory`. */
export function regionAt(address: string): Region | undefined {
  const labels = address.replace(/^\w+:\/\/|[:/?#].*/g, '').split('.');
  return firstRegion([address, ...labels.map((_, index) => labels.slice(index).join('.'))]);
}

/** Names of regions, as people write them: `PROD_EUC1`, `euc1-prod`, `prodeuc1`, and AWS's `eu-central-1`. */
function namesIn(text: string): string[] {
  const short = text
    .toLowerCase()
    .replace(/[^a-z\d]+/g, '-')
    .replace(/^prod-?(?=.)|-prod$/g, '');
  const aws = /^(..)-?([nsewc])(?:orth|outh|ast|est|entral)(?:([ew])[ae]st)?-?(\d).*/;
  return [short, short.replace(aws, '$1$2$3$4')];
}

/** What is recognised, and the issuer that is made of it. What stands in braces, only the author knows. */
export type Rule = readonly [pattern: RegExp, issuer: string];

const rules: readonly Rule[] = [
  // Microsoft Entra ID. Each token names the tenant of its visitor, so `common` is nobody’s issuer.
  [
    /^(https:\/\/login\.[a-z.]*microsoftonline\.[a-z]+)(?:\/(?:common|organizations)\b.*)?$/,
    '$1/{tenant ID}/v2.0',
  ],
  [/^(https:\/\/login\.[a-z.]*microsoftonline\.[a-z]+\/[\w.-]+).*/, '$1/v2.0'],
  [/^https:\/\/sts\.windows\.net(\/[^/]+).*/, 'https://login.microsoftonline.com$1/v2.0'],
  // Azure AD B2C: a policy has an issuer of its own only with `tfp`.
  [/^(https:\/\/[\w-]+\.b2clogin\.com)(?!\/tfp).*/, '$1/{tenant ID}/v2.0/'],
  // Okta, its console included.
  [/^(https:\/\/[\w-]+?)(?:-admin)?(\.okta[\w-]*\.com)(\/oauth2\/(?!v1\b)[^/?#]+)?.*/, '$1$2$3'],
  // Auth0 ends its issuer with a slash.
  [/^(https:\/\/[\w.-]+\.auth0\.com).*/, '$1/'],
  // Keycloak: a realm, before version 17 below `/auth`.
  [/^([^?#]+\/realms\/[^/?#]+).*/, '$1'],
  // An endpoint of whatever provider.
  [
    /^(https?:\/\/[^?#]+?)(?:\/services|\/connect|\/oauth2?)*(?:\/v1)?\/(?:authorize|authorization|token)(?:[?#].*)?$/,
    '$1',
  ],
];

/**
 * The issuer that is meant by what providers' documents and settings show.
 *
 * @param more rules that come first
 * @returns undefined where it may be right as it is, or nothing is understood
 */
export function understandIssuer(written: string, more: readonly Rule[] = []): string | undefined {
  const text = bare(written);
  if (/[\s@{}<>]/.test(text)) return undefined;
  const address = addressOf(text);
  const [pattern, issuer] = [...more, ...rules].find(([known]) => known.test(address ?? text)) ?? [];
  const meant = pattern ? (address ?? text).replace(pattern, issuer!) : address?.replace(/[?#].*/, '');
  return meant === written.trim() ? undefined : meant;
}

/** A host or an address, with https:// and without what the specifications add to an issuer. */
function addressOf(text: string): string | undefined {
  const url = parseUrl(/^https?:/i.test(text) ? text : `https://${text}`);
  if (!url?.hostname.includes('.')) return undefined;
  const { protocol, host, hostname, pathname, search, hash } = url;
  // Discovery §4 has it after the issuer, RFC 8414 §3 between its host and its path.
  const path = pathname.replace(metadata, '');
  const exact = path === pathname && /.\/$/.test(text);
  return `${isLoopback(hostname) ? protocol : 'https:'}//${host}${exact ? path : path.replace(/\/$/, '')}${search}${hash}`;
}

/** Where a provider’s document is, below its issuer or in front of its path. */
export const metadata = /\/\.well-known\/[^/]+/;

/** Without what comes along when something is copied: quotes, brackets, a full stop. */
const bare = (text: string): string => text.replace(/^\W+|[^\w/]+$/g, '');
