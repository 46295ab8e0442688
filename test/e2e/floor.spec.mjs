// The oldest browsers that the element is made for: Chrome 109, Firefox 115, Safari 16.4. What they lack is taken from the
// browser that is here, one by one and all at once. How an engine of that age draws is not tested by this.
import { expect, test } from './fixtures.mjs';

/** @type {Record<string, () => void>} In the page, before any script. */
const lacking = {
  'custom states (Firefox before 126, Safari before 17.4)': () =>
    Reflect.deleteProperty(ElementInternals.prototype, 'states'),
  'custom states without dashes (Chrome before 125)': () => {
    const { add } = CustomStateSet.prototype;
    CustomStateSet.prototype.add = function (/** @type {string} */ state) {
      if (!state.startsWith('--')) throw new DOMException('must start with --', 'SyntaxError');
      return add.call(this, state);
    };
  },
  'ARIA reflection (Firefox before 119)': () => {
    for (const { prototype } of [Element, ElementInternals])
      for (const name of Object.keys(prototype))
        if (name.startsWith('aria')) Reflect.deleteProperty(prototype, name);
  },
  'URL.canParse and URL.parse (Chrome before 120, Firefox before 115, Safari before 17)': () => {
    for (const name of ['canParse', 'parse']) Reflect.deleteProperty(URL, name);
  },
  'copying methods of arrays (Chrome before 110)': () => {
    for (const name of ['toSorted', 'toReversed', 'toSpliced', 'with'])
      Reflect.deleteProperty(Array.prototype, name);
  },
  'Promise.withResolvers and Promise.try': () => {
    for (const name of ['withResolvers', 'try']) Reflect.deleteProperty(Promise, name);
  },
  'groupBy and Array.fromAsync': () => {
    for (const of of [Object, Map]) Reflect.deleteProperty(of, 'groupBy');
    Reflect.deleteProperty(Array, 'fromAsync');
  },
  'methods of sets and iterators': () => {
    for (const name of ['union', 'intersection', 'difference', 'isSubsetOf'])
      Reflect.deleteProperty(Set.prototype, name);
    const iterators = Object.getPrototypeOf(Object.getPrototypeOf([].values()));
    for (const name of ['map', 'filter', 'some', 'find', 'toArray', 'forEach'])
      Reflect.deleteProperty(iterators, name);
  },
  'AbortSignal.any (Chrome before 116, Firefox before 124, Safari before 17.4)': () =>
    Reflect.deleteProperty(AbortSignal, 'any'),
  'AbortSignal.throwIfAborted (Chrome before 100, Safari before 15.4)': () =>
    Reflect.deleteProperty(AbortSignal.prototype, 'throwIfAborted'),
  'prerendering, user activation, the scheduler and idle callbacks': () => {
    Reflect.deleteProperty(Document.prototype, 'prerendering');
    Reflect.deleteProperty(Navigator.prototype, 'userActivation');
    for (const name of ['scheduler', 'requestIdleCallback']) Reflect.deleteProperty(window, name);
  },
  'Trusted Types': () => Reflect.deleteProperty(window, 'trustedTypes'),
  'Base64 of typed arrays': () => {
    Reflect.deleteProperty(Uint8Array.prototype, 'toBase64');
    Reflect.deleteProperty(Uint8Array, 'fromBase64');
  },
};

for (const [name, takeAway] of Object.entries(lacking))
  test(`a visitor signs in and out without ${name}`, async ({ page, visitor, messenger }) => {
    await page.addInitScript(takeAway);
    await visitor.opens();
    await visitor.signsIn();
    await messenger.isAuthenticatedAs('Ada Lovelace');
    await visitor.pressesLogout();
    await visitor.isSignedOut();
    expect(visitor.exceptions).toEqual([]);
  });

/** What every browser has for which the element is made, and older ones do not. @type {Record<string, () => void>} */
const older = {
  'AbortSignal.timeout': () => Reflect.deleteProperty(AbortSignal, 'timeout'),
  'crypto.randomUUID': () => Reflect.deleteProperty(Crypto.prototype, 'randomUUID'),
};

test.describe('in an older browser', () => {
  for (const [name, takeAway] of Object.entries(older)) {
    test(`without ${name} the click says so, and the provider is not blamed`, async ({
      page,
      visitor,
      world,
    }) => {
      await page.addInitScript(takeAway);
      await visitor.opens();
      await visitor.isSignedOut();
      await visitor.loginButton.click();
      await visitor.isTold('browser/unsupported');
      await expect(visitor.element.getByRole('status')).toHaveText(
        'Signing in is not possible at the moment.',
      );
      await visitor.isExplainedByTheDoctor();
      expect(world.provider.authorizationRequests).toEqual([]);
      expect(visitor.exceptions).toEqual([]);
    });
  }

  test('the anonymous chat of a step-up deployment is there', async ({ page, visitor, world, messenger }) => {
    for (const takeAway of Object.values(older)) await page.addInitScript(takeAway);
    await visitor.opensPageWith({ 'deployment-id': world.values.STEP_UP_DEPLOYMENT_ID ?? '', silent: '' });
    await messenger.isAnonymous();
    await visitor.loginButton.click();
    await visitor.isTold('browser/unsupported');
    await messenger.isAnonymous();
    expect(visitor.exceptions).toEqual([]);
  });

  test('without ElementInternals and constructed style sheets a visitor signs in', async ({
    page,
    visitor,
    world,
  }) => {
    await page.addInitScript(() => {
      Reflect.deleteProperty(HTMLElement.prototype, 'attachInternals');
      Reflect.deleteProperty(CSSStyleSheet.prototype, 'replaceSync');
      for (const { prototype } of [Document, ShadowRoot])
        Reflect.deleteProperty(prototype, 'adoptedStyleSheets');
    });
    await visitor.opensPageWith({ account: 'ada' });
    await visitor.signsIn();
    // The double's own chat window needs style sheets.
    await visitor.isSignedIn();
    expect(world.genesys.log).toMatchObject([{ ok: true }]);
    expect(visitor.exceptions).toEqual([]);
  });
});

test.describe('without all of these', () => {
  test.beforeEach(async ({ page }) => {
    for (const takeAway of Object.values(lacking)) await page.context().addInitScript(takeAway);
  });

  test.afterEach(({ visitor }) => expect(visitor.exceptions).toEqual([]));

  test('a visitor signs in in a popup', async ({ visitor, messenger }) => {
    await visitor.opens('/popup.html');
    const popup = await visitor.pressesLogin();
    await visitor.fillsIn('ada', undefined, popup);
    await visitor.isSignedIn();
    await messenger.isAuthenticatedAs('Ada Lovelace');
  });

  test('the doctor reports a failure, in words', async ({ visitor, page }) => {
    await visitor.opensPageWith({ debug: '', 'client-id': '' });
    await expect(page.getByRole('region', { name: 'Doctor' })).toContainText('configuration/client-id');
  });
});
