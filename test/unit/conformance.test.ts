import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Grant } from '../../src/grant.js';
import { readAnswer, readStatelessError } from '../../src/oidc/answer.js';
import { checkMetadata, discover } from '../../src/oidc/discovery.js';
import { requestPrefix } from '../../src/oidc/state.js';
import { readConfiguration } from '../../src/session/configuration.js';
import { modules, plans, rules } from './conformance/plans.js';
import {
  type Faults,
  SuiteProvider,
  clientId,
  otherKey,
  redirectUri,
  signWith,
  signWithCurve,
  signWithSecret,
} from './conformance/suite.js';
import { MemoryStorage } from './oidc/memory-storage.js';

/** The modules of the OpenID Foundation's suite that apply, and the specifications' rules, by their names (docs/conformance.md). */

let suite: SuiteProvider;
const secureContext = Object.getOwnPropertyDescriptor(globalThis, 'isSecureContext');

function useSuite(): void {
  before(async () => {
    Object.defineProperty(globalThis, 'isSecureContext', { value: true, configurable: true });
    suite = await SuiteProvider.start();
  });
  after(async () => {
    if (secureContext) Object.defineProperty(globalThis, 'isSecureContext', secureContext);
    else Reflect.deleteProperty(globalThis, 'isSecureContext');
    await suite?.stop();
  });
}

type Run = () => Promise<void> | void;

/** What the element hands over is redeemed. */
const accepted =
  (faults: Faults = {}): Run =>
  async () => {
    suite.begin(faults);
    assert.equal(await suite.redeem((await suite.signIn())!), 200, suite.reason);
  };

/** The element's part goes well, and Genesys Cloud refuses what the provider's servers answer, for this reason. */
const refusedByGenesys =
  (reason: RegExp, faults: Faults): Run =>
  async () => {
    suite.begin(faults);
    assert.equal(await suite.redeem((await suite.signIn())!), 401);
    assert.match(suite.reason, reason);
  };

/** The element refuses the answer, so that nothing is handed over. */
const refusedByElement =
  (code: string, faults: Faults): Run =>
  async () => {
    suite.begin(faults);
    await assert.rejects(suite.signIn(), { code });
    assert.ok(!suite.requests.includes('/token'));
  };

const signedWithNone: Faults = { header: (header) => (header['alg'] = 'none'), sign: () => '' };

const discoveryMismatch: Run = async () => {
  suite.begin({ metadata: { issuer: 'https://another.example' } });
  await assert.rejects(suite.signIn(), {
    code: 'provider/issuer-mismatch',
    detail: 'https://another.example',
  });
  assert.deepEqual(suite.requests, ['/.well-known/openid-configuration'], 'no authorization request');
};

