// A library for sites that have their own login: the page is the site's.
import { randomBytes } from 'node:crypto';
import { listen } from '../../demo/world/loopback.mjs';

const path = '/api/auth';

const loginPage = `<!doctype html><html lang="en"><title>Log in</title>
  <form><label>Email <input name="email"></label> <label>Password <input name="password" type="password"></label>
  <button>Continue</button></form>
  <script>
    document.querySelector('form').onsubmit = async (event) => {
      event.preventDefault();
      const fields = Object.fromEntries(new FormData(event.target));
      const response = await fetch('${path}/sign-in/email', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...fields, oauth_query: location.search.slice(1) }),
      });
      location.href = (await response.json()).url;
    };
  </script></html>`;

/** @param {string} name Of a module that only this folder has. @returns {Promise<any>} */
const load = (name) => import(name);

/** @type {import('./fixtures.mjs').OpenIdProvider} */
export default {
  behaviour: {
    iss: true,
    session: true,
    silent: true,
    answersUnknown: true,
    maxAge: true,
    logout: 'stays',
    sameSite: 'Lax',
    refresh: 'openid profile email offline_access',
  },
  async start({ origin, port, redirectUri, account }) {
    const { betterAuth } = await load('better-auth');
    const { memoryAdapter } = await load('better-auth/adapters/memory');
    const { toNodeHandler } = await load('better-auth/node');
    const { jwt } = await load('better-auth/plugins');
    const { oauthProvider, oauthProviderOpenIdConfigMetadata } = await load('@better-auth/oauth-provider');
    const oauth = ['Client', 'RefreshToken', 'AccessToken', 'Consent', 'Resource', 'ClientResource'];
    const tables = [
      'user',
      'session',
      'account',
      'verification',
      'jwks',
      ...oauth.map((name) => `oauth${name}`),
    ];
    /** @type {Record<string, any[]>} */
    const database = Object.fromEntries(tables.map((name) => [name, []]));
    const auth = betterAuth({
      baseURL: origin,
      basePath: path,
      secret: randomBytes(32).toString('hex'),
      database: memoryAdapter(database),
      emailAndPassword: { enabled: true, minPasswordLength: 1 },
      telemetry: { enabled: false },
      plugins: [
        jwt({ jwks: { keyPairConfig: { alg: 'RS256' } } }),
        oauthProvider({
          loginPage: '/login',
          consentPage: '/consent',
          // By itself it leaves the name to the userinfo endpoint.
          customIdTokenClaims: (/** @type {any} */ { user }) => ({ name: user.name }),
        }),
      ],
    });
    const { email, password, name } = account;
    const signedUp = await auth.api.signUpEmail({ body: { email, password, name }, returnHeaders: true });
    const [cookie = ''] = signedUp.headers.getSetCookie();
    const client = await auth.api.adminCreateOAuthClient({
      headers: new Headers({ cookie: cookie.replace(/;.*/, '') }),
      body: {
        redirect_uris: ['https://www.brand.example/'],
        token_endpoint_auth_method: 'client_secret_basic',
        skip_consent: true,
        enable_end_session: true,
      },
    });
    // It registers no http address but one of localhost itself.
    Object.assign(database.oauthClient?.[0], {
      redirectUris: [redirectUri],
      postLogoutRedirectUris: [redirectUri],
    });
    const configuration = oauthProviderOpenIdConfigMetadata(auth, {
      headers: { 'access-control-allow-origin': '*' },
    });
    const handle = toNodeHandler(auth);
    const { stop } = await listen(
      [new URL(origin).hostname],
      async (request, response) => {
        const { pathname } = new URL(request.url ?? '/', origin);
        if (pathname === `${path}/.well-known/openid-configuration`) {
          const document = await configuration(new Request(origin + pathname));
          response.writeHead(document.status, Object.fromEntries(document.headers));
          return response.end(await document.text());
        }
        if (pathname !== '/login') return handle(request, response);
        response.writeHead(200, { 'content-type': 'text/html' }).end(loginPage);
      },
      port,
    );
    return {
      issuer: origin + path,
      client: { id: client.client_id, secret: client.client_secret },
      stop,
    };
  },
  async fillsIn(page, { email, password }) {
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Continue' }).click();
  },
  // It ends the session; then its own policy forbids Chromium to follow it back to the site.
  async logsOut(page) {
    await Promise.all([
      page.waitForEvent('console', (message) => message.text().includes("form-action 'self'")),
      page.getByRole('button', { name: 'Confirm logout' }).click(),
    ]);
  },
};
