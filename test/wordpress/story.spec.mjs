// From a WordPress without the plugin to a visitor who chats as themselves, by hand as staff does it. The pictures of
// docs/wordpress.md are taken here: WRITE_DOCS=1 writes them.
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from './fixtures.mjs';
import { file as plugin } from './wordpress.mjs';

/** @typedef {import('@playwright/test').Page} Page */

const images = fileURLToPath(new URL('../../docs/images/', import.meta.url));

/** @param {Page} page @param {string} name @param {import('@playwright/test').PageScreenshotOptions} [options] */
async function take(page, name, options) {
  if (process.env.WRITE_DOCS)
    await page.screenshot({ path: `${images}${name}.png`, animations: 'disabled', ...options });
}

test('an administrator uploads the plugin and fills the settings page in, an editor places the button, and a visitor chats as themselves', async ({
  site,
  world,
  file,
  logsIn,
  visitor,
  messenger,
}, info) => {
  await site.reset({ plugin: 'missing' });
  const zip = info.outputPath('genesys-auth-messenger.zip');
  await mkdir(info.outputDir, { recursive: true });
  await site.php(`(new PharData($input[0]))->addFile($input[1], basename($input[1]));`, [zip, plugin]);
  const admin = await logsIn('administrator');
  await admin.goto(site.url('/wp-admin/plugin-install.php?tab=upload'));
  await admin.getByLabel('Plugin zip file').setInputFiles(zip);
  await admin.getByRole('button', { name: 'Install Now' }).click();
  await admin.getByRole('link', { name: 'Activate Plugin' }).click();
  await expect(admin.getByText('Plugin activated.')).toBeVisible();

  await admin.goto(site.url('/wp-admin/options-general.php'));
  await admin.getByRole('link', { name: 'Genesys Auth Messenger' }).click();
  await admin.getByLabel('Address of the file').fill(file.src);
  await admin.getByLabel('Integrity').fill(file.integrity);
  await admin.getByLabel('Deployment ID').fill(world.values.DEPLOYMENT_ID ?? '');
  await admin.getByLabel('Environment').fill(world.genesys.domain);
  await admin.getByLabel('Issuer').fill(world.provider.issuer);
  await admin.getByLabel('Client ID').fill(world.values.CLIENT_ID ?? '');
  await admin.getByLabel('Page for answers').selectOption('Sample Page');
  await admin.getByRole('button', { name: 'Save Changes' }).click();
  await expect(admin.getByText('Settings saved.')).toBeVisible();
  await expect(admin.getByLabel('Issuer')).toHaveValue(world.provider.issuer);
  await expect(admin.getByLabel('Page for answers')).toHaveValue('2');
  const redirectUri = admin.getByText('Register this redirect URI').locator('code');
  await expect(redirectUri).toHaveText(site.url('/?page_id=2'));
  await world.provider.register(await redirectUri.innerText());
  await take(admin, 'wordpress-settings', { fullPage: true });

  const editor = await logsIn('editor');
  await editor.goto(site.url('/wp-admin/post-new.php?post_type=page'));
  await editor.getByRole('button', { name: 'Close dialog' }).click();
  await editor.getByRole('textbox', { name: 'Add title' }).fill('Talk to us');
  await editor.keyboard.press('Enter');
  await editor.keyboard.type('We know your contract, and answer at once.');
  await editor.keyboard.press('Enter');
  await editor.keyboard.type('[genesys_auth_messenger]');
  await take(editor, 'wordpress-editor');
  await editor.getByRole('button', { name: 'Publish', exact: true }).click();
  const panel = editor.getByRole('region', { name: 'Editor publish' });
  await panel.getByRole('button', { name: 'Publish', exact: true }).click();
  const published = await panel.getByRole('link', { name: 'View Page' }).getAttribute('href');

  await visitor.page.setViewportSize({ width: 960, height: 720 });
  await visitor.page.goto(published ?? '');
  await visitor.isSignedOut();
  await visitor.signsIn();
  await visitor.isSignedIn();
  await messenger.isAuthenticatedAs('Ada Lovelace');
  await expect(visitor.page).toHaveURL(published ?? '');
  await take(visitor.page, 'wordpress-signed-in');
  expect(world.provider.authorizationRequests).toMatchObject([{ redirectUri: site.url('/?page_id=2') }]);
  expect(visitor.console).toEqual([]);
});
