import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type Attributes, readConfiguration } from '../../../src/session/configuration.js';
import { fill, otherProvider, providerOf, providers } from '../../../src/setup/providers/index.js';
import { understandPasted } from '../../../src/setup/pasted.js';

const root = new URL('../../../', import.meta.url);

test('the guides say what the setup page says', () => {
  const script = fileURLToPath(new URL('scripts/guides.mjs', root));
  const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
});

test('a provider is recognised by its issuer', () => {
  const issuers: Record<string, string> = {
    'https://brand.okta.com/oauth2/default': 'okta',
    'https://brand.eu.auth0.com/': 'auth0',
    'https://login.microsoftonline.com/6b1f4a52-9d7e-4c3b-8a65-2f0e9c7d1b34/v2.0': 'entra',
    'https://id.brand.example/realms/customers': 'keycloak',
    'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Abc123': 'cognito',
    'https://brand.b2clogin.com/6b1f4a52-9d7e-4c3b-8a65-2f0e9c7d1b34/v2.0/': 'b2c',
    'https://auth.pingone.eu/6b1f4a52/as': 'ping',
    'https://accounts.google.com': 'google',
    'https://brand.my.salesforce.com': 'salesforce',
    'https://login.brand.example': 'other',
    'https://brand.okta.com.evil.example': 'other',
  };
  for (const [issuer, id] of Object.entries(issuers)) assert.equal(providerOf(issuer).id, id, issuer);
});

test('what a guide says to put into the tag is accepted by the element', () => {
  const page = 'https://www.brand.example/';
  const camel = (name: string) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
  const values = {
    page,
    redirectUri: page,
    clientId: 'messenger',
    host: 'brand.my.salesforce.com',
    b2cPolicy: 'https://brand.b2clogin.com/brand.onmicrosoft.com/B2C_1_signin',
  };
  for (const provider of [...providers, otherProvider]) {
    const entries = Object.entries({
      ...provider.attributes,
      ...provider.refreshAttributes,
      ...provider.signOutAttributes,
    });
    const written = entries.map(([name, value]) => [
      camel(name),
      fill(value, values).replace('{domain of the login pages}', 'brand.auth.eu-central-1.amazoncognito.com'),
    ]);
    const attributes: Attributes = {
      deploymentId: '5a3c9e1e-1111-4222-8333-444455556666',
      issuer: 'https://login.brand.example',
      clientId: 'messenger',
      ...Object.fromEntries(written),
    };
    readConfiguration(attributes, { baseURI: page, href: page });
  }
});

test('what a guide says to paste is understood, as this provider’s', () => {
  for (const provider of [...providers, otherProvider])
    for (const pasted of provider.pasteable) {
      const { attributes, discovery, says } = understandPasted(pasted);
      // An ID alone may be that of a deployment, and the answer says so. A server of one’s own has any name.
      if (attributes['deployment-id']) assert.match(says.join(), /tenant of Microsoft Entra/);
      else
        assert.ok([provider.id, 'other'].includes(providerOf(attributes['issuer'] ?? discovery!).id), pasted);
    }
});
