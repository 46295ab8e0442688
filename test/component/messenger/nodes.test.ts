import { expect } from '@open-wc/testing';
import { type Page, closePages, openPage, openSignedIn, profiles } from '../../harness/page.js';

afterEach(closePages);

const chatOf = ({ document }: Page) => document.querySelector('#genesys-messenger')!;

/** Whatever watches has looked, and a router has had its time. */
async function routed(page: Page): Promise<void> {
  await page.quiet();
  page.clock.passes(500);
  await page.quiet();
}

for (const profile of profiles)
  describe(`what Messenger ${profile} has put into the page, docs/messenger.md §9`, () => {
    it('is missed when a router takes it away, once', async () => {
      const page = await openSignedIn({ boot: { profile } });
      await page.quiet();
      chatOf(page).remove();
      await page.quiet();
      expect(page.element.status, 'a router may put it back').to.equal('signed-in');
      page.clock.passes(499);
      await page.quiet();
      expect(page.element.status).to.equal('signed-in');
      page.clock.passes(1);
      await page.fails('messenger/removed');
      page.document.body.append(page.document.createElement('p'));
      await routed(page);
      expect(page.all('signInFailed')).to.have.lengthOf(1);
    });

    it('is missed with the body that held it', async () => {
      const page = await openSignedIn({ boot: { profile } });
      await page.quiet();
      const body = page.document.createElement('body');
      body.append(page.element);
      page.document.body.replaceWith(body);
      await routed(page);
      await page.fails('messenger/removed');
    });

    it('is not missed when it is put back, or while the page changes around it', async () => {
      const page = await openSignedIn({ boot: { profile } });
      await page.quiet();
      const chat = chatOf(page);
      chat.remove();
      await page.quiet();
      const body = page.document.createElement('body');
      body.append(page.element, chat);
      page.document.body.replaceWith(body);
      await routed(page);
      expect(page.element.status).to.equal('signed-in');
      // Watched over in the new body, too.
      chat.remove();
      await routed(page);
      await page.fails('messenger/removed');
    });

    it('is nobody’s loss where nobody has a chat', async () => {
      const page = await openPage({ boot: { profile } });
      await page.status('signed-out');
      await page.quiet();
      chatOf(page)?.remove();
      await routed(page);
      expect(page.element.status).to.equal('signed-out');
      expect(page.all('signInFailed')).to.deep.equal([]);
    });
  });
