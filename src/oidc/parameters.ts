/**
 * Authorization request parameters that this room sends itself, or that would carry them in another form
 * (OpenID Connect Core §3.1.2.1 and §6, RFC 7636 §4.3, RFC 9449 §10), and secrets that must not be in any URL. A
 * parameter given twice makes a request invalid (RFC 6749 §3.1).
 */
const reserved = new Set([
  'client_id',
  'client_secret',
  'code',
  'code_challenge',
  'code_challenge_method',
  'code_verifier',
  'dpop_jkt',
  'id_token_hint',
  'max_age',
  'nonce',
  'prompt',
  'redirect_uri',
  'request',
  'request_uri',
  'response_mode',
  'response_type',
  'scope',
  'state',
]);

/** Whether a further parameter of the authorization request must be refused. */
export const isReservedParameter = (name: string): boolean => reserved.has(name);

/** What an authorization endpoint must not bring itself: a parameter of the request, or a fragment (RFC 6749 §3.1). */
export const foreignPart = ({ searchParams, hash }: URL): string | undefined =>
  hash || [...searchParams.keys()].find(isReservedParameter);
