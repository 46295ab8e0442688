// Everything that can go wrong with a sign-in by redirect: what is said, and that a click goes on.
import { expect, pageWith, test, Visitor } from './fixtures.mjs';

/** @typedef {import('./fixtures.mjs').World} World */
/** @typedef {import('../../demo/world/faults.mjs').Fault} Fault */

test.afterEach('no code was used twice, and nothing threw', ({ visitor }) => {
  expect(new Set(visitor.redeemed).size).toBe(visitor.redeemed.length);
  expect(visitor.exceptions).toEqual([]);
});

/** How often somebody went to the provider. @param {World} world */
const trips = (world) => world.provider.authorizationRequests.length;

/** What becomes of every further authorization response. @param {World} world @param {(query: URLSearchParams) => void} change */
function answersWith(world, change) {
  world.provider.faults.set('authorization', {
    redirect: ({ searchParams }) => {
      if (searchParams.has('state') && searchParams.has('iss')) change(searchParams);
    },
  });
}

test.describe('Genesys Cloud does not redeem', () => {
  /** @type {Record<string, {fault: Fault, code: string, visits: number}>} `visits`: of the provider, for the first click. */
  const faults = {
    'it answers 400': { fault: { status: 400 }, code: 'exchange/refused', visits: 1 },
    'it answers 401': { fault: { status: 401 }, code: 'exchange/refused', visits: 2 },
    'it answers 403': { fault: { status: 403 }, code: 'exchange/refused', visits: 2 },
    'it answers 500': { fault: { status: 500 }, code: 'exchange/unavailable', visits: 1 },
    'it answers 504': { fault: { status: 504 }, code: 'exchange/unavailable', visits: 2 },
    'the network is gone': { fault: { gone: true }, code: 'exchange/unavailable', visits: 1 },
  };
  const regions = /** @type {const} */ ({ genesys: '/', genesys228: '/2.2.8.html' });

  for (const [name, path] of Object.entries(regions)) {
    const region = /** @type {keyof typeof regions} */ (name);
    for (const [what, { fault, code, visits }] of Object.entries(faults)) {
      // In what one visit ends the two lines of Messenger do not differ.
      if (region === 'genesys228' && visits === 1) continue;
      test(`${what}, for ever, to ${region}`, async ({ world, visitor, messenger }) => {
        const { status } = fault;
        world[region].faults.set('exchange', status ? { status, body: { code: 'local', status } } : fault);
        await visitor.opens(path);
        await visitor.signsIn();
        await visitor.isTold(code);
        expect(trips(world)).toBe(visits);
        expect((await visitor.events()).filter(({ type }) => type === 'signInFailed')).toHaveLength(1);
        await messenger.isAbsent();

        await visitor.pressesLogin();
        await visitor.isTold(code);
        expect(trips(world)).toBe(visits + 1);

        world[region].faults.clear();
        await visitor.signsInAtOnce();
        await messenger.isAuthenticatedAs('Ada Lovelace');
        await visitor.isSignedIn();
        expect(trips(world)).toBe(visits + 2);
      });
    }
  }

  test('the secret in the integration is wrong', async ({ world, visitor }) => {
    for (const { integration } of world.genesys.deployments.values()) integration.clientSecret = 'wrong';
    await visitor.opens();
    await visitor.signsIn();
    await visitor.isTold('exchange/refused');
    expect((await visitor.failure()).hint).toContain('client secret');
    // The second one is a hidden frame's, where this browser blocks third-party cookies.
    expect(trips(world)).toBe(2);
    expect(world.genesys.log).toMatchObject([{ status: 401 }]);
  });

  test('the first code has died on the way: where no frame can help, the page stays and the next click works', async ({
    world,
    visitor,
    messenger,
  }) => {
    const asked = visitor.page.waitForRequest(/oauthcodegrantjwtexchange$/);
    const release = world.genesys.faults.hold('exchange');
    await visitor.opens();
    await visitor.signsIn();
    await asked;
    await world.provider.expireCodes();
    release();
    await visitor.isTold('exchange/refused');
    await visitor.signsInAtOnce();
    await messenger.isAuthenticatedAs('Ada Lovelace');
    expect(world.genesys.log).toMatchObject([{ ok: false, status: 401 }, { ok: true }]);
    expect(trips(world)).toBe(3);
  });

  test('it never answers', async ({ page, world, visitor, messenger }) => {
    await page.clock.install();
    const asked = page.waitForRequest(/oauthcodegrantjwtexchange$/);
    world.genesys.faults.hold('exchange');
    await visitor.opens();
    await visitor.signsIn();
    await asked;
    await page.clock.fastForward(10_000);
    await visitor.isTold('exchange/unavailable');
    expect(trips(world)).toBe(1);

    world.genesys.faults.clear();
    await visitor.signsInAtOnce();
    await messenger.isAuthenticatedAs('Ada Lovelace');
  });
});

