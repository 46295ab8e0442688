// `npm run pictures`: takes the pictures of the documentation anew, in the local world, of what `npm run build` has written.
import { mkdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium, expect } from '@playwright/test';
import { startWorld, visitors } from '../demo/world/world.mjs';
import { Messenger, Visitor } from '../test/e2e/fixtures.mjs';
import { ensureBrowser } from './setup.mjs';

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {{width: number, height: number}} Size */

const folder = fileURLToPath(new URL('../docs/images/', import.meta.url));

const failed = 'Signing in did not work. Please try again.';

/** A page of the brand's, as README.md shows it. */
const brandPage = { width: 960, height: 640 };

/** Wide enough for every column of the gallery. */
const gallery = { width: 1400, height: 900 };

const world = await startWorld();
const browser = await chromium.launch({
  executablePath: ensureBrowser(),
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  await mkdir(folder, { recursive: true });
  await takeSignIn();
  await takeFailure('failed', brandPage);
  await takeFailure('narrow', { width: 320, height: 480 });
  // Twice as large in the same window: half as wide for the page.
  await takeFailure('zoom', { width: 640, height: 400 }, 2);
  await takeGallery();
  await takeSetupPage();
  await takeDoctor();
} finally {
  await browser.close();
  await world.stop();
}

/** What a sign-in looks like to whom it works for. */
async function takeSignIn() {
  await withVisitor(brandPage, 1, async (visitor, page) => {
    await visitor.opens();
    await expect(visitor.loginButton).toBeEnabled();
    await take(page, 'signed-out');
    await visitor.pressesLogin();
    await page.getByLabel('Name', { exact: true }).fill(visitors.ada.login);
    await page.getByLabel('Password').fill(visitors.ada.password);
    await take(page, 'provider');
    await page.getByRole('button', { name: 'Log in' }).click();
    await expect(visitor.logoutButton).toBeEnabled();
    const messenger = new Messenger(page);
    await messenger.says('When is electricity cheap tomorrow?');
    await messenger.shows(`Hello ${visitors.ada.name}`);
    await take(page, 'signed-in');
  });
}

/**
 * Genesys Cloud is out of order.
 * @param {string} name The picture's.
 * @param {Size} size
 * @param {number} [scale]
 */
async function takeFailure(name, size, scale) {
  await withVisitor(size, scale, async (visitor, page) => {
    world.genesys.faults.set('exchange', { status: 500, body: { code: 'local', status: 500 } });
    await visitor.opens();
    await visitor.signsIn();
    await expect(visitor.element.getByRole('status')).toHaveText(failed);
    await take(page, name);
  });
}

async function takeGallery() {
  await withPage(gallery, 1, async (page) => {
    // Until every language is there.
    await page.goto(world.site.url('/gallery.html'), { waitUntil: 'networkidle' });
    await expect(page.getByRole('status').last()).not.toBeEmpty();
    const tables = { light: variantsOf(page, 'light'), dark: variantsOf(page, 'dark') };
    await takeAround(page, 'light', tables.light);
    await takeAround(page, 'dark', tables.dark);
    await page.emulateMedia({ forcedColors: 'active' });
    await takeAround(page, 'forced-colors', tables.light);
    await page.emulateMedia({ forcedColors: 'none' });
    await page.addStyleTag({ content: '[dir="ltr"] { display: none }' });
    await takeAround(page, 'right-to-left', page.locator('#light table').last());
  });
}

/** @param {Page} page @param {string} theme */
function variantsOf(page, theme) {
  return page.locator(`#${theme} table`).first();
}

async function takeSetupPage() {
  await withPage({ width: 1240, height: 1180 }, 1, async (page) => {
    await page.goto(world.site.url('/assets/setup/index.html'));
    const snippet = `{\n  environment: '${world.genesys.domain}',\n  deploymentId: '${world.values.DEPLOYMENT_ID}'\n}`;
    await page.getByLabel('Paste a Messenger snippet').fill(snippet);
    await page.getByLabel('Issuer').fill(world.provider.issuer);
    await page.getByLabel('Client ID').fill(world.values.CLIENT_ID ?? '');
    await page.getByLabel('The page with the tag').fill(world.site.url('/'));
    await expect(page.getByText('All in order')).toBeVisible();
    await take(page, 'setup-checked');
  });
}

/** What the doctor says of a provider that this site may not ask. */
async function takeDoctor() {
  await withPage({ width: 1240, height: 800 }, 1, async (page) => {
    world.provider.breakDiscovery('no-cors');
    const home = await readFile(new URL('../demo/pages/index.html', import.meta.url), 'utf8');
    await page.goto(
      await world.site.page('/', home.replace('<genesys-auth-messenger', '<genesys-auth-messenger debug')),
    );
    await expect(page.getByRole('region', { name: 'Doctor' })).toContainText('Problems: 1');
    await take(page, 'setup-doctor');
  });
}

/** @param {Size} size @param {number | undefined} scale @param {(visitor: Visitor, page: Page) => Promise<void>} use */
async function withVisitor(size, scale, use) {
  await withPage(size, scale, (page) => use(new Visitor(page, world), page));
}

/**
 * A page in a browser that knows nothing, in a world as new. Nothing is animated, so that a picture is the same each time.
 * @param {Size} viewport
 * @param {number | undefined} deviceScaleFactor
 * @param {(page: Page) => Promise<void>} use
 */
async function withPage(viewport, deviceScaleFactor, use) {
  world.reset();
  const context = await browser.newContext({ viewport, deviceScaleFactor, reducedMotion: 'reduce' });
  await use(await context.newPage());
  await context.close();
}

/** @param {Page} page @param {string} name @param {import('@playwright/test').PageScreenshotOptions} [options] */
async function take(page, name, options) {
  await page.screenshot({ path: `${folder}${name}.png`, animations: 'disabled', ...options });
  console.log(`docs/images/${name}.png`);
}

/** With a margin on every side. @param {Page} page @param {string} name @param {import('@playwright/test').Locator} what */
async function takeAround(page, name, what) {
  const { x, y, width, height } = (await what.boundingBox()) ?? { x: 0, y: 0, width: 1, height: 1 };
  const margin = 16;
  const clip = { x: x - margin, y: y - margin, width: width + 2 * margin, height: height + 2 * margin };
  await take(page, name, { clip, fullPage: true });
}
