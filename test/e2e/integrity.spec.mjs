// `integrity` on the one tag covers all that is loaded later: a file that somebody has changed on its way never runs. Nothing here
// is Chromium's alone, so that the file can run in every engine.
import { readFile } from 'node:fs/promises';
import { expect, test } from './fixtures.mjs';

/** @typedef {import('./fixtures.mjs').Visitor} Visitor */

const dist = new URL('../../dist/', import.meta.url);
/** @type {Record<string, string>} */
const digests = JSON.parse(await readFile(new URL('integrity.json', dist), 'utf8'));
const file = 'genesys-auth-messenger.js';
const parts = Object.keys(digests).filter(
  (name) => name !== file && /^genesys-auth-messenger\..*\.js$/.test(name),
);

/** The site under another name, as a host for files is. @param {Visitor} visitor @param {string} name */
const elsewhere = ({ world }, name) => world.site.url(`/files/${name}`).replace('//brand.', '//cdn.');

/**
 * A page whose tag has `integrity`, with the files on another origin.
 * @param {Visitor} visitor
 * @param {(name: string) => boolean} isChanged Which files somebody has changed so that they count how often they run.
 */
async function opens(visitor, isChanged) {
  for (const name of [file, ...parts]) {
    const code = await readFile(new URL(name, dist), 'utf8');
    const changed = `globalThis.ran = (globalThis.ran ?? 0) + 1;\n${code}`;
    await visitor.world.site.page(`/files/${name}`, isChanged(name) ? changed : code, {
      'access-control-allow-origin': '*',
    });
  }
  await visitor.world.site.page(
    '/own.html',
    `<!doctype html><html lang="en"><title>Intact</title><link rel="icon" href="/logo.svg">
    <genesys-auth-messenger deployment-id="%DEPLOYMENT_ID%" environment="%ENVIRONMENT%" issuer="%ISSUER%" client-id="%CLIENT_ID%"></genesys-auth-messenger>
    <script src="${elsewhere(visitor, file)}" integrity="${digests[file]}" crossorigin async></script></html>`,
  );
  await visitor.opens('/own.html');
}

/** @param {Visitor} visitor @returns {Promise<number>} */
const timesRun = ({ page }) => page.evaluate(() => /** @type {any} */ (globalThis).ran ?? 0);

test.describe('a tag with integrity', { tag: '@engines' }, () => {
  test('signs a visitor in and out with all files as they were built', async ({ visitor, messenger }) => {
    expect(parts.length).toBeGreaterThan(1);
    await opens(visitor, () => false);
    await visitor.signsIn();
    await visitor.isSignedIn();
    await messenger.isAuthenticatedAs('Ada Lovelace');
    await visitor.pressesLogout();
    await visitor.isSignedOut();
  });

  test('refuses a changed file: the element is never defined', async ({ visitor, page }) => {
    // The page has loaded when its scripts have run, or were refused. Firefox's driver hears no word of that.
    const asked = page.waitForRequest((request) => request.url().endsWith(`/files/${file}`));
    await opens(visitor, (name) => name === file);
    await asked;
    expect(await timesRun(visitor)).toBe(0);
    expect(await page.evaluate(() => customElements.get('genesys-auth-messenger'))).toBeUndefined();
  });

  test('covers its parts: changed ones run 0 times after three clicks, and the page is told', async ({
    visitor,
    page,
    world,
  }) => {
    /** @type {Set<string>} */
    const fetched = new Set();
    page.on('request', (request) => fetched.add(new URL(request.url()).pathname));
    await opens(visitor, (name) => parts.includes(name));
    await visitor.isSignedOut();
    for (let click = 1; click <= 3; click += 1) {
      const told = () => visitor.events();
      await visitor.loginButton.click();
      await expect
        .poll(async () => (await told()).filter(({ type }) => type === 'signInFailed').length)
        .toBe(click);
      await expect(visitor.loginButton).toBeEnabled();
    }
    expect((await visitor.failure()).code).toBe('configuration/chunk-missing');
    expect([...fetched]).toContain('/files/genesys-auth-messenger.sign-in.js');
    expect(await timesRun(visitor)).toBe(0);
    expect(page.url()).toBe(world.site.url('/own.html'));
    expect(world.provider.authorizationRequests).toEqual([]);
  });

  test('works again at the next click when the part is as it was built', async ({
    visitor,
    messenger,
    world,
  }) => {
    await opens(visitor, (name) => name.includes('sign-in'));
    await visitor.pressesLogin();
    await visitor.isTold('configuration/chunk-missing');
    const code = await readFile(new URL('genesys-auth-messenger.sign-in.js', dist), 'utf8');
    await world.site.page('/files/genesys-auth-messenger.sign-in.js', code, {
      'access-control-allow-origin': '*',
    });
    await visitor.signsIn();
    await messenger.isAuthenticatedAs('Ada Lovelace');
  });
});
