// The local provider as if it were another product's: under that one's addresses, over https, as far as the browser can see.
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:https';
import { getCertificate } from '@vitejs/plugin-basic-ssl';
import { startWorld } from '../../demo/world/world.mjs';

/**
 * @typedef {import('../../demo/world/provider.mjs').ProviderForm & {name: string, has: string}} Form
 *   `name`, of the product in the setup page; `has`, what people have at hand in place of the issuer.
 */

const tenant = '72f988bf-86f1-41af-91ab-2d7cd011db47';

/** @type {Record<string, Form>} */
export const forms = {
  Okta: {
    name: 'okta',
    issuer: 'https://lumenwick.okta.com',
    authorization: 'https://lumenwick.okta.com/oauth2/v1/authorize',
    has: 'lumenwick-admin.okta.com',
  },
  Entra: {
    name: 'entra',
    issuer: `https://login.microsoftonline.com/${tenant}/v2.0`,
    authorization: `https://login.microsoftonline.com/${tenant}/oauth2/v2.0/authorize`,
    has: `https://login.microsoftonline.com/${tenant}`,
  },
  Auth0: {
    name: 'auth0',
    issuer: 'https://lumenwick.eu.auth0.com/',
    authorization: 'https://lumenwick.eu.auth0.com/authorize',
    has: 'lumenwick.eu.auth0.com',
  },
  Keycloak: {
    name: 'keycloak',
    issuer: 'https://id.lumenwick.example/realms/customers',
    authorization: 'https://id.lumenwick.example/realms/customers/protocol/openid-connect/auth',
    has: 'https://id.lumenwick.example/admin/master/console/#/customers/realm-settings',
  },
  Cognito: {
    name: 'cognito',
    issuer: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEf123',
    authorization: 'https://lumenwick.auth.eu-central-1.amazoncognito.com/oauth2/authorize',
    has: 'eu-central-1_AbCdEf123',
  },
};

/**
 * A world whose provider has this form, and what a browser has to be started with to see it so.
 * @param {Form} form
 * @param {string} certificates A folder for the certificate.
 */
export async function startWorldIn(form, certificates) {
  const world = await startWorld({ form });
  await mkdir(certificates, { recursive: true });
  const certificate = await getCertificate(certificates);
  const front = createServer({ key: certificate, cert: certificate }, (request, response) =>
    world.provider.handle(request, response),
  );
  await new Promise((resolve) => void front.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (front.address());
  const hosts = [form.issuer, form.authorization].map((address) => new URL(address).host);
  return {
    world,
    args: [
      '--ignore-certificate-errors',
      `--host-resolver-rules=${hosts.map((host) => `MAP ${host}:443 127.0.0.1:${port}`).join(',')}`,
    ],
    async stop() {
      front.close();
      front.closeAllConnections();
      await world.stop();
    },
  };
}
