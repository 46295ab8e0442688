// The local world by itself, without the element: that it redeems for real, and refuses what Genesys Cloud would refuse.
import { createHash, randomBytes } from 'node:crypto';
import { expect, test, Visitor } from './fixtures.mjs';

/** @typedef {import('./fixtures.mjs').World} World */
/** @typedef {import('@playwright/test').Page} Page */

const random = () => randomBytes(32).toString('base64url');

/** @param {string} name @param {Record<string, any>} oauth */
const without = (name, oauth) => Object.fromEntries(Object.entries(oauth).filter(([key]) => key !== name));

/**
 * An authorization request by hand.
 * @param {World} world
 * @param {Record<string, string>} [more] Further parameters, or other values.
 */
function authorizationRequest(world, more = {}) {
  const codeVerifier = random();
  const parameters = {
    client_id: world.values.CLIENT_ID ?? '',
    redirect_uri: world.site.url('/blank.html'),
    response_type: 'code',
    scope: 'openid profile email',
    state: random(),
    nonce: random(),
    code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...more,
  };
  const url = `${world.provider.issuer}/auth?${new URLSearchParams(parameters)}`;
  return { url, codeVerifier, ...parameters };
}

/** Goes to the provider and comes back. @param {Page} page @param {World} world @param {Record<string, string>} [more] */
async function authorize(page, world, more) {
  await world.site.page('/blank.html', '<!doctype html><title>Blank</title>');
  const request = authorizationRequest(world, more);
  await page.goto(request.url);
  if (page.url().startsWith(world.provider.issuer)) await new Visitor(page, world).fillsIn('ada');
  await page.waitForURL(`${request.redirect_uri}?*`);
  const { searchParams } = new URL(page.url());
  expect(searchParams.get('state')).toBe(request.state);
  /** @type {Record<string, any>} What Messenger would hand over. */
  const oauth = {
    code: searchParams.get('code'),
    redirectUri: request.redirect_uri,
    codeVerifier: request.codeVerifier,
    nonce: request.nonce,
    iss: searchParams.get('iss'),
  };
  return oauth;
}

/**
 * Calls Genesys Cloud from the page, as Messenger would: across origins, with a preflight.
 * @param {Page} page
 * @param {string} url
 * @param {{method?: string, body?: object, jwt?: string}} [options]
 */
function call(page, url, { method = 'POST', body, jwt } = {}) {
  return page.evaluate(
    async ([url, method, body, jwt]) => {
      const headers = {
        'content-type': 'application/json',
        ...(jwt ? { authorization: `Bearer ${jwt}` } : {}),
      };
      try {
        const answer = await fetch(String(url), { method, headers, body });
        const text = await answer.text();
        return { status: answer.status, body: text ? JSON.parse(text) : undefined };
      } catch (error) {
        return { status: 0, body: String(error) };
      }
    },
    [url, method, body && JSON.stringify(body), jwt],
  );
}

/** @param {Page} page @param {World} world @param {object} oauth @param {'genesys' | 'genesys228'} [region] */
function exchange(page, world, oauth, region = 'genesys') {
  const url = `http://api.${world[region].domain}/api/v2/webdeployments/token/oauthcodegrantjwtexchange`;
  const deploymentId = world.values.DEPLOYMENT_ID;
  return call(page, url, { body: { deploymentId, oauth, journeyContext: {} } });
}

/** @param {Page} page @param {World} world @param {string} [jwt] */
function echo(page, world, jwt) {
  return call(page, `http://api.${world.genesys.domain}/local/echo`, { body: { text: 'hi' }, jwt });
}

/** Genesys Cloud's error body. @param {number} status */
const problem = (status) => ({
  status,
  body: {
    message: expect.any(String),
    code: expect.any(String),
    status,
    contextId: expect.stringMatching(/^[\da-f-]{36}$/),
    details: [],
    errors: [],
  },
});

