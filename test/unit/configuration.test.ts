import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Failure } from '../../src/failure.js';
import type { ErrorCode } from '../../src/explanations.js';
import {
  type Attributes,
  configuresAnything,
  isSameConfiguration,
  readConfiguration,
} from '../../src/session/configuration.js';

const place = { baseURI: 'https://brand.example/shop/', href: 'https://brand.example/shop/cart?item=1#top' };
const good: Attributes = {
  deploymentId: '5a3c9e1e-1111-4222-8333-444455556666',
  issuer: 'https://login.brand.example',
  clientId: 'messenger',
};

const read = (attributes: Attributes, where = place) => readConfiguration({ ...good, ...attributes }, where);
const provider = (attributes: Attributes, where = place) => read(attributes, where).provider!;

/** Bad values by attribute; each must be named by its code, with the value that the author will look for. */
function refuses(
  code: ErrorCode,
  table: [attributes: Attributes, detail: string | undefined][],
  where = place,
) {
  for (const [attributes, detail] of table)
    it(`refuses ${JSON.stringify(attributes)}`, () =>
      assert.throws(
        () => read(attributes, where),
        (reason: Failure) => {
          assert.deepEqual({ ...reason }, { code, detail });
          return true;
        },
      ));
}

describe('the required attributes alone', () => {
  it('are a configuration', () => {
    assert.deepEqual(read({}), {
      deploymentId: good.deploymentId,
      region: {
        environment: 'prod',
        domain: 'mypurecloud.com',
        bootstrap: 'https://apps.mypurecloud.com/genesys-bootstrap/genesys.min.js',
      },
      provider: {
        issuer: 'https://login.brand.example',
        clientId: 'messenger',
        redirectUri: 'https://brand.example/shop/cart',
        scope: 'openid profile email',
        prompt: undefined,
        maxAge: undefined,
        authorizationParams: [],
        authorizationEndpoint: undefined,
        endSessionEndpoint: undefined,
        postLogoutRedirectUri: undefined,
      },
      ownSignIn: false,
      mode: 'redirect',
      silent: false,
      loading: 'eager',
      logout: 'messenger',
      account: undefined,
      open: false,
    });
  });

  it('may stand beside empty ones: templates render those for values that they do not have', () => {
    const empty = Object.fromEntries(
      [
        'environment',
        'redirectUri',
        'scope',
        'mode',
        'loading',
        'prompt',
        'maxAge',
        'authorizationParams',
        'logout',
        'postLogoutRedirectUri',
        'endSessionEndpoint',
        'authorizationEndpoint',
      ].flatMap((name) => [[name, ' \n']]),
    );
    assert.deepEqual(read(empty), read({}));
  });

  it('are read without the space around them', () => {
    const spaced = {
      deploymentId: `\n${good.deploymentId} `,
      issuer: ` ${good.issuer}\t`,
      clientId: ' messenger\n',
    };
    assert.deepEqual(read(spaced), read({}));
  });

  it('are mended in the order of the snippet, a secret before all', () => {
    const codes: ErrorCode[] = [];
    const mended: Attributes = { clientSecret: 'x' };
    const mends: Attributes[] = [
      { clientSecret: undefined },
      { deploymentId: good.deploymentId },
      { issuer: good.issuer },
      { clientId: good.clientId },
    ];
    for (const mend of mends) {
      assert.throws(
        () => readConfiguration(mended, place),
        ({ code }: Failure) => codes.push(code) > 0,
      );
      Object.assign(mended, mend);
    }
    assert.deepEqual(codes, [
      'configuration/client-secret',
      'configuration/deployment-id',
      'configuration/issuer',
      'configuration/client-id',
    ]);
    assert.deepEqual(readConfiguration(mended, place), read({}));
  });
});

describe('client-secret', () => {
  // The failure must not repeat the secret, so it has no detail.
  refuses('configuration/client-secret', [
    [{ clientSecret: 'hunter2' }, undefined],
    [{ clientSecret: '' }, undefined],
  ]);
});

