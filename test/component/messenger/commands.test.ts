import { expect } from '@open-wc/testing';
import type { Grant } from '../../../src/grant.js';
import type { Plugin } from '../../../src/testing/index.js';
import { type Page, closePages, openPage, openSignedIn, profiles } from '../../harness/page.js';

afterEach(closePages);

const reasonOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => expect.fail('it was answered'),
    (reason: unknown) => reason,
  );

/** Whether a promise has been settled by the time that everything is quiet. */
async function isSettled(page: Page, promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  promise.then(
    () => (settled = true),
    () => (settled = true),
  );
  await page.quiet();
  return settled;
}

const stepUp = { auth: { enabled: true, allowSessionUpgrade: true } };

for (const profile of profiles) {
  describe(`getAuthCode in Messenger ${profile}, docs/messenger.md §4.1`, () => {
    it('waits for a visitor who is signed out, without a word', async () => {
      const page = await openPage({ boot: { profile } });
      await page.status('signed-out');
      const events: string[] = [];
      for (const event of ['Auth.authError', 'Auth.authProviderError', 'Auth.error'])
        page.window.Genesys('subscribe', event, () => events.push(event));
      await page.quiet();
      page.clock.passes(60 * 60_000);
      await page.quiet();
      expect(events).to.deep.equal([]);
      expect(page.console).to.deep.equal([]);
      expect(page.api.exchanges).to.deep.equal([]);
      expect(page.element.status).to.equal('signed-out');
    });

    it('is answered when the visitor has signed in, and the chat loads', async () => {
      const page = await openSignedIn({ boot: { profile } });
      expect(page.api.exchanges.map(({ status }) => status)).to.deep.equal([200]);
      await page.messengerSays('MessagingService.started');
      expect(page.console).to.deep.equal([]);
    });

    it('hands over all that the request held, and nothing else', async () => {
      let given!: Grant;
      const page: Page = await openPage({
        boot: { profile },
        authorize: () => (given = page.grant({ maxAge: 60, iss: 'https://login.brand.example' })),
      });
      await page.status('signed-out');
      page.button.click();
      await page.status('signed-in');
      const { code, ...oauth } = page.api.exchanges[0]!.body!.oauth as Record<string, unknown>;
      const { authCode, iss, ...rest } = given;
      expect(code).to.equal(authCode);
      // 2.2.8 drops `iss` by itself.
      expect(oauth).to.deep.equal(profile === 'current' ? { ...rest, iss } : rest);
    });
  });

  describe(`Whoever is not Messenger, in ${profile}, docs/messenger.md §3`, () => {
    for (const command of ['getAuthCode', 'reAuthenticate']) {
      it(`gets nothing by AuthProvider.${command} from the page`, async () => {
        const page = await openPage({ boot: { profile }, authorize: true });
        await page.status('signed-out');
        expect(await reasonOf(page.command(`AuthProvider.${command}`))).to.be.a('string');
        expect(page.element.status).to.equal('signed-out');
      });

      it(`gets nothing by AuthProvider.${command} from a plugin`, async () => {
        const page = await openPage({ boot: { profile }, authorize: true });
        await page.status('signed-out');
        const plugin = await new Promise<Plugin>((resolve) =>
          page.window.Genesys('registerPlugin', 'Thief', resolve),
        );
        await reasonOf(plugin.command(`AuthProvider.${command}`, { forceUpdate: true }));
        await page.quiet();
        expect(page.asked, 'nobody went for a code').to.deep.equal([]);
      });
    }

    it('gets nothing by AuthProvider.signIn from the page, and nobody is sent to the provider', async () => {
      const page = await openPage({ boot: { profile }, authorize: true });
      await page.status('signed-out');
      expect(await reasonOf(page.command('AuthProvider.signIn'))).to.be.a('string');
      await page.quiet();
      expect(page.asked).to.deep.equal([]);
    });

    it('gets nothing by AuthProvider.signIn from a plugin that the page has queued', async () => {
      let registers!: (plugin: Plugin) => void;
      const registered = new Promise<Plugin>((resolve) => (registers = resolve));
      const page = await openPage({
        boot: { profile },
        authorize: true,
        messenger: 'snippet',
        before: ({ window }) => window.Genesys('registerPlugin', 'Thief', registers),
      });
      page.boot();
      await page.status('signed-out');
      const plugin = await registered;
      expect(await reasonOf(plugin.command('AuthProvider.signIn'))).to.be.a('string');
      await page.quiet();
      expect(page.asked).to.deep.equal([]);
    });

    it('gets nothing even while a grant is on its way', async () => {
      let arrives!: () => void;
      const held = new Promise<void>((resolve) => (arrives = resolve));
      const page: Page = await openPage({
        boot: { profile },
        authorize: async () => {
          await held;
          return page.grant();
        },
      });
      await page.status('signed-out');
      page.button.click();
      await page.status('signing-in');
      await reasonOf(page.command('AuthProvider.getAuthCode'));
      arrives();
      await page.status('signed-in');
      expect(page.api.exchanges).to.have.lengthOf(1);
    });
  });
}

