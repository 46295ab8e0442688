// What the pages and servers of real sites do to a sign-in, and what has to come of it: the one table of the tests in
// pages.spec.mjs and of docs/pages.md (`node test/e2e/pages.mjs --write`).
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect } from '@playwright/test';
import { format, resolveConfig } from 'prettier';

/** @typedef {import('./fixtures.mjs').World} World */
/** @typedef {import('./fixtures.mjs').Page} Page */
/** @typedef {import('./fixtures.mjs').Visitor} Visitor */
/** @typedef {import('./fixtures.mjs').Messenger} Messenger */
/** @typedef {import('./brand.mjs').Attributes} Attributes */

/**
 * @typedef {object} Parts What a page consists of, beside our file and the element's tag.
 * @property {string} [src] Our file's address, where it is written otherwise. `%SITE%` is the site.
 * @property {string} [before] HTML before our file: what runs before it.
 * @property {boolean} [blocking] Our file is loaded without `async`.
 * @property {string} [after] HTML after our file.
 * @property {Attributes} [attributes] The tag's, where they differ.
 * @property {string} [body] In place of the tag.
 * @property {string} [html] In place of everything.
 * @property {Record<string, string>} [headers]
 */

/**
 * @typedef {object} Seen A window, and who looks at it.
 * @property {Page} page
 * @property {Visitor} visitor
 * @property {Messenger} messenger
 * @property {(type: string) => {detail: any}[]} heard The element's events in this window so far, across pages.
 */

/**
 * @typedef {object} Tools
 * @property {World} world
 * @property {(path: string, parts?: Parts) => Promise<unknown>} publish Adds a page, or writes over one.
 * @property {(elsewhere?: boolean) => Promise<Seen>} newTab In this browser, or in another one.
 * @property {(selector: string) => Seen} inFrame What the frame shows.
 */

/** @typedef {Seen & Tools} Scene */

/**
 * @typedef {object} Row
 * @property {string} id Which case it belongs to.
 * @property {string} title What is true when the test passes.
 * @property {string} page What the page or a server does, for the table.
 * @property {string} [at] Where the visitor begins: `/own.html?tariff=windy#prices`, unless told.
 * @property {string} [host] Under which name of the site: `brand.localhost`, unless told.
 * @property {Parts} [parts] What that page consists of.
 * @property {(scene: Scene) => unknown} [given] Before the page is opened.
 * @property {(scene: Scene) => Promise<Seen | void>} [does] The visitor; they sign in, unless told. The window to look at,
 *   where it is another one.
 * @property {string} ends `signed-in`, `signed-out`, the code of a failure, or `else`: then `also` says it all.
 * @property {string} [address] Where the visitor ends: where they began, unless told.
 * @property {string} [sees] What the visitor sees, for the table, where it is not what the end says.
 * @property {string} [reads] What the author reads, likewise.
 * @property {number} [trips] How often the provider was asked in sight: once, unless told. No more than there were clicks.
 * @property {(scene: Scene) => unknown} [also] What else must be true.
 * @property {RegExp} [noise] What the browser itself writes to the console.
 * @property {boolean} [partless] No part can be loaded, and so no doctor.
 * @property {boolean} [permissive] In a browser that does not block third-party cookies.
 * @property {string} [tag] `@chromium`: the reason stands beside it.
 */

const start = '/own.html?tariff=windy#prices';

/** What becomes of every authorization response. @param {(address: URL) => void} change @returns {(scene: Scene) => void} */
const answersWith =
  (change) =>
  ({ world }) =>
    world.provider.faults.set('authorization', {
      redirect: (address) => void (address.searchParams.has('iss') && change(address)),
    });

/** @param {URL} address */
function movesToFragment(address) {
  address.hash = address.search.slice(1);
  address.search = '';
}

/** A server that redirects. @param {RegExp} from @param {string} to @param {301 | 302} status @returns {(scene: Scene) => void} */
const redirects =
  (from, to, status) =>
  ({ world }) =>
    world.site.faults.set('page', {
      status,
      body: '',
      headers: { location: to },
      when: ({ url }) => from.test(url ?? ''),
    });

/** Presses Log in, and Back at the provider. @param {Scene} scene */
async function abandons({ page, visitor }) {
  await visitor.pressesLogin();
  await page.waitForURL(/login\.localhost/);
  await page.goBack();
  await expect(visitor.loginButton).toBeEnabled();
}

/** Takes up, in another window, the sign-in that was begun in this one. @param {Scene} scene @param {boolean} elsewhere */
async function signsInElsewhere({ page, visitor, newTab }, elsewhere) {
  const tab = await newTab(elsewhere);
  const login = page.waitForRequest(/login\.localhost.*\/auth\?/);
  await visitor.pressesLogin();
  // The provider knows its own visitor by cookies, which another browser does not have.
  await tab.page.goto((await login).url());
  await tab.visitor.fillsIn('ada');
  return tab;
}

/** Says that it is told in words that fit. @param {RegExp} words @returns {(scene: Scene) => Promise<void>} */
const hintSays =
  (words) =>
  async ({ visitor }) =>
    expect((await visitor.failure()).hint).toMatch(words);

/** Whether the file that reads a property is ours: Messenger itself is not to be disturbed. */
const callerIsOurs = `(() => {
  const [, , caller = ''] = new Error().stack.split('\\n').filter((line) => line.includes('://'));
  return caller.includes('genesys-auth-messenger');
})()`;

/**
 * A browser that lacks something, or throws where it is read.
 * @param {string} owner @param {string} name @param {string} result What our file finds, as source text.
 */
const lacks = (owner, name, result) => `<script>
  const found = Object.getOwnPropertyDescriptor(${owner}, '${name}');
  Object.defineProperty(${owner}, '${name}', {
    configurable: true,
    get() {
      if (${callerIsOurs}) ${result};
      return found.get ? found.get.call(this) : found.value;
    },
  });
</script>`;

const securityError = `throw new DOMException('The operation is insecure.', 'SecurityError')`;

/** Where nobody is left who could be told. @param {Page} page */
const storedSecrets = (page) =>
  page.evaluate(() => Object.values(sessionStorage).filter((text) => /code_?verifier|authCode/i.test(text)));

/** Makes Messenger's tokens worthless. @param {World} world */
function endSession({ genesys }) {
  genesys.expireTokens();
  genesys.faults.set('refresh', { status: 401, body: { code: 'unauthorized', status: 401 } });
}

/** A page on which the visitor is writing, and is signed in. @param {Scene} scene */
async function writes({ page, visitor }) {
  await visitor.signsIn();
  await expect(visitor.logoutButton).toBeEnabled();
  await page.getByLabel('Complaint').fill('My meter runs backwards.');
}

