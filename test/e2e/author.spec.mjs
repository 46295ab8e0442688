// Who configures where the script's own tag does: it, and nobody else. What is in the page besides is a view of its session.
import { expect, test } from './fixtures.mjs';

/** @typedef {import('./fixtures.mjs').Visitor} Visitor */

const settings = {
  'deployment-id': '%DEPLOYMENT_ID%',
  environment: '%ENVIRONMENT%',
  issuer: '%ISSUER%',
  'client-id': '%CLIENT_ID%',
};
/** @param {string} prefix @param {Record<string, string>} [changes] */
const written = (prefix, changes = {}) =>
  Object.entries({ ...settings, ...changes })
    .map(([name, value]) => `${prefix}${name}="${value}"`)
    .join(' ');

const file = '/assets/genesys-auth-messenger.js';
/** @param {string} [more] @param {Record<string, string>} [changes] */
const script = (more = '', changes = {}) =>
  `<script src="${file}" ${written('data-', changes)} ${more}></script>`;
const view = '<genesys-auth-messenger></genesys-auth-messenger>';
const place = '<div data-genesys-auth-messenger></div>';
const evil = { issuer: 'https://evil.example', 'client-id': 'evil' };
const foreign = `<genesys-auth-messenger ${written('', evil)} authorization-endpoint="https://evil.example/" silent></genesys-auth-messenger>`;

/** @param {Visitor} visitor @param {string} body @param {string} [head] */
async function opens(visitor, body, head = '') {
  await visitor.world.site.page(
    '/own.html',
    `<!doctype html><html lang="en"><head><title>Own</title><link rel="icon" href="/logo.svg">${head}</head><body>${body}</body></html>`,
  );
  await visitor.opens('/own.html');
}

/** What each element shows, in the order of the page. @param {Visitor} visitor @returns {Promise<string[]>} */
const shown = ({ element }) =>
  element.evaluateAll((elements) =>
    elements.map((/** @type {any} */ { status, error }) => (error ? `${status} ${error.code}` : status)),
  );

test('elements without a configuration and places show the session of the script that configures', async ({
  visitor,
  world,
}) => {
  await opens(visitor, view + place + script('data-target=""') + place);
  await expect.poll(() => shown(visitor)).toEqual(['signed-out', 'signed-out', 'signed-out']);
  await visitor.loginButton.first().click();
  await visitor.fillsIn('ada');
  await expect.poll(() => shown(visitor)).toEqual(['signed-in', 'signed-in', 'signed-in']);
  expect(world.provider.authorizationRequests).toMatchObject([{ clientId: world.values.CLIENT_ID }]);
  expect(visitor.console).toEqual([]);
});

for (const [where, body] of Object.entries({
  before: `${foreign}<main></main>${script('data-target="main"')}`,
  after: `<main></main>${script('data-target="main"')}${foreign}`,
})) {
  test(`an element with another configuration ${where} the script that configures is a conflict, and changes nothing`, async ({
    visitor,
    page,
    world,
    messenger,
  }) => {
    await opens(visitor, body);
    const own = page.locator('main > genesys-auth-messenger');
    const other = page.locator('body > genesys-auth-messenger');
    const codeOf = () => other.evaluate((/** @type {any} */ { error }) => error?.code);
    await expect.poll(codeOf).toBe('configuration/conflict');
    await other.getByRole('button').click();
    await own.getByRole('button', { name: 'Log in' }).click();
    await visitor.fillsIn('ada');
    await messenger.isAuthenticatedAs('Ada Lovelace');
    await expect.poll(codeOf).toBe('configuration/conflict');
    expect(world.provider.authorizationRequests).toMatchObject([{ clientId: world.values.CLIENT_ID }]);
  });
}

test('a second script with other values is a conflict that the console names once, and changes nothing', async ({
  visitor,
  world,
  messenger,
}) => {
  await opens(visitor, script() + script('', evil));
  await expect(visitor.element).toHaveCount(1);
  await visitor.isSignedOut();
  await expect
    .poll(() => visitor.console)
    .toEqual([expect.stringMatching(/^warning: <genesys-auth-messenger> configuration\/conflict/)]);
  await visitor.signsIn();
  await messenger.isAuthenticatedAs('Ada Lovelace');
  expect(world.provider.authorizationRequests).toMatchObject([{ clientId: world.values.CLIENT_ID }]);
});

test('an empty data-target means nowhere: the session starts without a button', async ({
  visitor,
  page,
  world,
}) => {
  await opens(visitor, '<main>Content</main>', script('data-target=""'));
  await expect.poll(() => world.genesys.requests.bootstrap).toBe(1);
  await page.waitForLoadState();
  await expect(visitor.element).toHaveCount(0);
  expect(visitor.console).toEqual([]);
});

test('a picture that is called currentScript does not stand in for the script that configures', async ({
  visitor,
  messenger,
  world,
}) => {
  const fake = `<img name="currentScript" src="/logo.svg" ${written('data-', evil)} alt="">`;
  await opens(visitor, fake + script());
  await visitor.signsIn();
  await messenger.isAuthenticatedAs('Ada Lovelace');
  expect(world.provider.authorizationRequests).toMatchObject([{ clientId: world.values.CLIENT_ID }]);
});
