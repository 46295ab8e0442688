import type { SigninState } from 'oidc-client-ts';
import { Failure } from '../failure.js';
import type { Grant } from '../grant.js';
import type { Way } from './callback.js';
import { isIssuer } from './discovery.js';

/** Milliseconds in which an authorization request must be answered. */
export const requestLifetime = 15 * 60 * 1000;

/** What is kept with a request beside what the library keeps. */
export interface RequestData {
  /** As the provider's metadata name it; with a configured endpoint, the configured one. */
  issuer: string;
  /** The provider promises `iss` in every response (RFC 9207 §3). */
  issPromised: boolean;
  /** The provider was not to ask the visitor (`prompt=none`). */
  silent: boolean;
  /** Seconds; the library does not keep it. */
  maxAge?: number;
  returnTo?: string;
}

/** A request as it was stored. */
export type StoredRequest = Pick<
  SigninState,
  'authority' | 'client_id' | 'redirect_uri' | 'code_verifier' | 'nonce' | 'created' | 'request_type'
> & { data?: unknown };

/** What a response is checked against, beside its request. */
export interface Expectation {
  issuer: string;
  clientId: string;
  redirectUri: string;
  /** Milliseconds since 1970. */
  now: number;
}

/** What an authorization response says once it has been checked. */
export interface CheckedResponse {
  grant: Grant;
  way: Way;
  /** Where the visitor came from: a URL of this origin. */
  returnTo?: string;
}

/** Why a response was refused, and, when its request is known, where it came from. */
export class ResponseFailure extends Failure {
  constructor(
    reason: ConstructorParameters<typeof Failure>,
    readonly way: Way,
    readonly returnTo?: string,
  ) {
    super(...reason);
  }
}

/** OpenID Connect Core §3.1.2.6: errors that say that `prompt=none` is not enough. */
const interactionErrors = new Set([
  'login_required',
  'interaction_required',
  'consent_required',
  'account_selection_required',
]);

/**
 * Checks an authorization response against its request, in the order that the rules want: nothing in it is believed,
 * not even an error, before it is known to come from the issuer that was asked (RFC 9207 §2.4).
 *
 * @param parameters the query of the response
 * @throws ResponseFailure
 */
export function checkResponse(
  parameters: URLSearchParams,
  request: StoredRequest,
  expected: Expectation,
): CheckedResponse {
  const { issuer, issPromised, silent, maxAge, returnTo } = request.data as RequestData;
  const origin = { way: request.request_type as Way, returnTo };
  const refuse = (...reason: ConstructorParameters<typeof Failure>): ResponseFailure =>
    new ResponseFailure(reason, origin.way, returnTo);

  if (expected.now - request.created * 1000 > requestLifetime) throw refuse('callback/expired');
  if (request.authority !== expected.issuer) throw refuse('callback/mismatch', 'issuer');
  if (request.client_id !== expected.clientId) throw refuse('callback/mismatch', 'client-id');
  if (request.redirect_uri !== expected.redirectUri) throw refuse('callback/mismatch', 'redirect-uri');

  const iss = parameters.get('iss') ?? undefined;
  if (iss === undefined ? issPromised : !isIssuer(issuer, iss))
    throw refuse('callback/issuer', iss ?? 'none');

  const error = parameters.get('error');
  if (error) throw refuse(codeOfError(error, silent), describe(error, parameters.get('error_description')));

  const authCode = parameters.get('code');
  if (!authCode) throw refuse('callback/no-code');

  return {
    grant: {
      authCode,
      redirectUri: request.redirect_uri,
      nonce: request.nonce,
      codeVerifier: request.code_verifier,
      ...(maxAge !== undefined && { maxAge }),
      ...(iss !== undefined && { iss }),
    },
    ...origin,
  };
}

function codeOfError(error: string, silent: boolean) {
  if (silent && interactionErrors.has(error)) return 'provider/login-required';
  return error === 'access_denied' ? 'provider/denied' : 'provider/error';
}

const describe = (error: string, description: string | null) =>
  description ? `${error}: ${description}` : error;
