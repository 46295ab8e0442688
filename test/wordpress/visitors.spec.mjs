// What visitors of a WordPress site with the plugin have: every kind of address, and answers that WordPress itself would read.
import { Visitor } from '../e2e/fixtures.mjs';
import { expect, logIn, settingsFor, test } from './fixtures.mjs';

const pretty = '/%postname%/';

for (const [where, permalinks, answers] of /** @type {const} */ ([
  ['site', '', 'front page'],
  ['site', pretty, 'Sample Page'],
  ['blog', '', 'Sample Page'],
  ['blog', pretty, 'front page'],
])) {
  const folder = where === 'blog' ? ' in a folder' : '';
  const kind = permalinks ? 'pretty' : 'plain';
  test(`${kind} permalinks${folder}, answers at the ${answers}: the visitor signs in and is back at the very address`, async ({
    visitor,
    messenger,
    world,
    file,
    site: root,
    blog,
  }) => {
    const site = where === 'blog' ? blog : root;
    const isFront = answers === 'front page';
    const settings = { ...settingsFor(world, file), 'redirect-page': isFront ? '0' : '2' };
    await site.reset({ permalinks, settings });
    const redirectUri = site.url(isFront ? '/' : permalinks ? '/sample-page/' : '/?page_id=2');
    await world.provider.register(redirectUri);
    const { path } = await site.publish({ type: 'post' });
    const start = `${site.url(path)}${path.includes('?') ? '&' : '?'}from=mail#more`;

    await visitor.page.goto(start);
    await visitor.signsIn();
    await visitor.isSignedIn();
    await expect(visitor.page).toHaveURL(start);
    await messenger.isAuthenticatedAs('Ada Lovelace');
    expect(world.provider.authorizationRequests).toMatchObject([{ redirectUri }]);

    await visitor.page.goto(site.url('/'));
    await visitor.page.goto(start);
    await visitor.isSignedIn({ restored: true });
    expect(visitor.exceptions).toEqual([]);
  });
}

test('who cancels is back at the static front page, and not at the list of posts', async ({
  site,
  world,
  file,
  visitor,
}) => {
  await site.reset({ settings: settingsFor(world, file) });
  const { id } = await site.publish({ title: 'Welcome' });
  await site.php(`update_option('show_on_front', 'page'); update_option('page_on_front', $input);`, id);
  await world.provider.register(site.url('/'));
  await visitor.page.goto(site.url('/'));
  await visitor.pressesLogin();
  await visitor.cancels();
  await visitor.isTold('provider/denied');
  await expect(visitor.page).toHaveURL(site.url('/'));
  await expect(visitor.page.getByRole('heading', { name: 'Welcome' })).toBeVisible();
});

test('with silent, a visitor whom the provider knows is signed in without a click', async ({
  site,
  world,
  file,
  permissive,
}) => {
  await site.reset({ settings: { ...settingsFor(world, file), silent: '1' } });
  await world.provider.register(site.url('/'));
  const { path } = await site.publish({});
  const visitor = new Visitor(permissive, world);
  await visitor.opens();
  await visitor.signsIn();
  await expect(visitor.logoutButton).toBeEnabled();
  await permissive.goto(site.url(path));
  await expect(visitor.logoutButton).toBeEnabled();
  expect(world.provider.authorizationRequests.at(-1)).toMatchObject({ prompt: 'none', framed: true });
});

test('the chat ends with the WordPress user, of whom the page holds the number', async ({
  site,
  world,
  file,
  visitor,
  messenger,
}) => {
  await site.reset({ settings: { ...settingsFor(world, file), account: '1' } });
  await world.provider.register(site.url('/'));
  const { path } = await site.publish({});
  const account = () => visitor.page.locator('script[data-deployment-id]').getAttribute('data-account');

  await logIn(visitor.page, site, 'author');
  await visitor.page.goto(site.url(path));
  expect(await account()).toBe(String(await site.php(`return get_user_by('login', 'author')->ID;`)));
  await visitor.signsIn();
  await visitor.isSignedIn();
  await messenger.isAuthenticatedAs('Ada Lovelace');

  await visitor.page.context().clearCookies({ domain: new URL(site.address).hostname });
  await visitor.page.reload();
  expect(await account()).toBe('');
  await visitor.isSignedOut();
});

test('a selector in the settings places a button in every page of the theme', async ({
  site,
  world,
  file,
  visitor,
}) => {
  const settings = { ...settingsFor(world, file), target: '.wp-site-blocks > header' };
  await site.reset({ settings, permalinks: pretty });
  await visitor.page.goto(site.url('/sample-page/'));
  await visitor.isSignedOut();
  await expect(visitor.page.locator('.wp-site-blocks > header > genesys-auth-messenger')).toHaveCount(1);
});

test('a plugin without settings leaves pages alone', async ({ site, visitor }) => {
  await site.reset();
  const { path } = await site.publish({});
  await visitor.page.goto(site.url(path));
  await expect(visitor.page.locator('[data-genesys-auth-messenger]')).toBeEmpty();
  await expect(visitor.page.locator('script[src*=genesys], script[data-target]')).toHaveCount(0);
  expect(visitor.console).toEqual([]);
});
