import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkMetadata, discover, isIssuer } from '../../../src/oidc/discovery.js';

const issuer = 'https://login.brand.example';
const usable = { issuer, authorization_endpoint: `${issuer}/authorize` };
const entra = 'https://login.microsoftonline.com';

describe('isIssuer', () => {
  const table: [declared: string, issuer: string, same: boolean][] = [
    [issuer, issuer, true],
    [`${issuer}/`, `${issuer}/`, true],
    [`${issuer}/`, issuer, false],
    [issuer, `${issuer}/`, false],
    [issuer, 'https://LOGIN.brand.example', false],
    [issuer, `${issuer}:443`, false],
    [issuer, 'http://login.brand.example', false],
    [issuer, `${issuer}.evil.example`, false],
    [issuer, '', false],
    [`${entra}/{tenantid}/v2.0`, `${entra}/common/v2.0`, true],
    [`${entra}/{tenantid}/v2.0`, `${entra}/3c5a7e0a-1111-2222-3333-444455556666/v2.0`, true],
    [`${entra}/{tenantid}/v2.0`, `${entra}//v2.0`, false],
    [`${entra}/{tenantid}/v2.0`, `${entra}/v2.0`, false],
    [`${entra}/{tenantid}/v2.0`, `${entra}/a/b/v2.0`, false],
    [`${entra}/{tenantid}/v2.0`, `${entra}/a?b/v2.0`, false],
    [`${entra}/{tenantid}/v2.0`, 'https://evil.example/common/v2.0', false],
    [`${entra}/{tenantid}/v2.0`, 'https://login.microsoftonline.evi/common/v2.0', false],
    [`${entra}/{tenantid}/v2.0`, `${entra}/common/v3.0`, false],
    [`${entra}/common/v2.0`, `${entra}/{tenantid}/v2.0`, false],
    ['{tenantid}{tenantid}', 'ab', false],
    [`${entra}/{tenantid}/{tenantid}`, `${entra}/a/`, false],
    [`${entra}/`, `${entra}/a`, false],
    [`${entra}/`, `${entra}/undefined`, false],
    ...[
      'login.microsoftonline.us',
      'login.partner.microsoftonline.cn',
      'sts.windows.net',
      'brand.ciamlogin.com',
    ].map((host): [string, string, boolean] => [
      `https://${host}/{tenantid}/v2.0`,
      `https://${host}/a/v2.0`,
      true,
    ]),
    ['https://brand.ciamlogin.com/one/two/{tenantid}/', 'https://brand.ciamlogin.com/one/two/a/', true],
    ['http://sts.windows.net/{tenantid}/', 'http://sts.windows.net/a/', false],
    ['https://sts.windows.net.evil.example/{tenantid}/', 'https://sts.windows.net.evil.example/a/', false],
    [
      'https://evil.example/?https://sts.windows.net/{tenantid}',
      'https://evil.example/?https://sts.windows.net/a',
      false,
    ],
    ['https://login.microsoftonline.org/{tenantid}/', 'https://login.microsoftonline.org/a/', false],
    ['https://loginxmicrosoftonline.com/{tenantid}/', 'https://loginxmicrosoftonline.com/a/', false],
    ['https://ciamlogin.com/{tenantid}/', 'https://ciamlogin.com/a/', false],
    ['https://a.b.ciamlogin.com/{tenantid}/', 'https://a.b.ciamlogin.com/b/', false],
    // An issuer has no query (OpenID Connect Discovery §3).
    [`${entra}/v2.0?tenant={tenantid}`, `${entra}/v2.0?tenant=a`, false],
    // A template speaks for Microsoft's hosts only: anybody's document may hold one.
    ['https://{tenantid}', 'https://evil.example', false],
    ['https://{tenantid}/v2.0', `${entra}/v2.0`, false],
    [`${issuer}/{tenantid}`, `${issuer}/a`, false],
  ];
  for (const [declared, configured, same] of table)
    it(`${declared} ${same ? 'is' : 'is not'} ${configured || '(empty)'}`, () =>
      assert.equal(isIssuer(declared, configured), same));
});

