/**
 * The test plans for clients of the OpenID Foundation's conformance suite, as its source has them
 * (gitlab.com/openid/conformance-suite, the `@PublishTestPlan` and `@PublishTestModule` of src/main/java, read in a copy
 * in November 2026), and what each of their modules means for a browser that obtains a code and never redeems it.
 */

/** Whose part a module tests: the element's, or what Genesys Cloud's servers do with what the element hands over. */
export type Part = 'element' | 'genesys';

/** A part that is tested, or why a module does not apply. */
export type Verdict = Part | `no: ${string}`;

const userinfo = 'no: The browser never has an access token, so it asks no userinfo endpoint.';
const front = 'no: `response_type=code` only: no ID token comes from the authorization endpoint.';
const refresh = 'no: Genesys Cloud keeps the refresh token; the browser never has one.';
const requestObject = 'no: The request is plain: a browser has no key to sign a request object with.';
const strongClient =
  'no: Needs PAR and mutual TLS or `private_key_jwt`. Genesys Cloud authenticates with a client secret.';
const token = 'no: About the token endpoint’s answer, which only Genesys Cloud sees.';
const jarm = 'no: `response_mode` stays the default: no signed response (JARM).';
const grantManagement = 'no: No grant management: the client reads no API of the visitor’s.';
const backChannel = 'no: A logout token is posted to a server, and the element has none.';
const frontChannel = 'no: The element has no address that a provider could load in a frame.';

const oidcc = {
  'oidcc-client-test': 'element',
  'oidcc-client-test-invalid-iss': 'genesys',
  'oidcc-client-test-missing-sub': 'genesys',
  'oidcc-client-test-invalid-aud': 'genesys',
  'oidcc-client-test-missing-aud': 'genesys',
  'oidcc-client-test-missing-iat': 'genesys',
  'oidcc-client-test-kid-absent-single-jwks': 'genesys',
  'oidcc-client-test-kid-absent-multiple-jwks': 'genesys',
  'oidcc-client-test-idtoken-sig-rs256': 'genesys',
  'oidcc-client-test-idtoken-sig-none': 'genesys',
  'oidcc-client-test-invalid-sig-rs256': 'genesys',
  'oidcc-client-test-invalid-sig-hs256': 'genesys',
  'oidcc-client-test-invalid-sig-es256': 'genesys',
  'oidcc-client-test-ignores-unparseable-key-in-jwks': 'genesys',
  'oidcc-client-test-nonce-invalid': 'genesys',
  'oidcc-client-test-client-secret-basic': 'genesys',
  'oidcc-client-test-userinfo-invalid-sub': userinfo,
  'oidcc-client-test-userinfo-bearer-header': userinfo,
  'oidcc-client-test-userinfo-bearer-body': userinfo,
  'oidcc-client-test-userinfo-signed': userinfo,
  'oidcc-client-test-scope-userinfo-claims': userinfo,
  'oidcc-client-test-aggregated-claims': userinfo,
  'oidcc-client-test-distributed-claims': userinfo,
  'oidcc-client-test-nonce-unless-code-flow':
    'no: For other flows than code. The element sends a nonce all the same.',
  'oidcc-client-test-missing-chash': front,
  'oidcc-client-test-invalid-chash': front,
  'oidcc-client-test-missing-athash': front,
  'oidcc-client-test-invalid-athash': front,
  'oidcc-client-test-form-post-error':
    'no: A page cannot read what was posted to it; `response_mode` is refused as a parameter.',
  'oidcc-client-test-mtls-endpoint-aliases': 'no: Genesys Cloud authenticates with a client secret.',
  'oidcc-client-test-discovery-openid-config': 'element',
  'oidcc-client-test-discovery-issuer-mismatch': 'element',
  'oidcc-client-test-discovery-jwks-uri-keys': 'genesys',
  'oidcc-client-test-signing-key-rotation': 'genesys',
  'oidcc-client-test-signing-key-rotation-just-before-signing': 'genesys',
  'oidcc-client-test-discovery-webfinger-acct': 'no: The author configures the issuer.',
  'oidcc-client-test-discovery-webfinger-url': 'no: The author configures the issuer.',
  'oidcc-client-test-dynamic-registration':
    'no: The client is registered by hand: its secret is entered in Genesys Cloud.',
  'oidcc-client-test-request-uri-signed-rs256': requestObject,
  'oidcc-client-test-request-uri-signed-none': requestObject,
  'oidcc-client-test-refresh-token': refresh,
  'oidcc-client-test-refresh-token-invalid-issuer': refresh,
  'oidcc-client-test-refresh-token-invalid-sub': refresh,
  'oidcc-client-test-3rd-party-init-login':
    'no: A link must not start a sign-in: the page is left only after a click in it.',
  'oidcc-client-test-rp-init-logout': 'element',
  'oidcc-client-test-rp-init-logout-other-state':
    'no: The element sends no `state` to the logout, which the suite then skips.',
  'oidcc-client-test-rp-init-logout-no-state':
    'no: The element sends no `state` to the logout, which the suite then skips.',
  'oidcc-client-test-rp-frontchannel-rpinitlogout': frontChannel,
  'oidcc-client-test-rp-frontchannel-opinitlogout': frontChannel,
  'oidcc-client-test-rp-backchannel-rpinitlogout': backChannel,
  'oidcc-client-test-rp-backchannel-rpinitlogout-alg-none': backChannel,
  'oidcc-client-test-rp-backchannel-rpinitlogout-no-event': backChannel,
  'oidcc-client-test-rp-backchannel-rpinitlogout-with-nonce': backChannel,
  'oidcc-client-test-rp-backchannel-rpinitlogout-wrong-alg': backChannel,
  'oidcc-client-test-rp-backchannel-rpinitlogout-wrong-aud': backChannel,
  'oidcc-client-test-rp-backchannel-rpinitlogout-wrong-event': backChannel,
  'oidcc-client-test-rp-backchannel-rpinitlogout-wrong-iss': backChannel,
  'oidcc-client-test-session-management':
    'no: The session is Genesys Cloud’s own and outlives the provider’s. `session_state` is taken out of the address.',
} satisfies Record<string, Verdict>;

