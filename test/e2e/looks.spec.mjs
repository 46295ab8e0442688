// What visitors see and hear of it: nothing moves, the keyboard is enough, and what is said is in their language.
import { readdirSync } from 'node:fs';
import { expect, pageWith, test, visitors } from './fixtures.mjs';

const languages = readdirSync(new URL('../../src/words/languages', import.meta.url)).map((file) =>
  file.replace('.ts', ''),
);

/** What the documentation gives to pages that want no shift before the element's file has run (docs/looks.md). */
const rule = `<style>
    genesys-auth-messenger:not(:defined) {
      display: inline-block;
      min-inline-size: min(12em, 100%);
      min-block-size: max(2.5em, 24px);
      vertical-align: middle;
    }
  </style>`;

/** A browser that is busy may paint half of a page, and then the rest moves it: it waits for the end of this one. */
const wholly = '<link rel="expect" href="#end" blocking="render" />';

/** A page with something on every side of the element, in the language that is asked for. */
const crowded = pageWith(
  { mode: 'popup' },
  `<meta name="viewport" content="width=device-width" />${wholly}${rule}`,
)
  .replace('<genesys-auth-messenger', '<p>Before <genesys-auth-messenger')
  .replace(
    '</genesys-auth-messenger>',
    '</genesys-auth-messenger> after</p><h1>Below</h1><p id="end">And more</p>',
  );

/** Adds up all that has moved, also what browsers forgive because the visitor has just done something. */
const watch = () => {
  Object.assign(window, { moved: [] });
  new PerformanceObserver((list) => {
    for (const { value, sources } of /** @type {any[]} */ (list.getEntries())) {
      const what = sources.map((/** @type {any} */ { node, previousRect: from, currentRect: to }) => {
        const place = (/** @type {DOMRectReadOnly} */ { x, y, width, height }) =>
          `${x} ${y} ${width}×${height}`;
        return `${node?.nodeName} ${node?.textContent?.slice(0, 20)}: ${place(from)} → ${place(to)}`;
      });
      /** @type {any} */ (window).moved.push({ value, what, after: performance.now() });
    }
  }).observe({ type: 'layout-shift', buffered: true });
};

/** @param {import('./fixtures.mjs').Page} page What has moved since the page began, when it has been drawn. */
const moved = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve) =>
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(/** @type {any} */ (window).moved))),
      ),
  );

test.describe('nothing moves', { tag: '@chromium' }, () => {
  for (const width of [320, 390, 1280]) {
    test.describe(`at ${width} px`, () => {
      test.use({ viewport: { width, height: 700 } });

      test('from the first paint through login, logout, failure and every language', async ({
        visitor,
        world,
        page,
      }) => {
        await page.addInitScript(watch);
        await world.site.page('/own.html', crowded);
        await visitor.opens('/own.html');
        await visitor.signsIn();
        await visitor.isSignedIn();
        expect(await moved(page), 'signed in').toEqual([]);
        await visitor.pressesLogout();
        await visitor.isSignedOut();
        world.genesys.faults.set('exchange', { status: 500, body: {} });
        await visitor.pressesLogin();
        await expect(visitor.element.getByRole('status')).toHaveText(
          'Signing in did not work. Please try again.',
        );
        expect(await moved(page), 'failed').toEqual([]);
        for (const lang of languages) {
          await page.evaluate((lang) => {
            document.documentElement.lang = lang;
          }, lang);
          await expect(visitor.element.getByRole('status')).toHaveAttribute('lang', lang);
        }
        expect(await moved(page), 'in every language').toEqual([]);
        const beyond = await page.evaluate(() => {
          const { scrollWidth, clientWidth } = document.documentElement;
          return scrollWidth - clientWidth;
        });
        expect(beyond, 'what stands out of the page').toBe(0);
      });

      test('with Messenger blocked', async ({ visitor, world, page }) => {
        await page.addInitScript(watch);
        await page.route('**/genesys-bootstrap/**', (route) => route.abort());
        await world.site.page('/own.html', crowded);
        await visitor.opens('/own.html');
        await visitor.isTold('messenger/blocked');
        await visitor.loginButton.click();
        await expect(visitor.element.getByRole('status')).toHaveText(
          'Signing in did not work. Please try again.',
        );
        expect(await moved(page)).toEqual([]);
      });
    });
  }
});

test('the keyboard alone signs in and out, and never loses its place', async ({ visitor, page }) => {
  const isAtButton = () =>
    visitor.element.evaluate((element) => element.shadowRoot?.activeElement?.localName === 'button');
  await visitor.opens();
  await visitor.isSignedOut();
  for (let presses = 0; presses < 10 && !(await isAtButton()); presses++) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByLabel(/user|name/i).focus();
  await page.keyboard.type('ada');
  await page.keyboard.press('Tab');
  await page.keyboard.type(visitors.ada.password);
  await page.keyboard.press('Enter');
  await visitor.isSignedIn();
  expect(await isAtButton(), 'after the way to the provider and back').toBe(true);
  await page.keyboard.press('Enter');
  await visitor.isSignedOut();
  expect(await isAtButton(), 'after the logout').toBe(true);
});

test('somebody who has gone elsewhere in the page is not called back from there', async ({
  visitor,
  world,
}) => {
  const page = pageWith().replace('</html>', '<input autofocus aria-label="Search" /></html>');
  await world.site.page('/own.html', page);
  await visitor.opens('/own.html');
  await visitor.signsIn();
  await visitor.isSignedIn();
  await expect(visitor.page.getByLabel('Search')).toBeFocused();
});

test('a page in Arabic is spoken to in Arabic, from right to left', async ({ visitor, world }) => {
  await world.site.page('/own.html', pageWith().replace('lang="en"', 'lang="ar" dir="rtl"'));
  await visitor.opens('/own.html');
  const button = visitor.element.getByRole('button', { name: 'تسجيل الدخول' });
  await expect(button).toBeEnabled();
  world.genesys.faults.set('exchange', { status: 500, body: {} });
  await button.click();
  await visitor.fillsIn('ada');
  await expect(visitor.element.getByRole('status')).toHaveAttribute('lang', 'ar');
  await expect(visitor.element.getByRole('status')).toHaveCSS('direction', 'rtl');
});

test('without script, what stands in the element is there for everybody', async ({ browser, world }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const html = pageWith().replace('></genesys', '><a href="/login">Log in here</a></genesys');
  await world.site.page('/own.html', html);
  const page = await context.newPage();
  await page.goto(world.site.url('/own.html'));
  await expect(page.getByRole('link', { name: 'Log in here' })).toBeVisible();
  await context.close();
});
