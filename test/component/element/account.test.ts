import { expect } from '@open-wc/testing';
import { type Page, closePages, openPage, openSignedIn, profiles, storedIn } from '../../harness/page.js';

afterEach(closePages);

/** Whether Messenger's chat, if there is one, can be seen. */
function isChatVisible(page: Page): boolean {
  const parts = page.document
    .querySelector('#genesys-messenger')
    ?.shadowRoot?.querySelectorAll('.launcher, .panel');
  return [...(parts ?? [])].some((part) => part.checkVisibility({ visibilityProperty: true }));
}

/** Looks at the chat in every frame that is drawn, until it is stopped. @returns whether it was ever visible */
function watchChat(page: Page): () => boolean {
  const { document, window } = page;
  let seen = false;
  const look = () => (seen ||= isChatVisible(page));
  const observer = new window.MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true, attributes: true });
  const drawn = () => {
    look();
    frame = window.requestAnimationFrame(drawn);
  };
  let frame = window.requestAnimationFrame(drawn);
  return () => {
    look();
    observer.disconnect();
    window.cancelAnimationFrame(frame);
    return seen;
  };
}

const statuses = (page: Page) => page.told.map(({ type, detail }) => detail.status ?? type);

for (const profile of profiles) {
  const boot = { profile };
  // Where the page brings Messenger itself, its chat can be there before any code of ours.
  const messenger = 'injected' as const;
  const ada = { attributes: { account: 'ada@brand.example' }, boot, messenger };

  describe(`account, Messenger ${profile}`, () => {
    it('that is the same as at sign-in: the session is restored, and the chat is shown', async () => {
      const before = await openSignedIn(ada);
      const page = await before.reload();
      await page.status('signed-in');
      expect(page.all('signedIn')).to.deep.equal([{ restored: true }]);
      expect(isChatVisible(page)).to.equal(true);
    });

    for (const [sentence, account] of [
      ['is another than at sign-in', 'grace@brand.example'],
      ['is empty, for nobody is signed in on the site', ''],
    ] as const)
      it(`that ${sentence}: the session is ended and never seen`, async () => {
        const before = await openSignedIn(ada);
        let stop!: () => boolean;
        const page = await before.reload({
          attributes: { account },
          before: (loaded) => (stop = watchChat(loaded)),
        });
        await page.status('signed-out');
        await page.quiet();
        expect(stop(), 'the chat was seen').to.equal(false);
        expect(statuses(page)).to.deep.equal(['signed-out']);
        expect(page.api.calls.filter(({ endpoint }) => endpoint === 'revoke')).to.have.lengthOf(1);

        page.button.click();
        await page.status('signed-in');
        expect(page.all('signedIn')).to.deep.equal([{ restored: false }]);
        expect(isChatVisible(page)).to.equal(true);
        const after = await page.reload({ attributes: { account } });
        await after.status('signed-in');
      });

    it('that was not named at sign-in: the session is ended and never seen', async () => {
      const before = await openSignedIn({ boot });
      let stop!: () => boolean;
      const page = await before.reload({ ...ada, before: (loaded) => (stop = watchChat(loaded)) });
      await page.status('signed-out');
      expect(stop(), 'the chat was seen').to.equal(false);
      expect(page.all('signedIn')).to.deep.equal([]);
    });

    it('that is set later, and is the same: nothing happens', async () => {
      const before = await openSignedIn(ada);
      const page = await before.reload({ attributes: {} });
      await page.status('signed-in');
      page.change({ account: 'ada@brand.example' });
      await page.quiet();
      expect(statuses(page)).to.deep.equal(['signed-in', 'signedIn']);
    });

    it('that changes while the visitor is signed in: logged out, in other tabs, too', async () => {
      const page = await openSignedIn(ada);
      const tab = await page.openTab();
      await tab.status('signed-in');
      page.element.account = 'grace@brand.example';
      await page.status('signed-out');
      await page.quiet();
      expect(page.all('loggedOut')).to.deep.equal([{ reason: 'account' }]);
      page.button.click();
      await page.status('signed-in');
    });

    it('that changes while a code is redeemed: nobody is signed in', async () => {
      const page = await openPage({ ...ada, authorize: true });
      await page.status('signed-out');
      const release = page.api.hold('exchange');
      page.button.click();
      await page.status('signing-in');
      await page.quiet();
      const stop = watchChat(page);
      page.change({ account: 'grace@brand.example' });
      await page.status('signed-out');
      release();
      await page.quiet();
      expect(page.all('signedIn')).to.deep.equal([]);
      expect(stop(), 'the chat was seen').to.equal(false);
    });

    it('of somebody else is not shown either where Genesys Cloud does not confirm the logout', async () => {
      const before = await openSignedIn(ada);
      before.api.fail('revoke', 'network');
      let stop!: () => boolean;
      const page = await before.reload({
        attributes: { account: 'grace@brand.example' },
        before: (loaded) => (stop = watchChat(loaded)),
      });
      await page.fails('logout/incomplete');
      await page.quiet();
      expect(stop(), 'the chat was seen').to.equal(false);
      expect(page.all('signedIn')).to.deep.equal([]);
      page.button.click();
      await page.status('signed-in');
      expect(isChatVisible(page)).to.equal(true);
    });

    it('stands nowhere in the clear, and its digest goes with a logout', async () => {
      const page = await openSignedIn(ada);
      const stored = () => JSON.stringify(storedIn(page.visitor.local));
      expect(stored()).to.contain(':account:');
      for (const text of [stored(), JSON.stringify(storedIn(page.visitor.session)), page.console.join()])
        expect(text).not.to.contain('ada@');
      expect(JSON.stringify(page.told.map(({ detail }) => detail))).not.to.contain('ada@');
      page.element.signOut();
      await page.status('signed-out');
      expect(stored()).not.to.contain(':account:');
    });

    it('that is not used keeps nothing and hides nothing', async () => {
      const page = await openSignedIn({ boot });
      expect(JSON.stringify(storedIn(page.visitor.local))).not.to.contain(':account:');
      expect(page.document.adoptedStyleSheets).to.have.lengthOf(0);
    });
  });
}