const fapi2 = {
  'happy-path': strongClient,
  'discovery-issuer-mismatch': 'element',
  'invalid-iss': 'genesys',
  'invalid-aud': 'genesys',
  'invalid-secondary-aud': 'genesys',
  'invalid-null-alg': 'genesys',
  'invalid-alternate-alg': 'genesys',
  'invalid-expired-exp': 'genesys',
  'invalid-missing-exp': 'genesys',
  'invalid-missing-aud': 'genesys',
  'invalid-missing-iss': 'genesys',
  'valid-aud-as-array': 'genesys',
  'invalid-nonce': 'genesys',
  'invalid-missing-nonce': 'genesys',
  'invalid-authorization-response-iss': 'element',
  'remove-authorization-response-iss': 'element',
  'ensure-authorization-response-with-invalid-state-fails': 'element',
  'ensure-authorization-response-with-invalid-missing-state-fails': 'element',
  'token-endpoint-response-without-expires_in': token,
  'token-type-case-insensitivity': token,
  'rs-dpop-auth-scheme-case-insensitivity': token,
  'happy-path-no-dpop-nonce': strongClient,
  'happy-path-no-mtls-endpoint-aliases': strongClient,
} satisfies Record<string, Verdict>;

const fapi2GrantManagement = {
  'grant-management-happy-path': grantManagement,
  'grant-management-query-and-revoke': grantManagement,
  'grant-management-invalid-grant-id-fails': grantManagement,
} satisfies Record<string, Verdict>;

const fapi2Jarm = {
  'ensure-jarm-without-iss-fails': jarm,
  'ensure-jarm-with-invalid-iss-fails': jarm,
  'ensure-jarm-without-aud-fails': jarm,
  'ensure-jarm-with-invalid-aud-fails': jarm,
  'ensure-jarm-without-exp-fails': jarm,
  'ensure-jarm-with-expired-exp-fails': jarm,
  'ensure-jarm-with-invalid-sig-fails': jarm,
  'ensure-jarm-signature-is-not-none': jarm,
} satisfies Record<string, Verdict>;

const fapi1 = {
  'client-test': strongClient,
  'client-test-discovery-issuer-mismatch': 'element',
  'client-test-happy-path-no-mtls-endpoint-aliases': strongClient,
  'client-test-encrypted-idtoken': front,
  'client-test-encrypted-idtoken-usingrsa15': front,
  'client-test-invalid-shash': front,
  'client-test-invalid-chash': front,
  'client-test-invalid-nonce': front,
  'client-test-invalid-iss': front,
  'client-test-invalid-aud': front,
  'client-test-invalid-secondary-aud': front,
  'client-test-invalid-signature': front,
  'client-test-invalid-null-alg': front,
  'client-test-invalid-alternate-alg': front,
  'client-test-invalid-expired-exp': front,
  'client-test-invalid-missing-exp': front,
  'client-test-iat-is-week-in-past': front,
  'client-test-invalid-missing-aud': front,
  'client-test-invalid-missing-iss': front,
  'client-test-invalid-missing-nonce': front,
  'client-test-invalid-missing-shash': front,
  'client-test-valid-aud-as-array': front,
  'client-test-no-scope-in-token-endpoint-response': token,
  'client-test-missing-athash': front,
  'client-test-invalid-openbanking-intent-id': 'no: Open Banking UK only.',
  'client-refresh-token-test': 'no: Open Finance Brazil only.',
  'client-brazildcr-happypath-test': 'no: Open Finance Brazil only.',
  'client-test-payment-consent-response-valid-aud-as-array': 'no: Open Finance Brazil only.',
} satisfies Record<string, Verdict>;