/** The page stays as it is, and the element asks for the click, which signs in. @param {Scene} scene */
async function asksForClick({ page, world, visitor, messenger }) {
  await expect(visitor.loginButton).toBeEnabled();
  await expect(visitor.element.getByText('Log in again to continue').first()).toBeVisible();
  await expect(page.getByLabel('Complaint')).toHaveValue('My meter runs backwards.');
  expect(world.provider.authorizationRequests.filter(({ framed }) => !framed)).toHaveLength(1);
  await visitor.signsInAtOnce();
  await messenger.isAuthenticatedAs('Ada Lovelace');
}

const writing = {
  body: '%TAG%<form><label>Complaint <textarea name="complaint"></textarea></label></form>',
};

/** A page with the brand's page in a frame. @type {Parts} */
const framing = {
  html: `<!doctype html><html lang="en"><title>Around it</title><link rel="icon" href="/logo.svg">
    <iframe title="Support" src="%SITE%/own.html" width="600" height="600"></iframe></html>`,
};

/** Signs in in the popup that a frame opens. @param {Scene} scene @param {Seen} frame */
async function signsInFromFrame({ page }, frame) {
  const popup = page.waitForEvent('popup');
  await frame.visitor.loginButton.click();
  await frame.visitor.fillsIn('ada', undefined, await popup);
}

/** Nobody has clicked. @param {Scene} scene */
const nothingWasAsked = ({ world }) => expect(world.provider.authorizationRequests).toEqual([]);

const otherDeployment = `<script>
  window._genesysJs = 'Genesys';
  window.Genesys = function () { (Genesys.q = Genesys.q || []).push(arguments); };
  Genesys.c = { environment: '%ENVIRONMENT%', deploymentId: '11111111-2222-4333-8444-555555555555' };
</script>`;

/** A failure is told, and a minute passes. @param {Scene} scene */
async function waitsForAMinute({ page, visitor }) {
  // A page that is just being left cannot be asked.
  await expect.poll(() => visitor.failure().catch(() => undefined)).toBeTruthy();
  await page.clock.fastForward(61_000);
}

/** @param {Scene} scene */
const withClock = ({ page }) => page.clock.install();

/** @param {number} status @returns {(scene: Scene) => void} */
const exchangeAnswers =
  (status) =>
  ({ world }) =>
    world.genesys.faults.set('exchange', { status, body: { code: 'local', status } });

/** The texts of the live regions of all elements. @param {Page} page */
const spoken = async (page) =>
  (await page.locator('genesys-auth-messenger').getByRole('status').allInnerTexts()).filter((text) => text);

const failedLoad = /^error: Failed to load resource/;

