import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ErrorCode } from '../../../src/explanations.js';
import {
  type RequestData,
  type StoredRequest,
  checkResponse,
  statelessError,
} from '../../../src/oidc/response.js';

const issuer = 'https://login.brand.example';
const begun = 1_800_000_000;
const minutes = 60;

const requestWith = (data: Partial<RequestData> = {}, rest: Partial<StoredRequest> = {}): StoredRequest => ({
  authority: issuer,
  client_id: 'brand',
  redirect_uri: 'https://brand.example/shop',
  code_verifier: 'the-verifier',
  nonce: 'the-nonce',
  created: begun,
  data: { issuer, issPromised: false, silent: false, ...data },
  ...rest,
});

const check = (query: string, request = requestWith(), { elapsed = 1 * minutes, ...rest } = {}) =>
  checkResponse(new URLSearchParams(query), request, {
    issuer,
    clientId: 'brand',
    now: (begun + elapsed) * 1000,
    ...rest,
  });

const iss = `iss=${encodeURIComponent(issuer)}`;

describe('a good response', () => {
  const grant = {
    authCode: 'c',
    redirectUri: 'https://brand.example/shop',
    nonce: 'the-nonce',
    codeVerifier: 'the-verifier',
  };

  it('gives the grant with what was in the request and nothing else', () =>
    assert.deepEqual(check('code=c&state=s'), grant));

  it('gives iss if and only if the provider returned it', () => {
    assert.deepEqual(check(`code=c&${iss}`), { ...grant, iss: issuer });
    assert.deepEqual(check(`code=c&${iss}`, requestWith({ issPromised: true })), {
      ...grant,
      iss: issuer,
    });
  });

  it('gives the maximum age if and only if it was asked for, 0 too', () => {
    for (const maxAge of [0, 3600])
      assert.deepEqual(check('code=c', requestWith({ maxAge })), { ...grant, maxAge });
  });

  it('takes the code as it is', () => assert.equal(check('code=4%2F0A%2Bb%20c%3D').authCode, '4/0A+b c='));

  it('may arrive on any page: the redirect URI of the request is what is handed over', () => {
    const request = requestWith({}, { redirect_uri: 'https://brand.example/shop/' });
    assert.equal(check('code=c', request).redirectUri, 'https://brand.example/shop/');
  });

  it('may come within fifteen minutes', () =>
    assert.ok(check('code=c', requestWith(), { elapsed: 15 * minutes })));

  it('of Entra ID may name any tenant for a templated issuer', () => {
    const templated = requestWith({ issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0' });
    const own = 'https://login.microsoftonline.com/3c5a7e0a/v2.0';
    assert.equal(check(`code=c&iss=${own}`, templated).iss, own);
  });
});

describe('a bad response', () => {
  const promised = requestWith({ issPromised: true });
  const silent = requestWith({ silent: true });
  const table: [what: string, check: () => unknown, code: ErrorCode, detail?: string][] = [
    ['too late', () => check('code=c', requestWith(), { elapsed: 15 * minutes + 1 }), 'callback/expired'],
    [
      'for another issuer',
      () => check('code=c', requestWith({}, { authority: 'x' })),
      'callback/mismatch',
      'issuer',
    ],
    [
      'for another client',
      () => check('code=c', requestWith({}, { client_id: 'x' })),
      'callback/mismatch',
      'client-id',
    ],
    ...['code', 'state', 'iss', 'error'].map((name): [string, () => unknown, ErrorCode, string] => [
      `with ${name} twice, also the same one`,
      () => check(`code=c&state=s&${iss}&${name}=x&${name}=x`),
      'callback/malformed',
      name,
    ]),
    [
      'from another issuer',
      () => check('code=c&iss=https://evil.example'),
      'callback/issuer',
      'https://evil.example',
    ],
    ['from nearly the same issuer', () => check(`code=c&${iss}/`), 'callback/issuer', `${issuer}/`],
    ['with an empty issuer', () => check('code=c&iss='), 'callback/issuer', ''],
    ['without the promised issuer', () => check('code=c', promised), 'callback/issuer', 'none'],
    [
      'with an error from another issuer',
      () => check('error=access_denied&iss=https://evil.example'),
      'callback/issuer',
      'https://evil.example',
    ],
    [
      'with an error without the promised issuer',
      () => check('error=login_required', promised),
      'callback/issuer',
      'none',
    ],
    ['denied', () => check('error=access_denied'), 'provider/denied', 'access_denied'],
    [
      'denied, with words',
      () => check('error=access_denied&error_description=No+%3Cb%3E'),
      'provider/denied',
      'access_denied: No <b>',
    ],
    [
      'denied, from the right issuer',
      () => check(`error=access_denied&${iss}`, promised),
      'provider/denied',
      'access_denied',
    ],
    ['an error', () => check('error=invalid_scope'), 'provider/error', 'invalid_scope'],
    ['an error beside a code', () => check('error=server_error&code=c'), 'provider/error', 'server_error'],
    [
      'an error of silence that was not asked for',
      () => check('error=interaction_required'),
      'provider/error',
      'interaction_required',
    ],
    ...[
      'login_required',
      'interaction_required',
      'consent_required',
      'account_selection_required',
      // Without an id_token_hint, which no browser here has (OpenID Connect Core §3.1.2.1).
      'invalid_request',
    ].map((error): [string, () => unknown, ErrorCode, string] => [
      `silence is not enough (${error})`,
      () => check(`error=${error}`, silent),
      'provider/login-required',
      error,
    ]),
    ['a bad request', () => check('error=invalid_request'), 'provider/error', 'invalid_request'],
    ['an error in silence', () => check('error=server_error', silent), 'provider/error', 'server_error'],
    ['without a code', () => check('state=s'), 'callback/no-code'],
    ['with an empty code', () => check('code=&state=s'), 'callback/no-code'],
  ];
  for (const [what, bad, code, detail] of table)
    it(`${what} is refused: ${code}`, () =>
      assert.throws(bad, (failure: { code: string; detail?: string }) => {
        assert.equal(failure.code, code);
        assert.equal(failure.detail, detail);
        return true;
      }));

  it('never holds a secret', () => {
    for (const [what, bad] of table)
      assert.throws(
        bad,
        (failure: Error) => !/the-verifier|the-nonce/.test(JSON.stringify(failure) + failure.stack),
        what,
      );
  });
});

it('an error without a state says what the provider said', () => {
  const of = (query: string) => statelessError(new URLSearchParams(query));
  assert.deepEqual(
    [of('error=invalid_scope&error_description=No%20such%20scope'), of('error=access_denied')].map(
      ({ code, detail }) => [code, detail],
    ),
    [
      ['provider/error', 'invalid_scope: No such scope'],
      ['provider/denied', 'access_denied'],
    ],
  );
});
