// The element in frameworks, from the package as npm packs it: what their users write works, and their consoles stay quiet.
import { addFrameworkPages, buildFrameworks, frameworks } from '../../demo/frameworks/build.mjs';
import { expect, test } from './fixtures.mjs';

// Once in each worker, and not in the time of a test.
test.beforeAll(async () => {
  test.setTimeout(120_000);
  await buildFrameworks();
});

for (const [name, title] of Object.entries(frameworks)) {
  test.describe(title, () => {
    test.beforeEach(async ({ world, visitor }) => {
      await addFrameworkPages(world.site);
      await visitor.opens(`/frameworks/${name}/`);
    });

    test.afterEach(({ visitor }) => {
      // The frameworks' own greetings aside, and the line for authors where the visitor has cancelled.
      const known = /^(log|info|debug): |^warning: <genesys-auth-messenger> provider\/denied: /;
      expect(visitor.console.filter((line) => !known.test(line))).toEqual([]);
    });

    test('signs in, and hears every event in its own way', async ({ visitor, messenger, page }) => {
      const says = (/** @type {RegExp} */ pattern) => expect(page.locator('output')).toHaveText(pattern);

      await visitor.pressesLogin();
      await visitor.cancels();
      await says(/sign-?in-?failed/i);
      await says(/status-?change/i);

      await visitor.signsIn();
      await visitor.isSignedIn();
      await says(/signed-?in/i);
      await messenger.isAuthenticatedAs('Ada Lovelace');

      await visitor.pressesLogout();
      await says(/logged-?out/i);
      expect(visitor.redeemed).toHaveLength(1);
    });

    test('binds attributes and properties, also those that it sets before the definition', async ({
      visitor,
      page,
    }) => {
      const button = (/** @type {string} */ label) => visitor.element.getByRole('button', { name: label });
      await expect(button(`Log in from ${title.split(',')[0]}`)).toBeEnabled();
      const { DEPLOYMENT_ID, ENVIRONMENT, ISSUER, CLIENT_ID } = visitor.world.values;
      const bound = await visitor.element.evaluate((element) => {
        const { deploymentId, environment, issuer, clientId } = /** @type {any} */ (element);
        return { deploymentId, environment, issuer, clientId };
      });
      expect(bound).toEqual({
        deploymentId: DEPLOYMENT_ID,
        environment: ENVIRONMENT,
        issuer: ISSUER,
        clientId: CLIENT_ID,
      });
      await page.getByRole('button', { name: 'Rename' }).click();
      await expect(button('Log in, renamed')).toBeEnabled();
    });

    test('mounts, unmounts and mounts again without losing the session', async ({
      visitor,
      messenger,
      page,
    }) => {
      await visitor.signsIn();
      await visitor.isSignedIn();
      for (let round = 0; round < 2; round++) {
        await page.getByRole('button', { name: 'Take away' }).click();
        await expect(visitor.element).toHaveCount(0);
        await page.getByRole('button', { name: 'Put back' }).click();
        await expect(visitor.logoutButton).toBeEnabled();
      }
      await messenger.isAuthenticatedAs('Ada Lovelace');
      await visitor.pressesLogout();
      await visitor.isSignedOut();
      expect(visitor.redeemed).toHaveLength(1);
    });
  });
}
