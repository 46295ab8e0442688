import { attempt } from '../attempt.js';
import { failure } from '../failure.js';
import { parseUrl, secureUrl } from '../urls.js';
import { discoveryRequest } from './discovery-request.js';
import { foreignPart } from './parameters.js';

/** What is used of a provider's metadata (OpenID Connect Discovery §3). */
export interface Metadata {
  issuer: string;
  authorization_endpoint: string;
  /** OpenID Connect RP-Initiated Logout §2.1. */
  end_session_endpoint?: string;
  /** RFC 9207 §3. */
  authorization_response_iss_parameter_supported?: boolean;
}

/**
 * Loads and checks the discovery document of an issuer.
 *
 * @throws Failure `provider/unreachable`, `provider/metadata` or `provider/issuer-mismatch`
 */
export async function discover(issuer: string, fetch: typeof globalThis.fetch): Promise<Metadata> {
  const [url, init] = discoveryRequest(issuer);
  let text: string;
  let finalUrl: string;
  try {
    const response = await fetch(url, init);
    if (!response.ok) throw new Error(`HTTP status ${response.status}`);
    finalUrl = response.url || url;
    text = await response.text();
  } catch (error) {
    throw failure('provider/unreachable', `${url} (${error instanceof Error ? error.message : error})`);
  }
  // Another origin cannot speak for this issuer, whatever its document says.
  if (parseUrl(finalUrl)?.origin !== new URL(url).origin)
    throw failure('provider/metadata', `${url} redirects to ${finalUrl}`);
  return checkMetadata(text, issuer, url);
}

/**
 * Reads a discovery document. Only what signing in needs is required of it: many providers leave out much of the rest.
 *
 * @param url where it came from, for the failure's text
 */
export function checkMetadata(text: string, issuer: string, url: string): Metadata {
  const metadata = parseObject(text);
  if (!metadata) throw failure('provider/metadata', `${url} is not a JSON object`);
  if (typeof metadata.issuer !== 'string') throw failure('provider/metadata', `${url} names no issuer`);
  if (!isIssuer(metadata.issuer, issuer)) throw failure('provider/issuer-mismatch', metadata.issuer);
  const endpoint = secureUrl(metadata.authorization_endpoint);
  if (!endpoint) throw failure('provider/metadata', `${url} names no https authorization_endpoint`);
  const own = foreignPart(endpoint);
  if (own) throw failure('provider/metadata', `the authorization_endpoint in ${url} sets ${own} itself`);
  return metadata as Metadata;
}

function parseObject(text: string): Partial<Metadata> | null | undefined {
  const value = attempt<unknown>(() => JSON.parse(text));
  return typeof value === 'object' ? value : undefined;
}

const microsoft =
  /^https:\/\/(login\.microsoftonline\.(com|us)|login\.partner\.microsoftonline\.cn|sts\.windows\.net|[\w-]+\.ciamlogin\.com)\/([\w.-]+\/)*$/;

/**
 * Compares issuers exactly, character by character (RFC 9207 §2.4, OpenID Connect Discovery §4.3). The one exception
 * is Microsoft Entra ID, whose `common` and `organizations` call themselves by a template: there, and at no other host,
 * `{tenantid}` stands for one path segment.
 */
export function isIssuer(declared: string, issuer: string): boolean {
  if (declared === issuer) return true;
  const [before, after, ...more] = declared.split('{tenantid}') as [string, ...string[]];
  if (after === undefined || more.length) return false;
  if (!microsoft.test(before)) return false;
  if (!issuer.startsWith(before) || !issuer.endsWith(after)) return false;
  return /^[^/?#]+$/.test(issuer.slice(before.length, issuer.length - after.length));
}