test.describe('redemption', () => {
  test('a code is redeemed at the provider, and the chat knows the name in the ID token', async ({
    page,
    world,
  }) => {
    const oauth = await authorize(page, world);
    const { status, body } = await exchange(page, world, oauth);
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(['jwt']);
    expect(await echo(page, world, body.jwt)).toEqual({
      status: 200,
      body: { text: 'Hello Ada Lovelace, you said: hi' },
    });
    expect(world.provider.tokenRequests).toEqual([{ by: 'server' }]);
    expect(world.genesys.log).toEqual([
      {
        deploymentId: world.values.DEPLOYMENT_ID,
        ok: true,
        status: 200,
        pkce: true,
        nonce: true,
        iss: true,
        maxAge: undefined,
        sub: 'ada',
        name: 'Ada Lovelace',
      },
    ]);
  });

  test('a code is good once', async ({ page, world }) => {
    const oauth = await authorize(page, world);
    await exchange(page, world, oauth);
    expect(await exchange(page, world, oauth)).toEqual(problem(401));
    expect(world.genesys.log.map(({ ok }) => ok)).toEqual([true, false]);
    expect(world.genesys.log[1]?.reason).toContain('invalid_grant');
  });

  /** @type {Record<string, (oauth: Record<string, any>) => object>} */
  const tampered = {
    'another verifier': (oauth) => ({ ...oauth, codeVerifier: random() }),
    'no verifier': (oauth) => without('codeVerifier', oauth),
    'a slash after the redirect URI': (oauth) => ({ ...oauth, redirectUri: `${oauth.redirectUri}/` }),
    'a redirect URI in other letters': (oauth) => ({
      ...oauth,
      redirectUri: oauth.redirectUri.replace('brand', 'BRAND'),
    }),
    'another nonce': (oauth) => ({ ...oauth, nonce: random() }),
    'no nonce': (oauth) => without('nonce', oauth),
    'another issuer': (oauth) => ({ ...oauth, iss: 'https://somebody-else.example' }),
    'no issuer': (oauth) => without('iss', oauth),
    'another code': (oauth) => ({ ...oauth, code: random() }),
  };
  for (const [what, tamper] of Object.entries(tampered)) {
    test(`${what}: refused`, async ({ page, world }) => {
      const oauth = await authorize(page, world);
      expect(await exchange(page, world, tamper(oauth))).toEqual(problem(401));
      expect(JSON.stringify(world.genesys.log)).not.toContain(oauth.code);
    });
  }

  test('without a nonce in the request none may be handed over', async ({ page, world }) => {
    const nonce = random();
    const plain = async () => without('nonce', await authorize(page, world, { nonce: '' }));
    expect((await exchange(page, world, { ...(await plain()), nonce })).status).toBe(401);
    expect((await exchange(page, world, await plain())).status).toBe(200);
  });

  test('max_age is checked against the ID token', async ({ page, world }) => {
    const oauth = await authorize(page, world, { max_age: '3600' });
    expect((await exchange(page, world, { ...oauth, maxAge: 3600 })).status).toBe(200);
    expect(world.genesys.log).toMatchObject([{ ok: true, maxAge: 3600 }]);
  });

  test('a region with Messenger 2.2.8 does without the issuer', async ({ page, world }) => {
    const oauth = without('iss', await authorize(page, world));
    expect((await exchange(page, world, oauth, 'genesys228')).status).toBe(200);
    expect(world.genesys228.log).toMatchObject([{ ok: true, iss: false }]);
  });

  test('a code whose time is up is refused', async ({ page, world }) => {
    const oauth = await authorize(page, world);
    await world.provider.expireCodes();
    expect(await exchange(page, world, oauth)).toEqual(problem(401));
  });

  test("another client's code is refused", async ({ page, world }) => {
    const oauth = await authorize(page, world, { client_id: world.provider.clients.other.id });
    expect(await exchange(page, world, oauth)).toEqual(problem(401));
  });

  test('a wrong secret in the integration is refused', async ({ page, world }) => {
    const deployment = world.genesys.deployments.get(String(world.values.DEPLOYMENT_ID));
    if (deployment) deployment.integration.clientSecret = 'wrong';
    expect(await exchange(page, world, await authorize(page, world))).toEqual(problem(401));
    expect(world.genesys.log[0]?.reason).toContain('invalid_client');
  });

  test('to a clock that is an hour ahead the ID token has expired', async ({ page, world }) => {
    world.genesys.clockOffBy = 3600;
    expect(await exchange(page, world, await authorize(page, world))).toEqual(problem(401));
  });

  test('a provider that does not answer the server is 504', async ({ page, world }) => {
    const oauth = await authorize(page, world);
    world.provider.faults.set('token', { gone: true });
    expect(await exchange(page, world, oauth)).toEqual(problem(504));
  });

  test('inactive deployment, authentication off, unknown deployment, nonsense', async ({ page, world }) => {
    await world.site.page('/blank.html', '<!doctype html>');
    await page.goto(world.site.url('/blank.html'));
    const oauth = { code: random(), redirectUri: world.site.url('/blank.html') };
    const deployment = world.genesys.deployments.get(String(world.values.DEPLOYMENT_ID));
    if (!deployment) throw new Error('The world has no deployment.');
    deployment.auth.enabled = false;
    expect(await exchange(page, world, oauth)).toEqual(problem(403));
    deployment.status = 'Inactive';
    expect(await exchange(page, world, oauth)).toEqual(problem(403));
    world.genesys.deployments.clear();
    expect(await exchange(page, world, oauth)).toEqual(problem(404));
    world.reset();
    expect(await exchange(page, world, {})).toEqual(problem(400));
  });
});

