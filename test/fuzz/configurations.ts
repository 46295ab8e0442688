/** Whatever an author writes, or sets as a property: configuration.ts. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Failure } from '../../src/failure.js';
import {
  type Attributes,
  type Configuration,
  configuresAnything,
  isSameConfiguration,
  readConfiguration,
} from '../../src/session/configuration.js';
import { anything, isLoopbackHost, isSecure, reserved } from './made-up.js';

const pages = [
  'https://brand.example/help?a=1#part',
  'https://brand.example:8443/',
  'http://localhost:8080/page',
  'http://127.0.0.1/',
  'file:///home/page.html',
  'about:blank',
];
const addresses = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      'https://login.brand.example/x',
      'http://login.brand.example/',
      'http://localhost:9000',
      'https://brand.example/callback',
      'https://brand.example:8443/c',
      'https:evil.example',
      'https:/evil.example/',
      'http:localhost',
      '//evil.example/',
      '\\\\evil.example',
      '/callback',
      'callback?x=%7e',
      '#part',
      'https://a:b@brand.example/',
      'javascript:alert(1)',
      'https://login.brand.example/?state=x',
    ),
  },
  anything,
);
const good = {
  deploymentId: '11111111-2222-3333-4444-555555555555',
  issuer: 'https://login.brand.example',
  clientId: 'brand',
};
/** Mostly what is right: one wrong value hides the next. */
const mostly = (right: unknown, others: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(right) }, { weight: 1, arbitrary: others });
const words = (...known: string[]) => mostly(undefined, fc.oneof(fc.constantFrom(...known), anything));

const attributes = fc.record({
  deploymentId: mostly(good.deploymentId, anything),
  environment: mostly(
    'prod-euc1',
    fc.oneof(
      fc.constantFrom(
        'localhost:1',
        'x.localhost',
        'LOCALHOST',
        'evil.localhost.example',
        'localhost@evil.example',
        '127.0.0.1',
        'mypurecloud.de',
        'constructor',
        '__proto__',
      ),
      anything,
    ),
  ),
  issuer: mostly(good.issuer, addresses),
  clientId: mostly(good.clientId, anything),
  clientSecret: mostly(undefined, anything),
  redirectUri: fc.option(addresses, { nil: undefined }),
  scope: mostly(undefined, anything),
  mode: words('redirect', 'POPUP'),
  silent: mostly(false, anything),
  loading: words('lazy', ' eager '),
  prompt: mostly(undefined, anything),
  maxAge: mostly(undefined, fc.oneof(fc.integer(), anything)),
  authorizationParams: mostly(
    undefined,
    fc.oneof(
      fc.tuple(fc.constantFrom(...reserved, 'audience'), fc.string()).map((parts) => parts.join('=')),
      anything,
    ),
  ),
  logout: words('provider', 'messenger'),
  postLogoutRedirectUri: mostly(undefined, addresses),
  endSessionEndpoint: mostly(undefined, addresses),
  authorizationEndpoint: mostly(undefined, addresses),
  authorize: mostly(undefined, anything),
});

export const property = fc.property(
  attributes,
  fc.constantFrom(...pages),
  fc.option(fc.constantFrom('https://evil.example/base/', ...pages), { nil: undefined }),
  (made, href, baseURI = href) => {
    const attributes = made as Attributes;
    assert.equal(typeof configuresAnything(attributes), 'boolean');
    let configuration: Configuration;
    try {
      configuration = readConfiguration(attributes, { baseURI, href });
    } catch (reason) {
      assert.ok(reason instanceof Failure, `not a failure: ${String(reason)}`);
      assert.match(reason.code, /^configuration\//);
      return;
    }
    check(configuration, new URL(href));
  },
);

function check(configuration: Configuration, page: URL): void {
  const { region, provider, mode, loading, logout, silent } = configuration;
  assert.ok(isSameConfiguration(configuration, configuration));
  assert.equal(typeof silent, 'boolean');
  assert.ok(['redirect', 'popup'].includes(mode) && ['eager', 'lazy'].includes(loading));
  assert.ok(['messenger', 'provider'].includes(logout));
  assert.ok(isSecure(region.bootstrap), region.bootstrap);
  const { hostname } = new URL(region.bootstrap);
  if (isLoopbackHost(hostname)) assert.ok(isLoopbackHost(page.hostname), `${hostname} on ${page.href}`);
  else
    assert.match(
      hostname,
      /^apps\.([\w-]+\.)*(mypurecloud\.(com(\.au)?|ie|de|jp)|(us-gov-|eusc-)?pure\.cloud)$/,
    );
  if (!provider) return;
  const { issuer, redirectUri, authorizationEndpoint, endSessionEndpoint, postLogoutRedirectUri } = provider;
  for (const url of [issuer, authorizationEndpoint, endSessionEndpoint, postLogoutRedirectUri])
    if (url !== undefined) assert.ok(isSecure(url), url);
  assert.equal(new URL(redirectUri).origin, page.origin);
  for (const [name] of provider.authorizationParams ?? []) assert.ok(!reserved.includes(name), name);
  if (provider.maxAge !== undefined) assert.ok(Number.isInteger(provider.maxAge) && provider.maxAge > 0);
}
