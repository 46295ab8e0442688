import { expect } from '@open-wc/testing';
import { type Page, closePages, openPage, openSignedIn, profiles } from '../../harness/page.js';

afterEach(closePages);

/**
 * After 401 and 403 Messenger asks for nothing but reAuthenticate (docs/messenger.md §4.1); the element gives it a
 * moment before it makes Messenger ask for the next code.
 */
async function moment(page: Page): Promise<void> {
  await page.quiet();
  page.clock.passes(1_000);
}

const exchanges = (page: Page) => page.api.exchanges.map(({ status }) => status);
const codes = (page: Page) => page.api.exchanges.map(({ body }) => (body!.oauth as { code: string }).code);

for (const profile of profiles) {
  const boot = { profile };

  describe(`signing in, Messenger ${profile}`, () => {
    it('is told once, in order', async () => {
      const page = await openSignedIn({ boot });
      await page.quiet();
      expect(page.told.map(({ type, detail }) => detail.status ?? type)).to.deep.equal([
        'signed-out',
        'signing-in',
        'signed-in',
        'signedIn',
      ]);
      expect(page.asked).to.deep.equal([{ interactive: true }]);
    });

    it('delivers a code once: whoever asks again gets a new one', async () => {
      const page = await openSignedIn({ boot });
      await page.command('Auth.getTokens');
      await page.quiet();
      expect(new Set(codes(page)).size).to.equal(codes(page).length);
      expect(exchanges(page)).to.deep.equal([200, 200]);
    });
  });

  /** docs/messenger.md §4.1: what the exchange answers, and what must follow. */
  const answers = [
    [400, 'exchange/refused'],
    [401, 'exchange/refused'],
    [403, 'exchange/refused'],
    [404, 'exchange/not-found'],
    [409, 'exchange/conflict'],
    [429, 'exchange/unavailable'],
    [500, 'exchange/unavailable'],
    [504, 'exchange/unavailable'],
    ['network', 'exchange/unavailable'],
  ] as const;
  describe(`an exchange in Messenger ${profile} that answers`, () => {
    for (const [answer, code] of answers) {
      it(`${answer}, for ever: ${code}, at most one attempt more, and a click tries again`, async () => {
        const page = await openPage({ boot, authorize: true });
        page.api.fail('exchange', answer);
        await page.status('signed-out');
        page.button.click();
        await moment(page);
        const error = await page.fails(code);
        expect(error.retryable).to.equal(answer !== 404);
        if (answer === 'network') expect(error.contextId).to.equal(undefined);
        else expect(error.contextId, "Genesys Cloud's own").to.match(/^[\w-]{36}$/);
        await page.quiet();
        page.clock.passes(60 * 60_000);
        await page.quiet();
        const attempts = page.asked.length;
        expect(attempts).to.be.at.most(2);
        expect(page.button.disabled).to.equal(false);
        expect(page.all('signInFailed'), 'told once').to.have.lengthOf(1);
        expect(page.all('loggedOut'), 'nobody was in').to.deep.equal([]);
        expect(new Set(codes(page)).size, 'no code twice').to.equal(codes(page).length);

        page.api.recover('exchange');
        page.button.click();
        await moment(page);
        await page.status('signed-in');
        expect(page.element.error).to.equal(undefined);
        expect(page.asked).to.have.lengthOf(attempts + 1);
        expect(page.asked.at(-1)).to.deep.equal({ interactive: true });
      });
    }

    for (const answer of [401, 403, 504] as const)
      it(`${answer} once: one new code, by itself, and it works`, async () => {
        const page = await openPage({ boot, authorize: true });
        page.api.fail('exchange', answer, 1);
        await page.status('signed-out');
        page.button.click();
        await moment(page);
        await page.status('signed-in');
        await page.quiet();
        expect(exchanges(page)).to.deep.equal([answer, 200]);
        expect(page.all('signInFailed')).to.deep.equal([]);
      });

    it('nothing: it is given up, and may still succeed', async () => {
      const page = await openPage({ boot, authorize: true });
      const release = page.api.hold('exchange');
      await page.status('signed-out');
      page.button.click();
      await page.status('signing-in');
      await page.quiet();
      page.clock.passes(10_000);
      await page.fails('exchange/unavailable');
      expect(page.button.disabled).to.equal(false);
      release();
      await page.status('signed-in');
      expect(page.element.error).to.equal(undefined);
    });
  });

  describe(`a visitor who signed in earlier, Messenger ${profile}`, () => {
    it('is signed in at once, without a code, and the page is told', async () => {
      const before = await openSignedIn({ boot });
      const page = await before.reload();
      await page.status('signed-in');
      await page.quiet();
      expect(page.all('signedIn')).to.deep.equal([{ restored: true }]);
      expect(page.told.map(({ type, detail }) => detail.status ?? type)).to.deep.equal([
        'signed-in',
        'signedIn',
      ]);
      expect(page.label).to.equal('Log out');
      expect(page.asked).to.deep.equal([]);
      expect(exchanges(page)).to.deep.equal([200]);
      expect(page.console).to.deep.equal([]);
    });

    it('is signed in in another tab, too', async () => {
      const first = await openSignedIn({ boot });
      const second = await first.openTab();
      await second.status('signed-in');
      expect(second.all('signedIn')).to.deep.equal([{ restored: true }]);
      expect(exchanges(second)).to.deep.equal([200]);
    });

    it('can log out', async () => {
      const before = await openSignedIn({ boot });
      const page = await before.reload();
      await page.status('signed-in');
      page.button.click();
      await page.status('signed-out');
      const after = await page.reload();
      await after.status('signed-out');
      expect(after.all('loggedOut')).to.deep.equal([]);
    });
  });

  describe(`logging out, Messenger ${profile}`, () => {
    it('is told once; then somebody else can sign in on the same page', async () => {
      const page = await openSignedIn({ boot });
      page.button.click();
      await page.status('signed-out');
      await page.quiet();
      expect(page.all('loggedOut')).to.deep.equal([{ reason: 'visitor' }]);
      expect(page.all('signInFailed')).to.deep.equal([]);

      page.button.click();
      await page.status('signed-in');
      expect(exchanges(page)).to.deep.equal([200, 200]);
      expect(new Set(codes(page)).size).to.equal(2);
      expect(page.all('signedIn')).to.deep.equal([{ restored: false }, { restored: false }]);
    });

    it('that Genesys Cloud does not confirm is a logout all the same, and says so', async () => {
      const page = await openSignedIn({ boot });
      page.api.fail('revoke', 500);
      page.button.click();
      const error = await page.fails('logout/incomplete');
      expect(error.message).to.contain('internal server error');
      expect(page.all('loggedOut')).to.deep.equal([{ reason: 'visitor' }]);
      expect(page.all('signInFailed'), 'signing in has not failed').to.deep.equal([]);
      expect(page.label).to.equal('Log in');
      page.api.recover('revoke');
      page.button.click();
      await page.status('signed-in');
    });

    it('that nobody answers ends all the same', async () => {
      const page = await openSignedIn({ boot });
      page.api.hold('revoke');
      page.button.click();
      await page.status('signing-out');
      await page.quiet();
      expect(page.element.status).to.equal('signing-out');
      page.clock.passes(10_000);
      await page.fails('logout/incomplete');
      expect(page.all('loggedOut')).to.deep.equal([{ reason: 'visitor' }]);
    });

    it('of somebody whose site data was cleared meanwhile is a logout like any other', async () => {
      const page = await openSignedIn({ boot });
      page.visitor.local.clear();
      page.visitor.session.clear();
      expect(page.element.status).to.equal('signed-in');
      page.button.click();
      await page.status('signed-out');
      expect(page.all('loggedOut')).to.deep.equal([{ reason: 'visitor' }]);
      expect(page.element.error).to.equal(undefined);
      page.button.click();
      await page.status('signed-in');
    });

    it('in another tab is a logout in this one', async () => {
      const first = await openSignedIn({ boot });
      const second = await first.openTab();
      await second.status('signed-in');
      second.button.click();
      await second.status('signed-out');
      await first.status('signed-out');
      await first.quiet();
      expect(first.all('loggedOut')).to.deep.equal([{ reason: 'elsewhere' }]);
      expect(second.all('loggedOut')).to.deep.equal([{ reason: 'visitor' }]);
      expect(first.all('signInFailed')).to.deep.equal([]);
    });

    it("by a script of the page's own is heard", async () => {
      const page = await openSignedIn({ boot });
      await page.command('Auth.logout');
      await page.status('signed-out');
      await page.quiet();
      expect(page.all('loggedOut')).to.deep.equal([{ reason: 'elsewhere' }]);
    });
  });
}