test.describe('tokens', () => {
  const offline = { scope: 'openid profile email offline_access', prompt: 'consent' };

  test('offline_access gives a refresh token, which gives new JWTs until it is revoked', async ({
    page,
    world,
  }) => {
    const api = `http://api.${world.genesys.domain}/api/v2/webdeployments/token`;
    const { body } = await exchange(page, world, await authorize(page, world, offline));
    const { refreshToken } = body;
    expect(refreshToken).toEqual(expect.any(String));

    world.genesys.expireTokens();
    expect(await echo(page, world, body.jwt)).toEqual(problem(401));
    const refreshed = await call(page, `${api}/refresh`, { body: { refreshToken } });
    expect(refreshed).toEqual({ status: 200, body: { jwt: expect.any(String) } });
    const { jwt } = refreshed.body;
    expect((await echo(page, world, jwt)).body.text).toContain('Ada Lovelace');
    expect((await call(page, `${api}/refresh`, { body: { refreshToken } })).status).toBe(200);

    expect(await call(page, `${api}/revoke`, { method: 'DELETE', jwt })).toEqual({
      status: 204,
      body: undefined,
    });
    expect((await echo(page, world, jwt)).status).toBe(401);
    expect(await call(page, `${api}/refresh`, { body: { refreshToken } })).toEqual(problem(401));
    expect(await call(page, `${api}/revoke`, { method: 'DELETE', jwt })).toEqual(problem(401));
  });

  test('a JWT that is not ours is refused; without one the chat is anonymous', async ({ page, world }) => {
    const { jwt } = (await exchange(page, world, await authorize(page, world))).body;
    const forged = jwt.replace(/[^.]+$/, random());
    expect(await echo(page, world, forged)).toEqual(problem(401));
    expect((await echo(page, world)).body).toEqual({ text: 'Hello there, you said: hi' });
  });
});