test.describe('the provider answers with an error', () => {
  /** @type {Record<string, [error: string, description: string | undefined, code: string, message: string]>} */
  const answers = {
    'of the request': ['invalid_scope', 'no such scope', 'provider/error', 'invalid_scope: no such scope'],
    'of its own': ['server_error', undefined, 'provider/error', 'server_error'],
    'that asks for what was not excluded': ['login_required', undefined, 'provider/error', 'login_required'],
    'that holds markup': [
      'access_denied',
      '<img src=x onerror=alert(1)>',
      'provider/denied',
      'access_denied: <img src=x onerror=alert(1)>',
    ],
  };
  for (const [what, [error, description, code, message]] of Object.entries(answers)) {
    test(what, async ({ world, visitor, messenger }) => {
      answersWith(world, (query) => {
        query.delete('code');
        query.set('error', error);
        if (description) query.set('error_description', description);
      });
      await visitor.opens('/?tariff=windy#tariffs');
      await visitor.signsIn();
      await visitor.isTold(code);
      expect((await visitor.failure()).message).toContain(message);
      expect(visitor.page.url()).toBe(world.site.url('/?tariff=windy#tariffs'));
      expect(trips(world)).toBe(1);
      expect(world.genesys.requests.exchange).toBe(0);
      await expect(visitor.page.locator('img[src=x]')).toHaveCount(0);

      world.provider.faults.clear();
      await visitor.signsInAtOnce();
      await messenger.isAuthenticatedAs('Ada Lovelace');
    });
  }
});

