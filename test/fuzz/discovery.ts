/** Whatever a provider's discovery document says: discovery.ts. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Failure } from '../../src/failure.js';
import { type Metadata, checkMetadata, discover } from '../../src/oidc/discovery.js';
import { isSecure, reserved, spoiltJson, text } from './made-up.js';

const issuers = [
  'https://login.brand.example',
  'https://login.brand.example/tenant/',
  'https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0',
  'https://sts.windows.net/11111111-2222-3333-4444-555555555555/',
  'http://localhost:8080',
];
const templates = [
  'https://login.microsoftonline.com/{tenantid}/v2.0',
  'https://sts.windows.net/{tenantid}/',
  'https://login.brand.example{tenantid}',
  'https://login.brand.example/{tenantid}/',
  'https://login.microsoftonline.com.evil.example/{tenantid}/v2.0',
  '{tenantid}',
  'https://{tenantid}',
];
const microsoft =
  /^(login\.microsoftonline\.(com|us)|login\.partner\.microsoftonline\.cn|sts\.windows\.net|[\w-]+\.ciamlogin\.com)$/;

const issuer = fc.constantFrom(...issuers);
const declared = fc.oneof(
  { weight: 3, arbitrary: issuer },
  fc.constantFrom(...templates),
  fc.tuple(issuer, text).map((parts) => parts.join('')),
  fc.tuple(issuer, fc.nat(40)).map(([whole, at]) => `${whole.slice(0, at)}{tenantid}${whole.slice(at + 9)}`),
);
const endpoint = fc.oneof(
  { weight: 3, arbitrary: fc.constant('https://login.brand.example/authorize') },
  fc.constantFrom(
    'http://login.brand.example/authorize',
    'http://localhost:8080/a',
    'http://127.0.0.1.evil.example/',
    'http://localhost.evil.example/',
    'https://user:pass@login.brand.example/',
    'javascript:alert(1)',
    'data:text/html,x',
    '//login.brand.example',
    'https://login.brand.example/a?p=x&%73tate=1#f',
  ),
  fc
    .tuple(fc.constantFrom(...reserved, 'p', 'audience'), text)
    .map(([name, value]) => `https://login.brand.example/a?${name}=${value}`),
  text,
);
const document = fc.oneof(
  { weight: 4, arbitrary: fc.record({ issuer: declared, authorization_endpoint: endpoint }).map(asJson) },
  spoiltJson(
    fc.record({ issuer: declared, authorization_endpoint: endpoint, end_session_endpoint: endpoint }),
  ),
  fc.json(),
  text,
);
const response = fc.record({
  ok: fc.boolean(),
  url: fc.oneof(fc.constantFrom('', 'https://evil.example/', ...issuers), text),
  thrown: fc.option(
    fc.oneof(
      text,
      text.map((message) => new TypeError(message)),
    ),
    { nil: undefined, freq: 8 },
  ),
});

export const property = fc.asyncProperty(document, issuer, response, async (document, issuer, response) => {
  try {
    check(checkMetadata(document, issuer, `${issuer}/.well-known`), issuer);
  } catch (reason) {
    checkFailure(reason);
  }
  const fetch = async () => {
    if (response.thrown !== undefined) throw response.thrown;
    return { ...response, text: async () => document } as unknown as Response;
  };
  try {
    check(await discover(issuer, fetch), issuer);
    assert.ok(response.ok);
    if (response.url) assert.equal(new URL(response.url).origin, new URL(issuer).origin);
  } catch (reason) {
    checkFailure(reason);
  }
});

function check(metadata: Metadata, issuer: string): void {
  assert.ok(isSecure(metadata.authorization_endpoint), metadata.authorization_endpoint);
  for (const name of new URL(metadata.authorization_endpoint).searchParams.keys())
    assert.ok(!reserved.includes(name), name);
  if (metadata.issuer === issuer) return;
  // A template names no other host than the one that was asked, and that is Microsoft's.
  assert.equal(metadata.issuer.split('{tenantid}').length, 2);
  const { hostname } = new URL(issuer);
  assert.match(hostname, microsoft);
  assert.equal(new URL(metadata.issuer).hostname, hostname);
}

function checkFailure(reason: unknown): void {
  if (reason instanceof assert.AssertionError) throw reason;
  assert.ok(reason instanceof Failure, `not a failure: ${String(reason)}`);
  assert.match(reason.code, /^provider\//);
}

function asJson(value: unknown): string {
  return JSON.stringify(value);
}