describe("the page's own authorize", () => {
  const signInFails = async (authorize: Parameters<typeof openPage>[0] & object) => {
    const page = await openPage(authorize);
    await page.status('signed-out');
    page.button.click();
    const error = await page.fails('configuration/authorize');
    expect(exchanges(page)).to.deep.equal([]);
    expect(page.button.disabled).to.equal(false);
    return error;
  };

  for (const [what, answer] of Object.entries({
    'a code alone': { authCode: 'c' },
    'a redirect URI alone': { redirectUri: 'https://brand.example/' },
    'an empty code': { authCode: '', redirectUri: 'https://brand.example/' },
    'a code that is no text': { authCode: 7, redirectUri: 'https://brand.example/' },
    'a max age that is no number': { authCode: 'c', redirectUri: 'https://brand.example/', maxAge: '60' },
    'a text': 'code',
    'a number': 0,
  }))
    it(`that returns ${what} is named`, async () => {
      await signInFails({ authorize: () => answer as never });
    });

  it('that returns a code twice is named: a used code would wipe a good session', async () => {
    let once: object | undefined;
    const page: Page = await openPage({ authorize: () => (once ??= page.grant()) as never });
    await page.status('signed-out');
    page.button.click();
    await page.status('signed-in');
    page.button.click();
    await page.status('signed-out');
    page.button.click();
    await page.fails('configuration/authorize');
    expect(exchanges(page)).to.deep.equal([200]);
  });

  it('may show itself only after a click, also when the session ends', async () => {
    let hasSession = true;
    const page: Page = await openPage({ authorize: () => (hasSession ? page.grant() : undefined) });
    await page.status('signed-out');
    page.button.click();
    await page.status('signed-in');
    hasSession = false;
    void page.command('Auth.reAuthenticate');
    await page.status('signed-out');
    await page.quiet();
    expect(page.asked).to.deep.equal([{ interactive: true }, { interactive: false }]);

    hasSession = true;
    page.button.click();
    await page.status('signed-in');
    expect(page.asked.at(-1)).to.deep.equal({ interactive: true });
  });

  it('that throws is named by the kind of error, never by its text', async () => {
    const page: Page = await openPage({
      authorize: () => {
        throw new page.window.TypeError('token=hunter2');
      },
    });
    await page.status('signed-out');
    page.button.click();
    const error = await page.fails('configuration/authorize');
    expect(error.message).to.contain('TypeError');
    expect(JSON.stringify([error, page.console])).not.to.contain('hunter2');
  });
});