test.describe('an answer in the address', () => {
  /** @type {Record<string, string>} */
  const foreign = {
    'with a forged state': '/?code=forged-code&state=forged&iss=%ISSUER%&ref=mail#bill',
    'of another application': '/?state=%7B%22page%22%3A1%7D&code=SPRING',
    'with a code and no state': '/?code=SPRING&ref=mail',
    'with an error and no state': '/?error=access_denied&error_description=no',
  };
  for (const [what, template] of Object.entries(foreign)) {
    test(`${what} is nobody’s business`, async ({ world, visitor, messenger }) => {
      const path = template.replace('%ISSUER%', encodeURIComponent(world.provider.issuer));
      await visitor.opens(path);
      await visitor.isSignedOut();
      expect(visitor.page.url()).toBe(world.site.origin + path);
      await visitor.signsIn();
      await messenger.isAuthenticatedAs('Ada Lovelace');
      expect(visitor.page.url()).toBe(world.site.origin + path);
      expect(world.genesys.log).toMatchObject([{ ok: true }]);
    });
  }

  test('with a state that this tab does not know, while a sign-in is under way, is left alone', async ({
    world,
    visitor,
    messenger,
  }) => {
    await visitor.opens();
    await visitor.pressesLogin();
    await expect(visitor.page).toHaveTitle(/Log in/);
    const path = `/?code=forged-code&state=forged&iss=${encodeURIComponent(world.provider.issuer)}`;
    await visitor.opens(path);
    await visitor.isSignedOut();
    expect(visitor.page.url()).toBe(world.site.origin + path);
    await visitor.signsIn();
    await messenger.isAuthenticatedAs('Ada Lovelace');
    expect(visitor.redeemed).not.toContain('forged-code');
  });

  test('without the state that was sent', async ({ world, visitor, messenger }) => {
    answersWith(world, (query) => query.delete('state'));
    await visitor.opens();
    await visitor.signsIn();
    await visitor.page.waitForURL(/code=/);
    await visitor.isTold('callback/lost');
    expect(new URL(visitor.page.url()).searchParams.has('code')).toBe(true);
    expect(world.genesys.requests.exchange).toBe(0);

    world.provider.faults.clear();
    await visitor.signsInAtOnce();
    await messenger.isAuthenticatedAs('Ada Lovelace');
    expect(trips(world)).toBe(2);
  });

  test('for the second time, from a bookmark', async ({ world, visitor, messenger }) => {
    const callback = visitor.page.waitForRequest(/[?&]code=/);
    await visitor.opens();
    await visitor.signsIn();
    await visitor.isSignedIn();
    const bookmark = `${(await callback).url()}&ref=bookmark`;

    await visitor.page.goto(bookmark);
    await visitor.isSignedIn({ restored: true });
    expect(visitor.page.url()).toBe(world.site.url('/?ref=bookmark'));

    await visitor.pressesLogout();
    await visitor.isSignedOut();
    await visitor.page.goto(bookmark);
    await visitor.isTold('callback/repeated');
    expect(visitor.page.url()).toBe(world.site.url('/?ref=bookmark'));
    expect(world.genesys.requests.exchange).toBe(1);
    expect(trips(world)).toBe(1);

    await visitor.signsInAtOnce();
    await messenger.isAuthenticatedAs('Ada Lovelace');
  });

  test('is not there any more after Back and Forward', async ({ world, visitor }) => {
    await visitor.opens('/?tariff=windy');
    await visitor.signsIn();
    await visitor.isSignedIn();
    await visitor.page.goBack();
    await visitor.page.goForward();
    await visitor.isSignedIn({ restored: true });
    expect(visitor.page.url()).toBe(world.site.url('/?tariff=windy'));
    expect(world.genesys.requests.exchange).toBe(1);
    expect(trips(world)).toBe(1);
  });

  test('that took more than 15 minutes', async ({ page, world, visitor, messenger }) => {
    await visitor.opens('/?tariff=windy');
    await visitor.pressesLogin();
    await page.addInitScript(() => {
      const name = Object.keys(sessionStorage).find((key) => key.startsWith('genesys-auth-messenger:state:'));
      if (!name || sessionStorage.getItem('aged')) return;
      const request = JSON.parse(sessionStorage.getItem(name) ?? '');
      sessionStorage.setItem(name, JSON.stringify({ ...request, created: request.created - 15 * 60 - 1 }));
      sessionStorage.setItem('aged', 'once');
    });
    await visitor.fillsIn('ada');
    await visitor.isTold('callback/expired');
    expect(page.url()).toBe(world.site.url('/?tariff=windy'));
    expect(world.genesys.requests.exchange).toBe(0);
    expect(trips(world)).toBe(1);

    await visitor.signsInAtOnce();
    await messenger.isAuthenticatedAs('Ada Lovelace');
  });

  /** @type {Record<string, (world: World) => void>} */
  const issuers = {
    'from another issuer': (world) => world.provider.answerWithIssuer('https://somebody-else.example'),
    'from nobody, where the provider promises to name itself': (world) =>
      world.provider.answerWithIssuer(undefined),
    'from another issuer, with an error that must not be believed': (world) =>
      answersWith(world, (query) => {
        query.delete('code');
        query.set('error', 'access_denied');
        query.set('iss', 'https://somebody-else.example');
      }),
  };
  for (const [what, answer] of Object.entries(issuers)) {
    test(what, async ({ world, visitor, messenger }) => {
      answer(world);
      await visitor.opens('/?tariff=windy');
      await visitor.signsIn();
      await visitor.isTold('callback/issuer');
      expect(visitor.page.url()).toBe(world.site.url('/?tariff=windy'));
      expect(world.genesys.requests.exchange).toBe(0);
      expect(trips(world)).toBe(1);

      world.provider.faults.clear();
      await visitor.signsInAtOnce();
      await messenger.isAuthenticatedAs('Ada Lovelace');
    });
  }

  test('without a code', async ({ world, visitor, messenger }) => {
    answersWith(world, (query) => query.delete('code'));
    await visitor.opens('/?tariff=windy');
    await visitor.signsIn();
    await visitor.isTold('callback/no-code');
    expect(visitor.page.url()).toBe(world.site.url('/?tariff=windy'));

    world.provider.faults.clear();
    await visitor.signsInAtOnce();
    await messenger.isAuthenticatedAs('Ada Lovelace');
  });

  test('to a page that has been given another client meanwhile', async ({ world, visitor }) => {
    await visitor.opensPageWith({});
    await visitor.pressesLogin();
    await world.site.page('/own.html', pageWith({ 'client-id': world.provider.clients.other.id }));
    await visitor.fillsIn('ada');
    await visitor.isTold('callback/mismatch');
    expect(visitor.page.url()).toBe(world.site.url('/own.html'));
    expect(world.genesys.requests.exchange).toBe(0);
  });
});

