/**
 * What has to be set at a provider: the source of the setup page's instructions and of docs/providers/.
 *
 * Texts may hold `code`, **names of things on the screen**, and the placeholders `{page}`, `{redirectUri}`, `{origin}`,
 * `{clientId}`, `{host}` (the issuer's host) and `{b2cPolicy}` (the address of a policy at Azure AD B2C), which the setup page
 * fills in.
 */
export interface Provider {
  /** Also the name of its page in docs/providers/. */
  id: string;
  name: string;
  /** Issuers that are recognised as this provider's. */
  issuers?: RegExp;
  /** What its issuer looks like. */
  issuer: string;
  /** What its console calls the issuer, and where it shows it. */
  consoleName: string;
  /** What people have at hand, which the setup page turns into the issuer. */
  pasteable: string[];
  /** What kind of application to register. */
  application: string;
  /** What to do at the provider. */
  steps: string[];
  /** How redirect URIs are compared. */
  redirectUri: string;
  /** Whether the browser may read the discovery document. */
  cors: string;
  /** Where Genesys Cloud finds the discovery document, if not below the issuer. */
  discoveryUri?: string;
  /** What every tag needs for this provider. */
  attributes?: Attributes;
  /** How Genesys Cloud gets a refresh token, and what the tag needs for it. */
  refresh: string;
  refreshAttributes: Attributes;
  /** Whether authorization responses name the issuer (RFC 9207). */
  iss: string;
  /** Whether `max-age` can be used. */
  maxAge: string;
  /** What `logout="provider"` does, and what the tag needs for it: nothing where it cannot be had. */
  signOut: string;
  signOutAttributes: Attributes;
  /** What the provider says when a setting is wrong. */
  errors: [says: string, means: string][];
  notes: string[];
  sources: string[];
}

/** A tag's, by name. */
export type Attributes = Record<string, string>;

export const untold =
  'Not documented. The element takes an issuer that comes, and misses none that was not promised.';
