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
  await expect(page.getByText('All in order')).toBeVisible();
  const tag = page.getByRole('region', { name: 'Your tag' });
  await expect(tag).not.toContainText('integrity');
  world.site.faults.clear();
  release();
  await expect(tag).toContainText(/integrity="sha384-/);
});

test.describe('from the empty form to a signed-in chat', { tag: '@chromium' }, () => {
  for (const [form, choice] of Object.entries({
    element: 'Element',
    script: 'One script',
    place: 'One script, and a place for the button',
  })) {
    test(`with the ${form}`, async ({ page, world, visitor, messenger }) => {
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await fillsIn(page, world, world.site.url('/pasted.html'));
      await expect(page.getByText('All in order')).toBeVisible();
      await page.getByLabel(choice, { exact: true }).check();
      const pasted = await copies(page, 'Your tag');
      expect(pasted).toMatch(/integrity="sha384-\S{64}"/);

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
  await expect(provider).toContainText('Valid redirect URIs: https://www.brand.example/shop/');
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
    'One redirect URI': 'redirect-uri="/callback.html"',
    'Sign in without a click': 'silent',
    'Load nothing': 'loading="lazy"',
    'Long sessions': 'offline_access',
    'Log out at the provider': 'logout="provider"',
  })) {
    await expect(tag).not.toContainText(attribute);
    await page.getByLabel(option).check();
    await expect(tag).toContainText(attribute);
  }
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
