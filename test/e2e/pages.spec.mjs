// What real pages do to a sign-in: one test per row of the table in pages.mjs, which is also a page of the documentation.
import { listen, tag } from './brand.mjs';
import { expect, Messenger, test, Visitor } from './fixtures.mjs';
import { pages } from './pages.mjs';

/** @typedef {import('./fixtures.mjs').World} World */
/** @typedef {import('./fixtures.mjs').Page} Page */
/** @typedef {import('./pages.mjs').Parts} Parts */
/** @typedef {import('./pages.mjs').Row} Row */
/** @typedef {import('./pages.mjs').Scene} Scene */
/** @typedef {import('./pages.mjs').Seen} Seen */

const start = '/own.html?tariff=windy#prices';
const file = '/assets/genesys-auth-messenger.js';

for (const [area, rows] of Object.entries(pages)) {
  test.describe(area, () => {
    for (const row of rows) {
      const title = `${row.id}: ${row.title}`;
      if (row.permissive) {
        test(title, { tag: '@chromium' }, ({ permissive, world }) => runs(row, permissive, world));
      } else {
        test(title, { tag: row.tag ?? [] }, ({ page, world }) => runs(row, page, world));
      }
    }
  });
}

/** @param {Row} row @param {Page} page @param {World} world */
async function runs(row, page, world) {
  const { at = start, address = at, host = 'brand.localhost' } = row;
  const { does = ({ visitor }) => visitor.signsIn() } = row;
  const scene = await sceneOf(page, world);
  await scene.publish(at.replace(/[?#].*/, ''), row.parts);
  await row.given?.(scene);
  scene.visitor.console.length = 0;
  // A page that navigates by itself may never finish loading.
  await page.goto(world.site.url(at).replace('brand.localhost', host), { waitUntil: 'commit' });
  const seen = { ...scene, ...(await does(scene)) };

  if (row.ends === 'signed-in') await isSignedIn(seen, row);
  else if (row.ends === 'signed-out') await isSignedOut(seen, row);
  else if (row.ends !== 'else') await isTold(seen, row);
  await row.also?.(seen);

  // After an end of its own kind the row itself says where the visitor is.
  if (row.ends !== 'else') expect(withoutHost(seen.page)).toBe(address);
  const trips = world.provider.authorizationRequests.filter(({ framed }) => !framed);
  expect(trips, 'trips to the provider').toHaveLength(row.trips ?? 1);
  expect(seen.visitor.exceptions).toEqual([]);
  expect(new Set(seen.visitor.redeemed).size).toBe(seen.visitor.redeemed.length);
  const said = seen.visitor.console.join('\n');
  for (const secret of seen.visitor.secrets) expect(said).not.toContain(secret);
}

/** As Ada, once, and without a word in the console. @param {Seen & {world: World}} seen @param {Row} row */
async function isSignedIn({ visitor, messenger, heard, world }, row) {
  await expect(visitor.logoutButton).toBeEnabled();
  await messenger.isAuthenticatedAs('Ada Lovelace');
  expect(heard('signedIn')).toMatchObject([{ detail: { restored: false } }]);
  expect(heard('signInFailed')).toEqual([]);
  expect(world.genesys.log).toMatchObject([{ ok: true, pkce: true, nonce: true, iss: true }]);
  expect(linesOf(visitor, row)).toEqual([]);
}

/** Nothing has been said, and a click signs in. @param {Seen & {world: World}} seen @param {Row} row */
async function isSignedOut(seen, row) {
  await expect(seen.visitor.loginButton).toBeEnabled();
  expect(await seen.visitor.failure()).toBeUndefined();
  expect(linesOf(seen.visitor, row)).toEqual([]);
  await seen.visitor.signsIn();
  await isSignedIn(seen, row);
}

/** Once in the event, once in the console, and as long as nothing changes. @param {Seen} seen @param {Row} row */
async function isTold({ visitor, heard }, row) {
  const { ends: code } = row;
  // A page that is just being left cannot be asked.
  const failure = () => visitor.failure().catch(() => undefined);
  await expect.poll(async () => (await failure())?.code).toBe(code);
  await expect(visitor.loginButton).toBeEnabled();
  const { message, hint } = await failure();
  expect(message).toMatch(/\w/);
  expect(hint).toMatch(/\w/);
  await expect.poll(() => heard('signInFailed')).toMatchObject([{ detail: { code, message, hint } }]);
  await expect.poll(() => linesOf(visitor, row)).toEqual([expect.stringMatching(/^warning: /)]);
  const [line] = linesOf(visitor, row);
  for (const part of [code, message, hint]) expect(line).toContain(part);
  if (!row.partless) await visitor.isExplainedByTheDoctor();
}

/** What the browser itself has not written. @param {Visitor} visitor @param {Row} row */
const linesOf = (visitor, { noise }) => visitor.console.filter((line) => !noise?.test(line));

/** @param {Page} page */
function withoutHost(page) {
  const url = new URL(page.url());
  return page.url().slice(url.origin.length);
}

/** @param {Page} page @param {World} world @returns {Promise<Scene>} */
async function sceneOf(page, world) {
  const heard = await listen(page);
  return {
    ...look(page, world, (type) => heard(type, page)),
    world,
    publish: (path, parts) =>
      world.site.page(path, written(parts).replaceAll('%SITE%', world.site.origin), parts?.headers),
    async newTab(elsewhere) {
      if (!elsewhere) {
        const tab = await page.context().newPage();
        return look(tab, world, (type) => heard(type, tab));
      }
      const other = await /** @type {import('@playwright/test').Browser} */ (
        page.context().browser()
      ).newPage();
      const heardThere = await listen(other);
      return look(other, world, (type) => heardThere(type, other));
    },
    inFrame: (selector) => {
      const frame = page.frameLocator(selector);
      const visitor = new Visitor(page, world, frame);
      const messenger = new Messenger(/** @type {any} */ (frame));
      return { page, visitor, messenger, heard: (type) => heard(type, page) };
    },
  };
}

/** @param {Page} page @param {World} world @param {Seen['heard']} heard @returns {Seen} */
const look = (page, world, heard) => ({
  page,
  visitor: new Visitor(page, world),
  messenger: new Messenger(page),
  heard,
});

/** @param {Parts} [parts] */
function written({ src = file, before = '', blocking, after = '', attributes, body = '%TAG%', html } = {}) {
  if (html) return html;
  return `<!doctype html>
    <html lang="en">
      <title>A page of the brand's</title>
      <link rel="icon" href="/logo.svg" />
      ${before}
      <script src="${src}"${blocking ? '' : ' async'}></script>
      ${after}
      <body>${body.replaceAll('%TAG%', tag(attributes))}</body>
    </html>`;
}
