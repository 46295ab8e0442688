// The element beside Messenger, as pages bring it and treat it (docs/messenger.md §9): each page of the local world, in
// both lines of Messenger. There is one bootstrap, one chat and a true status, also after a reload.
import { readFileSync } from 'node:fs';
import { expect, test } from './fixtures.mjs';

/** @typedef {import('./fixtures.mjs').World} World */
/** @typedef {import('./fixtures.mjs').Visitor} Visitor */
/** @typedef {import('./fixtures.mjs').Messenger} Messenger */

const recipes = readFileSync(new URL('../../docs/recipes.md', import.meta.url), 'utf8');

/** @param {string} heading @returns {string} The script of a recipe. */
function recipe(heading) {
  const [, script = ''] = recipes.split(`## ${heading}`)[1]?.match(/```js\n(.*?)```/s) ?? [];
  return `<script>${script}</script>`;
}

for (const profile of /** @type {const} */ (['2.2.8', 'current'])) {
  const region = (/** @type {World} */ world) => (profile === 'current' ? world.genesys : world.genesys228);
  const at = (/** @type {string} */ name) => `${profile === 'current' ? '' : '/2.2.8'}/beside/${name}.html`;

  /** @param {World} world How often a bootstrap has run: each asks for the deployment's domains. */
  const evaluated = (world) => region(world).requests.domains;

  /** @param {Visitor} visitor @param {string} code The line in the console, and nothing else of ours. */
  const isSaidOnce = (visitor, code) =>
    expect
      .poll(() => visitor.console.filter((line) => line.includes('<genesys-auth-messenger>')))
      .toEqual([expect.stringContaining(`> ${code}: `)]);

  /** @param {Visitor} visitor */
  const isSilent = (visitor) =>
    expect(visitor.console.filter((line) => line.includes('<genesys-auth-messenger>'))).toEqual([]);

  /**
   * Signed in, once, with one chat; and so after a reload.
   * @param {{world: World, visitor: Visitor, messenger: Messenger}} scene
   * @param {() => Promise<void>} [onReload] What the visitor does on the new page.
   */
  async function isSignedInWithOneChat({ world, visitor, messenger }, onReload = async () => {}) {
    await visitor.isSignedIn();
    await messenger.isAuthenticatedAs('Ada Lovelace');
    await expect(visitor.page.locator('#genesys-messenger')).toHaveCount(1);
    expect(region(world).log).toMatchObject([{ ok: true }]);

    const before = evaluated(world);
    await visitor.page.reload();
    await onReload();
    await visitor.isSignedIn({ restored: true });
    await expect(visitor.page.locator('#genesys-messenger')).toHaveCount(1);
    await messenger.isAuthenticatedAs('Ada Lovelace');
    expect(evaluated(world), 'bootstraps that ran').toBe(before + 1);
  }

  test.describe(`beside Messenger, ${profile}`, () => {
    for (const [name, title] of /** @type {const} */ ([
      ['snippet-first', "the page's own snippet is used"],
      ['snippet-late', 'a snippet that comes later brings no second Messenger'],
      ['renamed', 'the function has the name that the snippet gives it'],
      ['renamed-late', 'a late snippet of another name speaks to the Messenger that is there'],
      ['stub', 'what the page has said before anything was there is heard'],
    ]))
      test(title, async ({ world, visitor, messenger }) => {
        await visitor.opens(at(name));
        await visitor.isSignedOut();
        await expect.poll(() => evaluated(world), 'bootstraps that ran').toBe(1);
        if (/renamed-late|stub/.test(name))
          await expect(visitor.page.locator('body')).toHaveAttribute('data-heard', /Genesys/);
        await visitor.signsIn();
        await isSignedInWithOneChat({ world, visitor, messenger });
        isSilent(visitor);
        expect(visitor.exceptions).toEqual([]);
      });

    test('a consent manager that runs a copy of the script is waited for', async ({
      world,
      visitor,
      messenger,
    }) => {
      const agrees = () => visitor.page.getByRole('button', { name: 'I agree' }).click();
      await visitor.opens(at('consent'));
      await expect(visitor.element).toHaveJSProperty('status', 'starting');
      await agrees();
      await visitor.isSignedOut();
      expect(evaluated(world)).toBe(1);
      await visitor.signsIn();
      await expect(visitor.page).toHaveURL(world.site.url(at('consent')));
      await agrees();
      await isSignedInWithOneChat({ world, visitor, messenger }, agrees);
    });

    test("a page's own AuthProvider loses its name, and the page is told", async ({
      world,
      visitor,
      messenger,
    }) => {
      // Whoever is first has the name: here the element, which is there before Messenger takes the page's queue.
      await visitor.page.route('**/genesys-bootstrap/**', async (route) => {
        await route.request().frame().waitForFunction('Genesys.q.length > 1');
        await route.continue();
      });
      await visitor.opens(at('plugin'));
      await visitor.isSignedOut();
      await isSaidOnce(visitor, 'messenger/plugin-taken');
      await visitor.signsIn();
      await isSignedInWithOneChat({ world, visitor, messenger });
    });

    test('a late snippet of another deployment does not run, and the page is told', async ({
      world,
      visitor,
      messenger,
    }) => {
      await visitor.opens(at('other-deployment'));
      await visitor.isSignedOut();
      await isSaidOnce(visitor, 'configuration/conflict');
      expect(await visitor.events()).toContainEqual({
        type: 'signInFailed',
        detail: expect.objectContaining({ code: 'configuration/conflict' }),
      });
      expect(evaluated(world)).toBe(1);
      await visitor.signsIn();
      await isSignedInWithOneChat({ world, visitor, messenger });
    });

    test('a router that takes Messenger away is noticed; the visitor can still log out', async ({
      visitor,
    }) => {
      await visitor.opens(at('router'));
      await visitor.signsIn();
      await visitor.isSignedIn();
      await visitor.page.getByRole('link', { name: 'Next page' }).click();
      await expect.poll(async () => (await visitor.failure())?.code).toBe('messenger/removed');
      await expect(visitor.element).toHaveJSProperty('status', 'failed');
      await isSaidOnce(visitor, 'messenger/removed');
      // Nothing has changed for the visitor's session, and they read nothing.
      expect((await visitor.events()).filter(({ type }) => type === 'loggedOut')).toEqual([]);
      await expect(visitor.element.getByRole('status')).toHaveText('');
      await visitor.pressesLogout();
      await visitor.isSignedOut();

      await visitor.signsInAtOnce();
      await visitor.page.reload();
      await visitor.isSignedIn({ restored: true });
    });

    test('a router that keeps Messenger changes nothing', async ({ visitor, messenger }) => {
      await visitor.opens(at('router-keeps'));
      await visitor.signsIn();
      await visitor.isSignedIn();
      await visitor.page.getByRole('link', { name: 'Next page' }).click();
      await messenger.isAuthenticatedAs('Ada Lovelace');
      await expect(visitor.element).toHaveJSProperty('status', 'signed-in');
      isSilent(visitor);
    });

    test('a chat on demand opens for who has logged in by a click, and not for who comes back', async ({
      visitor,
      messenger,
    }) => {
      const message = visitor.page.getByRole('textbox', { name: 'Message' });
      await visitor.opens(at('on-demand'));
      await visitor.isSignedOut();
      await visitor.signsIn();
      await expect(message).toBeVisible();
      await visitor.page.reload();
      await visitor.isSignedIn({ restored: true });
      await expect(visitor.page.locator('#genesys-messenger')).toHaveCount(1);
      await expect(message).toBeHidden();
      await visitor.page.getByRole('button', { name: 'Chat with us' }).click();
      await messenger.isAuthenticatedAs('Ada Lovelace');
      isSilent(visitor);
    });

    test('a chat without a launcher: the visitor is signed in, and the page may open it', async ({
      visitor,
    }) => {
      await visitor.opens(at('launcher-off'));
      await visitor.signsIn();
      await visitor.isSignedIn();
      await visitor.page.evaluate(() => window.Genesys?.('command', 'Messenger.open', {}));
      await expect(visitor.page.getByRole('textbox', { name: 'Message' })).toBeVisible();
      isSilent(visitor);
    });

    test('what pages do next: attributes of the visitor, and the conversation, by the recipes', async ({
      world,
      visitor,
      messenger,
    }) => {
      const head = recipe('Send attributes of the visitor') + recipe('Follow the conversation');
      await visitor.opensPageWith({ environment: region(world).domain, open: '' }, { head });
      await visitor.signsIn();
      await visitor.isSignedIn();
      await messenger.isAuthenticatedAs('Ada Lovelace');
      const attributes = () =>
        visitor.page.evaluate(
          () => new Promise((resolve) => window.Genesys?.('command', 'Database.get', {}, resolve)),
        );
      await expect
        .poll(attributes)
        .toEqual({ messaging: { customAttributes: { tariff: 'windy', page: '/own.html' } } });
      expect(visitor.console).toContain('log: as themselves');
      expect(visitor.console).toContain('log: 1 messages');
    });

    test('a page that clears the conversation leaves the visitor signed in', async ({
      visitor,
      messenger,
    }) => {
      await visitor.opens(at('clear'));
      await visitor.signsIn();
      await visitor.isSignedIn();
      await messenger.isAuthenticatedAs('Ada Lovelace');
      await visitor.page.getByRole('button', { name: 'End the conversation' }).click();
      // 2.2.8 has no such command, and goes on as before.
      const isCleared = profile === 'current';
      if (isCleared) await expect(messenger.launcher).toBeVisible();
      else await expect.poll(() => visitor.console).toContain('error: Command does not exist');
      await messenger.isAuthenticatedAs('Ada Lovelace');
      await expect(visitor.page.getByRole('log').locator('.visitor')).toHaveCount(isCleared ? 1 : 2);
      await expect(visitor.element).toHaveJSProperty('status', 'signed-in');
      isSilent(visitor);
    });
  });
}