/** @type {Record<string, Row[]>} */
export const pages = {
  'The page takes the answer out of the address': [
    {
      id: 'B1',
      title: 'a visitor whose answer a router took out of the address is signed in',
      page: 'A router puts the path in place of the whole address before our file runs (`history.replaceState`)',
      at: '/own.html',
      parts: { before: '<script>history.replaceState({}, "", location.pathname)</script>' },
      ends: 'signed-in',
    },
    {
      id: 'B1',
      title: 'a visitor whose answer another sign-in library took out of the address is signed in',
      page: 'Another sign-in library on the page takes `code` and `state` for its own and cleans the address',
      parts: {
        before: `<script>
          const query = new URLSearchParams(location.search);
          if (query.has('code') && query.has('state')) {
            for (const name of ['code', 'state', 'iss']) query.delete(name);
            history.replaceState(null, document.title, location.pathname + (query.size ? '?' + query : '') + location.hash);
          }
        </script>`,
      },
      ends: 'signed-in',
    },
    {
      id: 'B1',
      title: 'a visitor whose answer lies one entry back in the history is signed in',
      page: 'A router goes to its route before our file runs (`history.pushState`)',
      at: '/own.html',
      parts: { before: '<script>history.pushState({}, "", "/own.html")</script>' },
      ends: 'signed-in',
    },
    {
      id: 'B1',
      title: 'a visitor whose page goes to a route in the hash is signed in',
      page: 'A router with routes in the hash goes to the first one before our file runs (`location.hash`)',
      at: '/own.html#/start',
      parts: { before: '<script>if (!location.hash) location.hash = "#/start"</script>' },
      ends: 'signed-in',
    },
    {
      id: 'B1',
      title: 'a visitor whose answer a router took out of the address in a popup is signed in',
      page: 'The same router in the popup of `mode="popup"`, which does not have the request',
      parts: {
        before: '<script>history.replaceState({}, "", location.pathname)</script>',
        attributes: { mode: 'popup' },
      },
      does: async ({ visitor }) => {
        const popup = await visitor.pressesLogin();
        const closed = popup.waitForEvent('close');
        await visitor.fillsIn('ada', undefined, popup);
        await closed;
      },
      address: '/own.html',
      ends: 'signed-in',
    },
    {
      id: 'B1',
      title: 'a visitor who logs in where an old answer stands in the address is signed in',
      page: 'A router writes the address back after our file has cleaned it, with an old answer in it',
      at: `/own.html?code=old&state=gam-redirect-${'0'.repeat(32)}`,
      parts: {
        after: `<script>
          const [{ name }] = performance.getEntriesByType('navigation');
          addEventListener('load', () => history.replaceState(null, '', name));
        </script>`,
      },
      does: async ({ visitor, page }) => {
        await expect.poll(async () => (await visitor.failure())?.code).toBe('callback/unknown');
        await page.waitForURL(/code=old/);
        await visitor.signsIn();
      },
      also: async ({ visitor, heard }) => {
        await expect(visitor.logoutButton).toBeEnabled();
        expect(heard('signInFailed')).toHaveLength(1);
      },
      ends: 'else',
      sees: 'Signed in',
      reads: '`callback/unknown`, where the visitor came with the old answer',
    },
    {
      id: 'B2',
      title: 'a visitor whose answer the server dropped on the canonical address is told so',
      page: 'The server redirects to the canonical address, without the query (301)',
      at: '/own.html',
      given: redirects(/^\/own\.html\?/, '/own.html', 301),
      ends: 'callback/lost',
      also: hintSays(/redirect/i),
    },
    {
      id: 'B2',
      title: 'a visitor whose answer the server dropped for a trailing slash is told so',
      page: 'The server adds a trailing slash and drops the query (301)',
      at: '/shop/',
      parts: { attributes: { 'redirect-uri': '/shop' } },
      given: async (scene) => {
        await scene.world.provider.register(scene.world.site.url('/shop'));
        redirects(/^\/shop(\?|$)/, '/shop/', 301)(scene);
      },
      ends: 'callback/lost',
    },
    {
      id: 'B2',
      title: 'a visitor whose answer the server dropped for a language is told so',
      page: 'The server redirects to the page in the visitor’s language, without the query (302)',
      at: '/en/own.html',
      parts: { attributes: { 'redirect-uri': '/own' } },
      given: async (scene) => {
        await scene.world.provider.register(scene.world.site.url('/own'));
        redirects(/^\/own(\?|$)/, '/en/own.html', 302)(scene);
      },
      ends: 'callback/lost',
    },
    {
      id: 'B2',
      title: 'a visitor who comes back from the provider with Back is told nothing',
      page: 'The visitor presses Back at the provider: no answer is missing',
      does: abandons,
      ends: 'signed-out',
      trips: 2,
    },
    {
      id: 'B2',
      title: 'a visitor who went Back and opens another page is told nothing',
      page: 'The visitor presses Back at the provider and goes on to another page',
      does: async (scene) => {
        await scene.publish('/other.html');
        await abandons(scene);
        await scene.visitor.opens('/other.html');
      },
      address: '/other.html',
      ends: 'signed-out',
      trips: 2,
    },
    {
      id: 'B2',
      title: 'a visitor who opens a page of the site on the way and goes Back to the provider is signed in',
      page: 'The visitor follows a link from the login page to a page of the site, goes Back and logs in',
      does: async ({ page, visitor, publish, world }) => {
        await publish('/privacy.html');
        await visitor.pressesLogin();
        await page.waitForURL(/login\.localhost/);
        await page.evaluate((url) => location.assign(url), world.site.url('/privacy.html'));
        await expect(visitor.loginButton).toBeEnabled();
        await page.goBack();
        await visitor.fillsIn('ada');
      },
      ends: 'else',
      sees: 'Signed in',
      reads: '`callback/lost` on the page between, where no answer has come',
      also: async ({ messenger, heard }) => {
        await messenger.isAuthenticatedAs('Ada Lovelace');
        expect(heard('signInFailed')).toMatchObject([{ detail: { code: 'callback/lost' } }]);
      },
    },
    {
      id: 'B3',
      title: 'a visitor whose page changed the path and kept the query is signed in',
      page: 'A script puts the language, once it is known, into the path and keeps the query (`/own.html` → `/en/own.html`)',
      parts: {
        before: `<script>
          if (localStorage.getItem('language') && !location.pathname.startsWith('/en/')) {
            history.replaceState(null, '', '/en' + location.pathname + location.search + location.hash);
          }
        </script>`,
      },
      given: ({ publish }) => publish('/en/own.html'),
      does: async ({ page, visitor }) => {
        await visitor.pressesLogin();
        await page.waitForURL(/login\.localhost/);
        await page.addInitScript(() => localStorage.setItem('language', 'en'));
        await visitor.fillsIn('ada');
      },
      address: `/en${start}`,
      ends: 'signed-in',
    },
    {
      id: 'B3',
      title: 'a visitor who returns to a page with another redirect URI is signed in',
      page: 'The page names another `redirect-uri` by the time the answer comes',
      does: async ({ visitor, publish }) => {
        await visitor.pressesLogin();
        await publish('/own.html', { attributes: { 'redirect-uri': '/callback.html' } });
        await visitor.fillsIn('ada');
      },
      ends: 'signed-in',
    },
    {
      id: 'B4',
      title: 'a visitor whose page is reloaded before the code is used is signed in',
      page: 'The page is reloaded right after arriving, while Messenger still loads',
      does: async ({ page, world, visitor }) => {
        await visitor.pressesLogin();
        const release = world.genesys.faults.hold('bootstrap');
        const asked = page.waitForRequest(/genesys\.min\.js$/);
        await visitor.fillsIn('ada');
        await asked;
        await page.waitForURL(world.site.url(start), { waitUntil: 'commit' });
        await page.reload({ waitUntil: 'commit' });
        release();
      },
      ends: 'signed-in',
    },
    {
      id: 'B4',
      title: 'a visitor whose callback page reloads itself once is taken back and signed in',
      page: 'A script reloads a callback page of its own, with our file alone, before it has taken the visitor back',
      given: async ({ publish, world }) => {
        await world.provider.register(world.site.url('/callback.html'));
        await publish('/callback.html', {
          html: `<!doctype html>
            <title>One moment</title>
            <script src="/assets/genesys-auth-messenger.js"></script>
            <script>
              if (!sessionStorage.getItem('reloaded')) {
                sessionStorage.setItem('reloaded', 'once');
                location.reload();
              }
            </script>`,
        });
      },
      parts: { attributes: { 'redirect-uri': '/callback.html' } },
      ends: 'signed-in',
    },
    {
      id: 'B4',
      title: 'a visitor whose page reloads itself once is signed in',
      page: 'A script of the page reloads it once after arriving (consent, a new version)',
      at: '/own.html',
      parts: {
        blocking: true,
        after: `<script>
          const [{ name }] = performance.getEntriesByType('navigation');
          addEventListener('DOMContentLoaded', () => {
            if (!name.includes('code=') || sessionStorage.getItem('reloaded')) return;
            sessionStorage.setItem('reloaded', 'once');
            location.reload();
          });
        </script>`,
      },
      ends: 'signed-in',
    },
    {
      id: 'B4',
      title: 'a visitor whose page is reloaded by its service worker is signed in',
      page: 'A service worker takes the page over, which reloads itself for it',
      at: '/own.html',
      given: ({ world }) =>
        world.site.page(
          '/worker.js',
          `addEventListener('install', () => skipWaiting());
          addEventListener('activate', (event) => event.waitUntil(clients.claim()));`,
        ),
      parts: {
        blocking: true,
        after: `<script>
          const [{ name }] = performance.getEntriesByType('navigation');
          if (name.includes('code=') && !navigator.serviceWorker.controller) {
            navigator.serviceWorker.addEventListener('controllerchange', () => location.reload());
            navigator.serviceWorker.register('/worker.js');
          }
        </script>`,
      },
      does: async ({ page, world, visitor }) => {
        await visitor.pressesLogin();
        const release = world.genesys.faults.hold('bootstrap');
        const reloaded = page.waitForFunction(
          () =>
            navigator.serviceWorker?.controller &&
            /** @type {any} */ (performance.getEntriesByType('navigation')[0]).type === 'reload',
        );
        await visitor.fillsIn('ada');
        await reloaded;
        release();
      },
      ends: 'signed-in',
    },
  ],
  'The address is not what it seems': [
    {
      id: 'B5',
      title: 'a visitor of a page with a base stays at its address',
      page: '`<base href="/">`, and an address that ends with `#section`',
      at: '/shop/own.html#section',
      parts: { after: '<base href="/">' },
      ends: 'signed-in',
    },
    {
      id: 'B5',
      title: 'a visitor of a page with a base on another host stays at its address',
      page: '`<base>` on another host',
      at: '/shop/own.html?tariff=windy#section',
      parts: {
        src: '%SITE%/assets/genesys-auth-messenger.js',
        after: '<base href="http://cdn.localhost/files/">',
      },
      // The page's own icon, at the other host.
      noise: /Failed to load resource/,
      ends: 'signed-in',
    },
    {
      id: 'B5',
      title: 'a visitor of a page with a base after our file gets the parts from beside the file',
      page: '`<base>` on another host, after our file, whose address is relative',
      at: '/shop/own.html#section',
      parts: { after: '<base href="http://cdn.localhost/files/">' },
      // As above.
      noise: /Failed to load resource/,
      ends: 'signed-in',
    },
    {
      id: 'B5',
      title: 'a visitor of a page with a route in its hash comes back to the whole of it',
      page: 'An address with a second `#` (`#/guide#install`)',
      at: '/own.html#/guide#install',
      ends: 'signed-in',
    },
    {
      id: 'B5',
      title: 'a visitor comes back to the very bytes of an unusual address',
      page: 'An address that a parser would write anew (`?q=a+b%20c&empty=&x&x=%7e#a%20b#c`)',
      at: '/own.html?q=a+b%20c&empty=&x&x=%7e#a%20b#c',
      ends: 'signed-in',
    },
    {
      id: 'B6',
      title: 'a visitor whose router turns every navigation into one of its own is signed in',
      page: 'A router takes over every navigation on the site (Navigation API, `intercept`)',
      at: '/own.html?tariff=windy',
      parts: {
        before: `<script>
          navigation.addEventListener('navigate', (event) => {
            if (event.canIntercept && !event.hashChange) event.intercept({ handler: async () => {} });
          });
        </script>`,
      },
      ends: 'signed-in',
    },
    {
      id: 'B6',
      title: 'a visitor whose router inserts the element again at every navigation is signed in',
      page: 'A router takes over every navigation, and takes the element out and puts it back',
      at: '/own.html?tariff=windy',
      parts: {
        before: `<script>
          navigation.addEventListener('navigate', (event) => {
            if (!event.canIntercept || event.hashChange || event.destination.url === location.href) return;
            event.intercept({
              async handler() {
                const element = document.querySelector('genesys-auth-messenger');
                if (!element) return;
                element.remove();
                await new Promise((resolve) => requestAnimationFrame(resolve));
                document.body.append(element);
              },
            });
          });
        </script>`,
      },
      ends: 'signed-in',
    },
    {
      id: 'B9',
      title: 'a visitor whose error names no state is told, where they began',
      page: 'The provider answers with an error and without `state`',
      given: answersWith(({ searchParams }) => {
        searchParams.delete('code');
        searchParams.delete('state');
        searchParams.set('error', 'invalid_scope');
      }),
      ends: 'provider/error',
    },
    {
      id: 'B9',
      title: 'a visitor whose error names no state is told, and the popup closes',
      page: 'The provider answers in a popup with an error and without `state`',
      parts: { attributes: { mode: 'popup' } },
      given: answersWith(({ searchParams }) => {
        searchParams.delete('code');
        searchParams.delete('state');
        searchParams.set('error', 'invalid_scope');
      }),
      does: async ({ visitor }) => {
        const popup = await visitor.pressesLogin();
        const closed = popup.waitForEvent('close');
        await visitor.fillsIn('ada', undefined, popup);
        await closed;
      },
      ends: 'provider/error',
    },
    {
      id: 'B9',
      title: 'a visitor whose answer stands in the fragment is signed in',
      page: 'The provider answers in the fragment (`#code=…&state=…`)',
      given: answersWith(movesToFragment),
      ends: 'signed-in',
    },
    {
      id: 'B9',
      title: 'a visitor whose error stands in the fragment is told, where they began',
      page: 'The provider answers in the fragment, with an error',
      given: answersWith((address) => {
        address.searchParams.delete('code');
        address.searchParams.set('error', 'unauthorized_client');
        movesToFragment(address);
      }),
      ends: 'provider/error',
    },
    {
      id: 'B9',
      title: 'a visitor whose provider adds a fragment ends without it',
      page: 'The provider adds `#_=_` to the answer',
      at: '/own.html',
      given: answersWith((address) => void (address.hash = '_=_')),
      ends: 'signed-in',
    },
    {
      id: 'B10',
      title: 'a coupon link is left alone, also after a sign-in that was abandoned',
      page: 'A link of somebody else’s, `?state=CA&code=XMAS10`, soon after an abandoned sign-in',
      does: async (scene) => {
        await abandons(scene);
        await opensLink(scene, '/own.html?state=CA&code=XMAS10');
      },
      address: '/own.html?state=CA&code=XMAS10',
      ends: 'signed-out',
      trips: 2,
    },
    {
      id: 'B10',
      title: 'a coupon link in another tab is left alone while a sign-in is under way',
      page: 'The same link in another tab, while a sign-in is under way in the first',
      does: async ({ visitor, newTab }) => {
        await visitor.pressesLogin();
        const tab = await newTab();
        await opensLink(tab, '/own.html?state=CA&code=XMAS10');
        return tab;
      },
      address: '/own.html?state=CA&code=XMAS10',
      ends: 'signed-out',
      trips: 2,
    },
    {
      id: 'B10',
      title: 'another application’s error is left alone, also after a sign-in that was abandoned',
      page: 'Another application’s answer, `?error=access_denied&state=…`, soon after an abandoned sign-in',
      does: async (scene) => {
        await abandons(scene);
        await opensLink(scene, '/own.html?error=access_denied&state=eyJhcHAiOiJzaG9wIn0');
      },
      address: '/own.html?error=access_denied&state=eyJhcHAiOiJzaG9wIn0',
      ends: 'signed-out',
      trips: 2,
    },
    {
      id: 'B10',
      title: 'an error of the page’s own is left alone, also when the visitor comes back to it',
      page: 'The page has an error of its own in its address (`?error=CredentialsSignin`), and the visitor presses Back at the provider',
      at: '/own.html?error=CredentialsSignin',
      does: abandons,
      ends: 'signed-out',
      trips: 2,
    },
    {
      id: 'B10',
      title: 'an error of the site’s own in another tab is left alone while a popup is open',
      page: 'Another tab has an error of the site’s own in its address (`?error=payment_failed`) while a popup is open',
      parts: { attributes: { mode: 'popup' } },
      does: async ({ visitor, newTab }) => {
        const popup = await visitor.pressesLogin();
        const tab = await newTab();
        await tab.visitor.opens('/own.html?error=payment_failed');
        await expect(tab.visitor.loginButton).toBeEnabled();
        expect(
          await tab.page.evaluate(
            () => document.querySelector('genesys-auth-messenger')?.shadowRoot?.textContent,
          ),
        ).not.toContain('close this window');
        await visitor.fillsIn('ada', undefined, popup);
        await expect(visitor.logoutButton).toBeEnabled();
      },
      ends: 'signed-in',
    },
    {
      id: 'B14',
      title: 'a frame with the file in the page that the visitor comes back to leaves the code to that page',
      page: 'The page shows another page of the site in a frame, which has our file, too',
      parts: { before: '<iframe title="Quick view" src="/quick.html"></iframe>' },
      given: ({ publish }) => publish('/quick.html'),
      does: async ({ visitor, world }) => {
        await visitor.signsIn();
        await expect(visitor.logoutButton).toBeEnabled();
        expect(world.genesys.log).toHaveLength(1);
      },
      ends: 'signed-in',
    },
    {
      id: 'B11',
      title: 'a visitor who goes on in another tab is told that it was begun in another one',
      page: 'The answer comes in another tab (a link in a mail, a bank’s app)',
      does: (scene) => signsInElsewhere(scene, false),
      address: '/own.html',
      ends: 'callback/unknown',
      trips: 2,
      also: hintSays(/\bmail\b|\b(an)?other (tab|browser)/i),
    },
    {
      id: 'B11',
      title: 'a visitor who goes on in another browser is told that it was begun in another one',
      page: 'The answer comes in another browser',
      does: (scene) => signsInElsewhere(scene, true),
      address: '/own.html',
      ends: 'callback/unknown',
      trips: 2,
      also: hintSays(/\bmail\b|\b(an)?other (tab|browser)/i),
    },
    {
      id: 'B13',
      title: 'the doctor says that the page which the redirect URI names lacks the tag',
      page: 'The page is its query (`/?p=12`), and the page without it has neither tag nor file',
      at: '/index.php?p=12',
      given: async ({ publish }) => {
        await publish('/index.php?p=12');
        await publish('/index.php', { html: '<!doctype html><title>Home</title>' });
      },
      does: async () => {},
      ends: 'else',
      sees: 'The login button.',
      reads: 'The doctor’s warning: the page at the redirect URI lacks the tag; set `redirect-uri`.',
      trips: 0,
      also: doctorWarns,
    },
    {
      id: 'B13',
      title: 'the doctor says that the page which redirect-uri names lacks the tag',
      page: '`redirect-uri` names a page that has neither tag nor file',
      parts: { attributes: { 'redirect-uri': '/about.html' } },
      given: ({ publish }) => publish('/about.html', { html: '<!doctype html><title>About</title>' }),
      does: async () => {},
      ends: 'else',
      sees: 'The login button.',
      reads: 'The doctor’s warning: the page at the redirect URI lacks the tag.',
      trips: 0,
      also: doctorWarns,
    },
    {
      id: 'B15',
      title: 'the address is cleaned although the tag cannot be used',
      page: 'The tag has lost its `client-id` by the time the answer comes',
      at: '/own.html',
      does: async ({ visitor, publish }) => {
        await visitor.pressesLogin();
        await publish('/own.html', { attributes: { 'client-id': undefined } });
        await visitor.fillsIn('ada');
      },
      ends: 'configuration/client-id',
    },
    {
      id: 'B15',
      title: 'the answer is kept for a tag that gets its attributes late',
      page: 'A framework sets the attributes some time after the page has loaded',
      at: '/own.html',
      does: async ({ page, world, visitor, publish }) => {
        await visitor.pressesLogin();
        await publish('/own.html', { body: '<genesys-auth-messenger></genesys-auth-messenger>' });
        await visitor.fillsIn('ada');
        await page.waitForURL(world.site.url('/own.html'), { waitUntil: 'commit' });
        await visitor.element.evaluate((element, values) => {
          element.setAttribute('deployment-id', values.DEPLOYMENT_ID ?? '');
          element.setAttribute('environment', values.ENVIRONMENT ?? '');
          element.setAttribute('issuer', values.ISSUER ?? '');
          element.setAttribute('client-id', values.CLIENT_ID ?? '');
        }, world.values);
      },
      ends: 'else',
      sees: 'They are signed in, at the address where they began.',
      also: async ({ page, world, messenger }) => {
        await messenger.isAuthenticatedAs('Ada Lovelace');
        expect(page.url()).toBe(world.site.url('/own.html'));
      },
    },
    {
      id: 'B16',
      title: 'a grant that nobody reads is gone a minute later',
      page: 'The page gone back to lacks tag and script; a minute later another page is opened',
      parts: { attributes: { 'redirect-uri': '/callback.html' } },
      given: withClock,
      does: async ({ page, world, visitor, publish }) => {
        await publish('/plain.html', { body: '' });
        await visitor.pressesLogin();
        await world.site.page('/own.html', '<!doctype html><title>Nothing here</title>');
        await visitor.fillsIn('ada');
        await expect(page).toHaveTitle('Nothing here');
        await page.clock.fastForward(61_000);
        await visitor.opens('/plain.html');
      },
      ends: 'else',
      sees: 'They are not signed in.',
      reads: 'Nothing. Code and verifier are not kept.',
      also: async ({ page }) => expect.poll(() => storedSecrets(page)).toEqual([]),
    },
    {
      id: 'B16',
      title: 'a grant that nobody reads is gone when the page is left',
      page: 'The page gone back to has the script but not the tag, and is left',
      parts: { attributes: { 'redirect-uri': '/callback.html' } },
      does: async ({ page, world, visitor, publish }) => {
        await world.site.page('/plain.html', '<!doctype html><title>Nothing here</title>');
        await visitor.pressesLogin();
        await publish('/own.html', { body: '<h1>No tag</h1>' });
        await visitor.fillsIn('ada');
        await expect(page.getByRole('heading', { name: 'No tag' })).toBeVisible();
        await page.waitForLoadState();
        await visitor.opens('/plain.html');
      },
      ends: 'else',
      sees: 'They are not signed in.',
      reads: 'Nothing. Code and verifier are not kept.',
      also: async ({ page }) => expect(await storedSecrets(page)).toEqual([]),
    },
    {
      id: 'B18',
      title: 'a tag that is moved after the route has changed keeps its redirect URI',
      page: 'The route changes (`pushState("/shop/cart")`), then the element is moved',
      does: (scene) =>
        signsInInCart(scene, (element) => void document.body.append(/** @type {Element} */ (element))),
      address: '/shop/cart',
      ends: 'signed-in',
      also: namesFirstAddress,
    },
    {
      id: 'B18',
      title: 'a tag whose attributes change after the route has changed keeps its redirect URI',
      page: 'The route changes, then an attribute of the element',
      does: (scene) => signsInInCart(scene, (element) => element.setAttribute('scope', 'openid profile')),
      address: '/shop/cart',
      ends: 'signed-in',
      also: namesFirstAddress,
    },
    {
      id: 'B18',
      title: 'a tag that comes after the route has changed has the redirect URI of the document',
      page: 'The route changes, then the element comes into the page',
      parts: { body: '<template>%TAG%</template>' },
      does: async (scene) => {
        await scene.page.waitForFunction(() => customElements.get('genesys-auth-messenger'));
        await leavesForCart(scene);
        await scene.page.evaluate(() => {
          const [template] = document.getElementsByTagName('template');
          document.body.append(document.importNode(/** @type {any} */ (template).content, true));
        });
        await scene.visitor.signsIn();
      },
      address: '/shop/cart',
      ends: 'signed-in',
      also: namesFirstAddress,
    },
  ],
  'Frames and windows': [
    {
      id: 'B7',
      title: 'a frame buster does not lose the page, and a click signs in',
      page: 'A frame buster in a page with `silent` (`if (top !== self) top.location = self.location`)',
      parts: {
        before: '<script>if (top !== self) top.location = self.location;</script>',
        attributes: { silent: true },
      },
      does: async () => {},
      ends: 'signed-out',
      // In Firefox the frame is not asked again either, but who has just been at the provider is known in it.
      also: ({ world }) =>
        expect(world.provider.authorizationRequests.map(({ framed }) => framed)).toEqual([true, false]),
    },
    {
      id: 'B7',
      title: 'a frame buster turns a silent answer into an arrival that signs in',
      page: 'A frame buster in a page with `silent`, and the provider knows the visitor',
      // Only this browser lets a frame see the provider's session.
      permissive: true,
      parts: {
        before: `<style>html { display: none }</style>
          <script>
            if (self === top) document.documentElement.style.display = 'block';
            else top.location.replace(self.location.href);
          </script>`,
        attributes: { silent: true },
      },
      given: async ({ world, newTab }) => {
        const { page, visitor } = await newTab();
        await visitor.opens('/');
        await visitor.signsIn();
        await expect(visitor.logoutButton).toBeEnabled();
        await page.evaluate(() => localStorage.clear());
        await page.close();
        world.genesys.log = [];
        world.provider.authorizationRequests = [];
      },
      does: async () => {},
      ends: 'signed-in',
      trips: 0,
    },
    {
      id: 'B14',
      title: 'a visitor signs in in a frame of the same site, in a popup',
      page: 'The element in a frame, on the same host',
      at: '/around.html',
      parts: framing,
      given: ({ publish }) => publish('/own.html'),
      does: async (scene) => {
        const frame = scene.inFrame('iframe');
        await signsInFromFrame(scene, frame);
        return frame;
      },
      ends: 'signed-in',
      sees: 'They are signed in, in the frame.',
    },
    {
      id: 'B14',
      title: 'a visitor signs in in a frame of another host of the site, in a popup',
      page: 'The element in a frame, on another host of the same site',
      at: '/around.html',
      host: 'www.brand.localhost',
      parts: framing,
      given: ({ publish }) => publish('/own.html'),
      does: async (scene) => {
        const frame = scene.inFrame('iframe');
        await signsInFromFrame(scene, frame);
        return frame;
      },
      ends: 'signed-in',
      sees: 'They are signed in, in the frame.',
    },
    .../** @type {const} */ (['redirect', 'popup']).map(
      /** @returns {Row} */ (mode) => ({
        id: 'B14',
        title: `an element with mode="${mode}" in another site’s frame says so before anybody clicks`,
        page: `The element with \`mode="${mode}"\` in a frame of another site’s page`,
        at: '/around.html',
        host: 'press.localhost',
        parts: framing,
        given: ({ publish }) => publish('/own.html', { attributes: { mode } }),
        does: async ({ inFrame }) => inFrame('iframe'),
        ends: 'configuration/framed',
        sees: 'The login button; nothing is said.',
        trips: 0,
        also: nothingWasAsked,
      }),
    ),
  ],
  'Something is missing or throws': [
    {
      id: 'B8',
      title: 'a visitor whose browser refuses to change the history is signed in',
      page: '`history.replaceState` throws (Safari, after 100 calls in 30 seconds)',
      parts: {
        before: `<script>History.prototype.replaceState = function () { ${securityError}; };</script>`,
      },
      ends: 'signed-in',
    },
    {
      id: 'B8',
      title: 'a visitor whose browser has no BroadcastChannel is signed in',
      page: '`BroadcastChannel` is missing',
      parts: { before: lacks('window', 'BroadcastChannel', 'return undefined') },
      ends: 'signed-in',
    },
    {
      id: 'B8',
      title: 'a visitor whose BroadcastChannel throws is signed in by redirect, for a popup could not report',
      page: '`BroadcastChannel` throws, with `mode="popup"`: the sign-in is by redirect',
      parts: {
        before: lacks('window', 'BroadcastChannel', `return class { constructor() { ${securityError} } }`),
        attributes: { mode: 'popup' },
      },
      does: async ({ visitor }) => {
        await visitor.loginButton.click();
        await visitor.fillsIn('ada');
      },
      ends: 'signed-in',
    },
    {
      id: 'B8',
      title: 'a visitor whose browser has no locks is signed in',
      page: '`navigator.locks` is missing, in a page with `silent`',
      parts: {
        before: lacks('Navigator.prototype', 'locks', 'return undefined'),
        attributes: { silent: true },
      },
      ends: 'signed-in',
    },
    {
      id: 'B8',
      title: 'a visitor whose locks are refused is signed in',
      page: '`navigator.locks` refuses, in a page with `silent`',
      parts: {
        before: `<script>LockManager.prototype.request = () => { ${securityError}; };</script>`,
        attributes: { silent: true },
      },
      ends: 'signed-in',
    },
    {
      id: 'B8',
      title: 'a visitor whose localStorage throws is signed in',
      page: '`localStorage` throws',
      parts: { before: lacks('window', 'localStorage', securityError) },
      ends: 'signed-in',
    },
    {
      id: 'B12',
      title: 'a visitor is signed in although the discovery document is in the cache for another origin',
      page: 'The discovery document is in the browser’s cache, with the CORS header for another host of the site',
      given: async ({ page, world, publish }) => {
        await publish('/plain.html', { body: '' });
        const other = world.site.origin.replace('brand.', 'www.brand.');
        cacheDiscovery(world, other);
        await page.goto(`${other}/plain.html`);
        await page.evaluate((issuer) => fetch(`${issuer}/.well-known/openid-configuration`), values(world));
        cacheDiscovery(world, world.site.origin);
      },
      ends: 'signed-in',
    },
    {
      id: 'B12',
      title: 'a visitor is signed in although the discovery document is in the cache without a CORS header',
      page: 'The discovery document is in the browser’s cache without a CORS header (another script fetched it)',
      given: async ({ page, world, publish }) => {
        await publish('/plain.html', { body: '' });
        cacheDiscovery(world, undefined);
        await page.goto(world.site.url('/plain.html'));
        await page.evaluate(
          (issuer) => fetch(`${issuer}/.well-known/openid-configuration`, { mode: 'no-cors' }),
          values(world),
        );
        cacheDiscovery(world, world.site.origin);
      },
      ends: 'signed-in',
    },
    ...['503', 'no answer'].map(
      /** @returns {Row} */ (what) => ({
        id: 'B17',
        title: `a part that is answered once with ${what} is asked for again at the next click`,
        page: `A part of the element is answered once with ${what}`,
        given: ({ world }) =>
          world.site.faults.set('asset', {
            ...(what === '503' ? { status: 503, body: '' } : { gone: true }),
            times: 1,
            when: ({ url }) => !!url?.includes('.sign-in.js'),
          }),
        does: async ({ page, visitor }) => {
          const refused =
            what === '503'
              ? page.waitForResponse((response) => response.status() === 503)
              : page.waitForEvent('requestfailed');
          await expect(visitor.loginButton).toBeEnabled();
          // Without the pointer, which would have the part fetched before the click.
          await visitor.loginButton.dispatchEvent('click');
          await refused;
          await expect.poll(async () => (await visitor.failure())?.code).toBe('configuration/chunk-missing');
          await visitor.signsIn();
        },
        ends: 'else',
        sees: 'After the next click: they are signed in.',
        reads: '`configuration/chunk-missing`',
        also: ({ messenger }) => messenger.isAuthenticatedAs('Ada Lovelace'),
      }),
    ),
    {
      id: 'B17',
      title: 'a failure is readable although the part with the words is missing',
      page: 'The part with the words for failures is missing',
      parts: { attributes: { 'client-id': undefined } },
      given: ({ world }) =>
        world.site.faults.set('asset', {
          status: 503,
          body: '',
          when: ({ url }) => !!url && /\.js$/.test(url) && !/-messenger\.js$/.test(url),
        }),
      does: async () => {},
      noise: failedLoad,
      partless: true,
      ends: 'configuration/client-id',
      sees: 'The login button; nothing is said.',
      trips: 0,
    },
    {
      id: 'C7',
      title: 'a snippet of another deployment is told after the sign-in, and stays told',
      page: 'The page has another deployment’s snippet, and `loading="lazy"`',
      parts: { before: otherDeployment, attributes: { loading: 'lazy' } },
      given: withClock,
      does: async (scene) => {
        await scene.visitor.signsIn();
        await waitsForAMinute(scene);
      },
      ends: 'configuration/conflict',
    },
    {
      id: 'C7',
      title: 'a policy that forbids to make scripts is told at the click, and stays told',
      page: 'The policy of the page allows no Trusted Types (`trusted-types \'none\'`), and `loading="lazy"`',
      parts: {
        headers: {
          'content-security-policy': "require-trusted-types-for 'script'; trusted-types 'none'",
        },
        attributes: { loading: 'lazy' },
      },
      given: withClock,
      does: async (scene) => {
        await scene.visitor.loginButton.click();
        await waitsForAMinute(scene);
      },
      noise: /^error: .*Trusted/i,
      partless: true,
      ends: 'messenger/blocked',
      trips: 0,
      // Firefox's driver takes the violation for an exception.
      tag: '@chromium',
    },
  ],
  'The session goes on': [
    {
      id: 'C8',
      title: 'a visitor who writes when the session has run out keeps the page, and is asked for a click',
      page: 'Messenger’s token has run out, nothing can renew it, and the visitor writes a message',
      parts: writing,
      does: async (scene) => {
        await writes(scene);
        endSession(scene.world);
        await scene.messenger.says('Still there?');
      },
      ends: 'else',
      sees: 'The page as it was. The button, and “Log in again to continue”.',
      also: asksForClick,
      trips: 2,
      // In Firefox the silent sign-in works: it lets frames see a provider that the visitor has just been to.
      tag: '@chromium',
    },
    {
      id: 'C8',
      title: 'a visitor whose refresh token is refused keeps the page, and is asked for a click',
      page: 'The refresh token is refused',
      parts: {
        ...writing,
        attributes: { scope: 'openid profile email offline_access', prompt: 'consent' },
      },
      does: async (scene) => {
        await writes(scene);
        endSession(scene.world);
        await scene.messenger.says('Still there?');
      },
      ends: 'else',
      sees: 'The page as it was. The button, and “Log in again to continue”.',
      also: asksForClick,
      trips: 2,
      // As above.
      tag: '@chromium',
    },
    {
      id: 'C8',
      title: 'a visitor whose page asks for new tokens keeps the page, and is asked for a click',
      page: 'A script of the page asks for new tokens (`Auth.refreshToken`)',
      parts: writing,
      does: async (scene) => {
        await writes(scene);
        endSession(scene.world);
        await scene.page.evaluate(() => /** @type {any} */ (window).Genesys('command', 'Auth.refreshToken'));
      },
      ends: 'else',
      sees: 'The page as it was. The button, and “Log in again to continue”.',
      also: asksForClick,
      trips: 2,
      // As above.
      tag: '@chromium',
    },
  ],
  'Genesys Cloud does not redeem': [
    ...[
      { status: 400, code: 'exchange/refused' },
      { status: 401, code: 'exchange/refused' },
      { status: 403, code: 'exchange/refused' },
      { status: 404, code: 'exchange/not-found' },
      { status: 409, code: 'exchange/conflict' },
      { status: 429, code: 'exchange/unavailable' },
      { status: 503, code: 'exchange/unavailable' },
    ].map(
      /** @returns {Row} */ ({ status, code }) => ({
        id: 'C9',
        title: `a visitor whose code is answered with ${status} is told once, and the page is not left again`,
        page: `Genesys Cloud answers ${status}`,
        given: exchangeAnswers(status),
        noise: failedLoad,
        ends: code,
        also: async ({ visitor }) => {
          const { hint } = await visitor.failure();
          if (code === 'exchange/refused') expect(hint).toContain('client secret');
          else expect(hint).not.toContain('client secret');
        },
      }),
    ),
  ],
  'Several elements': [
    {
      id: 'C10',
      title: 'a failure is spoken once, by the element that was used',
      page: 'Four elements; the visitor uses the third, and signing in fails',
      parts: { body: '%TAG%'.repeat(4), attributes: { mode: 'popup' } },
      given: exchangeAnswers(503),
      does: async ({ page, visitor }) => {
        const popup = page.waitForEvent('popup');
        await visitor.loginButton.nth(2).click();
        await visitor.fillsIn('ada', undefined, await popup);
        await expect.poll(() => spoken(page)).not.toEqual([]);
        await expect(visitor.loginButton.nth(2)).toBeEnabled();
      },
      ends: 'else',
      sees: 'The text at the element that they used; screen readers say it once.',
      reads: '`exchange/unavailable`',
      also: async ({ page, visitor }) => {
        expect(await spoken(page)).toHaveLength(1);
        await expect(visitor.element.nth(2).getByRole('status')).toHaveText(/\w/);
        expect(visitor.console.filter((line) => line.startsWith('warning: '))).toHaveLength(1);
      },
    },
    {
      id: 'C10',
      title: 'what nobody has asked for is not spoken by any element',
      page: 'Four elements in a page whose deployment has authentication off',
      parts: { body: '%TAG%'.repeat(4) },
      given: ({ world }) => {
        for (const { auth } of world.genesys.deployments.values()) auth.enabled = false;
      },
      does: async ({ visitor }) => {
        for (const element of await visitor.element.all()) {
          await expect
            .poll(() => element.evaluate((view) => /** @type {any} */ (view).error?.code))
            .toBe('messenger/authentication-off');
        }
      },
      ends: 'else',
      sees: 'The login button four times; nothing is said.',
      reads: '`messenger/authentication-off`',
      trips: 0,
      also: async ({ page, visitor }) => {
        expect(await spoken(page)).toEqual([]);
        expect(visitor.console.filter((line) => line.startsWith('warning: '))).toHaveLength(1);
      },
    },
  ],
};