const prefixed = (prefix: string, modules: Record<string, Verdict>) =>
  Object.fromEntries(Object.entries(modules).map(([name, verdict]) => [`${prefix}-${name}`, verdict]));

const fapi2Security: Record<string, Verdict> = {
  ...prefixed('fapi2-security-profile-final-client-test', fapi2),
  'fapi2-security-profile-final-client-refresh-token-test': 'no: Open Finance Brazil only.',
  ...prefixed('fapi2-security-profile-final-client-test', fapi2GrantManagement),
};

/** Every module, and what it means here. */
export const modules: Record<string, Verdict> = {
  ...oidcc,
  ...fapi2Security,
  ...prefixed('fapi2-security-profile-final-client-test', fapi2Jarm),
  ...prefixed('fapi1-advanced-final', fapi1),
};

const oidccPlan = (...names: string[]) => names.map((name) => `oidcc-client-test${name}`);

const basic = oidccPlan(
  '',
  '-invalid-iss',
  '-missing-sub',
  '-invalid-aud',
  '-missing-iat',
  '-kid-absent-single-jwks',
  '-kid-absent-multiple-jwks',
  '-idtoken-sig-rs256',
  '-idtoken-sig-none',
  '-invalid-sig-rs256',
  '-userinfo-invalid-sub',
  '-nonce-invalid',
  '-scope-userinfo-claims',
  '-client-secret-basic',
);

const config = oidccPlan(
  '-discovery-openid-config',
  '-discovery-jwks-uri-keys',
  '-discovery-issuer-mismatch',
  '-signing-key-rotation-just-before-signing',
  '-signing-key-rotation',
);

const rpLogout = oidccPlan('-rp-init-logout', '-rp-init-logout-other-state', '-rp-init-logout-no-state');

const backChannelLogout = oidccPlan(
  '-rp-backchannel-rpinitlogout',
  '-rp-backchannel-rpinitlogout-alg-none',
  '-rp-backchannel-rpinitlogout-no-event',
  '-rp-backchannel-rpinitlogout-with-nonce',
  '-rp-backchannel-rpinitlogout-wrong-alg',
  '-rp-backchannel-rpinitlogout-wrong-aud',
  '-rp-backchannel-rpinitlogout-wrong-event',
  '-rp-backchannel-rpinitlogout-wrong-iss',
);

