// One fault at a time: the right code, a hint that names the setting, and an end within 10 seconds.
import { documentation, documented, faults } from './faults.mjs';
import { expect, pageWith, test, Visitor } from './fixtures.mjs';

const path = '/fault.html';
const around = '/around.html';
/** Seconds. */
const limit = 10;

test.afterEach('nothing threw', ({ visitor }) => {
  const own = visitor.exceptions.filter((line) => !line.includes('service discovery'));
  expect(own).toEqual([]);
});

for (const [area, rows] of Object.entries(faults)) {
  test.describe(area, () => {
    for (const fault of rows) {
      test(fault.wrong, async ({ page, world, visitor: inPage }) => {
        const { frameOf, written = (html) => html, at = path } = fault;
        const visitor = frameOf ? new Visitor(page, world, page.frameLocator('iframe')) : inPage;
        const scene = { world, visitor };
        await world.site.page(at, written(pageWith(fault.attributes, fault.head)), fault.headers);
        if (frameOf) await world.site.page(around, `<iframe src="${world.site.url(at)}"></iframe>`);
        await fault.given?.(scene);
        if (fault.waits) await page.clock.install();
        const asked = fault.waits && page.waitForRequest(fault.waits);
        // A page whose script never comes is never loaded.
        const address = world.site.url(frameOf ? around : at);
        await page.goto(address.replace('brand.localhost', frameOf ?? 'brand.localhost'), {
          waitUntil: 'commit',
        });
        await fault.does?.(scene);
        await asked;
        if (fault.seconds) {
          expect(fault.seconds).toBeLessThanOrEqual(limit);
          await scriptsHaveRun(visitor);
          await page.clock.fastForward(fault.seconds * 1000);
        }
        const { code, setting = '', says } = fault;
        if (code) {
          await expect
            .poll(async () => (await visitor.failure().catch(() => undefined))?.code, {
              timeout: limit * 1000,
            })
            .toBe(code);
          expect((await visitor.failure()).hint).toContain(setting);
          if (!code.startsWith('logout/')) expect(await told(visitor)).toBe(code);
        } else {
          expect(await visitor.failure()).toBeUndefined();
        }
        await expect(fault.staysSignedIn ? visitor.logoutButton : visitor.loginButton).toBeEnabled();
        if (code) await visitor.isExplainedByTheDoctor();
        if (says) expect(await found(visitor, says[0])).toMatch(says[1]);
      });
    }
  });
}

test('the table in the documentation is this table', async () => {
  expect(await documented(), 'Run: node test/e2e/faults.mjs --write').toBe(await documentation());
});

/** What the latest `signInFailed` said. @param {Visitor} visitor */
async function told(visitor) {
  const failures = (await visitor.events()).filter(({ type }) => type === 'signInFailed');
  return failures.at(-1)?.detail.code;
}

/** The element has asked for what will not come, and watches the clock. @param {Visitor} visitor */
async function scriptsHaveRun(visitor) {
  await visitor.page.evaluate(() =>
    customElements.whenDefined('genesys-auth-messenger').then(() => undefined),
  );
}

/** What the doctor finds on this page. @param {Visitor} visitor @param {string} check */
function found(visitor, check) {
  return visitor.page.evaluate(async (id) => {
    const load = (/** @type {string} */ file) => import(`/assets/${file}`);
    const { runChecks } = await load('doctor/index.js');
    const { describe } = await load('explanations.js');
    const { discover } = await load('oidc/discovery.js');
    const { readConfiguration } = await load('session/configuration.js');
    const element = document.querySelector('genesys-auth-messenger');
    const configuration = readConfiguration(element, { baseURI: document.baseURI, href: location.href });
    for await (const result of runChecks({ describe, discover, configuration }))
      if (result.id === id) return result.found;
    return undefined;
  }, check);
}