test.describe('faults of Genesys Cloud', () => {
  for (const status of [400, 401, 403, 500, 504]) {
    test(`the exchange answers ${status}, once, and the code is still good after it`, async ({
      page,
      world,
    }) => {
      const oauth = await authorize(page, world);
      world.genesys.faults.set('exchange', { status, body: { code: 'local', status }, times: 1 });
      expect(await exchange(page, world, oauth)).toEqual({ status, body: { code: 'local', status } });
      expect((await exchange(page, world, oauth)).status).toBe(200);
      expect(world.genesys.log.map((redemption) => redemption.status)).toEqual([status, 200]);
    });
  }

  test('the connection is cut, for ever', async ({ page, world }) => {
    const oauth = await authorize(page, world);
    world.genesys.faults.set('exchange', { gone: true });
    expect((await exchange(page, world, oauth)).status).toBe(0);
    expect((await exchange(page, world, oauth)).status).toBe(0);
    expect(world.genesys.log.map(({ status }) => status)).toEqual([0, 0]);
  });

  test('an answer waits until it is let go', async ({ page, world }) => {
    const oauth = await authorize(page, world);
    const release = world.genesys.faults.hold('exchange');
    const asked = page.waitForRequest((request) => request.method() === 'POST');
    const answer = exchange(page, world, oauth);
    await asked;
    expect(world.genesys.log).toEqual([]);
    release();
    expect((await answer).status).toBe(200);
  });

  test('a deployment file is missing', async ({ page, world }) => {
    await authorize(page, world);
    const file = (/** @type {string} */ name) =>
      call(
        page,
        `http://api-cdn.${world.genesys.domain}/webdeployments/v1/deployments/${world.values.DEPLOYMENT_ID}/${name}`,
        { method: 'GET' },
      );
    expect(await file('domains.json')).toEqual({
      status: 200,
      body: { allowAllDomains: false, allowedDomains: ['brand.localhost'] },
    });
    expect((await file('config.json')).body).toMatchObject({
      status: 'Active',
      auth: { enabled: true, allowSessionUpgrade: false },
    });
    world.genesys.faults.set('domains', { status: 404, body: {} });
    expect((await file('domains.json')).status).toBe(404);
    world.genesys.deployments.clear();
    expect(await file('config.json')).toEqual(problem(404));
  });
});