describe('the built-in flow', () => {
  it('sends the visitor to the provider, with state, nonce and a challenge', async () => {
    const page = await openPage();
    await page.status('signed-out');
    const left = page.leavesForProvider();
    page.button.click();
    const { searchParams } = await left;
    expect(searchParams.get('response_type')).to.equal('code');
    expect(searchParams.get('client_id')).to.equal('brand');
    expect(searchParams.get('code_challenge_method')).to.equal('S256');
    for (const name of ['state', 'nonce', 'code_challenge'])
      expect(searchParams.get(name), name).to.match(/^\S{16,}$/);
    expect(new URL(searchParams.get('redirect_uri')!).pathname).to.contain('/harness/page.html');
    expect(page.told.map(({ type, detail }) => detail.status ?? type)).to.deep.equal([
      'signed-out',
      'signing-in',
    ]);
  });

  it('whose provider cannot be reached says so, and the button works again', async () => {
    const page = await openPage({ attributes: { 'authorization-endpoint': null } });
    page.window.fetch = async () => {
      throw new page.window.TypeError('Failed to fetch');
    };
    await page.status('signed-out');
    page.button.click();
    const error = await page.fails('provider/unreachable');
    expect(error.retryable).to.equal(true);
    expect(page.button.disabled).to.equal(false);
    const again = page.next('signInFailed');
    page.button.click();
    expect((await again).detail.code).to.equal('provider/unreachable');
  });
});
