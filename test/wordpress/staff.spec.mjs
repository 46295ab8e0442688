// Who may do what in a WordPress with the plugin: administrators configure, authors place, and visitors' comments do neither.
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { expect, settingsFor, test } from './fixtures.mjs';
import { file as plugin } from './wordpress.mjs';

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {import('./wordpress.mjs').WordPressSite} WordPressSite */

const settingsPage = '/wp-admin/options-general.php?page=genesys_auth_messenger';
const foreign = 'https://evil.example';
const hostile = '"><img src="x" onerror="x()">';

/** As the editor in the browser does it. @param {Page} page @param {WordPressSite} site @param {object} post @returns {Promise<number>} */
const posts = (page, site, post) =>
  page.evaluate(
    async ({ address, post }) => {
      const nonce = await (await fetch(`${address}/wp-admin/admin-ajax.php?action=rest-nonce`)).text();
      const response = await fetch(`${address}/?rest_route=/wp/v2/posts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-wp-nonce': nonce },
        body: JSON.stringify(post),
      });
      return (await response.json()).id;
    },
    { address: site.address, post },
  );

test('the file is PHP, and says the version of the package', async () => {
  execFileSync('php', ['-l', plugin]);
  const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(await readFile(plugin, 'utf8')).toContain(`* Version: ${version}\n`);
});

test.describe('what comes through of what is pasted into a post', () => {
  const pasted = `<script class="pasted" src="${foreign}/x.js"></script>
    <genesys-auth-messenger class="pasted" issuer="${foreign}"></genesys-auth-messenger>
    <div class="pasted" data-genesys-auth-messenger data-issuer="${foreign}"></div>
    [genesys_auth_messenger login_label="From the shortcode"]`;
  const place = ['div', 'shortcode'];
  const all = ['script', 'genesys-auth-messenger', ...place];

  for (const [role, expected] of Object.entries({
    administrator: all,
    editor: all,
    author: place,
    contributor: place,
  })) {
    test(`from the ${role}: ${expected.join(', ')}`, async ({ site, world, file, logsIn, visitor }) => {
      await site.reset({ settings: settingsFor(world, file) });
      await world.provider.register(site.url('/'));
      const status = role === 'contributor' ? 'pending' : 'publish';
      const id = await posts(await logsIn(role), site, { title: role, content: pasted, status });
      await site.php('wp_publish_post($input);', id);

      /** @type {string[]} */
      const strangers = [];
      await visitor.page.route(`${foreign}/**`, (route) => {
        strangers.push(route.request().url());
        return route.abort();
      });
      await visitor.page.goto(site.url(`/?p=${id}`));
      const button = visitor.page.getByRole('button', { name: 'From the shortcode' });
      await expect(button).toBeEnabled();
      const tags = await visitor.page
        .locator('.pasted')
        .evaluateAll((found) => found.map((tag) => tag.localName));
      expect([...tags, 'shortcode']).toEqual(expected);

      // Whatever else is there: the plugin's settings decide where visitors log in.
      await button.click();
      await visitor.fillsIn('ada');
      await expect(visitor.page.getByRole('button', { name: 'Log out' }).first()).toBeEnabled();
      expect(world.genesys.log).toMatchObject([{ ok: true, name: 'Ada Lovelace' }]);
      if (!expected.includes('script')) expect(strangers).toEqual([]);
    });
  }
});

test('a shortcode is a place with two labels, whatever its author writes', async ({
  site,
  world,
  file,
  logsIn,
  visitor,
}) => {
  await site.reset({ settings: settingsFor(world, file) });
  const content = `[genesys_auth_messenger login_label='${hostile}' logout_label="Bye" issuer="${foreign}" data-issuer="${foreign}" data_issuer="${foreign}" onclick="x()"]`;
  const id = await posts(await logsIn('author'), site, { title: 'Hostile', content, status: 'publish' });
  await visitor.page.goto(site.url(`/?p=${id}`));
  await expect(visitor.element).toHaveCount(1);
  const place = visitor.page.locator('[data-genesys-auth-messenger]');
  expect(await place.evaluate((place) => place.getAttributeNames())).toEqual([
    'data-genesys-auth-messenger',
    'data-login-label',
    'data-logout-label',
  ]);
  await expect(visitor.page.locator('img[src=x]')).toHaveCount(0);
});

test('a comment places nothing', async ({ site, world, file, visitor }) => {
  await site.reset({ settings: settingsFor(world, file) });
  const { id, path } = await site.publish({ type: 'post', title: 'Say something' });
  await visitor.page.goto(site.url(path));
  await visitor.page.getByRole('textbox', { name: 'Comment' })
    .fill(`Me too: [genesys_auth_messenger] <div data-genesys-auth-messenger></div>
      <genesys-auth-messenger issuer="${foreign}"></genesys-auth-messenger>`);
  await visitor.page.getByRole('textbox', { name: 'Name' }).fill('Mallory');
  await visitor.page.getByRole('textbox', { name: 'Email' }).fill('mallory@example.com');
  await visitor.page.getByRole('button', { name: 'Post Comment' }).click();
  await visitor.page.waitForURL(/#comment-/);
  await site.php(
    `foreach (get_comments(['post_id' => $input]) as $comment) wp_set_comment_status($comment, 'approve');`,
    id,
  );
  await visitor.page.goto(site.url(path));
  await expect(visitor.page.getByText('Me too: [genesys_auth_messenger]')).toBeVisible();
  await visitor.isSignedOut();
  await expect(visitor.element).toHaveCount(1);
});

test('an editor has no settings page', async ({ site, logsIn }) => {
  await site.reset();
  const editor = await logsIn('editor');
  await editor.goto(site.url(settingsPage));
  await expect(editor.getByText('you are not allowed to access this page')).toBeVisible();
});

test('what an administrator types is cleaned, and what stands in the database is escaped', async ({
  site,
  world,
  file,
  logsIn,
  visitor,
}) => {
  await site.reset();
  const admin = await logsIn('administrator');
  await admin.goto(site.url(settingsPage));
  const fields = {
    'Deployment ID': 'one',
    Environment: '<b>two</b>',
    'Client ID': hostile,
    'Button in': 'body > p',
  };
  for (const [label, value] of Object.entries({
    ...fields,
    'Address of the file': file.src,
    Issuer: 'javascript:x()',
  }))
    await admin.getByLabel(label).fill(value);
  await admin.getByLabel('Log in').evaluate((select) => {
    const option = document.createElement('option');
    option.value = 'elsewhere';
    select.append(option);
    /** @type {HTMLSelectElement} */ (select).value = 'elsewhere';
  });
  await admin.getByRole('button', { name: 'Save Changes' }).click();
  await expect(admin.getByText('Settings saved.')).toBeVisible();
  expect(await site.php(`return get_option('genesys_auth_messenger');`)).toEqual({
    src: file.src,
    integrity: '',
    'deployment-id': 'one',
    environment: 'two',
    issuer: '',
    'client-id': '">',
    'redirect-page': '0',
    mode: 'redirect',
    logout: 'messenger',
    scope: '',
    target: 'body > p',
    silent: '',
    account: '',
  });

  const settings = { ...settingsFor(world, file), scope: hostile, target: hostile, 'client-id': hostile };
  await site.reset({ settings });
  await admin.goto(site.url(settingsPage));
  await expect(admin.getByLabel('Client ID')).toHaveValue(hostile);
  await expect(admin.locator('img[src=x]')).toHaveCount(0);
  await visitor.page.goto(site.url('/'));
  await expect(visitor.page.locator('script[data-deployment-id]')).toHaveAttribute('data-client-id', hostile);
  await expect(visitor.page.locator('img[src=x]')).toHaveCount(0);
});