test.describe('the provider', () => {
  test('a wrong password brings the login page back, with a message', async ({ page, world, visitor }) => {
    await world.site.page('/blank.html', '<!doctype html>');
    await page.goto(authorizationRequest(world).url);
    await visitor.fillsIn('grace', 'wrong');
    await expect(page.getByRole('alert')).toContainText('wrong');
    await expect(page.getByLabel('Name', { exact: true })).toHaveValue('grace');
    await visitor.fillsIn('grace');
    await page.waitForURL(/\?code=/);
  });

  test('Cancel is access_denied', async ({ page, world, visitor }) => {
    await world.site.page('/blank.html', '<!doctype html>');
    await page.goto(authorizationRequest(world).url);
    await visitor.cancels();
    await page.waitForURL(/error=access_denied/);
    expect(new URL(page.url()).searchParams.get('iss')).toBe(world.provider.issuer);
  });

  test('prompt=none: login_required, then a code; prompt=login asks again', async ({ page, world }) => {
    await world.site.page('/blank.html', '<!doctype html>');
    await page.goto(authorizationRequest(world, { prompt: 'none' }).url);
    expect(page.url()).toContain('error=login_required');
    await authorize(page, world);
    await page.goto(authorizationRequest(world, { prompt: 'none' }).url);
    expect(page.url()).toContain('code=');
    await page.goto(authorizationRequest(world, { prompt: 'login' }).url);
    await expect(page.getByRole('heading', { name: 'Log in to Lumenwick' })).toBeVisible();
    expect(world.provider.authorizationRequests.map(({ prompt }) => prompt)).toEqual([
      'none',
      null,
      'none',
      'login',
    ]);
  });

  test('PKCE is demanded, and a redirect URI that is not registered is not gone to', async ({
    page,
    world,
  }) => {
    await world.site.page('/blank.html', '<!doctype html>');
    await page.goto(authorizationRequest(world, { code_challenge: '', code_challenge_method: '' }).url);
    expect(page.url()).toContain('error=invalid_request');
    await world.provider.unregister(world.site.url('/blank.html'));
    await page.goto(authorizationRequest(world).url);
    await expect(page.getByRole('heading', { name: 'Something is wrong' })).toBeVisible();
    expect(page.url()).toContain(world.provider.issuer);
  });

  test('its session ends without an id_token_hint, and the visitor comes back', async ({
    page,
    world,
    visitor,
  }) => {
    await authorize(page, world);
    const query = new URLSearchParams({
      client_id: String(world.values.CLIENT_ID),
      post_logout_redirect_uri: world.site.url('/blank.html'),
    });
    await page.goto(`${world.provider.issuer}/session/end?${query}`);
    await visitor.confirmsLogout();
    await page.waitForURL(world.site.url('/blank.html'));
    await page.goto(authorizationRequest(world, { prompt: 'none' }).url);
    expect(page.url()).toContain('error=login_required');
    expect(world.provider.endSessionRequests).toBe(1);
  });

  test('discovery is open to every origin, and disappoints in every way it is told to', async ({
    page,
    world,
  }) => {
    await world.site.page('/blank.html', '<!doctype html>');
    await page.goto(world.site.url('/blank.html'));
    const { issuer } = world.provider;
    const read = () =>
      page.evaluate(
        (url) =>
          fetch(url)
            .then((answer) => answer.json())
            .catch((error) => error.name),
        `${issuer}/.well-known/openid-configuration`,
      );
    expect(await read()).toMatchObject({
      issuer,
      authorization_endpoint: `${issuer}/auth`,
      end_session_endpoint: `${issuer}/session/end`,
      authorization_response_iss_parameter_supported: true,
      code_challenge_methods_supported: ['S256'],
    });
    world.provider.breakDiscovery('no-cors');
    expect(await read()).toBe('TypeError');
    world.provider.breakDiscovery('down');
    expect(await read()).toBe('TypeError');
    world.provider.breakDiscovery('not-json');
    expect(await read()).toBe('SyntaxError');
    world.provider.breakDiscovery('no-endpoints');
    expect(await read()).toEqual({ issuer });
    world.provider.breakDiscovery('other-issuer');
    expect((await read()).issuer).toBe('https://somebody-else.example');
  });

  test('responses can lack the issuer, or name another', async ({ page, world }) => {
    world.provider.answerWithIssuer(undefined);
    expect((await authorize(page, world)).iss).toBeNull();
    world.provider.answerWithIssuer('https://somebody-else.example');
    expect((await authorize(page, world)).iss).toBe('https://somebody-else.example');
  });

  test('its login page can cut the opener off', async ({ page, world }) => {
    await world.site.page('/blank.html', '<!doctype html>');
    world.provider.cutOpener();
    await page.goto(world.site.url('/blank.html'));
    const [popup] = await Promise.all([
      page.waitForEvent('popup'),
      page.evaluate((url) => {
        Object.assign(window, { popup: window.open(url) });
      }, authorizationRequest(world).url),
    ]);
    await expect(popup.getByRole('heading', { name: 'Log in to Lumenwick' })).toBeVisible();
    expect(await page.evaluate(() => /** @type {any} */ (window).popup.closed)).toBe(true);
  });
});

test.describe('a silent frame on another site', () => {
  /** @param {Page} page @param {World} world */
  async function silently(page, world) {
    await world.site.page('/blank.html', '<!doctype html>');
    await page.goto(world.site.url('/blank.html'));
    return page.evaluate(
      (url) =>
        new Promise((resolve) => {
          const frame = document.createElement('iframe');
          frame.addEventListener('load', () => {
            // A page of another origin, such as the browser's own error page, may not be looked at.
            try {
              resolve(Object.fromEntries(new URLSearchParams(frame.contentWindow?.location.search)));
            } catch {
              resolve('not ours');
            }
          });
          frame.src = url;
          document.body.append(frame);
        }),
      authorizationRequest(world, { prompt: 'none' }).url,
    );
  }

  test('finds nobody where third-party cookies are blocked', async ({ page, world }) => {
    await authorize(page, world);
    expect(await silently(page, world)).toMatchObject({ error: 'login_required' });
    expect(world.provider.authorizationRequests.map(({ framed }) => framed)).toEqual([false, true]);
  });

  test('finds the visitor where they are allowed', { tag: '@chromium' }, async ({ permissive, world }) => {
    await authorize(permissive, world);
    expect(await silently(permissive, world)).toMatchObject({ code: expect.any(String) });
  });

  test('can be refused', async ({ page, world }) => {
    world.provider.refuseFrames();
    expect(await silently(page, world)).toBe('not ours');
  });
});