describe('deployment-id', () => {
  refuses('configuration/deployment-id', [
    [{ deploymentId: undefined }, undefined],
    [{ deploymentId: '' }, undefined],
    [{ deploymentId: '  ' }, undefined],
    [{ deploymentId: 'my-deployment' }, 'my-deployment'],
    [{ deploymentId: '5a3c9e1e-1111-4222-8333-44445555666' }, '5a3c9e1e-1111-4222-8333-44445555666'],
    [{ deploymentId: `{${good.deploymentId}}` }, `{${good.deploymentId}}`],
    [{ deploymentId: '5a3c9e1e–1111–4222–8333–444455556666' }, '5a3c9e1e–1111–4222–8333–444455556666'],
    [{ deploymentId: `prod-${good.deploymentId}` }, `prod-${good.deploymentId}`],
    [{ deploymentId: `${good.deploymentId}/..` }, `${good.deploymentId}/..`],
  ]);

  it('may be in capitals', () => {
    const deploymentId = good.deploymentId!.toUpperCase();
    assert.equal(read({ deploymentId }).deploymentId, deploymentId);
  });
});

describe('environment', () => {
  refuses('configuration/environment', [
    [{ environment: 'europe' }, 'europe'],
    [{ environment: 'https://apps.mypurecloud.de' }, 'https://apps.mypurecloud.de'],
  ]);

  it('on loopback is refused on a page that is not: its script would run in the page', () => {
    for (const environment of ['localhost', 'evil.localhost:8080'])
      assert.throws(() => read({ environment }), { code: 'configuration/environment', detail: environment });
  });

  it('is a name, a short name or a domain', () => {
    for (const environment of ['prod-euc1', 'euc1', 'mypurecloud.de'])
      assert.equal(read({ environment }).region.domain, 'mypurecloud.de');
  });
});

describe('issuer', () => {
  refuses('configuration/issuer', [
    [{ issuer: undefined }, undefined],
    [{ issuer: ' ' }, undefined],
    [{ issuer: 'login.brand.example' }, 'login.brand.example'],
    [{ issuer: '//login.brand.example' }, '//login.brand.example'],
    [{ issuer: '/login' }, '/login'],
    [{ issuer: 'http://login.brand.example' }, 'http://login.brand.example'],
    [{ issuer: 'javascript:alert(1)' }, 'javascript:alert(1)'],
    // OpenID Connect Discovery §3: no query and no fragment.
    [{ issuer: 'https://login.brand.example/?tenant=1' }, 'https://login.brand.example/?tenant=1'],
    [{ issuer: 'https://login.brand.example/#/' }, 'https://login.brand.example/#/'],
  ]);

  for (const issuer of [
    'https://login.brand.example/',
    'https://Login.Brand.example/oauth2/default',
    'https://login.brand.example:8443',
    'http://localhost:4000',
    'http://login.localhost:4000',
    'http://127.0.0.1:4000',
    'http://[::1]:4000',
  ])
    it(`is kept byte for byte: ${issuer}`, () => assert.equal(provider({ issuer }).issuer, issuer));
});

describe('client-id', () => {
  refuses('configuration/client-id', [
    [{ clientId: undefined }, undefined],
    [{ clientId: '' }, undefined],
    [{ clientId: '\t' }, undefined],
  ]);
});