test('whoever writes sees the button in the preview of a draft, and in the Customizer', async ({
  site,
  world,
  file,
  logsIn,
}) => {
  await site.reset({ settings: settingsFor(world, file), theme: 'twentytwentyone' });
  const admin = await logsIn('administrator');
  const draft = { title: 'Soon', content: '[genesys_auth_messenger]', status: 'draft' };
  const id = await posts(admin, site, draft);
  await admin.goto(site.url(`/?p=${id}&preview=true`));
  await expect(admin.getByRole('button', { name: 'Log in', exact: true })).toBeEnabled();

  await site.php('wp_publish_post($input);', id);
  const url = encodeURIComponent(site.url(`/?p=${id}`));
  await admin.goto(site.url(`/wp-admin/customize.php?url=${url}`));
  const preview = admin.frameLocator('iframe[title="Site Preview"]');
  await expect(preview.getByRole('button', { name: 'Log in', exact: true })).toBeEnabled();
});

test('who deletes the plugin deletes its settings', async ({ site, world, file, logsIn }) => {
  await site.reset({ plugin: 'inactive' });
  const admin = await logsIn('administrator');
  admin.on('dialog', (dialog) => dialog.accept());
  await admin.goto(site.url('/wp-admin/plugins.php'));
  await admin.getByRole('link', { name: 'Activate Genesys Auth Messenger' }).click();
  await site.php(`update_option('genesys_auth_messenger', $input);`, settingsFor(world, file));
  await admin.getByRole('link', { name: 'Deactivate Genesys Auth Messenger' }).click();
  await admin.getByRole('link', { name: 'Delete Genesys Auth Messenger' }).click();
  await expect(admin.getByText('was successfully deleted')).toBeVisible();
  expect(await site.php(`return get_option('genesys_auth_messenger');`)).toBe(false);
});
