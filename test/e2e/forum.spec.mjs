// Visitors post HTML under the brand's article, through the filters of content systems: it decides nothing about the sign-in.
import { createRequire } from 'node:module';
import { filters } from '../../demo/world/filters.mjs';
import { readElement } from '../../scripts/element-api.mjs';
import { expect, test } from './fixtures.mjs';
import { comments } from './forum/comments.mjs';

/** @typedef {import('./fixtures.mjs').World} World */
/** @typedef {import('@playwright/test').Page} Page */

const purify = createRequire(import.meta.url).resolve('dompurify/dist/purify.min.js');

/**
 * Posts a comment through every filter that lets the gadget in it through; where several leave the same, through one.
 * @param {Page} page @param {World} world @param {{html: string, gadget: string}} comment
 * @returns {Promise<string[]>} The names of all those filters.
 */
async function post(page, world, { html: template, gadget }) {
  const html = template.replace(/%(\w+)%/g, (_, name) => world.values[name] ?? '');
  const filtered = Object.entries(filters).map(([key, { filter }]) => ({ key, left: filter?.(html) }));
  await page.addScriptTag({ path: purify });
  const passed = await page.evaluate(
    ({ html, filtered, gadget }) =>
      filtered.flatMap(({ key, left }) => {
        const result = left ?? /** @type {any} */ (window).DOMPurify.sanitize(html);
        const parsed = new DOMParser().parseFromString(result, 'text/html');
        return parsed.querySelector(gadget) ? [{ key, result }] : [];
      }),
    { html, filtered, gadget },
  );
  const different = passed.filter(
    ({ result }, index) => passed.findIndex((other) => other.result === result) === index,
  );
  for (const { key } of different) {
    const body = new URLSearchParams({ filter: key, comment: html });
    await fetch(world.site.url('/forum.html'), { method: 'POST', body });
  }
  return passed.map(({ key }) => key);
}

/** Every host that is asked for anything but a picture; those come with the comments. @param {Page} page */
function watchHosts(page) {
  /** @type {Set<string>} */
  const hosts = new Set();
  page.context().on('request', (request) => {
    if (request.resourceType() !== 'image') hosts.add(new URL(request.url()).host);
  });
  return hosts;
}

/** The state of the author's element, read past the names that comments take. @param {Page} page @returns {Promise<string>} */
const said = (page) =>
  page.evaluate(() => {
    const element = Document.prototype.querySelector.call(document, 'body > header genesys-auth-messenger');
    const { status, error } = /** @type {any} */ (element ?? { status: 'no element' });
    return error ? `${status} ${error.code}` : status;
  });

const settings = readElement()
  .attributes.map(({ name }) => name)
  .filter((name) => !['login-label', 'logout-label'].includes(name));

/** What comments have made of places. @param {Page} page */
const amongComments = (page) =>
  page.evaluate((settings) => {
    const all = [...document.querySelectorAll('.comments genesys-auth-messenger')];
    const placed = all.filter((element) => element.closest('[data-genesys-auth-messenger]'));
    const words = placed.flatMap(({ shadowRoot }) =>
      [...(shadowRoot?.querySelectorAll('button slot') ?? [])].map(
        (label) => label.textContent?.trim() ?? '',
      ),
    );
    const parts = [...document.querySelectorAll('.comments [slot]')];
    return {
      count: all.length,
      configured: settings.filter((name) => placed.some((element) => element.hasAttribute(name))),
      words: Math.max(0, ...words.map((word) => word.length)),
      slotted: parts.filter((part) => part.assignedSlot).length,
    };
  }, settings);

