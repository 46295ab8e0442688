import { expect } from '@open-wc/testing';
import { type PageOptions, closePages, openPage, profiles } from '../../harness/page.js';

afterEach(closePages);

/** Longer than Messenger's silence is borne, in milliseconds. */
const patience = 8_000;

for (const profile of profiles) {
  const open = (options: PageOptions = {}) =>
    openPage({
      messenger: 'injected',
      ...options,
      script(page) {
        options.script?.(page);
        page.boot();
      },
      boot: { profile, ...options.boot },
    });

  describe(`Messenger ${profile} starts, docs/messenger.md §1`, () => {
    it('and the visitor can sign in', async () => {
      const page = await open();
      expect(page.element.status).to.equal('starting');
      await page.status('signed-out');
      expect(page.element.error).to.equal(undefined);
      expect(page.button.disabled).to.equal(false);
    });

    it('late, and is forgiven', async () => {
      const page = await open({ script: ({ api }) => void (late = api.hold('domains')) });
      let late!: () => void;
      await page.scriptRan;
      await page.quiet();
      page.clock.passes(patience);
      await page.fails('messenger/deployment-not-found');
      late();
      await page.status('signed-out');
      expect(page.element.error).to.equal(undefined);
    });
  });

  describe(`Messenger ${profile} stays silent, docs/messenger.md §1`, () => {
    it('because nobody knows the deployment there', async () => {
      const page = await open({ script: ({ api }) => api.fail('domains', 404) });
      await page.scriptRan;
      await page.quiet();
      expect(page.element.status).to.equal('starting');
      page.clock.passes(patience);
      const error = await page.fails('messenger/deployment-not-found');
      expect(error.message).to.contain(page.visitor.deploymentId);
      expect(error.retryable).to.equal(false);
    });

    it('because this host is not allowed, which is told at once', async () => {
      const page = await open({
        script: ({ api }) => void (api.domains = { allowedDomains: ['brand.example'] }),
      });
      const error = await page.fails('messenger/domain-not-allowed');
      expect(error.message).to.contain('localhost');
      page.clock.passes(patience);
      await page.quiet();
      expect(page.all('signInFailed'), 'told once').to.have.lengthOf(1);
    });

    it('because config.json fails', async () => {
      const page = await open({ script: ({ api }) => api.fail('config', 500) });
      await page.fails('messenger/configuration-unavailable');
    });

    it('because config.json never comes', async () => {
      const page = await open({ script: ({ api }) => void api.hold('config') });
      await page.scriptRan;
      await page.quiet();
      page.clock.passes(patience);
      await page.fails('messenger/no-answer');
    });

    it('because the deployment is inactive', async () => {
      const page = await open({ config: { status: 'Inactive' } });
      await page.fails('messenger/deployment-inactive');
    });

    it('because authentication is off', async () => {
      const page = await open({ config: { auth: { enabled: false } } });
      await page.fails('messenger/authentication-off');
    });

    it('and a click then tells the page again, and does nothing else', async () => {
      const page = await open({ config: { auth: { enabled: false } }, authorize: true });
      await page.fails('messenger/authentication-off');
      expect(page.button.disabled).to.equal(false);
      const again = page.next('signInFailed');
      page.button.click();
      expect((await again).detail.code).to.equal('messenger/authentication-off');
      expect(page.asked).to.deep.equal([]);
      expect(page.bootstraps).to.have.lengthOf(1);
    });
  });

  describe(`Messenger ${profile} is shared with a plugin of the page's own`, () => {
    it('that has taken the name AuthProvider: it stays, and is named', async () => {
      let kept: unknown;
      const page = await openPage({
        boot: { profile },
        before: ({ window }) => window.Genesys('registerPlugin', 'AuthProvider', (plugin) => (kept = plugin)),
      });
      const error = await page.fails('messenger/plugin-taken');
      expect(error.hint).to.contain('AuthProvider');
      expect(kept).to.have.property('namespace', 'AuthProvider');
    });

    it('of another name, and with calls to AuthProvider: nothing is taken', async () => {
      const page = await openPage({
        messenger: 'snippet',
        boot: { profile },
        before(page) {
          page.window.Genesys('registerPlugin', 'Brand', () => {});
          page.window.Genesys('subscribe', 'AuthProvider.signedIn', () => {});
          page.window.Genesys('command', 'AuthProvider', {});
          page.boot();
        },
      });
      await page.status('signed-out');
      await page.quiet();
      expect(page.all('signInFailed')).to.deep.equal([]);
    });

    it('that has taken it by way of the queue', async () => {
      let registered!: Promise<unknown>;
      let element!: HTMLElement;
      const page = await openPage({
        messenger: 'snippet',
        boot: { profile },
        before(page) {
          const { window } = page;
          registered = new Promise((resolve) => window.Genesys('registerPlugin', 'AuthProvider', resolve));
          page.boot();
          ({ element } = page);
          element.remove();
        },
      });
      await registered;
      page.document.body.append(element);
      await page.fails('messenger/plugin-taken');
    });
  });
}

describe('A Messenger that was there long before the element', () => {
  for (const profile of profiles)
    it(`${profile}: what it has published is not missed`, async () => {
      const page = await openPage({ boot: { profile }, before: (page) => page.element.remove() });
      await page.messengerSays('GenesysJS.ready');
      await page.quiet();
      const element = page.document.createElement('genesys-auth-messenger');
      page.document.body.append(element);
      page.change(
        {
          'deployment-id': page.visitor.deploymentId,
          environment: 'euc1',
          issuer: 'https://login.brand.example',
          'client-id': 'brand',
        },
        element,
      );
      await page.status('signed-out');
    });

  it('and was refused: nobody tells the element any more, but it says so in time', async () => {
    const page = await openPage({
      messenger: 'snippet',
      before(page) {
        page.api.domains = { allowedDomains: ['brand.example'] };
        page.boot();
      },
    });
    await page.quiet();
    page.clock.passes(patience);
    await page.fails('messenger/deployment-not-found');
  });
});