/** Opens a link that is none of our business: nothing of ours is loaded for it. @param {Seen} seen @param {string} path */
async function opensLink({ page, visitor }, path) {
  /** @type {string[]} */
  const parts = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/assets/')) parts.push(pathname);
  });
  await visitor.opens(path);
  await expect(visitor.loginButton).toBeEnabled();
  expect(parts).toEqual(['/assets/genesys-auth-messenger.js']);
}

/** Changes the route as a router does; the page there is no redirect URI. @param {Scene} scene */
async function leavesForCart({ page, world, publish }) {
  await publish('/shop/cart');
  await world.provider.unregister(world.site.url('/shop/cart'));
  await page.evaluate(() => history.pushState({}, '', '/shop/cart'));
}

/** Something happens to the element after the route has changed, and the visitor signs in. @param {Scene} scene @param {(element: Element) => void} change */
async function signsInInCart(scene, change) {
  await expect(scene.visitor.loginButton).toBeEnabled();
  await leavesForCart(scene);
  await scene.visitor.element.evaluate(change);
  await scene.visitor.signsIn();
}

/** @param {Scene} scene */
function namesFirstAddress({ world }) {
  expect(world.provider.authorizationRequests.map(({ redirectUri }) => redirectUri)).toEqual([
    world.site.url('/own.html'),
  ]);
}

