import type { SigninState } from 'oidc-client-ts';
import { failure } from '../failure.js';
import type { Grant } from '../grant.js';
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
  /** Where the visitor was: a URL of this origin. */
  returnTo?: string;
}

/** A request as it was stored. */
export type StoredRequest = Pick<
  SigninState,
  'authority' | 'client_id' | 'redirect_uri' | 'code_verifier' | 'nonce' | 'created'
> & { data?: unknown };

/** What a response is checked against, beside its request. */
export interface Expectation {
  issuer: string;
  clientId: string;
  /** Milliseconds since 1970. */
  now: number;
}

/**
 * OpenID Connect Core §3.1.2.6: errors that say that `prompt=none` is not enough; and §3.1.2.1: the error of a provider that
 * wants an `id_token_hint` with it, which no browser here has.
 */
const interactionErrors = new Set([
  'invalid_request',
  'login_required',
  'interaction_required',
  'consent_required',
  'account_selection_required',
]);

/** Each of them at most once (RFC 6749 §3.1): of two, nobody can say which is meant. */
const single = ['code', 'state', 'iss', 'error'];

/**
 * Checks an authorization response against its request, in the order that the rules want: nothing in it is believed,
 * not even an error, before it is known to come from the issuer that was asked (RFC 9207 §2.4). The page on which it
 * arrived does not count: state, issuer and client bind it, and the redirect URI of the request is what is handed over.
 *
 * @param parameters of the response
 * @throws Failure `callback/…` or `provider/…`
 */
export function checkResponse(
  parameters: URLSearchParams,
  request: StoredRequest,
  expected: Expectation,
): Grant {
  const { issuer, issPromised, silent, maxAge } = request.data as RequestData;

  const doubled = single.find((name) => parameters.getAll(name).length > 1);
  if (doubled) throw failure('callback/malformed', doubled);
  if (expected.now - request.created * 1000 > requestLifetime) throw failure('callback/expired');
  if (request.authority !== expected.issuer) throw failure('callback/mismatch', 'issuer');
  if (request.client_id !== expected.clientId) throw failure('callback/mismatch', 'client-id');

  const iss = parameters.get('iss') ?? undefined;
  if (iss === undefined ? issPromised : !isIssuer(issuer, iss))
    throw failure('callback/issuer', iss ?? 'none');

  const error = parameters.get('error');
  if (error) throw failure(codeOfError(error, silent), describe(error, parameters.get('error_description')));

  const authCode = parameters.get('code');
  if (!authCode) throw failure('callback/no-code');

  return {
    authCode,
    redirectUri: request.redirect_uri,
    nonce: request.nonce,
    codeVerifier: request.code_verifier,
    ...(maxAge !== undefined && { maxAge }),
    ...(iss !== undefined && { iss }),
  };
}

/** An error that came without a state is believed only so far that its request has ended. */
export const statelessError = (parameters: URLSearchParams) => {
  const error = parameters.get('error')!;
  return failure(codeOfError(error, false), describe(error, parameters.get('error_description')));
};

function codeOfError(error: string, silent: boolean) {
  if (silent && interactionErrors.has(error)) return 'provider/login-required';
  return error === 'access_denied' ? 'provider/denied' : 'provider/error';
}

const describe = (error: string, description: string | null) =>
  description ? `${error}: ${description}` : error;
