import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Check, type CheckId, type Seams, runChecks } from '../../../src/doctor/index.js';
import { describe as describeFailure, errors } from '../../../src/explanations.js';
import { discover } from '../../../src/oidc/discovery.js';
import { type Attributes, readConfiguration } from '../../../src/session/configuration.js';

const page = 'https://www.brand.example/help?topic=1';
const attributes: Attributes = {
  deploymentId: '5a3c9e1e-1111-4222-8333-444455556666',
  environment: 'euc1',
  issuer: 'https://login.brand.example',
  clientId: 'messenger',
};

const metadata = {
  issuer: 'https://login.brand.example',
  authorization_endpoint: 'https://login.brand.example/authorize',
  end_session_endpoint: 'https://login.brand.example/logout',
  authorization_response_iss_parameter_supported: true,
  code_challenge_methods_supported: ['S256'],
};
const active = { status: 'Active', auth: { enabled: true, allowSessionUpgrade: false } };

/** What answers where; a number is an HTTP status, undefined is nobody there. */
type World = Record<string, unknown>;
const cdn = `https://api-cdn.mypurecloud.de/webdeployments/v1/deployments/${attributes.deploymentId}`;
const good: World = {
  [`${cdn}/domains.json`]: { allowedDomains: ['brand.example'] },
  [`${cdn}/config.json`]: active,
  'https://login.brand.example/.well-known/openid-configuration': metadata,
  'https://www.brand.example/help': new Response('<genesys-auth-messenger></genesys-auth-messenger>'),
};

function fetchFrom(world: World): typeof fetch {
  return async (input, init) => {
    const answer = world[String(input)];
    if (answer === undefined) throw new TypeError('Failed to fetch');
    if (answer === 'opaque') {
      if (init?.mode !== 'no-cors') throw new TypeError('Failed to fetch');
      return new Response();
    }
    if (answer instanceof Response) return answer.clone();
    if (typeof answer === 'number') return new Response('', { status: answer });
    return Response.json(answer);
  };
}

/** A window as far as the checks look at one. */
function windowWith(changes: { date?: number; frames?: string; bootstrap?: number; secure?: boolean } = {}) {
  const { date = Date.now(), frames = null, bootstrap, secure = true } = changes;
  return {
    location: new URL(page),
    isSecureContext: secure,
    sessionStorage: { getItem: () => frames },
    performance: { getEntriesByName: () => (bootstrap === undefined ? [] : [{ duration: bootstrap }]) },
    fetch: async () => new Response(null, { headers: { date: new Date(date).toUTCString() } }),
  } as unknown as Window;
}

async function results(
  world: World = good,
  { more = {}, ...seams }: Seams & { more?: Attributes } = {},
): Promise<Map<CheckId, Check>> {
  const configuration = readConfiguration({ ...attributes, ...more }, { baseURI: page, href: page });
  const found = new Map<CheckId, Check>();
  const checks = runChecks(
    { describe: describeFailure, discover, configuration },
    { window: windowWith(), fetch: fetchFrom(world), ...seams },
  );
  for await (const check of checks) found.set(check.id, check);
  return found;
}