const openid: Record<string, Run> = {
  '': async () => {
    await accepted()();
    assert.deepEqual(suite.requests.slice(0, 2), ['/.well-known/openid-configuration', '/authorize']);
  },
  '-invalid-iss': refusedByGenesys(/"iss"/, {
    claims: (claims) => (claims['iss'] = 'https://another.example'),
  }),
  '-missing-sub': refusedByGenesys(/"sub"/, { claims: (claims) => delete claims['sub'] }),
  '-invalid-aud': refusedByGenesys(/"aud"/, { claims: (claims) => (claims['aud'] = 'another-client') }),
  '-missing-aud': refusedByGenesys(/"aud"/, { claims: (claims) => delete claims['aud'] }),
  '-missing-iat': refusedByGenesys(/"iat"/, { claims: (claims) => delete claims['iat'] }),
  '-kid-absent-single-jwks': accepted({ header: (header) => delete header['kid'] }),
  // Which of them is meant nobody can say: the suite lets a client refuse it.
  '-kid-absent-multiple-jwks': refusedByGenesys(/multiple applicable keys/, {
    header: (header) => delete header['kid'],
    jwks: (keys) => [...keys, { ...keys[0], kid: 'another' }],
  }),
  '-idtoken-sig-rs256': accepted(),
  '-idtoken-sig-none': refusedByGenesys(/"alg"/, signedWithNone),
  '-invalid-sig-rs256': refusedByGenesys(/signature/, {
    sign: (content) => signWith(otherKey().privateKey, content),
  }),
  // Registered for RS256, so that none of these is taken, whoever has signed it.
  '-invalid-sig-hs256': refusedByGenesys(/"alg"/, {
    header: (header) => (header['alg'] = 'HS256'),
    sign: (content) => signWithSecret(content, 'another secret'),
  }),
  '-invalid-sig-es256': refusedByGenesys(/"alg"/, {
    header: (header) => (header['alg'] = 'ES256'),
    sign: (content) => signWithCurve(content),
  }),
  '-ignores-unparseable-key-in-jwks': accepted({
    jwks: (keys) => [{ kty: 'AKP', alg: 'ML-DSA-99', kid: 'a' }, { kty: 'made-up', kid: 'b' }, ...keys],
  }),
  '-nonce-invalid': refusedByGenesys(/"nonce"/, { claims: (claims) => (claims['nonce'] = 'another') }),
  '-client-secret-basic': async () => {
    await accepted()();
    assert.ok(suite.requests.includes('authorization: Basic'));
  },
  '-discovery-openid-config': async () => {
    suite.begin({});
    await suite.client().provider.prepare();
    assert.deepEqual(suite.requests, ['/.well-known/openid-configuration']);
  },
  '-discovery-issuer-mismatch': discoveryMismatch,
  '-discovery-jwks-uri-keys': async () => {
    await accepted()();
    assert.ok(suite.requests.includes('/jwks'));
  },
  '-signing-key-rotation': async () => {
    await accepted()();
    suite.rotateKeys();
    await accepted()();
  },
  '-signing-key-rotation-just-before-signing': accepted({
    beforeSigning: (provider) => provider.rotateKeys(),
  }),
  '-rp-init-logout': async () => {
    suite.begin({});
    const postLogoutRedirectUri = 'https://brand.example/bye';
    const { provider } = suite.client({ postLogoutRedirectUri });
    const { origin, pathname, searchParams } = new URL((await provider.signOutUrl())!);
    assert.equal(origin + pathname, `${suite.issuer}/logout`);
    // Without an ID token in the browser, the client's name stands for its hint (RP-Initiated Logout §2).
    assert.deepEqual(
      [...searchParams],
      [
        ['client_id', clientId],
        ['post_logout_redirect_uri', postLogoutRedirectUri],
      ],
    );
  },
};

/** An answer that is not ours: nothing is read, nothing is used up. */
const ignored =
  (change: (parameters: URLSearchParams) => void): Run =>
  async () => {
    suite.begin({ response: change });
    const client = suite.client();
    const { url, state } = await client.request();
    const address = await client.answerTo(url);
    assert.equal(await client.read(address), undefined);
    suite.begin({});
    assert.ok(client.storage.getItem(requestPrefix + state), 'the request still waits');
  };

const fapi2: Record<string, Run> = {
  'discovery-issuer-mismatch': discoveryMismatch,
  'invalid-iss': openid['-invalid-iss']!,
  'invalid-aud': openid['-invalid-aud']!,
  'invalid-secondary-aud': refusedByGenesys(/"aud"/, {
    claims: (claims) => (claims['aud'] = [clientId, 'another-client']),
  }),
  'invalid-null-alg': refusedByGenesys(/"alg"/, signedWithNone),
  'invalid-alternate-alg': openid['-invalid-sig-es256']!,
  'invalid-expired-exp': refusedByGenesys(/"exp"/, {
    claims: (claims) => (claims['exp'] = Math.floor(Date.now() / 1000) - 600),
  }),
  'invalid-missing-exp': refusedByGenesys(/"exp"/, { claims: (claims) => delete claims['exp'] }),
  'invalid-missing-aud': openid['-missing-aud']!,
  'invalid-missing-iss': refusedByGenesys(/"iss"/, { claims: (claims) => delete claims['iss'] }),
  'valid-aud-as-array': accepted({ claims: (claims) => (claims['aud'] = [clientId]) }),
  'invalid-nonce': openid['-nonce-invalid']!,
  'invalid-missing-nonce': refusedByGenesys(/"nonce"/, { claims: (claims) => delete claims['nonce'] }),
  'invalid-authorization-response-iss': refusedByElement('callback/issuer', {
    response: (parameters) => parameters.set('iss', 'https://another.example'),
  }),
  'remove-authorization-response-iss': refusedByElement('callback/issuer', {
    response: (parameters) => parameters.delete('iss'),
  }),
  'ensure-authorization-response-with-invalid-state-fails': ignored((parameters) =>
    parameters.set('state', `${parameters.get('state')}x`),
  ),
  'ensure-authorization-response-with-invalid-missing-state-fails': ignored((parameters) =>
    parameters.delete('state'),
  ),
};

