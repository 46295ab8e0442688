import { failure } from '../failure.js';
import { secureUrl } from '../urls.js';

/** What is used of a provider's metadata (OpenID Connect Discovery §3). */
export interface Metadata {
  issuer: string;
  authorization_endpoint: string;
  /** OpenID Connect RP-Initiated Logout §2.1. */
  end_session_endpoint?: string;
  /** RFC 9207 §3. */
  authorization_response_iss_parameter_supported?: boolean;
}

/** Milliseconds for the whole discovery document; the library's own limit ends with its first byte. */
const timeLimit = 10_000;

/**
 * Loads and checks the discovery document of an issuer.
 *
 * @throws Failure `provider/unreachable`, `provider/metadata` or `provider/issuer-mismatch`
 */
export async function discover(issuer: string, fetch: typeof globalThis.fetch): Promise<Metadata> {
  // Not `new URL('.well-known/…', issuer)`: an issuer's last path segment stays (OpenID Connect Discovery §4).
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  let text: string;
  try {
    const response = await fetch(url, {
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(timeLimit),
    });
    if (!response.ok) throw new Error(`HTTP status ${response.status}`);
    text = await response.text();
  } catch (error) {
    throw failure('provider/unreachable', `${url} (${error instanceof Error ? error.message : error})`);
  }
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
  if (!secureUrl(metadata.authorization_endpoint))
    throw failure('provider/metadata', `${url} names no https authorization_endpoint`);
  return metadata as Metadata;
}

function parseObject(text: string): Partial<Metadata> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Compares issuers exactly, character by character (RFC 9207 §2.4, OpenID Connect Discovery §4.3). The one exception
 * is Microsoft Entra ID, whose `common` and `organizations` call themselves by a template: there `{tenantid}` stands
 * for one path segment.
 */
export function isIssuer(declared: string, issuer: string): boolean {
  if (declared === issuer) return true;
  const [before, after, ...more] = declared.split('{tenantid}');
  if (before === undefined || after === undefined || more.length) return false;
  if (!issuer.startsWith(before) || !issuer.endsWith(after)) return false;
  return /^[^/?#]+$/.test(issuer.slice(before.length, issuer.length - after.length));
}