describe('when everything is in order', () => {
  it('nothing is a problem, and nothing is to be changed', async () => {
    const checks = [...(await results()).values()];
    assert.deepEqual(
      checks.filter(({ result }) => result === 'failed' || result === 'warning'),
      [],
    );
    assert.ok(checks.length >= 18);
  });

  for (const visibility of ['OnDemand', 'Off'])
    it(`a launcher that is ${visibility} is warned of: whoever is signed in sees no chat`, async () => {
      const config = { ...active, messenger: { launcherButton: { visibility } } };
      const world = { ...good, [`${cdn}/config.json`]: config };
      const { result, found, hint } = (await results(world)).get('launcher')!;
      assert.equal(result, 'warning');
      assert.ok(found.includes(visibility));
      assert.match(hint!, /attribute open/);
    });

  it('the redirect URI is shown as it must be registered, without query', async () => {
    assert.match((await results()).get('redirect-uri')!.found, / https:\/\/www\.brand\.example\/help$/);
  });

  it('a redirect URI that is another page, which cannot be read, is said to need the tag', async () => {
    const { found, result } = (await results(good, { more: { redirectUri: '/callback' } })).get(
      'redirect-uri',
    )!;
    assert.equal(result, 'unknown');
    assert.match(found, /https:\/\/www\.brand\.example\/callback \(that page needs the tag/);
  });

  it('a redirect URI that is a quiet page with the file alone is as good', async () => {
    const quiet = '<script src="/genesys-auth-messenger.js"></script>';
    const world = { ...good, 'https://www.brand.example/callback': new Response(quiet) };
    const { result } = (await results(world, { more: { redirectUri: '/callback' } })).get('redirect-uri')!;
    assert.equal(result, 'ok');
  });

  for (const [what, answer] of [
    ['has neither tag nor file', new Response('<h1>Home</h1>')],
    ['is not there', 404],
  ] as const)
    it(`a redirect URI whose page ${what} is warned of`, async () => {
      const world = { ...good, 'https://www.brand.example/help': answer };
      const { result, hint } = (await results(world)).get('redirect-uri')!;
      assert.equal(result, 'warning');
      assert.match(hint!, /redirect-uri/);
    });
});

/** One thing is wrong at a time: the check that must see it, and the code whose words it must use. */
const faults: [name: string, world: World, check: CheckId, code: keyof typeof errors][] = [
  [
    'a wrong deployment id',
    { ...good, [`${cdn}/domains.json`]: 404, [`${cdn}/config.json`]: 404 },
    'deployment',
    'messenger/deployment-not-found',
  ],
  [
    'a region that cannot be reached',
    { ...good, [`${cdn}/domains.json`]: undefined },
    'deployment',
    'messenger/deployment-not-found',
  ],
  [
    'a host that is not allowed',
    { ...good, [`${cdn}/domains.json`]: { allowedDomains: ['other.example', 'and.example'] } },
    'host',
    'messenger/domain-not-allowed',
  ],
  [
    'a host that only ends like an allowed one',
    { ...good, [`${cdn}/domains.json`]: { allowedDomains: ['and.example', 'rand.example'] } },
    'host',
    'messenger/domain-not-allowed',
  ],
  [
    'no configuration',
    { ...good, [`${cdn}/config.json`]: 500 },
    'configuration',
    'messenger/configuration-unavailable',
  ],
  [
    'an inactive deployment',
    { ...good, [`${cdn}/config.json`]: { ...active, status: 'Inactive' } },
    'status',
    'messenger/deployment-inactive',
  ],
  [
    'authentication switched off',
    { ...good, [`${cdn}/config.json`]: { status: 'Active', auth: { enabled: false } } },
    'authentication',
    'messenger/authentication-off',
  ],
  [
    'a provider that is not there',
    { ...good, 'https://login.brand.example/.well-known/openid-configuration': undefined },
    'discovery',
    'provider/unreachable',
  ],
  [
    'a provider without discovery',
    { ...good, 'https://login.brand.example/.well-known/openid-configuration': 404 },
    'discovery',
    'provider/unreachable',
  ],
  [
    'another issuer',
    {
      ...good,
      'https://login.brand.example/.well-known/openid-configuration': {
        ...metadata,
        issuer: 'https://login.brand.example/',
      },
    },
    'issuer',
    'provider/issuer-mismatch',
  ],
  [
    'no endpoints',
    {
      ...good,
      'https://login.brand.example/.well-known/openid-configuration': { issuer: metadata.issuer },
    },
    'endpoints',
    'provider/metadata',
  ],
];

describe('when one thing is wrong', () => {
  for (const [name, world, id, code] of faults) {
    it(`${name}: ${code}, in the words of the list of errors`, async () => {
      const found = await results(world);
      assert.equal(found.get(id)?.result, 'failed');
      assert.equal(found.get(id)?.hint, errors[code][1]);
      const others = [...found.values()].filter(({ result }) => result === 'failed');
      assert.equal(others.length, 1, 'nothing else is blamed');
    });
  }

  it('a missing CORS header is told from a provider that is not there', async () => {
    const found = await results({
      ...good,
      'https://login.brand.example/.well-known/openid-configuration': 'opaque',
      'https://login.brand.example': 'opaque',
    });
    assert.match(found.get('discovery')!.found, /answers, but .*CORS/);
  });

  it('the authority of all of Microsoft’s tenants is nobody’s issuer', async () => {
    const issuer = 'https://login.microsoftonline.com/common/v2.0';
    const world = {
      ...good,
      [`${issuer}/.well-known/openid-configuration`]: {
        ...metadata,
        issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0',
      },
    };
    const { result, found } = (await results(world, { more: { issuer } })).get('issuer')!;
    assert.equal(result, 'failed');
    assert.match(found, /write your own tenant/);
  });

  it('no sign-out endpoint matters only where logout="provider" is set', async () => {
    const document = { ...metadata, end_session_endpoint: undefined };
    const world = { ...good, 'https://login.brand.example/.well-known/openid-configuration': document };
    assert.equal((await results(world)).has('logout'), false);
    for (const more of [{}, { authorizationEndpoint: 'https://login.brand.example/auth' }]) {
      const found = await results(world, { more: { logout: 'provider', ...more } });
      assert.equal(found.get('logout')?.hint, errors['logout/no-endpoint'][1]);
    }
  });

  it('a clock that is an hour off is named, by how much and in which direction', async () => {
    const window = windowWith({ date: Date.now() + 3_600_000 });
    const { result, found } = (await results(good, { window })).get('clock')!;
    assert.equal(result, 'warning');
    assert.match(found, /(3599|3600|3601) seconds behind/);
  });

  it('what the policy has blocked is named', async () => {
    const { result, found } = (
      await results(good, { violations: ['connect-src https://api.mypurecloud.de'] })
    ).get('policy')!;
    assert.equal(result, 'warning');
    assert.match(found, /connect-src https:\/\/api\.mypurecloud\.de/);
  });

  it('a Messenger that is slower than codes live is named', async () => {
    const found = await results(good, { window: windowWith({ bootstrap: 20_000 }) });
    assert.equal(found.get('code-lifetime')?.result, 'warning');
  });

  it('frames that were found useless are named, with what is lost by it', async () => {
    const window = windowWith({ frames: 'useless' });
    const { result, found } = (await results(good, { window })).get('silent')!;
    assert.equal(result, 'warning');
    assert.match(found, /third-party cookies/);
  });

  it('a provider that offers only another kind of PKCE is named', async () => {
    const document = { ...metadata, code_challenge_methods_supported: ['plain'] };
    const world = { ...good, 'https://login.brand.example/.well-known/openid-configuration': document };
    assert.equal((await results(world)).get('pkce')?.result, 'warning');
  });
});

describe('ID tokens', () => {
  const signedBy = (algorithms: string[] | undefined) => ({
    ...good,
    'https://login.brand.example/.well-known/openid-configuration': {
      ...metadata,
      id_token_signing_alg_values_supported: algorithms,
    },
  });

  it('that are signed without RS256 are named', async () => {
    const { result, found } = (await results(signedBy(['EdDSA']))).get('signing')!;
    assert.equal(result, 'warning');
    assert.match(found, /EdDSA/);
  });

  it('that may be signed with RS256, or with who knows what, are not', async () => {
    for (const algorithms of [['ES256', 'RS256'], undefined])
      assert.equal((await results(signedBy(algorithms))).get('signing'), undefined);
  });
});

describe('what a browser cannot tell', () => {
  it('is unknown, and not a problem', async () => {
    const other = { issuer: 'https://brand.okta.example' };
    const { issuer } = other;
    const world = {
      ...good,
      [`${issuer}/.well-known/openid-configuration`]: {
        ...metadata,
        issuer,
        code_challenge_methods_supported: undefined,
      },
    };
    const found = await results(world, { more: other });
    assert.equal(found.get('silent')?.result, 'unknown');
    assert.equal(found.get('pkce')?.result, 'unknown');
  });

  it('with an authorization-endpoint, discovery is neither needed nor asked', async () => {
    const asked: string[] = [];
    const fetch = (async (input) => {
      asked.push(String(input));
      return fetchFrom(good)(input);
    }) as typeof globalThis.fetch;
    const found = await results(good, {
      fetch,
      more: { authorizationEndpoint: 'https://login.brand.example/authorize' },
    });
    assert.equal(found.get('discovery')?.result, 'skipped');
    assert.deepEqual(
      asked.filter((url) => url.includes('login.')),
      [],
    );
  });
});

describe('attributes that are not usable', () => {
  it('are told with their error, and only the page is looked at', async () => {
    const error = {
      code: 'configuration/issuer',
      message: 'Missing.',
      hint: 'Set it.',
      retryable: false,
    } as const;
    const found: Check[] = [];
    for await (const check of runChecks(
      { describe: describeFailure, discover, error },
      { window: windowWith() },
    ))
      found.push(check);
    assert.deepEqual(
      found.map(({ id }) => id),
      ['attributes', 'secure-context', 'storage', 'policy', 'clock'],
    );
    assert.equal(found[0]?.hint, 'Set it.');
  });
});