test.describe('discovery', () => {
  const kinds = /** @type {const} */ ({
    down: 'provider/unreachable',
    'no-cors': 'provider/unreachable',
    'not-json': 'provider/metadata',
    'no-endpoints': 'provider/metadata',
    'other-issuer': 'provider/issuer-mismatch',
  });
  for (const [name, code] of Object.entries(kinds)) {
    const kind = /** @type {keyof typeof kinds} */ (name);
    test(`${kind}: the visitor stays, is told, and can try again`, async ({ world, visitor, messenger }) => {
      world.provider.breakDiscovery(kind);
      await visitor.opens('/?tariff=windy');
      await visitor.pressesLogin();
      await visitor.isTold(code);
      expect(visitor.page.url()).toBe(world.site.url('/?tariff=windy'));
      expect(trips(world)).toBe(0);

      world.provider.faults.clear();
      await visitor.signsIn();
      await messenger.isAuthenticatedAs('Ada Lovelace');
    });
  }

  test('is not needed where the page names the endpoint', async ({ world, visitor, messenger }) => {
    world.provider.breakDiscovery('down');
    await visitor.opensPageWith({ 'authorization-endpoint': '%ISSUER%/auth' });
    await visitor.signsIn();
    await messenger.isAuthenticatedAs('Ada Lovelace');
    expect(world.genesys.log).toMatchObject([{ ok: true, iss: true }]);
    expect(visitor.console).toEqual([]);
  });
});