/** Each plan's modules, or why none of them applies. */
export const plans: Record<string, readonly string[] | string> = {
  'oidcc-client-basic-certification-test-plan': basic,
  'oidcc-client-config-certification-test-plan': [...config, ...oidccPlan('-idtoken-sig-none')],
  'oidcc-client-dynamic-certification-test-plan': [
    ...config,
    ...oidccPlan(
      '-discovery-webfinger-acct',
      '-discovery-webfinger-url',
      '-dynamic-registration',
      '-request-uri-signed-rs256',
      '-request-uri-signed-none',
      '-idtoken-sig-none',
      '-userinfo-signed',
    ),
  ],
  'oidcc-client-test-plan': [
    ...oidccPlan(
      '',
      '-nonce-invalid',
      '-client-secret-basic',
      '-scope-userinfo-claims',
      '-kid-absent-single-jwks',
      '-kid-absent-multiple-jwks',
      '-ignores-unparseable-key-in-jwks',
      '-missing-iat',
      '-missing-aud',
      '-invalid-aud',
      '-idtoken-sig-none',
      '-idtoken-sig-rs256',
      '-missing-sub',
      '-invalid-sig-rs256',
      '-invalid-iss',
      '-userinfo-invalid-sub',
      '-userinfo-bearer-header',
      '-userinfo-bearer-body',
      '-nonce-unless-code-flow',
      '-missing-chash',
      '-invalid-chash',
      '-invalid-athash',
      '-missing-athash',
      '-form-post-error',
      '-invalid-sig-hs256',
      '-invalid-sig-es256',
      '-aggregated-claims',
      '-distributed-claims',
      '-mtls-endpoint-aliases',
    ),
    ...config,
    ...oidccPlan(
      '-discovery-webfinger-acct',
      '-discovery-webfinger-url',
      '-dynamic-registration',
      '-request-uri-signed-rs256',
      '-request-uri-signed-none',
      '-userinfo-signed',
    ),
  ],
  'oidcc-client-formpost-basic-certification-test-plan':
    'The basic plan’s modules with `response_mode=form_post`: a page cannot read what was posted to it.',
  'oidcc-client-implicit-certification-test-plan': 'Tokens never go through the browser (RFC 9700 §2.1.2).',
  'oidcc-client-formpost-implicit-certification-test-plan':
    'Tokens never go through the browser (RFC 9700 §2.1.2).',
  'oidcc-client-hybrid-certification-test-plan': 'Tokens never go through the browser (RFC 9700 §2.1.2).',
  'oidcc-client-formpost-hybrid-certification-test-plan':
    'Tokens never go through the browser (RFC 9700 §2.1.2).',
  'oidcc-client-refreshtoken-test-plan': oidccPlan(
    '-refresh-token',
    '-refresh-token-invalid-issuer',
    '-refresh-token-invalid-sub',
  ),
  'oidcc-client-test-3rd-party-init-login-test-plan': oidccPlan('-3rd-party-init-login'),
  'oidcc-client-rp-initiated-logout-rp-basic': rpLogout,
  'oidcc-client-front-channel-logout-rp-basic': oidccPlan('-rp-frontchannel-rpinitlogout'),
  'oidcc-client-back-channel-logout-rp-basic': backChannelLogout,
  'oidcc-client-rp-session-management-rp-basic': oidccPlan('-session-management'),
  'oidcc-client-logout-test-plan': [
    ...oidccPlan('-session-management'),
    ...rpLogout,
    ...oidccPlan('-rp-frontchannel-rpinitlogout', '-rp-frontchannel-opinitlogout'),
    ...backChannelLogout,
  ],
  'fapi2-security-profile-final-client-test-plan': Object.keys(fapi2Security),
  'fapi2-message-signing-final-client-test-plan': [
    ...Object.keys(fapi2Security),
    ...Object.keys(prefixed('fapi2-security-profile-final-client-test', fapi2Jarm)),
  ],
  'fapi1-advanced-final-client-test-plan': Object.keys(prefixed('fapi1-advanced-final', fapi1)),
};

/** What the specifications ask of such a client beyond the suite. Each is a test by this very title. */
export const rules: Record<string, readonly string[]> = {
  'RFC 6749, OAuth 2.0': [
    '§3.1: a request names each parameter once',
    '§3.1: an authorization endpoint keeps its own query, and may not set a parameter of ours',
    '§3.1: `code`, `state`, `iss` or `error` twice is refused, and uses the request up',
    '§4.1.2: parameters that nobody knows are ignored, and leave the address with the answer or stay, as they came',
    '§4.1.2: an answer with a code and an error is an error',
    '§4.1.2: an answer without a code is refused',
    '§4.1.2.1: every error code, also one that nobody has registered, is passed on with its description',
    '§4.1.2.1: `error_uri` is not followed and not shown',
    '§4.1.2.1: an error without `state` ends the request of this tab that waits, and no other',
    '§10.12: an answer counts once, and only in the tab that asked',
  ],
  'RFC 7636, PKCE': [
    '§4.1: a code verifier has 43 to 128 unreserved characters, and is new each time',
    '§4.2: the challenge is the verifier’s SHA-256 digest',
    '§4.6: a code is worth nothing with another request’s verifier',
  ],
  'RFC 9207, issuer identification': [
    '§2.4: an `iss` that differs in a single character is refused, promised or not',
    '§2.4: a promised `iss` that is missing is refused, with an error, too',
    '§2.4: an error is not believed before its issuer is',
    '§2.4: an `iss` is handed over if and only if it came',
  ],
  'RFC 9700, security best practice': [
    '§2.1: the redirect URI of the request is handed over byte for byte',
    '§2.1.2: nothing but a code is asked for, and a token in the answer is not taken',
    '§2.6: endpoints are https, or http on this machine',
    '§4.1.1: the visitor is taken back only to an address of this origin',
    '§4.2.4: nothing of the answer stays in the address',
    '§4.4.2: the answer of one provider is refused by a configuration for another',
    '§4.5.3: a code that was injected is refused by its nonce',
  ],
  'OpenID Connect Core and Discovery': [
    'Core §3.1.2.1: the default scope has `openid`',
    'Core §3.1.2.1: `max_age` is handed over, and the sign-in’s age is checked against it',
    'Core §3.1.2.6: what `prompt=none` cannot do is no failure',
    'an answer in the fragment, where some providers put it unasked, is read',
    'Discovery §4.1: a path in the issuer comes before `/.well-known`',
    'Discovery §4.3: a document that was redirected to another origin is refused',
  ],
};