for (const [title, row] of Object.entries(comments)) {
  const { form = 'script-last', end = 'signs in', elements = 20, covered = false } = row;
  test(`${title}: ${end === 'signs in' ? 'a visitor signs in' : end}`, async ({ visitor, world, page }) => {
    const passes = await post(page, world, row);
    test.info().annotations.push({ type: 'passes', description: passes.join(', ') || 'no filter' });
    if (end === 'stopped') return expect(passes).toEqual([]);
    expect(passes).not.toEqual([]);

    const hosts = watchHosts(page);
    /** @type {string[]} */
    const thrown = [];
    page.on('pageerror', ({ stack = '' }) => thrown.push(stack));
    await visitor.opens(`/forum.html?form=${form}`);
    if (end === 'told' || end === 'settles') {
      const settled = end === 'told' ? /^failed \w+\/[\w-]+$/ : /^(signed-out|failed \w+\/[\w-]+)$/;
      await expect.poll(() => said(page)).toMatch(settled);
      expect(thrown.filter((stack) => stack.includes('genesys-auth-messenger'))).toEqual([]);
      return;
    }

    const button = page.locator('body > header').getByRole('button', { name: 'Log in', exact: true });
    await expect(button).toHaveCount(1);
    await expect(button).toBeEnabled();
    expect(world.provider.authorizationRequests).toEqual([]);
    const { count, configured, words, slotted } = await amongComments(page);
    expect.soft(count, 'elements among the comments').toBeLessThanOrEqual(elements);
    expect.soft(configured, 'what comments have configured').toEqual([]);
    expect.soft(words, 'the longest label').toBeLessThanOrEqual(60);
    expect.soft(slotted, 'content of comments in slots').toBe(0);

    if (covered) await button.press('Enter');
    else await button.click();
    await visitor.fillsIn('ada');
    await expect(page).toHaveURL(world.site.url(`/forum.html?form=${form}`));
    await expect(
      page.locator('body > header').getByRole('button', { name: 'Log out', exact: true }),
    ).toBeEnabled();
    await expect
      .poll(() => world.genesys.log)
      .toMatchObject([{ ok: true, name: 'Ada Lovelace', deploymentId: world.values.DEPLOYMENT_ID }]);
    expect(world.provider.authorizationRequests).toMatchObject([
      { clientId: world.values.CLIENT_ID, redirectUri: world.site.url('/forum.html'), framed: false },
    ]);

    const { site, provider, genesys } = world;
    const ours = [
      site.origin,
      provider.issuer,
      ...['apps', 'api', 'api-cdn'].map((name) => `http://${name}.${genesys.domain}`),
    ];
    const known = ours.map((address) => new URL(address).host);
    expect([...hosts].filter((host) => !known.includes(host))).toEqual([]);
    expect(visitor.exceptions).toEqual([]);
  });
}

test('a visitor posts a comment, reads it and signs in', async ({ visitor, page, messenger }) => {
  await visitor.opens('/');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Forum' }).click();
  for (const name of Object.values(filters).map((rules) => rules.name.replaceAll('`', ''))) {
    await page.getByLabel('Your comment').fill(`<em>Yes</em><img src=x onerror="document.title='ran'">`);
    await page.getByLabel('The filter that it passes').selectOption(name);
    await page.getByRole('button', { name: 'Post' }).click();
    await expect(
      page
        .getByRole('listitem')
        .filter({ hasText: `Through ${name}Yes` })
        .locator('em'),
    ).toHaveText('Yes');
  }
  await expect(page).toHaveTitle('Forum · Lumenwick');
  await expect(page.locator('header genesys-auth-messenger')).toHaveCount(1);
  await visitor.signsIn();
  await visitor.isSignedIn();
  await messenger.isAuthenticatedAs('Ada Lovelace');
});

for (const form of ['script', 'script-last', 'element', 'place']) {
  test(`without comments a visitor signs in and out, by the form ${form}`, async ({ visitor, page }) => {
    await visitor.opens(`/forum.html?form=${form}`);
    await expect(page.locator('#header genesys-auth-messenger')).toHaveCount(1);
    await visitor.signsIn();
    await visitor.isSignedIn();
    await visitor.pressesLogout();
    await visitor.isSignedOut();
    expect(visitor.console).toEqual([]);
  });
}