const withPrefix = (prefix: string, runs: Record<string, Run>): [string, Run][] =>
  Object.entries(runs).map(([name, run]) => [prefix + name, run]);

const moduleTests = new Map([
  ...withPrefix('oidcc-client-test', openid),
  ...withPrefix('fapi2-security-profile-final-client-test-', fapi2),
  ['fapi1-advanced-final-client-test-discovery-issuer-mismatch', discoveryMismatch] as const,
]);

describe('the conformance suite', () => {
  useSuite();

  for (const [name, run] of moduleTests) it(name, run);

  it('has a test for each of its modules that applies, and no other', () => {
    const applying = Object.keys(modules).filter((name) => !modules[name]!.startsWith('no: '));
    assert.deepEqual([...moduleTests.keys()].sort(), applying.sort());
  });

  it('has no module in its plans that is not accounted for', () => {
    const named = new Set(Object.values(plans).flatMap((plan) => (typeof plan === 'string' ? [] : plan)));
    assert.deepEqual([...named].sort(), Object.keys(modules).sort());
  });
});

/** A request of a client, and what the provider may answer to it. */
async function asked(changes?: Parameters<SuiteProvider['client']>[0], faults: Faults = {}) {
  suite.begin(faults);
  const client = suite.client(changes);
  const { url, state } = await client.request();
  const parameters = new URL(url).searchParams;
  const iss = encodeURIComponent(suite.issuer);
  /** Arrives with these parameters; state and issuer are the right ones. */
  const arrive = (query: string) => client.read(`${redirectUri}&${query}&state=${state}&iss=${iss}`);
  return { ...client, url, state, parameters, arrive };
}

const verifierOf = (grant: Grant | undefined) => grant!.codeVerifier!;