test.describe('Messenger does not come up', () => {
  /** @param {World} world */
  const deployment = ({ genesys, values }) =>
    /** @type {import('../../demo/world/genesys.mjs').Deployment} */ (
      genesys.deployments.get(values.DEPLOYMENT_ID ?? '')
    );

  /** @type {Record<string, {code: string, hint: string, fault: (world: World) => unknown}>} */
  const lasting = {
    'the host is not allowed': {
      code: 'messenger/domain-not-allowed',
      hint: 'allowed domains',
      fault: (world) => (deployment(world).allowedDomains = ['somebody-else.example']),
    },
    'its configuration cannot be had': {
      code: 'messenger/configuration-unavailable',
      hint: 'configuration',
      fault: ({ genesys }) => genesys.faults.set('config', { status: 500, body: {} }),
    },
    'the deployment is inactive': {
      code: 'messenger/deployment-inactive',
      hint: 'Active',
      fault: (world) => (deployment(world).status = 'Inactive'),
    },
    'authentication is off': {
      code: 'messenger/authentication-off',
      hint: 'Turn on authentication',
      fault: (world) => (deployment(world).auth.enabled = false),
    },
  };
  for (const [what, { code, hint, fault }] of Object.entries(lasting)) {
    test(`${what}: a click says so again, and leads nowhere`, async ({ world, visitor }) => {
      fault(world);
      await visitor.opens();
      await visitor.isTold(code);
      expect((await visitor.failure()).hint).toContain(hint);

      await visitor.pressesLogin();
      await expect
        .poll(async () => (await visitor.events()).filter(({ type }) => type === 'signInFailed'))
        .toHaveLength(2);
      await visitor.isTold(code);
      expect(trips(world)).toBe(0);

      world.reset();
      await visitor.page.reload();
      await visitor.isSignedOut();
    });
  }

  test('the script is blocked by the network: a click tries again', async ({ world, visitor, messenger }) => {
    world.genesys.faults.set('bootstrap', { gone: true });
    await visitor.opens();
    await visitor.isTold('messenger/blocked');
    await visitor.pressesLogin();
    await visitor.isTold('messenger/blocked');
    expect(trips(world)).toBe(0);

    world.genesys.faults.clear();
    await visitor.signsIn();
    await messenger.isAuthenticatedAs('Ada Lovelace');
    expect(world.genesys.log).toMatchObject([{ ok: true }]);
  });

  // Firefox's driver takes the violation for an exception.
  test('the script is blocked by the page’s policy', { tag: '@chromium' }, async ({ visitor }) => {
    await visitor.opensPageWith({}, { headers: { 'content-security-policy': "script-src 'self'" } });
    await visitor.isTold('messenger/blocked');
    expect((await visitor.failure()).hint).toContain('script-src');
  });

  test('the script is late', async ({ world, visitor, messenger }) => {
    const release = world.genesys.faults.hold('bootstrap');
    const asked = visitor.page.waitForRequest(/genesys\.min\.js$/);
    const opening = visitor.opens();
    await asked;
    await expect(visitor.loginButton).toBeDisabled();
    release();
    await opening;
    await visitor.signsIn();
    await messenger.isAuthenticatedAs('Ada Lovelace');
  });

  test('it does not know the deployment', async ({ page, world, visitor }) => {
    await page.clock.install();
    world.genesys.deployments.clear();
    const answered = page.waitForResponse(/domains\.json$/);
    await visitor.opens();
    await answered;
    await page.clock.fastForward(8_000);
    await visitor.isTold('messenger/deployment-not-found');
    expect((await visitor.failure()).hint).toContain('deployment-id');
    expect(trips(world)).toBe(0);
  });

  for (const [file, code] of /** @type {const} */ ([
    ['domains', 'messenger/deployment-not-found'],
    ['config', 'messenger/no-answer'],
  ])) {
    test(`${file}.json is very late: said, and taken back`, async ({ page, world, visitor, messenger }) => {
      await page.clock.install();
      const release = world.genesys.faults.hold(file);
      const asked = page.waitForRequest((request) => request.url().endsWith(`/${file}.json`));
      await visitor.opens();
      await asked;
      await page.clock.fastForward(8_000);
      await visitor.isTold(code);
      release();
      await visitor.isSignedOut();
      await visitor.signsIn();
      await messenger.isAuthenticatedAs('Ada Lovelace');
    });
  }

  test('another script has taken the plugin’s name', async ({ world, visitor }) => {
    const head = `<script>
      window._genesysJs = 'Genesys';
      window.Genesys = function () { (Genesys.q = Genesys.q || []).push(arguments); };
      Genesys.c = { environment: '%ENVIRONMENT%', deploymentId: '%DEPLOYMENT_ID%' };
      const bootstrap = document.createElement('script');
      bootstrap.src = 'http://apps.%ENVIRONMENT%/genesys-bootstrap/genesys.min.js';
      bootstrap.onload = () => Genesys('registerPlugin', 'AuthProvider', () => {});
      document.head.append(bootstrap);
    </script>`;
    await visitor.opensPageWith({}, { head });
    await visitor.isTold('messenger/plugin-taken');
    expect(trips(world)).toBe(0);
  });
});

