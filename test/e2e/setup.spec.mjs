// The setup page, as somebody uses it who has a snippet, an issuer and a client id, and no idea of the rest.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './fixtures.mjs';

/** @typedef {import('./fixtures.mjs').Page} Page */
/** @typedef {import('./fixtures.mjs').World} World */

test.beforeEach('the page is open', async ({ page, world }) => {
  await page.goto(world.site.url('/assets/setup/index.html'));
});

/** As Genesys Cloud shows it under Messenger Deployments. @param {string} environment @param {string} domain @param {string} id */
const snippet = (environment, domain, id) => `<script type="text/javascript" charset="utf-8">
  (function (g, e, n, es, ys) {
    g['_genesysJs'] = e;
    g[e] = g[e] || function () {
      (g[e].q = g[e].q || []).push(arguments)
    };
    g[e].t = 1 * new Date();
    g[e].c = es;
    ys = document.createElement('script'); ys.async = 1; ys.src = n; ys.charset = 'utf-8'; document.head.appendChild(ys);
  })(window, 'Genesys', 'https://apps.${domain}/genesys-bootstrap/genesys.min.js', {
    environment: '${environment}',
    deploymentId: '${id}'
  });
</script>`;

/** @param {Page} page @param {string} text */
async function pastes(page, text) {
  await page.getByLabel('Paste a Messenger snippet').fill(text);
}

/** What a button next to a text copies. @param {Page} page @param {string} title */
async function copies(page, title) {
  await page.getByRole('region', { name: title }).getByRole('button', { name: 'Copy' }).click();
  return page.evaluate(() => navigator.clipboard.readText());
}

/** Fills in what the local world's brand has at hand. @param {Page} page @param {World} world @param {string} address */
async function fillsIn(page, world, address) {
  const { DEPLOYMENT_ID = '', CLIENT_ID = '' } = world.values;
  await pastes(page, snippet(world.genesys.domain, world.genesys.domain, DEPLOYMENT_ID));
  await pastes(page, `${world.provider.issuer}/.well-known/openid-configuration`);
  await page.getByLabel('Client ID').fill(CLIENT_ID);
  await page.getByLabel('The page with the tag').fill(address);
}

