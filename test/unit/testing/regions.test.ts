import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isHostAllowed } from '../../../src/testing/deployment.js';
import { discoverRegion } from '../../../src/testing/regions.js';

/** docs/messenger.md §1, Regions. */
const regions = {
  prod: ['use1', 'mypurecloud.com'],
  'fedramp-use2-core': ['fedramp-use2', 'use2.us-gov-pure.cloud'],
  'prod-usw2': ['usw2', 'usw2.pure.cloud'],
  'prod-cac1': ['cac1', 'cac1.pure.cloud'],
  'prod-mxc1': ['mxc1', 'mxc1.pure.cloud'],
  'prod-sae1': ['sae1', 'sae1.pure.cloud'],
  'prod-euw1': ['euw1', 'mypurecloud.ie'],
  'prod-euw2': ['euw2', 'euw2.pure.cloud'],
  'prod-euc1': ['euc1', 'mypurecloud.de'],
  'prod-euc2': ['euc2', 'euc2.pure.cloud'],
  'eusc-edee1-core': [undefined, 'edee1.eusc-pure.cloud'],
  'prod-mec1': ['mec1', 'mec1.pure.cloud'],
  'prod-aps1': ['aps1', 'aps1.pure.cloud'],
  'prod-apne1': ['apne1', 'mypurecloud.jp'],
  'prod-apne2': ['apne2', 'apne2.pure.cloud'],
  'prod-apne3': ['apne3', 'apne3.pure.cloud'],
  'prod-apse1': ['apse1', 'apse1.pure.cloud'],
  'prod-apse2': ['apse2', 'mypurecloud.com.au'],
} as const;

const unknown = { message: 'GenesysJS could not initialise service discovery.' };

for (const [name, [short, domain]] of Object.entries(regions)) {
  test(`${name} is ${domain}`, () => {
    const origins = { api: `https://api.${domain}`, cdn: `https://api-cdn.${domain}` };
    assert.deepEqual(discoverRegion(name, 'current'), origins);
    assert.deepEqual(discoverRegion(name.toUpperCase(), 'current'), origins);
    assert.throws(() => discoverRegion(name, '2.2.8'), unknown);
    if (!short) return;
    assert.deepEqual(discoverRegion(short, 'current'), origins);
    assert.deepEqual(discoverRegion(short, '2.2.8'), origins);
    assert.throws(() => discoverRegion(short.toUpperCase(), '2.2.8'), unknown);
  });
}

for (const environment of ['moon1', 'mypurecloud.de', 'localhost.example', 'evil-localhost', 'prod-', ' ']) {
  test(`${JSON.stringify(environment)} is no environment`, () => {
    assert.throws(() => discoverRegion(environment, 'current'), unknown);
    assert.throws(() => discoverRegion(environment, '2.2.8'), unknown);
  });
}

for (const domain of ['localhost', 'localhost:4312', 'genesys.localhost:4312', 'a.genesys.localhost']) {
  test(`${domain} is a region of one's own machine`, () => {
    const origins = { api: `http://api.${domain}`, cdn: `http://api-cdn.${domain}` };
    assert.deepEqual(discoverRegion(domain, 'current'), origins);
    assert.deepEqual(discoverRegion(domain, '2.2.8'), origins);
  });
}

test('a host is allowed exactly or below a listed domain, whatever its case', () => {
  const domains = { allowedDomains: ['Brand.example', 'shop.example'] };
  for (const host of ['brand.example', 'BRAND.EXAMPLE', 'www.brand.example', 'a.b.shop.example']) {
    assert.equal(isHostAllowed(host, domains), true, host);
  }
  for (const host of ['example', 'otherbrand.example', 'brand.example.evil', 'shop.example.']) {
    assert.equal(isHostAllowed(host, domains), false, host);
  }
});

test('a deployment allows nobody without a list, and everybody if it says so', () => {
  assert.equal(isHostAllowed('brand.example', {}), false);
  assert.equal(isHostAllowed('brand.example', { allowedDomains: [] }), false);
  assert.equal(isHostAllowed('brand.example', { allowAllDomains: true, allowedDomains: [] }), true);
});