test.describe('the page', () => {
  test('is not served over https', { tag: '@chromium' }, async ({ playwright, launchOptions, world }) => {
    const args = [...(launchOptions.args ?? []), '--host-resolver-rules=MAP brand.test 127.0.0.1'];
    const browser = await playwright.chromium.launch({ ...launchOptions, args });
    try {
      const visitor = new Visitor(await browser.newPage(), world);
      await visitor.page.goto(world.site.url('/').replace('brand.localhost', 'brand.test'));
      await expect.poll(async () => (await visitor.failure())?.code).toBe('configuration/insecure-context');
      await expect(visitor.loginButton).toBeEnabled();
      await visitor.pressesLogin();
      expect(trips(world)).toBe(0);
      expect(world.genesys.requests.bootstrap).toBe(0);
      expect(visitor.exceptions).toEqual([]);
    } finally {
      await browser.close();
    }
  });

  test('may not store anything', async ({ world, visitor }) => {
    await visitor.opensPageWith({}, { headers: { 'content-security-policy': 'sandbox allow-scripts' } });
    await visitor.isTold('configuration/storage-blocked');
    await visitor.pressesLogin();
    expect(trips(world)).toBe(0);
  });

  test('holds the client’s secret', async ({ world, visitor }) => {
    await visitor.opensPageWith({ 'client-secret': 'hush-hush' });
    await visitor.isTold('configuration/client-secret');
    expect(JSON.stringify(await visitor.events())).not.toContain('hush-hush');
    expect(visitor.console.join()).not.toContain('hush-hush');
    await visitor.pressesLogin();
    expect(trips(world)).toBe(0);
  });

  test('lacks the chunk for signing in', async ({ world, visitor }) => {
    world.site.faults.set('asset', {
      status: 404,
      body: '',
      when: ({ url }) => !!url?.includes('.sign-in.js'),
    });
    await visitor.opens();
    await visitor.pressesLogin();
    await visitor.isTold('configuration/chunk-missing');
    expect(trips(world)).toBe(0);
  });

  test('lacks the chunk with the words', async ({ world, visitor }) => {
    world.site.faults.set('asset', {
      status: 404,
      body: '',
      when: ({ url }) => !!url?.includes('.explanations.js'),
    });
    await visitor.opens();
    await visitor.pressesLogin();
    await visitor.cancels();
    await visitor.isTold('provider/denied');
  });

  test('waits for the chunk with the words in vain: what happened is told without them', async ({
    world,
    visitor,
  }) => {
    world.site.faults.set('asset', {
      until: new Promise(() => {}),
      when: ({ url }) => !!url?.includes('.explanations.js'),
    });
    // A script that never comes also holds back the page's `load`.
    await world.site.page('/own.html', pageWith({ 'client-id': '' }));
    await visitor.page.goto(world.site.url('/own.html'), { waitUntil: 'domcontentloaded' });
    await expect.poll(async () => (await visitor.failure())?.code).toBe('configuration/client-id');
    await expect(visitor.loginButton).toBeEnabled();
  });

  test('has attributes that mean nothing, until they are corrected', async ({ page, world, visitor }) => {
    /** @type {[attribute: string, wrong: string, code: string][]} */
    const mistakes = [
      ['deployment-id', '', 'configuration/deployment-id'],
      ['deployment-id', '12345', 'configuration/deployment-id'],
      ['environment', 'prod-atlantis', 'configuration/environment'],
      ['issuer', '', 'configuration/issuer'],
      ['issuer', 'http://login.example', 'configuration/issuer'],
      ['client-id', '', 'configuration/client-id'],
      ['client-secret', 'hush-hush', 'configuration/client-secret'],
      ['redirect-uri', 'https://somebody-else.example/', 'configuration/redirect-uri'],
      ['max-age', '0', 'configuration/max-age'],
      ['max-age', 'an hour', 'configuration/max-age'],
      ['authorization-params', 'state=mine', 'configuration/authorization-params'],
      ['mode', 'window', 'configuration/option'],
      ['authorization-endpoint', 'login', 'configuration/endpoint'],
    ];
    await visitor.opens();
    for (const [attribute, wrong, code] of mistakes) {
      await test.step(`${attribute}="${wrong}"`, async () => {
        const right = await visitor.element.getAttribute(attribute);
        const set = (/** @type {string | null} */ value) =>
          visitor.element.evaluate(
            (element, [name, value]) =>
              value === null ? element.removeAttribute(name) : element.setAttribute(name, value),
            /** @type {[string, string | null]} */ ([attribute, value]),
          );
        await set(wrong);
        await visitor.isTold(code);
        expect((await visitor.failure()).hint).toContain(code === 'configuration/option' ? '' : attribute);
        await set(right);
        await visitor.isSignedOut();
      });
    }
    await visitor.signsIn();
    await visitor.isSignedIn();
    expect(page.url()).toBe(world.site.url('/'));
    expect(trips(world)).toBe(1);
  });
});