const ruleTests: Record<string, Run> = {
  '§3.1: a request names each parameter once': async () => {
    const { parameters } = await asked({ prompt: 'login', maxAge: 60 });
    assert.deepEqual([...parameters.keys()], [...new Set(parameters.keys())]);
  },
  '§3.1: an authorization endpoint keeps its own query, and may not set a parameter of ours': async () => {
    const endpoint = (query: string) => ({
      metadata: { authorization_endpoint: `${suite.issuer}/a?${query}` },
    });
    const { url } = await asked({}, endpoint('tenant=one&p=B2C_1'));
    assert.match(url, /\/a\?tenant=one&p=B2C_1&client_id=the-client&/);
    for (const own of ['client_id=x', 'state=x', 'response_mode=form_post', 'request_uri=urn:x'])
      await assert.rejects(asked({}, endpoint(own)), { code: 'provider/metadata' });
  },
  '§3.1: `code`, `state`, `iss` or `error` twice is refused, and uses the request up': async () => {
    for (const [query, code] of [
      ['code=a&code=a', 'callback/malformed'],
      ['code=a&iss=https://another.example', 'callback/malformed'],
      ['code=a&error=access_denied&error=access_denied', 'callback/malformed'],
    ] as const) {
      const { arrive } = await asked();
      await assert.rejects(arrive(query), { code }, query);
      await assert.rejects(arrive('code=b'), { code: 'callback/repeated' }, query);
    }
    for (const [states, code] of [
      ['state=CA&state=OURS', 'callback/mismatch'],
      ['state=OURS&state=CA', 'callback/malformed'],
    ] as const) {
      const { read, state, storage } = await asked();
      await assert.rejects(read(`${redirectUri}&code=a&${states.replace('OURS', state)}`), { code });
      assert.equal(storage.getItem(requestPrefix + state), null);
    }
  },
  '§4.1.2: parameters that nobody knows are ignored, and leave the address with the answer or stay, as they came':
    async () => {
      const { arrive, state } = await asked();
      assert.equal((await arrive('code=a&scope=openid&session_state=s&foo=b%7Er'))?.authCode, 'a');
      const { cleanUrl } = readAnswer(`${redirectUri}&code=a&session_state=s&foo=b%7Er&state=${state}`)!;
      assert.equal(cleanUrl, `${redirectUri}&foo=b%7Er`);
    },
  '§4.1.2: an answer with a code and an error is an error': async () => {
    const { arrive } = await asked();
    await assert.rejects(arrive('code=a&error=server_error'), { code: 'provider/error' });
  },
  '§4.1.2: an answer without a code is refused': async () => {
    for (const query of ['x=y', 'code=', 'response=eyJ', 'access_token=t', 'id_token=t']) {
      const { arrive } = await asked();
      await assert.rejects(arrive(query), { code: 'callback/no-code' }, query);
    }
  },
  '§4.1.2.1: every error code, also one that nobody has registered, is passed on with its description':
    async () => {
      const registered =
        'invalid_request unauthorized_client unsupported_response_type invalid_scope server_error temporarily_unavailable';
      const others = 'request_not_supported registration_not_supported unmet_authentication_requirements';
      for (const error of [...`${registered} ${others} made_up AADB2C90091`.split(' '), '__proto__']) {
        const { arrive } = await asked();
        const expected = { code: 'provider/error', detail: `${error}: It is "so" <b>` };
        await assert.rejects(arrive(`error=${error}&error_description=It+is+%22so%22+%3Cb%3E`), expected);
        await assert.rejects((await asked()).arrive(`error=${error}`), { ...expected, detail: error });
      }
      await assert.rejects((await asked()).arrive('error=access_denied'), { code: 'provider/denied' });
    },
  '§4.1.2.1: `error_uri` is not followed and not shown': async () => {
    const { arrive } = await asked();
    const error_uri = `${suite.issuer}/why`;
    await assert.rejects(arrive(`error=server_error&error_uri=${error_uri}`), { detail: 'server_error' });
    assert.ok(!suite.requests.includes('/why'));
    const { cleanUrl } = readStatelessError(`${redirectUri}&error=server_error&error_uri=${error_uri}`)!;
    assert.equal(cleanUrl, redirectUri);
  },
  '§4.1.2.1: an error without `state` ends the request of this tab that waits, and no other': async () => {
    const { provider, storage, state } = await asked();
    const { state: other } = await provider.createRequest({ way: 'frame' });
    await assert.rejects(provider.readResponse('error=invalid_request', state), { code: 'provider/error' });
    assert.equal(storage.getItem(requestPrefix + state), null);
    assert.ok(storage.getItem(requestPrefix + other));
    assert.equal(
      readStatelessError(`${redirectUri}&error=x&code=a`),
      undefined,
      'a code beside it is no such error',
    );
  },
  '§10.12: an answer counts once, and only in the tab that asked': async () => {
    const { arrive, state, provider } = await asked();
    assert.ok(await arrive('code=a'));
    provider.abandon({ state });
    await assert.rejects(arrive('code=a'), { code: 'callback/repeated' });
    const elsewhere = suite.client({}, new MemoryStorage());
    await assert.rejects(elsewhere.read(`${redirectUri}&code=a&state=${state}`), {
      code: 'callback/unknown',
    });
  },
  '§4.1: a code verifier has 43 to 128 unreserved characters, and is new each time': async () => {
    const verifiers = await Promise.all(
      [1, 2, 3].map(async () => verifierOf(await (await asked()).arrive('code=a'))),
    );
    for (const verifier of verifiers) assert.match(verifier, /^[\w.~-]{43,128}$/);
    assert.equal(new Set(verifiers).size, 3);
  },
  // The suite's provider compares it.
  '§4.2: the challenge is the verifier’s SHA-256 digest': accepted(),
  '§4.6: a code is worth nothing with another request’s verifier': async () => {
    suite.begin({});
    const [one, two] = [(await suite.signIn())!, (await suite.signIn())!];
    assert.equal(await suite.redeem({ ...one, codeVerifier: verifierOf(two) }), 401);
    assert.match(suite.reason, /invalid_grant/);
  },
  '§2.4: an `iss` that differs in a single character is refused, promised or not': async () => {
    for (const promised of [true, false])
      for (const iss of [
        `${suite.issuer}/`,
        suite.issuer.toUpperCase(),
        suite.issuer.replace('http', 'https'),
        '',
      ]) {
        const metadata = { authorization_response_iss_parameter_supported: promised };
        await refusedByElement('callback/issuer', {
          metadata,
          response: (answer) => answer.set('iss', iss),
        })();
      }
  },
  '§2.4: a promised `iss` that is missing is refused, with an error, too': async () => {
    for (const error of [undefined, 'access_denied', 'login_required'])
      await refusedByElement('callback/issuer', {
        response(answer) {
          answer.delete('iss');
          if (error) answer.set('error', error);
        },
      })();
  },
  '§2.4: an error is not believed before its issuer is': refusedByElement('callback/issuer', {
    response(answer) {
      answer.set('error', 'access_denied');
      answer.set('iss', 'https://another.example');
    },
  }),
  '§2.4: an `iss` is handed over if and only if it came': async () => {
    suite.begin({});
    assert.equal((await suite.signIn())?.iss, suite.issuer);
    suite.begin({
      metadata: { authorization_response_iss_parameter_supported: false },
      response: (answer) => answer.delete('iss'),
    });
    assert.equal('iss' in (await suite.signIn())!, false);
  },
  '§2.1: the redirect URI of the request is handed over byte for byte': async () => {
    const { parameters, arrive } = await asked();
    assert.equal(parameters.get('redirect_uri'), redirectUri);
    assert.equal((await arrive('code=a'))?.redirectUri, redirectUri);
  },
  '§2.1.2: nothing but a code is asked for, and a token in the answer is not taken': async () => {
    const { parameters, arrive } = await asked({ authorizationParams: [['response_type', 'token']] });
    assert.deepEqual(parameters.getAll('response_type'), ['code']);
    const grant = await arrive('code=a&access_token=t&id_token=t&token_type=Bearer');
    assert.deepEqual(Object.keys(grant!).sort(), ['authCode', 'codeVerifier', 'iss', 'nonce', 'redirectUri']);
  },
  '§2.6: endpoints are https, or http on this machine': () => {
    const issuer = 'https://login.brand.example';
    const metadata = (authorization_endpoint: unknown) => JSON.stringify({ issuer, authorization_endpoint });
    for (const endpoint of [
      'http://login.brand.example/authorize',
      '//login.brand.example/authorize',
      'javascript://localhost/%0Aalert(1)',
      'ws://localhost/authorize',
      'ftp://127.0.0.1/authorize',
      'https:',
      ['https://login.brand.example/authorize'],
      undefined,
    ])
      assert.throws(() => checkMetadata(metadata(endpoint), issuer, 'url'), { code: 'provider/metadata' });
    for (const endpoint of [
      'https://another.example/a',
      'http://localhost:1/a',
      'http://127.0.0.1/a',
      'http://[::1]/a',
    ])
      assert.equal(checkMetadata(metadata(endpoint), issuer, 'url').authorization_endpoint, endpoint);
  },
  '§4.1.1: the visitor is taken back only to an address of this origin': async () => {
    suite.begin({});
    const { provider, storage } = suite.client();
    const returnToOf = async (returnTo: string) => {
      const { state } = await provider.createRequest({ way: 'redirect', returnTo });
      return JSON.parse(storage.getItem(requestPrefix + state)!).data.returnTo;
    };
    assert.equal(await returnToOf('https://brand.example/cart#a'), 'https://brand.example/cart#a');
    for (const elsewhere of [
      'https://evil.example/',
      '//evil.example',
      'http://brand.example/',
      'javascript:1',
    ])
      assert.equal(await returnToOf(elsewhere), undefined, elsewhere);
  },
  '§4.2.4: nothing of the answer stays in the address': async () => {
    const { state } = await asked();
    const query = `code=a&state=${state}&iss=i&session_state=s&error=e&error_description=d&error_uri=u`;
    assert.equal(readAnswer(`${redirectUri}&${query}`)?.cleanUrl, redirectUri);
    assert.equal(readAnswer(`${redirectUri}#${query}`)?.cleanUrl, redirectUri);
  },
  '§4.4.2: the answer of one provider is refused by a configuration for another': async () => {
    const { storage, state } = await asked();
    const other = suite.client({ issuer: 'https://another.example' }, storage);
    await assert.rejects(other.read(`${redirectUri}&code=a&state=${state}`), {
      code: 'callback/mismatch',
      detail: 'issuer',
    });
  },
  '§4.5.3: a code that was injected is refused by its nonce': async () => {
    suite.begin({});
    const [own, stolen] = [(await suite.signIn())!, (await suite.signIn())!];
    // As if the attacker had got hold of the verifier, too.
    const injected = { ...own, authCode: stolen.authCode, codeVerifier: verifierOf(stolen) };
    assert.equal(await suite.redeem(injected), 401);
    assert.match(suite.reason, /"nonce"/);
  },
  'Core §3.1.2.1: the default scope has `openid`': () => {
    const place = { baseURI: 'https://brand.example/', href: 'https://brand.example/' };
    const deploymentId = '6b1f4a52-9d7e-4c3b-8a65-2f0e9c7d1b34';
    const { provider } = readConfiguration({ deploymentId, issuer: 'https://i.example', clientId }, place);
    assert.ok(provider!.scope.split(' ').includes('openid'));
  },
  'Core §3.1.2.1: `max_age` is handed over, and the sign-in’s age is checked against it': async () => {
    const old = {
      claims: (claims: Record<string, unknown>) => (claims['auth_time'] = Date.now() / 1000 - 3600),
    };
    suite.begin(old);
    const grant = (await suite.signIn({ maxAge: 60 }))!;
    assert.equal(grant.maxAge, 60);
    assert.equal(await suite.redeem(grant), 401);
    assert.equal(await suite.redeem((await suite.signIn({ maxAge: 7200 }))!), 200);
  },
  'Core §3.1.2.6: what `prompt=none` cannot do is no failure': async () => {
    for (const error of [
      'login_required',
      'interaction_required',
      'consent_required',
      'account_selection_required',
    ]) {
      suite.begin({ response: (answer) => answer.set('error', error) });
      const client = suite.client();
      const { url } = await client.request('frame');
      assert.equal(new URL(url).searchParams.get('prompt'), 'none');
      await assert.rejects(client.read(await client.answerTo(url)), { code: 'provider/login-required' });
      await assert.rejects(suite.signIn(), { code: 'provider/error' }, 'the visitor was asked');
    }
  },
  'an answer in the fragment, where some providers put it unasked, is read': async () => {
    const { parameters, read, state } = await asked();
    assert.equal(parameters.has('response_mode'), false);
    const iss = encodeURIComponent(suite.issuer);
    assert.equal((await read(`${redirectUri}#code=a&state=${state}&iss=${iss}`))?.authCode, 'a');
  },
  'Discovery §4.1: a path in the issuer comes before `/.well-known`': async () => {
    const asked: string[] = [];
    const fetch = async (url: unknown) => {
      asked.push(String(url));
      return Response.json({
        issuer: 'https://i.example/realms/a/',
        authorization_endpoint: 'https://i.example/a',
      });
    };
    await discover('https://i.example/realms/a/', fetch as typeof globalThis.fetch);
    assert.deepEqual(asked, ['https://i.example/realms/a/.well-known/openid-configuration']);
  },
  'Discovery §4.3: a document that was redirected to another origin is refused': async () => {
    const document = Response.json({
      issuer: 'https://i.example',
      authorization_endpoint: 'https://i.example/a',
    });
    Object.defineProperty(document, 'url', { value: 'https://another.example/' });
    const fetch = async () => document;
    await assert.rejects(discover('https://i.example', fetch as typeof globalThis.fetch), {
      code: 'provider/metadata',
    });
  },
};

describe('the specifications', () => {
  useSuite();

  for (const [specification, titles] of Object.entries(rules))
    describe(specification, () => {
      for (const title of titles) it(title, ruleTests[title]);
    });

  it('have a test for each rule, and no other', () => {
    assert.deepEqual(Object.keys(ruleTests).sort(), Object.values(rules).flat().sort());
  });
});
