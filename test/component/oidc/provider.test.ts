import { expect } from '@open-wc/testing';
import type { Failure } from '../../../src/failure.js';
import { type Provider, type ProviderConfig, type Seams, openProvider } from '../../../src/oidc/index.js';
import { isSpent, newState, requestPrefix, returnToOf, wayOf } from '../../../src/oidc/state.js';

const issuer = 'https://login.brand.example';
const redirectUri = `${location.origin}/shop`;
const config: ProviderConfig = { issuer, clientId: 'brand', redirectUri, scope: 'openid profile email' };

/** A provider's discovery, as a `fetch` that counts. */
function discovery(metadata: object = {}, ...failuresFirst: Error[]) {
  const asked: string[] = [];
  const fetch = async (url: unknown) => {
    asked.push(String(url));
    const failure = failuresFirst.shift();
    if (failure) throw failure;
    return Response.json({
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      end_session_endpoint: `${issuer}/logout`,
      ...metadata,
    });
  };
  return { asked, fetch: fetch as typeof window.fetch };
}

const open = (changes: Partial<ProviderConfig> = {}, seams: Seams = discovery()) =>
  openProvider({ ...config, ...changes }, seams);

const failureOf = (promise: Promise<unknown>): Promise<Failure> =>
  promise.then(
    () => expect.fail('no failure'),
    (reason: Failure) => reason,
  );

const read = (provider: Provider, state: string, rest = 'code=the-code') =>
  provider.readResponse(`${rest}&state=${state}`, state);

const parametersOf = (url: string) => new URL(url).searchParams;

const storedKeys = () => Object.keys(sessionStorage).filter((key) => key.startsWith(requestPrefix));

