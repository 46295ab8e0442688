// From the empty setup page to a signed-in chat, with what people have of each product at hand.
import { Messenger, Visitor, expect, test } from './fixtures.mjs';
import { forms, startWorldIn } from './forms.mjs';

for (const [product, form] of Object.entries(forms)) {
  const title = `${product}: from the empty form to a signed-in chat`;
  test(title, { tag: '@chromium' }, async ({ playwright, launchOptions }, info) => {
    const { world, args, stop } = await startWorldIn(form, info.outputPath('certificates'));
    const { args: usual = [], ...options } = launchOptions;
    const browser = await playwright.chromium.launch({ ...options, args: [...usual, ...args] });
    try {
      const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
      const page = await context.newPage();
      const { DEPLOYMENT_ID = '', ENVIRONMENT = '', CLIENT_ID = '' } = world.values;
      const address = world.site.url('/pasted.html');

      await page.goto(world.site.url('/assets/setup/index.html'));
      await page.getByLabel('Deployment ID').fill(DEPLOYMENT_ID);
      await page.getByLabel('Environment').fill(ENVIRONMENT);
      await page.getByLabel('Issuer').fill(form.has);
      await page.getByRole('button', { name: `Write ${form.issuer}`, exact: true }).click();
      await page.getByRole('textbox', { name: 'Client ID' }).fill(CLIENT_ID);
      await page.getByLabel('The page with the tag').fill(address);

      await expect(page.getByRole('combobox', { name: 'Provider' })).toHaveValue(form.name);
      await expect(page.getByText('All in order')).toBeVisible();
      const discovery = `${form.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
      await expect(page.getByRole('region', { name: 'In Genesys Cloud' })).toContainText(discovery);
      await page.screenshot({ path: info.outputPath('form.png'), fullPage: true });
      await page.getByRole('region', { name: 'Your tag' }).getByRole('button', { name: 'Copy' }).click();
      const tag = await page.evaluate(() => navigator.clipboard.readText());
      await world.site.page(
        '/pasted.html',
        `<!doctype html><html lang="en"><title>Pasted</title><body>${tag}`,
      );

      const visitor = new Visitor(page, world);
      await visitor.opens('/pasted.html');
      await visitor.pressesLogin();
      await page.waitForURL((url) => url.host === new URL(form.authorization).host);
      await page.screenshot({ path: info.outputPath('login.png') });
      await visitor.fillsIn('ada');
      const messenger = new Messenger(page);
      await messenger.isAuthenticatedAs('Ada Lovelace');
      await page.screenshot({ path: info.outputPath('chat.png') });
      expect(world.genesys.log).toMatchObject([{ ok: true, pkce: true, nonce: true, iss: true }]);
      expect(visitor.exceptions).toEqual([]);
    } finally {
      await browser.close();
      await stop();
    }
  });
}