describe('redirect-uri', () => {
  const table: [what: string, written: string | undefined, read: string][] = [
    ['missing: the page without query and hash', undefined, 'https://brand.example/shop/cart'],
    ['relative to the page', 'done', 'https://brand.example/shop/done'],
    ['relative, upwards', '../done', 'https://brand.example/done'],
    ['relative to the origin', '/done', 'https://brand.example/done'],
    ['relative to the scheme', '//brand.example/done', 'https://brand.example/done'],
    ['a query alone', '?signed=in', 'https://brand.example/shop/?signed=in'],
    ['absolute', 'https://brand.example/done', 'https://brand.example/done'],
    ['with a query', 'https://brand.example/done?a=%7e&a', 'https://brand.example/done?a=%7e&a'],
    ['a bare origin gets no slash', 'https://brand.example', 'https://brand.example'],
    ['a trailing slash stays', 'https://brand.example/done/', 'https://brand.example/done/'],
    ['capitals stay', 'https://Brand.Example/Done', 'https://Brand.Example/Done'],
    ['the default port stays', 'https://brand.example:443/done', 'https://brand.example:443/done'],
    ['dots stay', 'https://brand.example/a/../done', 'https://brand.example/a/../done'],
    ['escapes stay', 'https://brand.example/d%6fne', 'https://brand.example/d%6fne'],
  ];
  for (const [what, redirectUri, expected] of table)
    it(`${what}: ${expected}`, () => assert.equal(provider({ redirectUri }).redirectUri, expected));

  it('is relative to what <base> says', () => {
    const based = { ...place, baseURI: 'https://brand.example/de/' };
    assert.equal(provider({ redirectUri: 'done' }, based).redirectUri, 'https://brand.example/de/done');
    assert.equal(provider({}, based).redirectUri, 'https://brand.example/shop/cart');
  });

  it('may be http on this machine', () => {
    const local = { baseURI: 'http://shop.localhost:3000/', href: 'http://shop.localhost:3000/' };
    assert.equal(provider({ redirectUri: '/done' }, local).redirectUri, 'http://shop.localhost:3000/done');
  });

  refuses('configuration/redirect-uri', [
    [{ redirectUri: 'https://www.brand.example/done' }, 'https://www.brand.example/done'],
    [{ redirectUri: 'http://brand.example/done' }, 'http://brand.example/done'],
    [{ redirectUri: 'https://brand.example:8443/' }, 'https://brand.example:8443/'],
    [{ redirectUri: 'https://brand.example.evil.example/' }, 'https://brand.example.evil.example/'],
    [{ redirectUri: 'https://brand.example@evil.example/' }, 'https://brand.example@evil.example/'],
    [{ redirectUri: '//evil.example/' }, '//evil.example/'],
    [{ redirectUri: '\\\\evil.example' }, '\\\\evil.example'],
    // RFC 6749 §3.1.2: no fragment, not even an empty one.
    [{ redirectUri: 'https://brand.example/#done' }, 'https://brand.example/#done'],
    [{ redirectUri: '/done#' }, '/done#'],
    [{ redirectUri: '#' }, '#'],
    [{ redirectUri: 'javascript:alert(1)' }, 'javascript:alert(1)'],
    [{ redirectUri: 'com.brand.app:/done' }, 'com.brand.app:/done'],
    [{ redirectUri: 'https://' }, 'https://'],
  ]);

  describe('on a page without an origin', () => {
    const file = { baseURI: 'file:///home/ada/page.html', href: 'file:///home/ada/page.html' };
    refuses(
      'configuration/redirect-uri',
      [
        [{}, 'file:'],
        [{ redirectUri: 'page.html' }, 'page.html'],
        [{ redirectUri: 'https://brand.example/' }, 'https://brand.example/'],
      ],
      file,
    );
  });
});

describe('max-age', () => {
  refuses('configuration/max-age', [
    // Messenger loses 0, and a strict provider then refuses the code (docs/messenger.md §4.1).
    [{ maxAge: '0' }, '0'],
    [{ maxAge: 0 }, '0'],
    [{ maxAge: '-1' }, '-1'],
    [{ maxAge: -1 }, '-1'],
    [{ maxAge: '1.5' }, '1.5'],
    [{ maxAge: 1.5 }, '1.5'],
    [{ maxAge: '1,5' }, '1,5'],
    [{ maxAge: 'abc' }, 'abc'],
    [{ maxAge: '5 minutes' }, '5 minutes'],
    [{ maxAge: '1e3' }, '1e3'],
    [{ maxAge: '0x10' }, '0x10'],
    [{ maxAge: '+60' }, '+60'],
    [{ maxAge: NaN }, 'NaN'],
    [{ maxAge: Infinity }, 'Infinity'],
    [{ maxAge: '99999999999999999999' }, '99999999999999999999'],
    [{ maxAge: 1e21 }, '1e+21'],
  ]);

  for (const [maxAge, seconds] of [
    ['1', 1],
    [' 3600 ', 3600],
    [3600, 3600],
    ['999999999', 999_999_999],
  ] as const)
    it(`${JSON.stringify(maxAge)} is ${seconds} seconds`, () =>
      assert.equal(provider({ maxAge }).maxAge, seconds));
});