async function challengeOf(verifier: string) {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  return btoa(String.fromCharCode(...new Uint8Array(digest)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

beforeEach(() => sessionStorage.clear());
afterEach(() => sessionStorage.clear());

describe('preparing', () => {
  it('asks for the discovery document once, however many ask at once and after', async () => {
    const { asked, fetch } = discovery();
    const provider = open({}, { fetch });
    await Promise.all([provider.prepare(), provider.prepare(), provider.createRequest({ way: 'redirect' })]);
    await provider.prepare();
    expect(asked).to.deep.equal([`${issuer}/.well-known/openid-configuration`]);
  });

  it('tries again after a failure', async () => {
    const { asked, fetch } = discovery({}, new TypeError('Failed to fetch'));
    const provider = open({}, { fetch });
    expect((await failureOf(provider.prepare())).code).to.equal('provider/unreachable');
    await provider.prepare();
    expect(asked).to.have.length(2);
  });

  it('needs no discovery when the authorization endpoint is configured', async () => {
    const { asked, fetch } = discovery();
    const provider = open({ authorizationEndpoint: 'https://elsewhere.example/auth' }, { fetch });
    const { url } = await provider.createRequest({ way: 'redirect' });
    expect(new URL(url).origin).to.equal('https://elsewhere.example');
    expect(await provider.signOutUrl()).to.equal(undefined);
    expect(asked).to.deep.equal([]);
  });

  it('says first that the page is not secure', async () => {
    const secure = Object.getOwnPropertyDescriptor(window, 'isSecureContext')!;
    Object.defineProperty(window, 'isSecureContext', { value: false, configurable: true });
    try {
      const { asked, fetch } = discovery();
      expect((await failureOf(open({}, { fetch }).prepare())).code).to.equal(
        'configuration/insecure-context',
      );
      expect(asked).to.deep.equal([]);
    } finally {
      Object.defineProperty(window, 'isSecureContext', secure);
    }
  });
});

describe('the authorization request', () => {
  it('has what a code request with PKCE needs, each once', async () => {
    const { url, state } = await open().createRequest({ way: 'redirect' });
    const { code_verifier, nonce } = JSON.parse(sessionStorage.getItem(requestPrefix + state)!);
    expect(url.startsWith(`${issuer}/authorize?`)).to.equal(true);
    expect([...parametersOf(url)].sort()).to.deep.equal([
      ['client_id', 'brand'],
      ['code_challenge', await challengeOf(code_verifier)],
      ['code_challenge_method', 'S256'],
      ['nonce', nonce],
      ['redirect_uri', redirectUri],
      ['response_type', 'code'],
      ['scope', 'openid profile email'],
      ['state', state],
    ]);
    // RFC 7636 §4.1
    expect(code_verifier).to.match(/^[A-Za-z0-9._~-]{43,128}$/);
    expect(url).not.to.contain(code_verifier);
  });

  it('is fresh every time', async () => {
    const provider = open();
    const requests = await Promise.all([1, 2, 3].map(() => provider.createRequest({ way: 'redirect' })));
    for (const name of ['state', 'nonce', 'code_challenge'])
      expect(new Set(requests.map(({ url }) => parametersOf(url).get(name))).size, name).to.equal(3);
  });

  it('is fresh every time also where the visitor was about to act', async () => {
    const provider = open();
    await Promise.all([provider.prepare(), provider.prepare()]);
    const at = Date.now();
    const requests = await Promise.all([1, 2].map(() => provider.createRequest({ way: 'popup' })));
    await provider.prepare();
    requests.push(await provider.createRequest({ way: 'popup' }));
    const stored = requests.map(({ state }) => JSON.parse(sessionStorage.getItem(requestPrefix + state)!));
    for (const [index, { url, state }] of requests.entries()) {
      const { code_verifier, nonce, created, id, request_type } = stored[index];
      expect([id, request_type]).to.deep.equal([state, 'popup']);
      expect(parametersOf(url).get('code_challenge')).to.equal(await challengeOf(code_verifier));
      expect(parametersOf(url).get('nonce')).to.equal(nonce);
      expect(created).to.be.within(Math.floor(at / 1000), Math.floor(Date.now() / 1000));
    }
    for (const name of ['id', 'nonce', 'code_verifier'])
      expect(new Set(stored.map((request) => request[name])).size, name).to.equal(3);
  });

  it('has its PKCE challenge before the click, and its age from the click', async () => {
    const provider = open();
    await provider.prepare();
    expect(storedKeys()).to.deep.equal([]);
    const { now } = Date;
    const { digest } = crypto.subtle;
    const later = now() + 3_600_000;
    const digests: unknown[] = [];
    try {
      Date.now = () => later;
      crypto.subtle.digest = (...values) => (digests.push(values), digest.apply(crypto.subtle, values));
      const { state } = await provider.createRequest({ way: 'redirect' });
      const { created } = JSON.parse(sessionStorage.getItem(requestPrefix + state)!);
      expect(created).to.equal(Math.floor(later / 1000));
      expect(digests).to.deep.equal([]);
    } finally {
      Date.now = now;
      Reflect.deleteProperty(crypto.subtle, 'digest');
    }
  });

  it('is made anew after its challenge could not be had', async () => {
    const provider = open();
    try {
      crypto.subtle.digest = () => Promise.reject(new DOMException('not now', 'OperationError'));
      await failureOf(provider.prepare());
      await failureOf(provider.createRequest({ way: 'redirect' }));
    } finally {
      Reflect.deleteProperty(crypto.subtle, 'digest');
    }
    await provider.createRequest({ way: 'redirect' });
    expect(storedKeys()).to.have.length(1);
  });

  it('carries prompt and max_age as configured, and no prompt by itself', async () => {
    const { url } = await open({ prompt: 'login', maxAge: 0 }).createRequest({ way: 'redirect' });
    expect(parametersOf(url).getAll('prompt')).to.deep.equal(['login']);
    expect(parametersOf(url).getAll('max_age')).to.deep.equal(['0']);
  });

  it('never lets the provider ask the visitor in a frame', async () => {
    const { url } = await open({ prompt: 'login' }).createRequest({ way: 'frame' });
    expect(parametersOf(url).getAll('prompt')).to.deep.equal(['none']);
  });

  it('takes further parameters, repeated ones too, but none that it sends itself', async () => {
    const authorizationParams = [
      ['audience', 'https://api.example/?a=1&b=2'],
      ['resource', 'one'],
      ['resource', 'two'],
      ['state', 'forged'],
      ['redirect_uri', 'https://evil.example'],
      ['response_mode', 'fragment'],
      ['client_secret', 'oh no'],
    ] as const;
    const endpoint = { authorization_endpoint: `${issuer}/authorize?tenant=a` };
    const { url, state } = await open({ authorizationParams }, discovery(endpoint)).createRequest({
      way: 'popup',
    });
    const parameters = parametersOf(url);
    expect(parameters.getAll('tenant')).to.deep.equal(['a']);
    expect(parameters.getAll('audience')).to.deep.equal(['https://api.example/?a=1&b=2']);
    expect(parameters.getAll('resource')).to.deep.equal(['one', 'two']);
    expect(parameters.getAll('state')).to.deep.equal([state]);
    expect(parameters.getAll('redirect_uri')).to.deep.equal([redirectUri]);
    expect(parameters.has('response_mode') || parameters.has('client_secret')).to.equal(false);
  });

  it('waits in this tab only, under our own name', async () => {
    const others = localStorage.length;
    const { state } = await open().createRequest({ way: 'popup' });
    expect(Object.keys(sessionStorage)).to.deep.equal([requestPrefix + state]);
    expect(localStorage).to.have.length(others);
    expect(wayOf(state)).to.equal('popup');
  });

  it('clears away requests that were never answered, and nothing of others', async () => {
    const hourAgo = Math.floor(Date.now() / 1000) - 3600;
    const old = JSON.stringify({ id: 'old', created: hourAgo });
    sessionStorage.setItem(`${requestPrefix}old`, old);
    sessionStorage.setItem('oidc.old', old);
    const { state } = await open().createRequest({ way: 'redirect' });
    expect(Object.keys(sessionStorage).sort()).to.deep.equal([requestPrefix + state, 'oidc.old'].sort());
  });

  it('says that sessionStorage is refused', async () => {
    const own = Object.getOwnPropertyDescriptor(window, 'sessionStorage')!;
    const refusals: PropertyDescriptor[] = [
      {
        get: () => {
          throw new DOMException('denied', 'SecurityError');
        },
      },
      { value: null },
    ];
    for (const refusal of refusals) {
      Object.defineProperty(window, 'sessionStorage', { ...refusal, configurable: true });
      try {
        const { code } = await failureOf(open().createRequest({ way: 'redirect' }));
        expect(code).to.equal('configuration/storage-blocked');
        const response = read(open(), newState('redirect'));
        expect((await failureOf(response)).code).to.equal('configuration/storage-blocked');
      } finally {
        Object.defineProperty(window, 'sessionStorage', own);
      }
    }
  });

  it('says that sessionStorage takes nothing', async () => {
    const full = {
      length: 0,
      setItem() {
        throw new DOMException('full', 'QuotaExceededError');
      },
    } as unknown as Storage;
    const provider = open({}, { ...discovery(), storage: full });
    const { code } = await failureOf(provider.createRequest({ way: 'redirect' }));
    expect(code).to.equal('configuration/storage-blocked');
  });
});

describe('the authorization response', () => {
  it('gives the grant that belongs to the request, and asks nobody for it', async () => {
    const asked: string[] = [];
    const realFetch = window.fetch;
    const { fetch } = discovery({ authorization_response_iss_parameter_supported: true });
    window.fetch = (...args) => (asked.push(String(args[0])), fetch(...args));
    try {
      const provider = openProvider({ ...config, maxAge: 60 });
      const { url, state } = await provider.createRequest({ way: 'popup' });
      const { code_verifier: codeVerifier } = JSON.parse(sessionStorage.getItem(requestPrefix + state)!);
      const grant = await read(provider, state, `code=the-code&iss=${encodeURIComponent(issuer)}`);
      expect(grant).to.deep.equal({
        authCode: 'the-code',
        redirectUri,
        nonce: parametersOf(url).get('nonce'),
        codeVerifier,
        maxAge: 60,
        iss: issuer,
      });
      expect(asked, 'nothing but discovery').to.deep.equal([`${issuer}/.well-known/openid-configuration`]);
    } finally {
      window.fetch = realFetch;
    }
  });

  it('needs no network when another page than the one that asked reads it', async () => {
    const { state } = await open().createRequest({ way: 'redirect' });
    const { asked, fetch } = discovery();
    await read(open({}, { fetch }), state);
    expect(asked).to.deep.equal([]);
  });

  it('is read as often as a page is loaded, until it is handed over; then it is refused', async () => {
    const provider = open();
    const { state } = await provider.createRequest({ way: 'redirect' });
    const [one, two, three] = await Promise.all([
      read(provider, state),
      read(provider, state),
      read(open(), state),
    ]);
    expect(two).to.equal(one);
    expect(three).to.equal(one);
    expect(await read(open(), state), 'after a reload').to.deep.equal(one);
    provider.abandon({ state });
    expect((await failureOf(read(provider, state))).code).to.equal('callback/repeated');
    expect((await failureOf(read(provider, state, 'code=other'))).code).to.equal('callback/repeated');
  });

  it('leaves nothing of the request behind when it is handed over', async () => {
    const provider = open();
    const { state } = await provider.createRequest({ way: 'redirect' });
    const grant = await read(provider, state);
    provider.abandon({ state });
    const left = JSON.stringify(sessionStorage);
    for (const secret of [grant.authCode, grant.codeVerifier!, grant.nonce!])
      expect(left).not.to.contain(secret);
    expect(isSpent(state, sessionStorage)).to.equal(true);
  });

  it('that is an error without a state ends the request that it is for', async () => {
    const { state } = await open().createRequest({ way: 'redirect' });
    const reason = await failureOf(open().readResponse('error=access_denied', state));
    expect(reason.code).to.equal('provider/denied');
    expect(storedKeys()).to.deep.equal([]);
  });

  it('of a foreign or forged state is refused, with nothing touched', async () => {
    const provider = open();
    await provider.createRequest({ way: 'redirect' });
    sessionStorage.setItem('oidc.foreign', '{}');
    const before = JSON.stringify(sessionStorage);
    for (const state of ['foreign', 'forged', '%2525', ''])
      expect((await failureOf(read(provider, state))).code).to.equal('callback/unknown');
    expect(JSON.stringify(sessionStorage)).to.equal(before);
  });

  const used: [what: string, rest: string, changes: Partial<ProviderConfig>, code: string][] = [
    ['an error', 'error=access_denied', {}, 'provider/denied'],
    ['a wrong issuer', 'code=c&iss=https://evil.example', {}, 'callback/issuer'],
    ['other settings', 'code=c', { clientId: 'another' }, 'callback/mismatch'],
    ['no code', 'x=y', {}, 'callback/no-code'],
  ];
  for (const [what, rest, changes, code] of used)
    it(`with ${what} uses the request up`, async () => {
      const { state } = await open().createRequest({ way: 'redirect' });
      expect((await failureOf(read(open(changes), state, rest))).code).to.equal(code);
      expect(storedKeys()).to.deep.equal([]);
      expect((await failureOf(read(open(), state))).code).to.equal('callback/repeated');
    });

  it('may take fifteen minutes, and no longer', async () => {
    const minutes = 60_000;
    const provider = open({}, { ...discovery(), now: () => Date.now() + 16 * minutes });
    const { state } = await provider.createRequest({ way: 'redirect' });
    expect((await failureOf(read(provider, state))).code).to.equal('callback/expired');
    expect(storedKeys()).to.deep.equal([]);
  });

  it('must name the issuer when the provider promised it', async () => {
    const promising = open({}, discovery({ authorization_response_iss_parameter_supported: true }));
    const { state } = await promising.createRequest({ way: 'redirect' });
    expect((await failureOf(read(promising, state))).code).to.equal('callback/issuer');
  });

  it('in silence tells that the visitor must be asked', async () => {
    const provider = open();
    const { state } = await provider.createRequest({ way: 'frame' });
    const { code } = await failureOf(read(provider, state, 'error=login_required'));
    expect(code).to.equal('provider/login-required');
  });

  it('to an abandoned request is refused', async () => {
    const provider = open();
    const request = await provider.createRequest({ way: 'frame' });
    provider.abandon(request);
    expect(storedKeys()).to.deep.equal([]);
    expect((await failureOf(read(provider, request.state))).code).to.equal('callback/repeated');
  });

  for (const other of ['not JSON', '', 'null', '7', '{}', '{"data":{}}'])
    it(`survives a request that somebody has written over with "${other}"`, async () => {
      const { state } = await open().createRequest({ way: 'redirect' });
      sessionStorage.setItem(requestPrefix + state, other);
      expect((await failureOf(read(open(), state))).code).to.equal('callback/unknown');
      expect(storedKeys()).to.deep.equal([]);
    });

  for (const without of ['data', 'code_verifier', 'redirect_uri'])
    it(`survives a request without its ${without}`, async () => {
      const { state } = await open().createRequest({ way: 'redirect' });
      const request = JSON.parse(sessionStorage.getItem(requestPrefix + state)!) as Record<string, unknown>;
      request[without] = without === 'data' ? {} : undefined;
      sessionStorage.setItem(requestPrefix + state, JSON.stringify(request));
      expect((await failureOf(read(open(), state))).code).to.equal('callback/unknown');
      expect(storedKeys()).to.deep.equal([]);
    });

  it('under another state does not count, and names what is wrong', async () => {
    const { state } = await open().createRequest({ way: 'redirect' });
    const { code, detail } = await failureOf(open().readResponse('code=c&state=another', state));
    expect([code, detail]).to.deep.equal(['callback/mismatch', 'state']);
  });

  const places: [returnTo: string | undefined, back: string | undefined][] = [
    [`${location.origin}/help?a=1#b`, `${location.origin}/help?a=1#b`],
    ['/help', `${location.origin}/help`],
    [undefined, undefined],
    ['https://evil.example/', undefined],
    ['//evil.example/', undefined],
    ['javascript:alert(1)', undefined],
    ['data:text/html,x', undefined],
    [`${location.origin}.evil.example/`, undefined],
    ['http://', undefined],
  ];
  for (const [returnTo, back] of places)
    it(`leads back to ${back ?? 'nowhere'} from ${returnTo}`, async () => {
      const { state } = await open().createRequest({ way: 'redirect', returnTo });
      expect(returnToOf(state, sessionStorage)).to.equal(back);
    });
});

describe('the sign-out URL', () => {
  const client = 'client_id=brand';
  const cognito = 'https://brand.auth.example/logout?client_id=x&logout_uri=https://brand.example/';
  const table: [what: string, changes: Partial<ProviderConfig>, metadata: object, url: string | undefined][] =
    [
      ['the discovered one', {}, {}, `${issuer}/logout?${client}`],
      [
        'the discovered one with a way back',
        { postLogoutRedirectUri: 'https://brand.example/' },
        {},
        `${issuer}/logout?${client}&post_logout_redirect_uri=https%3A%2F%2Fbrand.example%2F`,
      ],
      ['one with a query', {}, { end_session_endpoint: `${issuer}/o?p=a` }, `${issuer}/o?p=a&${client}`],
      [
        'one that names a client, which is named once',
        {},
        { end_session_endpoint: `${issuer}/o?client_id=x` },
        `${issuer}/o?${client}`,
      ],
      ['none', {}, { end_session_endpoint: undefined }, undefined],
      ['none that is safe', {}, { end_session_endpoint: 'http://brand.example/' }, undefined],
      ['none that is an address', {}, { end_session_endpoint: 'javascript:1' }, undefined],
      [
        'a configured one',
        { endSessionEndpoint: 'https://a.example/out' },
        {},
        `https://a.example/out?${client}`,
      ],
      ['a configured, complete one', { endSessionEndpoint: cognito }, {}, cognito],
    ];
  for (const [what, changes, metadata, url] of table)
    it(`is ${what}`, async () => expect(await open(changes, discovery(metadata)).signOutUrl()).to.equal(url));

  it('needs no discovery when it is configured', async () => {
    const { asked, fetch } = discovery();
    await open({ endSessionEndpoint: cognito }, { fetch }).signOutUrl();
    expect(asked).to.deep.equal([]);
  });
});
