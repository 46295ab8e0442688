import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BrowserContext, test as base } from '@playwright/test';
import { MessengerApi } from 'genesys-auth-messenger/testing';

const { resolve } = createRequire(import.meta.url);
const double = readFileSync(resolve('genesys-auth-messenger/testing/genesys.min.js'), 'utf8');
const elementFiles = dirname(resolve('genesys-auth-messenger/genesys-auth-messenger.js'));
const site = fileURLToPath(new URL('site', import.meta.url));
const issuer = 'https://login.brand.example';

export const test = base.extend<{ api: MessengerApi }>({
  api: [
    async ({ context }, use) => {
      const api = new MessengerApi({ deploymentId: '6b1f4a52-9d7e-4c3b-8a65-2f0e9c7d1b34' });
      await serveGenesysCloud(context, api);
      await serveProvider(context, api);
      await serveBrand(context);
      await use(api);
    },
    { auto: true },
  ],
});

/** Messenger's script, and the API that it calls; `mypurecloud.de` is the domain of `prod-euc1`. */
async function serveGenesysCloud(context: BrowserContext, api: MessengerApi) {
  await context.route('https://apps.mypurecloud.de/genesys-bootstrap/genesys.min.js', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: `${double}\nbootMessenger(window);` }),
  );
  await context.route(/^https:\/\/api(-cdn)?\.mypurecloud\.de\//, async (route) => {
    const request = route.request();
    try {
      const response = await api.fetch(request.url(), {
        method: request.method(),
        headers: await request.allHeaders(),
        body: request.postData(),
      });
      await route.fulfill({ status: response.status, body: await response.text() });
    } catch {
      await route.abort(); // api.fail('…', 'network')
    }
  });
}

/** A provider that knows every visitor: it sends them back with a code at once. */
async function serveProvider(context: BrowserContext, api: MessengerApi) {
  await context.route(`${issuer}/.well-known/openid-configuration`, (route) =>
    route.fulfill({ json: { issuer, authorization_endpoint: `${issuer}/authorize` } }),
  );
  await context.route(`${issuer}/authorize?*`, (route) => {
    const request = new URL(route.request().url()).searchParams;
    const redirectUri = request.get('redirect_uri')!;
    const code = api.issueCode({
      redirectUri,
      codeChallenge: request.get('code_challenge')!,
      nonce: request.get('nonce')!,
    });
    const answer = new URLSearchParams({ code, state: request.get('state')! });
    // Not by a redirect: Playwright would not see the request that follows it.
    const body = `<meta http-equiv="refresh" content="0; url=${redirectUri}?${answer}" />`;
    return route.fulfill({ contentType: 'text/html', body });
  });
}

/** The brand's own files. Where a server of yours has them, leave this out, and set `baseURL` to that server. */
async function serveBrand(context: BrowserContext) {
  await context.route('https://www.brand.example/**', (route) => {
    const { pathname } = new URL(route.request().url());
    return route.fulfill({ path: site + (pathname === '/' ? '/index.html' : pathname) });
  });
  await context.route('https://cdn.brand.example/**', (route) =>
    route.fulfill({ path: elementFiles + new URL(route.request().url()).pathname }),
  );
}

export { expect } from '@playwright/test';