/** @param {World} world */
const values = (world) => world.values.ISSUER;

/** Lets browsers keep the discovery document, as a server does that forgets `Vary`. @param {World} world @param {string | undefined} origin Who may read it. */
function cacheDiscovery(world, origin) {
  const headers = {
    'access-control-allow-origin': origin,
    'cache-control': 'public, max-age=600',
    vary: undefined,
  };
  world.provider.faults.set('discovery', { headers });
}

/** @param {Scene} scene */
async function doctorWarns({ visitor }) {
  await expect(visitor.loginButton).toBeEnabled();
  const found = await visitor.page.evaluate(async () => {
    const load = (/** @type {string} */ file) => import(`/assets/${file}`);
    const { runChecks } = await load('doctor/index.js');
    const { discover } = await load('oidc/discovery.js');
    const { readConfiguration } = await load('session/configuration.js');
    const element = document.querySelector('genesys-auth-messenger');
    const configuration = readConfiguration(element, { baseURI: document.baseURI, href: location.href });
    const checks = [];
    for await (const check of runChecks({ configuration, discover })) {
      if (check.id === 'redirect-uri') checks.push(check);
    }
    return checks;
  });
  expect(found).toMatchObject([{ result: 'warning', found: expect.stringMatching(/\btag\b/) }]);
}