test.describe('the site', () => {
  test('shows the tag with real values in the source', async ({ world }) => {
    const answer = await fetch(world.site.url('/'));
    const source = await answer.text();
    expect(source).toContain(`deployment-id="${world.values.DEPLOYMENT_ID}"`);
    expect(source).toContain(`issuer="${world.provider.issuer}"`);
    expect(source).not.toMatch(/%[A-Z]/);
    expect(source.match(/<genesys-auth-messenger/g)).toHaveLength(1);
    expect(source.match(/<script/g)).toHaveLength(1);
  });

  test("sends a test's pages and headers until the reset", async ({ world }) => {
    const url = await world.site.page('/mine.html', '<p>%CLIENT_ID%</p>', {
      'content-security-policy': "default-src 'none'",
    });
    const answer = await fetch(url);
    expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'");
    expect(await answer.text()).toBe(`<p>${world.values.CLIENT_ID}</p>`);
    world.reset();
    expect((await fetch(url)).status).toBe(404);
  });

  test('serves nothing from outside its folders', async ({ world }) => {
    for (const path of ['/..%2fstart.mjs', '/assets/..%2f..%2fpackage.json', '/assets/%2e%2e/package.json']) {
      expect((await fetch(world.site.url(path))).status).toBe(404);
    }
  });
});

test.describe('Messenger with a plugin written by hand', () => {
  for (const region of /** @type {const} */ (['genesys', 'genesys228'])) {
    test(`signs the visitor in, in the region ${region}`, async ({ page, world, messenger }) => {
      await world.site.page(
        '/blank.html',
        `<!doctype html>
        <title>By hand</title>
        <body>
        <script>
          window._genesysJs = 'Genesys';
          window.Genesys = function () { (Genesys.q = Genesys.q || []).push(arguments); };
          Genesys.t = Date.now();
          Genesys.c = { environment: '${world[region].domain}', deploymentId: '%DEPLOYMENT_ID%' };
          const script = document.createElement('script');
          script.src = 'http://apps.${world[region].domain}/genesys-bootstrap/genesys.min.js';
          document.head.append(script);
          Genesys('registerPlugin', 'AuthProvider', (AuthProvider) => {
            AuthProvider.registerCommand('getAuthCode', (e) => e.resolve(JSON.parse(sessionStorage.grant)));
            AuthProvider.registerCommand('reAuthenticate', () => {});
            AuthProvider.registerCommand('signIn', () => {});
            AuthProvider.ready();
          });
        </script>`,
      );
      const { codeVerifier, nonce, ...request } = authorizationRequest(world);
      await page.goto(request.url);
      await page.addInitScript(
        (grant) => {
          const query = new URLSearchParams(location.search);
          Object.assign(grant, { authCode: query.get('code'), iss: query.get('iss') });
          sessionStorage.setItem('grant', JSON.stringify(grant));
        },
        { redirectUri: request.redirect_uri, codeVerifier, nonce },
      );
      await new Visitor(page, world).fillsIn('alan');
      await messenger.isAuthenticatedAs('Alan Turing');
      expect(world[region].log).toMatchObject([
        { ok: true, pkce: true, nonce: true, iss: region === 'genesys', name: 'Alan Turing' },
      ]);
    });
  }
});
