/**
 * What the brand's provider granted, in the shape that Messenger hands to Genesys Cloud's servers for redemption
 * (docs/messenger.md §4.4). Good once: whoever hands it over must forget it.
 */
export interface Grant {
  /** The authorization code. */
  authCode: string;
  /** Byte for byte the redirect URI of the authorization request. */
  redirectUri: string;
  /** Present if and only if it was in the authorization request. */
  nonce?: string;
  /** Seconds. Present if and only if `max_age` was in the authorization request. */
  maxAge?: number;
  /** The PKCE code verifier (RFC 7636 §4.1). Present if and only if a challenge was in the authorization request. */
  codeVerifier?: string;
  /** Present if and only if the provider returned it (RFC 9207 §2). */
  iss?: string;
}
