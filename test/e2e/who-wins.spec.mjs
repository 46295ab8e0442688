// Which configuration holds: one test per case of the table in who-wins.mjs, which is also in docs/cms.md.
import { expect, test } from './fixtures.mjs';
import { rows } from './who-wins.mjs';

/** @typedef {import('./fixtures.mjs').Visitor} Visitor */

/** What each element shows, in the order of the page. @param {Visitor} visitor @returns {Promise<string[]>} */
const shown = ({ element }) =>
  element.evaluateAll((elements) =>
    elements.map((/** @type {any} */ { status, error }) => (error ? `${status} ${error.code}` : status)),
  );

for (const { page: title, cases } of rows) {
  test.describe(title, () => {
    for (const { does, body, head = '', then, shows, press = 0, holds, says = [] } of cases) {
      test(does, async ({ page, world, visitor }) => {
        await world.site.page(
          '/own.html',
          `<!doctype html><html lang="en"><head><title>Own</title><link rel="icon" href="/logo.svg">${head}</head>
            <body>${body}</body></html>`,
        );
        await visitor.opens('/own.html');
        if (then) {
          // Nothing is as it will be while an element has just begun.
          await expect.poll(async () => (await shown(visitor)).includes('starting')).toBe(false);
          await then(page);
        }
        const said = says.map((what) => expect.stringMatching(what));
        await expect.poll(() => shown(visitor)).toEqual(shows);
        await expect.poll(() => visitor.console).toEqual(said);
        if (holds) {
          const asked = page.waitForRequest((request) =>
            request.url().startsWith(`${world.provider.issuer}/auth?`),
          );
          await visitor.element.nth(press).getByRole('button', { name: 'Log in' }).click();
          expect(new URL((await asked).url()).searchParams.get('login_hint')).toBe(holds);
        } else {
          await page.waitForLoadState('networkidle');
          expect(world.genesys.requests.bootstrap).toBe(then ? 1 : 0);
        }
        // And nothing more since.
        expect(visitor.console).toEqual(said);
      });
    }
  });
}