describe('checkMetadata', () => {
  const refused: [what: string, text: string, code: string][] = [
    ['a page', '<!doctype html>', 'provider/metadata'],
    ['nothing', '', 'provider/metadata'],
    ['null', 'null', 'provider/metadata'],
    ['a text', '"issuer"', 'provider/metadata'],
    ['a list', '[]', 'provider/metadata'],
    [
      'no issuer',
      JSON.stringify({ authorization_endpoint: usable.authorization_endpoint }),
      'provider/metadata',
    ],
    ['an issuer that is no text', JSON.stringify({ ...usable, issuer: [issuer] }), 'provider/metadata'],
    ['another issuer', JSON.stringify({ ...usable, issuer: `${issuer}/` }), 'provider/issuer-mismatch'],
    ['no authorization endpoint', JSON.stringify({ issuer }), 'provider/metadata'],
    [
      'a plain http endpoint',
      JSON.stringify({ ...usable, authorization_endpoint: 'http://a.example' }),
      'provider/metadata',
    ],
    [
      'a script for an endpoint',
      JSON.stringify({ ...usable, authorization_endpoint: 'javascript:1' }),
      'provider/metadata',
    ],
    [
      'an endpoint with credentials',
      JSON.stringify({ ...usable, authorization_endpoint: 'https://login.brand.example@evil.example/' }),
      'provider/metadata',
    ],
    [
      'an endpoint with a fragment (RFC 6749 §3.1)',
      JSON.stringify({ ...usable, authorization_endpoint: `${issuer}/authorize#sign-in` }),
      'provider/metadata',
    ],
    ...['client_id', 'redirect_uri', 'state', 'nonce', 'response_type', 'request'].map(
      (name): [string, string, string] => [
        `an endpoint that sets ${name} itself`,
        JSON.stringify({ ...usable, authorization_endpoint: `${issuer}/authorize?tenant=1&${name}=x` }),
        'provider/metadata',
      ],
    ),
  ];
  for (const [what, text, code] of refused)
    it(`refuses ${what}`, () => assert.throws(() => checkMetadata(text, issuer, 'url'), { code }));

  const details: [text: string, detail: string][] = [
    ...['null', '7', '"issuer"', '<!doctype html>'].map((text): [string, string] => [
      text,
      'url is not a JSON object',
    ]),
    ['[]', 'url names no issuer'],
    [JSON.stringify({ issuer }), 'url names no https authorization_endpoint'],
    [
      JSON.stringify({ ...usable, authorization_endpoint: `${issuer}/authorize?state=x` }),
      'the authorization_endpoint in url sets state itself',
    ],
  ];
  for (const [text, detail] of details)
    it(`says what is wrong with ${text}`, () =>
      assert.throws(() => checkMetadata(text, issuer, 'url'), { detail }));

  it('asks for no more than signing in needs', () => {
    // Real providers leave out code_challenge_methods_supported, end_session_endpoint and more.
    assert.deepEqual(checkMetadata(JSON.stringify(usable), issuer, 'url'), usable);
  });

  it('says by which name the provider goes', () =>
    assert.throws(() => checkMetadata(JSON.stringify({ ...usable, issuer: `${issuer}/` }), issuer, 'url'), {
      detail: `${issuer}/`,
    }));
});

describe('discover', () => {
  const answering = (respond: () => Response | Promise<Response>) => {
    const asked: string[] = [];
    const fetch = async (url: string | URL | Request) => {
      asked.push(String(url));
      return respond();
    };
    return { asked, fetch: fetch as typeof globalThis.fetch };
  };

  const places: [issuer: string, url: string][] = [
    [issuer, `${issuer}/.well-known/openid-configuration`],
    [`${issuer}/`, `${issuer}/.well-known/openid-configuration`],
    [`${issuer}/realms/a`, `${issuer}/realms/a/.well-known/openid-configuration`],
    [`${issuer}/realms/a/`, `${issuer}/realms/a/.well-known/openid-configuration`],
  ];
  for (const [name, url] of places)
    it(`of ${name} asks at ${url}`, async () => {
      const { asked, fetch } = answering(() => Response.json({ ...usable, issuer: name }));
      assert.equal((await discover(name, fetch)).issuer, name);
      assert.deepEqual(asked, [url]);
    });

  const unreachable: [what: string, respond: () => Response, detail: RegExp][] = [
    ['not found', () => new Response('<h1>Not found</h1>', { status: 404 }), /HTTP status 404/],
    ['broken', () => Response.json(usable, { status: 503 }), /HTTP status 503/],
    [
      'without CORS or network',
      () => {
        throw new TypeError('Failed to fetch');
      },
      /Failed to fetch/,
    ],
  ];
  for (const [what, respond, detail] of unreachable)
    it(`says that a document is unreachable: ${what}`, () =>
      assert.rejects(discover(issuer, answering(respond).fetch), { code: 'provider/unreachable', detail }));

  const redirected = (to: string, text = JSON.stringify(usable)) =>
    answering(() => Object.defineProperty(new Response(text), 'url', { value: to })).fetch;

  it('refuses a document to which another origin was redirected, whatever it says', async () => {
    // The last is none that a browser would say: a `fetch` of the page's own may.
    for (const elsewhere of [
      'https://evil.example/',
      'http://login.brand.example/',
      `${issuer}:8443/`,
      'nowhere',
    ])
      await assert.rejects(discover(issuer, redirected(elsewhere)), {
        code: 'provider/metadata',
        detail: /redirects to/,
      });
  });

  it('takes a document that was redirected within its origin', async () =>
    assert.equal(
      (await discover(issuer, redirected(`${issuer}/.well-known/openid-configuration/`))).issuer,
      issuer,
    ));

  it('waits ten seconds for the whole document, not only for its beginning', async (t) => {
    const limit = new AbortController();
    t.mock.method(AbortSignal, 'timeout', (milliseconds: number) => {
      assert.equal(milliseconds, 10_000);
      return limit.signal;
    });
    const fetch = async (_url: unknown, { signal }: RequestInit = {}) =>
      new Response(
        new ReadableStream({
          start: (controller) => signal!.addEventListener('abort', () => controller.error(signal!.reason)),
        }),
      );
    const discovery = discover(issuer, fetch as typeof globalThis.fetch);
    limit.abort(new DOMException('The operation timed out', 'TimeoutError'));
    await assert.rejects(discovery, { code: 'provider/unreachable', detail: /timed out/ });
  });
});
