/** Milliseconds for the whole discovery document; the library's own limit ends with its first byte. */
const timeLimit = 10_000;

/** How a discovery document is asked for: in the click already, while the part that reads it is on its way. */
export const discoveryRequest = (issuer: string): [url: string, init: RequestInit] => [
  // Not `new URL('.well-known/…', issuer)`: an issuer's last path segment stays (OpenID Connect Discovery §4).
  `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
  {
    // A copy that was cached for another origin carries that origin's CORS header, and is refused here.
    cache: 'no-cache',
    // The doctor asks in browsers, too, that are too old for signing in.
    signal: AbortSignal.timeout?.(timeLimit),
  },
];