/** Whether a later Messenger redeems what reAuthenticate is answered with is not known. */
const variants = [...profiles.map((profile) => ({ profile })), { reAuthenticateBringsCode: true }];
for (const boot of variants) {
  describe(`reAuthenticate in Messenger ${JSON.stringify(boot)}, docs/messenger.md §4.2`, () => {
    const codes = (page: Page) =>
      page.api.exchanges.map(({ body }) => (body!.oauth as { code: string }).code);

    it('brings a new code, which is redeemed once', async () => {
      const page = await openSignedIn({ boot });
      await page.messengerSays('MessagingService.started');
      const plugin = await new Promise<Plugin>((resolve) =>
        page.window.Genesys('registerPlugin', 'Watch', resolve),
      );
      let called = 0;
      plugin.before('AuthProvider.getAuthCode', ({ resolve }) => resolve(++called));
      const tokens = await page.command('Auth.reAuthenticate');
      expect(tokens).to.have.property('jwt');
      await page.status('signed-in');
      // Nothing of it is left that could be redeemed again.
      for (const time of [1_000, 60_000]) {
        await page.quiet();
        page.clock.passes(time);
      }
      await page.quiet();
      expect(called).to.equal('reAuthenticateBringsCode' in boot ? 0 : 1);
      expect(page.element.status).to.equal('signed-in');
      expect(page.asked).to.deep.equal([{ interactive: true }, { interactive: false }]);
      expect(page.api.exchanges.map(({ status }) => status)).to.deep.equal([200, 200]);
      expect(new Set(codes(page)).size).to.equal(2);
    });

    it('is called twice at once: no code is redeemed twice', async () => {
      const page = await openSignedIn({ boot });
      await page.messengerSays('MessagingService.started');
      const first = page.command('Auth.reAuthenticate');
      const second = page.command('Auth.reAuthenticate');
      await Promise.all([first, second]);
      await page.status('signed-in');
      await page.quiet();
      expect(page.api.exchanges.filter(({ status }) => status !== 200)).to.deep.equal([]);
      expect(new Set(codes(page)).size, 'no code twice').to.equal(codes(page).length);
    });

    it('is answered with a code that Genesys Cloud refuses: it does not go out again', async () => {
      const page = await openSignedIn({ boot });
      await page.messengerSays('MessagingService.started');
      page.api.fail('exchange', 400, 1);
      await reasonOf(page.command('Auth.reAuthenticate'));
      await page.fails('exchange/refused');
      await page.quiet();
      page.clock.passes(60_000);
      await page.quiet();
      expect(new Set(codes(page)).size, 'no code twice').to.equal(codes(page).length);
    });
  });
}

describe('An anonymous chat, docs/messenger.md §4.3', () => {
  for (const waits of [false, true])
    it(`is not held up by getAuthCode${waits ? ', if it waits for that' : ''}`, async () => {
      const page = await openPage({
        config: stepUp,
        boot: { getAuthCodeAtLoadInStepUp: true, anonymousChatWaitsForAuthCode: waits },
      });
      await page.messengerSays('MessagingService.started');
      await page.status('signed-out');
      expect(page.all('signInFailed'), 'an empty answer is no failure').to.deep.equal([]);
      expect(page.api.exchanges).to.deep.equal([]);
    });

  it('becomes an authenticated one by our button', async () => {
    const page = await openSignedIn({ config: stepUp });
    expect(page.api.exchanges.map(({ status }) => status)).to.deep.equal([200]);
    expect(page.asked).to.deep.equal([{ interactive: true }]);
  });

  it("becomes an authenticated one by Messenger's entry, which is told by event and by answer", async () => {
    const page = await openPage({ config: stepUp, authorize: true });
    await page.messengerSays('MessagingService.started');
    await page.status('signed-out');
    const published = page.messengerSays('AuthProvider.signedIn');
    const result = (await page.command('MessagingService.stepUpConversation')) as { authCode: string };
    const { data } = (await published) as { data: { authCode: string } };
    expect(data.authCode).to.equal(result.authCode);
    await page.status('signed-in');
    expect(page.api.exchanges).to.have.lengthOf(1);
  });

  it('goes on as it was when signing in fails, and Messenger is told', async () => {
    const page: Page = await openPage({
      config: stepUp,
      authorize: () => {
        throw new page.window.RangeError('out of range');
      },
    });
    await page.messengerSays('MessagingService.started');
    await page.status('signed-out');
    const failed = page.messengerSays('AuthProvider.signInFailed');
    const reason = await reasonOf(page.command('MessagingService.stepUpConversation'));
    const { data } = (await failed) as { data: unknown };
    const told = { message: 'configuration/authorize' };
    expect([data, reason]).to.deep.equal([told, told]);
    const { message } = await page.fails('configuration/authorize');
    expect(message).to.contain('RangeError').and.not.to.contain('out of range');
    expect(page.console.join(), 'a code of ours, not the text of the page').not.to.contain('out of range');
  });

  it('asks for a click when there is none: the call waits, and the button works', async () => {
    const page = await openPage({ config: stepUp, authorize: () => undefined });
    await page.messengerSays('MessagingService.started');
    await page.status('signed-out');
    const call = page.command('MessagingService.stepUpConversation');
    expect(await isSettled(page, call)).to.equal(false);
    // The page is being left, as far as anybody knows; when it is still here after a while, the button is, too.
    page.clock.passes(15_000);
    await page.status('signed-out');
    expect(page.button.disabled).to.equal(false);
  });
});