describe('authorization-params', () => {
  for (const [written, params] of [
    ['audience=https%3A%2F%2Fapi.example', [['audience', 'https://api.example']]],
    ['?audience=a', [['audience', 'a']]],
    ['ui_locales=de+fr&acr_values=a%20b', [['ui_locales', 'de fr'], ['acr_values', 'a b']]], // prettier-ignore
    // RFC 8707 §2 allows several.
    ['resource=a&resource=b', [['resource', 'a'], ['resource', 'b']]], // prettier-ignore
    ['a=b=c&&d=e', [['a', 'b=c'], ['d', 'e']]], // prettier-ignore
  ] as const)
    it(`reads ${written}`, () =>
      assert.deepEqual(provider({ authorizationParams: written }).authorizationParams, params));

  refuses('configuration/authorization-params', [
    [{ authorizationParams: 'audience' }, 'audience'],
    [{ authorizationParams: 'audience=' }, 'audience'],
    [{ authorizationParams: '=value' }, '=value'],
    [{ authorizationParams: '{"audience":"a"}' }, '{"audience":"a"}'],
    [{ authorizationParams: 'audience=a&scope=openid' }, 'scope'],
    // The value of a parameter that may be a secret is not repeated.
    [{ authorizationParams: 'client_secret=hunter2' }, 'client_secret'],
    ...[
      'client_id',
      'code_challenge',
      'code_challenge_method',
      'max_age',
      'nonce',
      'prompt',
      'redirect_uri',
      'request',
      'request_uri',
      'response_mode',
      'response_type',
      'state',
    ].map((name): [Attributes, string] => [{ authorizationParams: `${name}=x` }, name]),
    [{ authorizationParams: 'st%61te=x' }, 'state'],
  ]);
});

describe('mode, loading and logout', () => {
  for (const mode of ['redirect', 'popup', 'POPUP', ' popup '])
    it(`knows mode="${mode}"`, () => assert.equal(read({ mode }).mode, mode.trim().toLowerCase()));
  for (const loading of ['eager', 'lazy'])
    it(`knows loading="${loading}"`, () => assert.equal(read({ loading }).loading, loading));
  for (const logout of ['messenger', 'provider'])
    it(`knows logout="${logout}"`, () => assert.equal(read({ logout }).logout, logout));

  refuses('configuration/option', [
    [{ mode: 'iframe' }, 'mode="iframe", not redirect or popup'],
    [{ loading: 'later' }, 'loading="later", not eager or lazy'],
    [{ logout: 'true' }, 'logout="true", not messenger or provider'],
  ]);
});

describe('authorize', () => {
  const authorize = () => undefined;

  it('makes issuer and client-id dispensable', () => {
    const { ownSignIn, provider } = readConfiguration({ deploymentId: good.deploymentId, authorize }, place);
    assert.deepEqual({ ownSignIn, provider }, { ownSignIn: true, provider: undefined });
  });

  it('may stand beside them, for a logout at the provider', () => {
    assert.deepEqual(read({ authorize }), { ...read({}), ownSignIn: true });
  });

  refuses('configuration/authorize', [
    [{ authorize: 'signIn()' as never }, 'no function'],
    [{ authorize: {} as never }, 'no function'],
  ]);
});

describe('endpoints and addresses', () => {
  const at = 'https://login.brand.example/x?tenant=1';
  for (const name of ['authorizationEndpoint', 'endSessionEndpoint', 'postLogoutRedirectUri'] as const) {
    it(`${name} is kept as written`, () => assert.equal(provider({ [name]: at })[name], at));
    for (const bad of [
      'http://login.brand.example/x',
      'javascript:alert(1)',
      'https://',
      'https://login.brand.example@evil.example/',
    ])
      refuses('configuration/endpoint', [[{ [name]: bad }, bad]]);
  }

  it('an authorization endpoint that sets a parameter of ours itself is refused', () => {
    for (const name of ['client_id', 'redirect_uri', 'state', 'nonce', 'response_type'])
      assert.throws(
        () => provider({ authorizationEndpoint: `https://login.brand.example/x?tenant=1&${name}=x` }),
        { code: 'configuration/endpoint', detail: `authorization-endpoint sets ${name}` },
      );
  });

  it('an authorization endpoint with a fragment is refused (RFC 6749 §3.1)', () =>
    assert.throws(() => provider({ authorizationEndpoint: 'https://login.brand.example/x#sign-in' }), {
      code: 'configuration/endpoint',
      detail: 'authorization-endpoint sets #sign-in',
    }));

  it('the page after logout may be relative, and on another site', () => {
    assert.equal(
      provider({ postLogoutRedirectUri: '../bye' }).postLogoutRedirectUri,
      'https://brand.example/bye',
    );
  });

  // They are the provider's, so there is nothing that they could be relative to.
  refuses('configuration/endpoint', [
    [{ authorizationEndpoint: '/authorize' }, '/authorize'],
    [{ endSessionEndpoint: '/logout' }, '/logout'],
  ]);
});