test.describe('logging out', () => {
  /** @type {Record<string, Fault>} */
  const faults = {
    'Genesys Cloud answers 500': { status: 500, body: { message: 'Internal server error', status: 500 } },
    'the network is gone': { gone: true },
  };
  for (const [what, fault] of Object.entries(faults)) {
    test(`${what}: the visitor is out here, and page and visitor can go on`, async ({
      world,
      visitor,
      messenger,
    }) => {
      world.genesys.faults.set('revoke', fault);
      await visitor.opens();
      await visitor.signsIn();
      await visitor.isSignedIn();
      await visitor.pressesLogout();
      await expect(visitor.loginButton).toBeEnabled();
      expect((await visitor.failure()).code).toBe('logout/incomplete');
      expect((await visitor.events()).filter(({ type }) => /loggedOut|Failed/.test(type))).toEqual([
        { type: 'loggedOut', detail: { reason: 'visitor' } },
      ]);

      world.genesys.faults.clear();
      await visitor.signsInAtOnce();
      await messenger.isAuthenticatedAs('Ada Lovelace');
      await visitor.page.reload();
      await visitor.isSignedIn({ restored: true });
    });
  }

  test('Genesys Cloud never answers', async ({ page, world, visitor }) => {
    await page.clock.install();
    world.genesys.faults.hold('revoke');
    await visitor.opens();
    await visitor.signsIn();
    await visitor.isSignedIn();
    const asked = page.waitForRequest((request) => request.method() === 'DELETE');
    await visitor.pressesLogout();
    await asked;
    await page.clock.fastForward(10_000);
    await expect(visitor.loginButton).toBeEnabled();
    expect((await visitor.failure()).code).toBe('logout/incomplete');
  });
});

test.describe('site data is cleared while the visitor is signed in', () => {
  const clear = () => localStorage.clear();

  test('and they log out', async ({ page, visitor, messenger }) => {
    await visitor.opens();
    await visitor.signsIn();
    await visitor.isSignedIn();
    await page.evaluate(clear);
    await visitor.pressesLogout();
    await visitor.isSignedOut();
    expect(await visitor.events()).toContainEqual({ type: 'loggedOut', detail: { reason: 'visitor' } });
    await visitor.signsInAtOnce();
    await messenger.isAuthenticatedAs('Ada Lovelace');
  });

  test('and they reload', async ({ page, world, visitor, messenger }) => {
    await visitor.opens();
    await visitor.signsIn();
    await visitor.isSignedIn();
    await page.evaluate(clear);
    await page.reload();
    await visitor.isSignedOut();
    await messenger.isAbsent();
    expect(trips(world)).toBe(1);
    await visitor.signsInAtOnce();
    await messenger.isAuthenticatedAs('Ada Lovelace');
  });
});