const file = fileURLToPath(new URL('../../docs/pages.md', import.meta.url));

/** What docs/pages.md has to say. */
export async function documentation() {
  const cell = (/** @type {string} */ text) => text.replaceAll('|', '\\|');
  const seen = (/** @type {Row} */ { ends, sees }) => {
    if (sees) return sees;
    if (ends === 'signed-in') return 'They are signed in, at the address where they began.';
    return ends === 'signed-out' ? 'The login button; nothing is said.' : 'The login button.';
  };
  const read = (/** @type {Row} */ { ends, reads }) => reads ?? (ends.includes('/') ? `\`${ends}\`` : '—');
  const sections = Object.entries(pages).map(([title, rows]) => {
    const lines = rows.map((row) => `| ${[row.page, seen(row), read(row)].map(cell).join(' | ')} |`);
    return `## ${title}\n\n| What happens | What the visitor sees | What the author reads |\n| --- | --- | --- |\n${lines.join('\n')}`;
  });
  const count = Object.values(pages).flat().length;
  const text = `# What pages do to a sign-in, and what comes of it

<!-- Written by test/e2e/pages.mjs: change it there. -->

${count} things that the pages, servers and browsers of real sites do. Each is a test in a real browser with a real provider. The author
reads the code in the element's \`error\`, in the event \`signInFailed\`, once in the console (with what happened and what to change), and in
the doctor. All codes: [errors.md](errors.md).

${sections.join('\n\n')}
`;
  return format(text, { ...(await resolveConfig(file)), filepath: file });
}

/** What it says. */
export const documented = () => readFile(file, 'utf8');

if (process.argv[1] === fileURLToPath(import.meta.url) && process.argv.includes('--write')) {
  await writeFile(file, await documentation());
}