describe('scope and prompt', () => {
  refuses('configuration/option', [
    [{ scope: 'profile email' }, 'scope lacks openid'],
    [{ scope: 'email:openid' }, 'scope lacks openid'],
  ]);

  it('are passed on', () => {
    const { scope, prompt } = provider({ scope: ' openid offline_access ', prompt: 'login' });
    assert.deepEqual({ scope, prompt }, { scope: 'openid offline_access', prompt: 'login' });
  });
});

describe('isSameConfiguration', () => {
  it('compares what the attributes mean, not how they are written', () => {
    const one = read({ redirectUri: '/done', maxAge: 60, mode: 'popup' });
    const other = read({
      redirectUri: 'https://brand.example/done',
      maxAge: ' 60',
      mode: 'Popup',
      scope: '',
    });
    assert.equal(isSameConfiguration(one, other), true);
  });

  const differences: Attributes[] = [
    { deploymentId: '5a3c9e1e-1111-4222-8333-444455556667' },
    { environment: 'euc1' },
    { issuer: 'https://login.brand.example/' },
    { clientId: 'other' },
    { redirectUri: '/other' },
    { scope: 'openid' },
    { mode: 'popup' },
    { silent: true },
    { loading: 'lazy' },
    { prompt: 'login' },
    { maxAge: 1 },
    { authorizationParams: 'a=b' },
    { logout: 'provider' },
    { postLogoutRedirectUri: '/bye' },
    { endSessionEndpoint: 'https://login.brand.example/logout' },
    { authorizationEndpoint: 'https://login.brand.example/authorize' },
  ];
  for (const difference of differences)
    it(`sees ${JSON.stringify(difference)}`, () =>
      assert.equal(isSameConfiguration(read({}), read(difference)), false));

  // docs/messenger.md §1: both name one region.
  it('takes another spelling of the region or the deployment for the same', () => {
    const one = read({ environment: 'prod-euc1' });
    const deploymentId = good.deploymentId!.toUpperCase();
    assert.equal(isSameConfiguration(one, read({ environment: 'mypurecloud.de', deploymentId })), true);
    assert.equal(isSameConfiguration(one, read({ environment: 'euc1' })), true);
  });
});

it('a redirect URI that names no host means this site, and is sent as the whole address', () => {
  const attributes = {
    deploymentId: '11111111-2222-3333-4444-555555555555',
    issuer: 'https://login.brand.example',
    clientId: 'brand',
    redirectUri: 'https:other.example',
  };
  const href = 'https://brand.example/help';
  const { provider } = readConfiguration(attributes, { baseURI: href, href });
  assert.equal(provider!.redirectUri, 'https://brand.example/other.example');
});

it('a property that cannot be made text counts as missing', () => {
  const attributes = { deploymentId: Object.create(null) as string };
  const href = 'https://brand.example/help';
  assert.throws(() => readConfiguration(attributes, { baseURI: href, href }), {
    code: 'configuration/deployment-id',
  });
});

describe('a tag', () => {
  const configures: Attributes[] = [
    { deploymentId: 'x' },
    { issuer: 'x' },
    { clientId: 'x' },
    // Refused, which its author has to read.
    { clientSecret: '' },
  ];
  for (const attributes of configures)
    it(`configures with ${Object.keys(attributes).join()}`, () =>
      assert.equal(configuresAnything(attributes), true));

  const shows: Attributes[] = [
    {},
    { deploymentId: '', issuer: ' ', clientId: '', clientSecret: null },
    { environment: 'prod', mode: 'popup', redirectUri: '/', silent: true },
  ];
  for (const attributes of shows)
    it(`shows what is configured elsewhere with ${JSON.stringify(attributes)}`, () =>
      assert.equal(configuresAnything(attributes), false));
});