test('takes in what is typed while the list of digests is on its way', async ({ page, world }) => {
  /** @type {(value?: unknown) => void} */
  let release = () => {};
  const until = new Promise((resolve) => (release = resolve));
  world.site.faults.set('asset', { until, when: ({ url }) => !!url?.endsWith('integrity.json') });
  await page.reload();
  await fillsIn(page, world, world.site.url('/pasted.html'));
  await expect(page.getByText('No problem found. Not checked: The file.')).toBeVisible();
  const tag = page.getByRole('region', { name: 'Your tag' });
  await expect(tag).not.toContainText('integrity');
  world.site.faults.clear();
  release();
  await expect(tag).toContainText(/integrity="sha384-/);
  await expect(page.getByText('All in order')).toBeVisible();
});

test.describe('from the empty form to a signed-in chat', { tag: '@chromium' }, () => {
  for (const [form, choice] of Object.entries({
    script: 'One script',
    element: 'Element',
    place: 'One script, and a place for the button',
    'tag manager': 'Tag manager',
  })) {
    test(`with the ${form}`, async ({ page, world, visitor, messenger }) => {
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await fillsIn(page, world, world.site.url('/pasted.html'));
      await expect(page.getByText('All in order')).toBeVisible();
      await page.getByLabel(choice, { exact: true }).check();
      const pasted = await copies(page, 'Your tag');
      expect(pasted).toMatch(/integrity( = |=)["']sha384-\S{64}["']/);

      await world.site.page(
        '/pasted.html',
        `<!doctype html><html lang="en"><title>Pasted</title><body>${pasted}</body></html>`,
      );
      await visitor.opens('/pasted.html');
      await visitor.signsIn();
      await messenger.isAuthenticatedAs('Ada Lovelace');
      expect(world.genesys.log).toMatchObject([{ ok: true, pkce: true, nonce: true, iss: true }]);
    });
  }

  test('under the policy that it shows, with nothing blocked', async ({
    page,
    world,
    visitor,
    messenger,
  }) => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await fillsIn(page, world, world.site.url('/strict.html'));
    await expect(page.getByText('All in order')).toBeVisible();
    await page.getByLabel('Element', { exact: true }).check();
    const pasted = await copies(page, 'Your tag');
    const policy = (await copies(page, 'Content-Security-Policy')).replaceAll('\n', ' ');
    await world.site.page(
      '/strict.html',
      `<!doctype html><html lang="en"><title>Strict</title>${pasted}</html>`,
      {
        // The double's own chat window has inline styles; the echo of the local world is no part of Messenger.
        'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; ${policy}`,
      },
    );
    await visitor.opens('/strict.html');
    await visitor.signsIn();
    await messenger.isAuthenticatedAs('Ada Lovelace');
    expect(visitor.console.filter((line) => line.includes('Content Security Policy'))).toEqual([]);
  });
});

test('a snippet of any region fills in deployment and environment', async ({ page }) => {
  const id = '5a3c9e1e-1111-4222-8333-444455556666';
  const regions = {
    prod: 'mypurecloud.com',
    'fedramp-use2-core': 'use2.us-gov-pure.cloud',
    'prod-usw2': 'usw2.pure.cloud',
    'prod-cac1': 'cac1.pure.cloud',
    'prod-mxc1': 'mxc1.pure.cloud',
    'prod-sae1': 'sae1.pure.cloud',
    'prod-euw1': 'mypurecloud.ie',
    'prod-euw2': 'euw2.pure.cloud',
    'prod-euc1': 'mypurecloud.de',
    'prod-euc2': 'euc2.pure.cloud',
    'eusc-edee1-core': 'edee1.eusc-pure.cloud',
    'prod-mec1': 'mec1.pure.cloud',
    'prod-aps1': 'aps1.pure.cloud',
    'prod-apne1': 'mypurecloud.jp',
    'prod-apne2': 'apne2.pure.cloud',
    'prod-apne3': 'apne3.pure.cloud',
    'prod-apse1': 'apse1.pure.cloud',
    'prod-apse2': 'mypurecloud.com.au',
  };
  // Whether Genesys Cloud knows the deployment is not the question here.
  await page.route(/pure\.?cloud/, (route) => route.abort());
  await page.getByLabel('Issuer').fill('https://login.brand.example');
  for (const [environment, domain] of Object.entries(regions)) {
    await pastes(page, snippet(environment, domain, id));
    await expect(page.getByLabel('Environment')).toHaveValue(environment);
    await expect(page.getByLabel('Deployment ID')).toHaveValue(id);
    await expect(page.getByRole('region', { name: 'Content-Security-Policy' })).toContainText(
      `https://apps.${domain}`,
    );
  }
  await expect(page.getByText('Understood: deployment ID, environment.')).toBeVisible();
});

test('a snippet out of a word processor is understood, too', async ({ page }) => {
  await pastes(page, '{ environment: ‘prod-euc1’, deploymentId: “5a3c9e1e-1111-4222-8333-444455556666” }');
  await expect(page.getByLabel('Environment')).toHaveValue('prod-euc1');
  await expect(page.getByLabel('Deployment ID')).toHaveValue('5a3c9e1e-1111-4222-8333-444455556666');
  await pastes(page, 'a letter to the editor');
  await expect(page.getByText('Nothing in this is understood.')).toBeVisible();
});

test('a discovery address becomes the issuer as the provider writes it', async ({ page }) => {
  const issuer = 'https://brand.eu.auth0.example/';
  await page.route(`${issuer}.well-known/openid-configuration`, (route) =>
    route.fulfill({
      json: { issuer, authorization_endpoint: `${issuer}authorize` },
      headers: { 'access-control-allow-origin': '*' },
    }),
  );
  await pastes(page, `${issuer}.well-known/openid-configuration`);
  await expect(page.getByLabel('Issuer')).toHaveValue(issuer);
});

test('the one redirect URI is looked at: the tag has to be on that page', async ({ page, world }) => {
  const checks = page.getByRole('region', { name: 'Checks' });
  await fillsIn(page, world, world.site.url('/shop.html'));
  await expect(checks).toContainText('All in order');
  await expect(checks).toContainText(`byte for byte: ${world.site.url('/')}`);
  await world.site.page('/quiet.html', '<!doctype html><title>No tag</title>');
  await page.getByLabel('The page at the redirect URI').fill('/quiet.html');
  await expect(checks).toContainText('1 to look at');
  await expect(checks).toContainText('has neither the tag nor the file');
});

test('nothing is said to be in order that nobody has looked at', async ({ page, world }) => {
  await fillsIn(page, world, 'http://www.brand.localhost/');
  const summary = page.locator('#summary');
  await expect(summary).toContainText(
    'Not checked: Redirect URI, Content-Security-Policy, Discovery document as your site sees it.',
  );
  await expect(summary).toContainText('Publish this page on www.brand.localhost');
  await expect(summary).not.toContainText('in order');
});

test('the policy of the page is read, and what it keeps away is named', async ({ page, world }) => {
  const checks = page.getByRole('region', { name: 'Checks' });
  const strict = async (/** @type {string} */ policy) => {
    await world.site.page('/strict.html', '<!doctype html><title>Strict</title>', {
      'content-security-policy': policy,
    });
    await page.getByLabel('The page with the tag').fill('');
    await fillsIn(page, world, world.site.url('/strict.html'));
  };
  await strict("default-src 'self'");
  await expect(checks).toContainText(`keeps away: script-src http://apps.${world.genesys.domain}`);
  await expect(checks).toContainText(`connect-src ${world.provider.issuer}`);
  await expect(page.locator('#summary')).toContainText('1 problem');
  const shown = await page.locator('#policy').textContent();
  await strict(`default-src 'self'; ${shown?.replaceAll('\n', ' ')}`);
  await expect(checks).toContainText('The policy of the page allows all that is needed.');
  await expect(page.getByText('All in order')).toBeVisible();
});

test('the file is looked at: that it is there, and is this version', async ({ page, world }) => {
  const checks = page.getByRole('region', { name: 'Checks' });
  const file = page.getByLabel('Where you publish the file');
  await fillsIn(page, world, world.site.url('/pasted.html'));
  await expect(checks).toContainText('is this version');
  await world.site.page('/old/genesys-auth-messenger.js', '// an older one');
  await file.fill(world.site.url('/old/genesys-auth-messenger.js'));
  await expect(checks).toContainText('is another version, or was altered');
  await file.fill(world.site.url('/nowhere/genesys-auth-messenger.js'));
  await expect(checks).toContainText('is not there (HTTP status 404)');
  await file.fill('cdn.brand.example/genesys-auth-messenger.js');
  await expect(checks).toContainText('Still missing: address of the file, with https://');
  await expect(page.locator('#tag')).not.toContainText('src="http');
  await page.getByRole('button', { name: 'Write https://cdn.brand.example/' }).click();
  await expect(page.locator('#tag')).toContainText(
    'src="https://cdn.brand.example/genesys-auth-messenger.js"',
  );
});

test('a button writes the value that was meant', async ({ page }) => {
  await page.route(/okta\.com|pure\.?cloud/, (route) => route.abort());
  const environment = page.getByLabel('Environment');
  await environment.fill('https://apps.mypurecloud.de');
  await page.getByRole('button', { name: 'Write prod-euc1' }).press('Enter');
  await expect(environment).toHaveValue('prod-euc1');
  await expect(environment).toBeFocused();
  const issuer = page.getByLabel('Issuer');
  await issuer.fill('acme-admin.okta.com');
  await expect(page.getByRole('combobox', { name: 'Provider' })).toHaveValue('okta');
  await page.getByRole('button', { name: 'Write https://acme.okta.com' }).click();
  await expect(issuer).toHaveValue('https://acme.okta.com');
  await expect(page.getByRole('button', { name: 'Write' })).toHaveCount(0);
});

test('where nobody can know the value, the page says what to write', async ({ page }) => {
  await page.getByLabel('Issuer').fill('https://login.microsoftonline.com/common/v2.0');
  await expect(page.locator('#note-issuer')).toContainText('Write your own: Directory (tenant) ID');
  await page.getByLabel('Issuer').fill('brand.auth.eu-central-1.amazoncognito.com');
  await expect(page.locator('#note-issuer')).toContainText('Write the User pool ID');
  await expect(page.getByRole('button', { name: 'Write' })).toHaveCount(0);
});

test('the provider itself says how its issuer is written', async ({ page, world }) => {
  await fillsIn(page, world, world.site.url('/pasted.html'));
  await page.getByLabel('Issuer').fill(`${world.provider.issuer}/`);
  await page.getByRole('button', { name: `Write ${world.provider.issuer}`, exact: true }).click();
  await expect(page.getByText('All in order')).toBeVisible();
});

test('a policy of Azure AD B2C becomes issuer, authorization endpoint and discovery URI', async ({
  page,
}) => {
  const base = 'https://brand.b2clogin.com/brand.onmicrosoft.com/B2C_1_signin';
  const issuer = 'https://brand.b2clogin.com/6b1f4a52-9d7e-4c3b-8a65-2f0e9c7d1b34/v2.0/';
  await page.route(`${base}/v2.0/.well-known/openid-configuration`, (route) =>
    route.fulfill({ json: { issuer }, headers: { 'access-control-allow-origin': '*' } }),
  );
  await pastes(page, `${base}/v2.0/.well-known/openid-configuration`);
  await expect(page.getByLabel('Issuer')).toHaveValue(issuer);
  const tag = page.locator('#tag');
  await expect(tag).toContainText(`data-authorization-endpoint="${base}/oauth2/v2.0/authorize"`);
  const genesys = page.getByRole('region', { name: 'In Genesys Cloud' });
  await expect(genesys).toContainText(`${base}/v2.0/.well-known/openid-configuration`);
});

test('an older tag is taken over whole', async ({ page, world }) => {
  const { DEPLOYMENT_ID } = world.values;
  await pastes(
    page,
    `<genesys-auth-messenger deployment-id="${DEPLOYMENT_ID}" environment="${world.genesys.domain}" issuer="${world.provider.issuer}" client-id="brand" mode="popup" redirect-uri="/callback.html" prompt="login" login-label="Come in"></genesys-auth-messenger>`,
  );
  await expect(page.getByLabel('Element', { exact: true })).toBeChecked();
  await expect(page.getByLabel('Sign in in a popup')).toBeChecked();
  await expect(page.getByLabel('The page at the redirect URI')).toHaveValue('/callback.html');
  await expect(page.getByText('Kept from your tag: prompt, login-label.')).toBeVisible();
  const tag = page.locator('#tag');
  await expect(tag).toContainText('prompt="login"');
  await expect(tag).toContainText('login-label="Come in"');
  await page.getByRole('button', { name: 'Leave out' }).click();
  await expect(tag).not.toContainText('prompt');
});

test('the checks say what is wrong while it is being set up', async ({ page, world }) => {
  const address = world.site.url('/pasted.html');
  await fillsIn(page, world, address);
  await expect(page.getByText('All in order')).toBeVisible();
  await page.getByLabel('Issuer').fill(`${world.provider.issuer}/`);
  const checks = page.getByRole('region', { name: 'Checks' });
  await expect(checks).toContainText('1 problem');
  await expect(checks).toContainText('Set the attribute issuer exactly');

  await page.getByLabel('Issuer').fill(world.provider.issuer);
  world.genesys.deployments.clear();
  await page.getByLabel('Client ID').fill('another');
  await expect(checks).toContainText('Genesys Cloud does not know this deployment in this region');
});

test('what to enter elsewhere is filled in', async ({ page }) => {
  await page.getByLabel('Issuer').fill('https://id.brand.example/realms/customers');
  await page.getByLabel('Client ID').fill('messenger');
  await page.getByLabel('The page with the tag').fill('https://www.brand.example/shop/?from=mail');
  await expect(page.getByRole('combobox', { name: 'Provider' })).toHaveValue('keycloak');
  const provider = page.getByRole('region', { name: 'At Keycloak' });
  await expect(provider).toContainText('Valid redirect URIs: https://www.brand.example/');
  const genesys = page.getByRole('region', { name: 'In Genesys Cloud' });
  await expect(genesys).toContainText(
    'https://id.brand.example/realms/customers/.well-known/openid-configuration',
  );
  await expect(genesys).toContainText('client id messenger');
  await expect(genesys).toContainText('allow the domain www.brand.example');
});

test('what is wanted stands in the tag, as far as the provider has it', async ({ page }) => {
  const tag = page.getByRole('region', { name: 'Your tag' });
  await page.getByLabel('The page with the tag').fill('https://www.brand.example/');
  for (const [option, attribute] of Object.entries({
    'Sign in in a popup': 'mode="popup"',
    'Sign in without a click': 'silent',
    'Load nothing': 'loading="lazy"',
    'Long sessions': 'offline_access',
    'Log out at the provider': 'logout="provider"',
  })) {
    await expect(tag).not.toContainText(attribute);
    await page.getByLabel(option).check();
    await expect(tag).toContainText(attribute);
  }
  await expect(tag).toContainText('redirect-uri="/"');
  await page.getByLabel('One redirect URI').uncheck();
  await expect(tag).not.toContainText('redirect-uri="/"');
  await page.getByLabel('Issuer').fill('https://accounts.google.com');
  await expect(tag).not.toContainText('offline_access');
  await expect(tag).toContainText('access_type=offline');
  await expect(page.getByLabel('Log out at the provider')).toBeDisabled();
  await expect(tag).not.toContainText('logout=');
});

test('is accessible', { tag: '@chromium' }, async ({ page, world }) => {
  await fillsIn(page, world, world.site.url('/pasted.html'));
  await expect(page.getByText('All in order')).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
});
