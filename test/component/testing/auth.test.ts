import { expect } from '@open-wc/testing';
import { MessengerApi, type Profile } from '../../../src/testing/index.js';
import { deploymentId, leave, reasonOf, unhandledRejection, Visit, type VisitOptions } from './harness.js';

afterEach(leave);

const record = [
  'authenticating',
  'authenticated',
  'loggedOut',
  'authError',
  'authProviderError',
  'error',
  'tokenError',
  'logoutError',
].map((event) => `Auth.${event}`);

const profiles: Profile[] = ['2.2.8', 'current'];

for (const profile of profiles) {
  const starts = (options: VisitOptions = {}) => Visit.starts({ profile, record, ...options });
  const signsIn = (options: VisitOptions = {}) => Visit.signsIn({ profile, record, ...options });
  /** A visitor whose JWT has expired writes a message: what makes Messenger refresh (§4.2). */
  const writes = (visit: Visit) => {
    visit.api.expireJwts();
    return visit.command('MessagingService.sendMessage', { message: 'Hi' });
  };

  describe(`Page load with ${profile}, docs/messenger.md §4.1`, () => {
    it('does nothing without AuthProvider', async () => {
      const visit = await starts({ provider: false });
      await visit.next('GenesysJS.ready');
      await visit.quiet();
      expect(visit.events).to.deep.equal([]);
      expect(visit.widget).to.equal(null);
    });

    it('asks for a code, with the deployment and the snippet, before there is any chat', async () => {
      const visit = await starts();
      const { commander, data } = await visit.provider.asked('getAuthCode');
      expect(commander).to.equal('Auth');
      expect(data).to.deep.equal({
        deploymentConfig: visit.api.config,
        snippetConfig: { environment: 'euc1', deploymentId },
      });
      expect(visit.provider.authenticatedAtStart).to.equal(false);
      expect(visit.widget).to.equal(null);
    });

    it('redeems the code and loads the chat', async () => {
      const visit = await starts();
      const grant = visit.grant();
      const started = visit.next('MessagingService.started');
      (await visit.provider.asked('getAuthCode')).resolve(grant);
      await visit.next('Auth.authenticated');
      expect((await started).data).to.include({ authenticated: true });
      expect(visit.names()).to.deep.equal(['Auth.authenticating', 'Auth.authenticated']);
      const [authenticating, authenticated] = visit.events;
      const { authCode, redirectUri } = grant;
      expect(authenticating?.data).to.deep.equal({ authCode, redirectUri });
      expect(authenticated?.data).to.have.keys('jwt', 'refreshToken');
      expect(visit.provider.plugin.data('Auth.authenticated')).to.equal(true);
      expect(visit.provider.plugin.data('Auth.jwt')).to.equal(authenticated?.data.jwt);
      expect(visit.part('identity')?.textContent).to.equal('Signed in');
      expect(visit.errors).to.deep.equal([]);
    });

    it('has no refresh token when the exchange gave none', async () => {
      const visit = await starts();
      const authenticated = visit.next('Auth.authenticated');
      const bindings = { redirectUri: 'https://brand.example/', refreshToken: false };
      (await visit.provider.asked('getAuthCode')).resolve({
        authCode: visit.api.issueCode(bindings),
        redirectUri: bindings.redirectUri,
      });
      expect((await authenticated).data).to.have.keys('jwt');
    });

    it('sends what was handed over, except what is not truthy', async () => {
      const visit = await starts();
      const grant = visit.grant({ maxAge: 300, iss: 'https://login.example' });
      (await visit.provider.asked('getAuthCode')).resolve({ ...grant, codeVerifier: '', more: 'not sent' });
      await visit.next('Auth.error');
      const { authCode: code, redirectUri, nonce, maxAge, iss } = grant;
      const { body, method, url } = visit.api.exchanges[0]!;
      expect(`${method} ${url}`).to.equal(
        'POST https://api.mypurecloud.de/api/v2/webdeployments/token/oauthcodegrantjwtexchange',
      );
      const more = profile === 'current' ? ['journeyContext'] : [];
      expect(body).to.have.keys('deploymentId', 'oauth', ...more);
      expect(body).to.deep.include({
        deploymentId,
        // 2.2.8 knows no `iss`.
        oauth: { code, redirectUri, nonce, maxAge, ...(profile === 'current' && { iss }) },
      });
    });

    it('loses a max age of 0, so the code is refused', async () => {
      const visit = await starts();
      (await visit.provider.asked('getAuthCode')).resolve(visit.grant({ maxAge: 0 }));
      await visit.next('Auth.error');
      expect(visit.api.exchanges[0]?.body?.oauth).not.to.have.property('maxAge');
    });

    it('knows a visitor of an earlier visit without asking, and without an event', async () => {
      const { api } = await signsIn();
      const visit = await starts({ api });
      await visit.next('MessagingService.started');
      expect(visit.provider.authenticatedAtStart).to.equal(true);
      expect(visit.part('identity')?.textContent).to.equal('Signed in');
      await visit.quiet();
      expect(visit.provider.calls).to.deep.equal([]);
      expect(visit.events).to.deep.equal([]);
      expect(api.exchanges).to.have.lengthOf(1);
    });

    it('keeps its tokens in local storage, under its own keys', async () => {
      const visit = await signsIn();
      const prefix = profile === '2.2.8' ? '_' : `_${deploymentId}:`;
      expect(visit.stored()).to.have.keys(`${prefix}gcatkn`, `${prefix}gcartkn`);
    });

    it('does not publish authenticated to those who come late', async () => {
      const visit = await signsIn();
      let heard = false;
      visit.subscribe('Auth.authenticated', () => (heard = true));
      await visit.quiet();
      expect(heard).to.equal(false);
    });
  });

  describe(`What getAuthCode answers with ${profile}, docs/messenger.md §4.1`, () => {
    for (const [what, answer] of [
      ['nothing', undefined],
      ['an empty object', {}],
      ['no redirect URI', { authCode: 'c' }],
      ['no code', { redirectUri: 'https://brand.example/' }],
    ] as const) {
      it(`${what}: Auth.authError, quietly, and no chat`, async () => {
        const visit = await starts();
        (await visit.provider.asked('getAuthCode')).resolve(answer);
        expect((await visit.next('Auth.authError')).data).to.deep.equal(answer ?? {});
        await visit.quiet();
        expect(visit.names()).to.deep.equal(['Auth.authError']);
        expect(visit.errors).to.deep.equal([]);
        expect(visit.api.exchanges).to.deep.equal([]);
        expect(visit.widget).to.equal(null);
      });
    }

    it('a rejection: Auth.authProviderError without its text, and a console.error', async () => {
      const visit = await starts();
      (await visit.provider.asked('getAuthCode')).reject('cancelled');
      expect((await visit.next('Auth.authProviderError')).data).to.deep.equal({});
      await visit.quiet();
      expect(visit.names()).to.deep.equal(['Auth.authProviderError']);
      expect(visit.errors).to.deep.equal(['cancelled']);
    });

    it('a rejection without a reason: a TypeError, and nothing ever settles', async () => {
      const visit = await starts();
      const unhandled = unhandledRejection();
      let settled = false;
      const settle = () => (settled = true);
      (await visit.provider.asked('getAuthCode')).resolve();
      await visit.next('Auth.authError');
      visit.tab.Genesys('command', 'Auth.getTokens', {}, settle, settle);
      (await visit.provider.asked('getAuthCode')).reject();
      expect(await unhandled).to.be.instanceOf(TypeError);
      await visit.quiet();
      expect(settled).to.equal(false);
      expect(visit.names()).to.deep.equal(['Auth.authError']);
    });

    it('nothing for a long time: no event, and a late code still works', async () => {
      const visit = await starts();
      const call = await visit.provider.asked('getAuthCode');
      await visit.quiet();
      expect(visit.events).to.deep.equal([]);
      expect(visit.errors).to.deep.equal([]);
      call.resolve(visit.grant());
      await visit.next('MessagingService.started');
      expect(visit.launcher?.hidden).to.equal(false);
    });

    it('without a code first: a later Auth.getTokens signs in but loads no chat, GenesysJS.init does', async () => {
      const visit = await starts();
      (await visit.provider.asked('getAuthCode')).resolve({});
      await visit.next('Auth.authError');

      const withoutCode = visit.command('Auth.getTokens');
      (await visit.provider.asked('getAuthCode')).resolve({});
      expect(await withoutCode).to.equal(undefined);

      const tokens = visit.command('Auth.getTokens');
      (await visit.provider.asked('getAuthCode')).resolve(visit.grant());
      expect(await tokens).to.have.keys('jwt', 'refreshToken');
      await visit.quiet();
      expect(visit.widget).to.equal(null);

      await visit.command('GenesysJS.init');
      expect(visit.provider.count('getAuthCode')).to.equal(3);
      expect(visit.widget).not.to.equal(null);
    });

    it('GenesysJS.init alone asks for a code and loads the chat', async () => {
      const visit = await starts();
      (await visit.provider.asked('getAuthCode')).resolve({});
      await visit.next('Auth.authError');
      const init = visit.command('GenesysJS.init');
      (await visit.provider.asked('getAuthCode')).resolve(visit.grant());
      await init;
      expect(visit.widget).not.to.equal(null);
    });
  });

  describe(`What the exchange answers with ${profile}, docs/messenger.md §4.1`, () => {
    async function exchangeFails(status: number | 'network', times?: number) {
      const api = new MessengerApi({ deploymentId });
      api.fail('exchange', status, times);
      const visit = await starts({ api });
      (await visit.provider.asked('getAuthCode')).resolve(visit.grant());
      return visit;
    }

    for (const status of [401, 403]) {
      it(`${status}: Auth.error with the body, then reAuthenticate, and no further getAuthCode`, async () => {
        const visit = await exchangeFails(status);
        const { data } = await visit.provider.asked('reAuthenticate');
        expect(data).to.deep.equal({});
        await visit.quiet();
        const error = visit.events.find(({ event }) => event === 'Auth.error');
        expect(error?.data).to.include({ status });
        expect(error?.data).to.have.keys('message', 'code', 'status', 'contextId', 'details', 'errors');
        visit.provider.calls.at(-1)?.resolve();
        await visit.quiet();
        expect(visit.provider.count('getAuthCode')).to.equal(1);
        expect(visit.widget).to.equal(null);

        visit.api.recover('exchange');
        const init = visit.command('GenesysJS.init');
        (await visit.provider.asked('getAuthCode')).resolve(visit.grant());
        await init;
        expect(visit.widget).not.to.equal(null);
      });
    }

    it('a used code wipes tokens that were good', async () => {
      const visit = await signsIn();
      const { oauth } = visit.api.exchanges[0]!.body as { oauth: Record<string, string> };
      visit.api.expireJwts();
      visit.tab.localStorage.removeItem('_gcartkn');
      visit.tab.localStorage.removeItem(`_${deploymentId}:gcartkn`);
      void reasonOf(visit.command('Auth.refreshToken'));
      (await visit.provider.asked('getAuthCode')).resolve({ ...oauth, authCode: oauth.code });
      await visit.provider.asked('reAuthenticate');
      expect(visit.stored()).to.deep.equal({});
      expect(visit.provider.plugin.data('Auth.authenticated')).to.equal(false);
      expect(visit.provider.plugin.data('Auth.jwt')).to.equal('');
    });

    it('504: Auth.error and getAuthCode again, without bound; the chat does not load even then', async () => {
      const visit = await exchangeFails(504, 3);
      for (let round = 0; round < 3; round++) {
        (await visit.provider.asked('getAuthCode')).resolve(visit.grant());
      }
      await visit.next('Auth.authenticated');
      await visit.quiet();
      expect(visit.names().filter((event) => event === 'Auth.error')).to.have.lengthOf(3);
      expect(visit.provider.count('reAuthenticate')).to.equal(0);
      expect(visit.widget).to.equal(null);
    });

    for (const status of [400, 500, 'network'] as const) {
      it(`${status}: Auth.error, and that is all`, async () => {
        const visit = await exchangeFails(status);
        const { data } = await visit.next('Auth.error');
        if (status === 'network') expect(data).to.deep.equal({});
        else expect(data).to.include({ status });
        await visit.quiet();
        expect(visit.names()).to.deep.equal(['Auth.authenticating', 'Auth.error']);
        expect(visit.provider.calls).to.have.lengthOf(1);
        expect(visit.widget).to.equal(null);
      });
    }

    it('200 without a JWT: a TypeError, no event, and nothing ever settles', async () => {
      const visit = await starts();
      visit.api.fail('exchange', 200);
      const unhandled = unhandledRejection();
      (await visit.provider.asked('getAuthCode')).resolve(visit.grant());
      expect(await unhandled).to.be.instanceOf(TypeError);
      await visit.quiet();
      expect(visit.names()).to.deep.equal(['Auth.authenticating']);
    });

    it('a failure rejects the page that wanted tokens, and the stored ones stay', async () => {
      const visit = await signsIn();
      visit.api.fail('exchange', 500);
      const tokens = visit.command('Auth.getTokens');
      (await visit.provider.asked('getAuthCode')).resolve(visit.grant());
      expect(await reasonOf(tokens)).to.equal('Unable to fetch authentication token');
      expect(Object.keys(visit.stored())).to.have.lengthOf(2);
      expect(visit.provider.plugin.data('Auth.authenticated')).to.equal(false);
    });

    it('two getTokens at once ask twice and post twice', async () => {
      const visit = await starts();
      (await visit.provider.asked('getAuthCode')).resolve({});
      await visit.next('Auth.authError');
      const both = [visit.command('Auth.getTokens'), visit.command('Auth.getTokens')];
      (await visit.provider.asked('getAuthCode')).resolve(visit.grant());
      (await visit.provider.asked('getAuthCode')).resolve(visit.grant());
      await Promise.all(both);
      expect(visit.api.exchanges).to.have.lengthOf(2);
    });
  });

  describe(`Refresh with ${profile}, docs/messenger.md §4.2`, () => {
    it('a stored, expired JWT counts as signed in until a call fails', async () => {
      const { api } = await signsIn();
      api.expireJwts();
      const visit = await starts({ api });
      await visit.next('MessagingService.started');
      await visit.quiet();
      expect(visit.provider.authenticatedAtStart).to.equal(true);
      expect(api.calls.some(({ endpoint }) => endpoint === 'refresh')).to.equal(false);
    });

    it('gets a new JWT by the refresh token, which stays, and publishes authenticated with it', async () => {
      const visit = await signsIn();
      const old = visit.provider.plugin.data('Auth.jwt');
      expect(await writes(visit)).to.equal('Hello Ada Lovelace, you said: Hi');
      const jwt = visit.provider.plugin.data('Auth.jwt');
      expect(jwt).not.to.equal(old);
      expect(visit.provider.count('getAuthCode')).to.equal(1);
      await visit.quiet();
      expect(visit.names()).to.deep.equal([
        'Auth.authenticating',
        'Auth.authenticated',
        'Auth.authenticated',
      ]);
      expect(visit.events[2]?.data).to.deep.equal({ jwt });
      expect(Object.keys(visit.stored())).to.have.lengthOf(2);
    });

    it('gets a new code when it holds no refresh token', async () => {
      const visit = await starts();
      const started = visit.next('MessagingService.started');
      const redirectUri = 'https://brand.example/';
      const withoutRefreshToken = () => ({
        redirectUri,
        authCode: visit.api.issueCode({ redirectUri, refreshToken: false }),
      });
      (await visit.provider.asked('getAuthCode')).resolve(withoutRefreshToken());
      await started;
      const answer = writes(visit);
      const { commander, data, resolve } = await visit.provider.asked('getAuthCode');
      expect(commander).to.equal('Auth');
      expect(data).to.include({ forceUpdate: true });
      resolve(withoutRefreshToken());
      expect(await answer).to.contain('Ada Lovelace');
    });

    for (const status of [400, 401, 403]) {
      it(`refused with ${status}: rejects, tokens wiped, reAuthenticate, then getAuthCode by itself`, async () => {
        const visit = await signsIn();
        visit.api.fail('refresh', status);
        const answer = reasonOf(writes(visit));
        const call = await visit.provider.asked('reAuthenticate');
        expect(await answer, 'at once').to.equal('Unable to fetch authentication token');
        expect(call.commander).to.equal('Auth');
        expect(call.data).to.deep.equal({});
        expect(visit.stored()).to.deep.equal({});
        await visit.quiet();
        expect(visit.provider.count('getAuthCode')).to.equal(1);
        expect(visit.names().at(-1)).to.equal('Auth.error');
        expect(visit.part('identity')?.textContent).to.equal('Anonymous');

        const authenticated = visit.next('Auth.authenticated');
        call.resolve({ authCode: 'ignored', redirectUri: 'ignored' });
        (await visit.provider.asked('getAuthCode')).resolve(visit.grant());
        await authenticated;
        await visit.quiet();
        expect(visit.part('identity')?.textContent).to.equal('Signed in');
      });
    }

    for (const status of [500, 'network'] as const) {
      it(`fails with ${status}: Auth.error, the tokens stay`, async () => {
        const visit = await signsIn();
        visit.api.fail('refresh', status);
        expect(await reasonOf(writes(visit))).to.equal('Unable to fetch authentication token');
        await visit.quiet();
        expect(visit.names().at(-1)).to.equal('Auth.error');
        expect(visit.provider.count('reAuthenticate')).to.equal(0);
        expect(Object.keys(visit.stored())).to.have.lengthOf(2);
        expect(visit.provider.plugin.data('Auth.authenticated')).to.equal(false);
      });
    }

    it('Auth.reAuthenticate wipes the tokens, asks the page, then for a code', async () => {
      const visit = await signsIn();
      const done = visit.command('Auth.reAuthenticate');
      const asked = await visit.provider.asked('reAuthenticate');
      expect(visit.stored()).to.deep.equal({});
      asked.resolve();
      const grant = visit.grant();
      (await visit.provider.asked('getAuthCode')).resolve(grant);
      expect(await done).to.have.keys('jwt', 'refreshToken');
    });

    it(`the code that reAuthenticate resolves with is ${profile === '2.2.8' ? 'thrown away' : 'redeemed, as an option'}`, async () => {
      const visit = await signsIn({ reAuthenticateBringsCode: true });
      const done = visit.command('Auth.reAuthenticate');
      (await visit.provider.asked('reAuthenticate')).resolve(visit.grant());
      if (profile === '2.2.8') (await visit.provider.asked('getAuthCode')).resolve(visit.grant());
      expect(await done).to.have.keys('jwt', 'refreshToken');
      expect(visit.provider.count('getAuthCode')).to.equal(profile === '2.2.8' ? 2 : 1);
    });

    it('getAuthCode follows where reAuthenticate resolves with no code', async () => {
      const visit = await signsIn({ reAuthenticateBringsCode: true });
      const done = visit.command('Auth.reAuthenticate');
      (await visit.provider.asked('reAuthenticate')).resolve({});
      (await visit.provider.asked('getAuthCode')).resolve(visit.grant());
      expect(await done).to.have.keys('jwt', 'refreshToken');
    });

    it('a rejected reAuthenticate is an unhandled rejection and never settles', async () => {
      const visit = await signsIn();
      const unhandled = unhandledRejection();
      let settled = false;
      const settle = () => (settled = true);
      visit.tab.Genesys('command', 'Auth.reAuthenticate', {}, settle, settle);
      (await visit.provider.asked('reAuthenticate')).reject('cancelled');
      expect(await unhandled).to.equal('cancelled');
      await visit.quiet();
      expect(settled).to.equal(false);
      expect(visit.provider.count('getAuthCode')).to.equal(1);
    });
  });

  describe(`Auth.logout with ${profile}, docs/messenger.md §5`, () => {
    it('rejects for a visitor who is not signed in', async () => {
      const visit = await starts();
      await visit.provider.asked('getAuthCode');
      expect(await reasonOf(visit.command('Auth.logout'))).to.equal('user is not authenticated');
      expect(visit.events).to.deep.equal([]);
    });

    it('revokes, removes the tokens, hides the launcher and says so', async () => {
      const visit = await signsIn();
      const jwt = visit.provider.plugin.data('Auth.jwt');
      const loggedOut = visit.next('Auth.loggedOut');
      const result = await visit.command('Auth.logout');
      expect(result).to.have.keys('status', 'statusText', 'data');
      expect((await loggedOut).data).to.deep.equal(result);
      const { method, url, authorization } = visit.api.calls.at(-1)!;
      expect(`${method} ${url}`).to.equal(
        'DELETE https://api.mypurecloud.de/api/v2/webdeployments/token/revoke',
      );
      expect(authorization).to.equal(`Bearer ${String(jwt)}`);
      expect(visit.stored()).to.deep.equal({});
      expect(visit.provider.plugin.data('Auth.authenticated')).to.equal(false);
      await visit.quiet();
      expect(visit.launcher?.hidden).to.equal(true);
    });

    for (const status of [401, 500, 'network'] as const) {
      it(`answered with ${status}: wipes the tokens anyway, rejects, then Auth.logoutError`, async () => {
        const visit = await signsIn();
        visit.api.fail('revoke', status);
        const failed = visit.next('Auth.logoutError');
        const reason = await reasonOf(visit.command('Auth.logout'));
        expect(visit.names()).not.to.include('Auth.logoutError');
        if (status === 'network') expect(reason).to.deep.equal({});
        else expect(reason).to.include({ status }).and.to.have.property('message');
        expect((await failed).data).to.deep.equal(status === 'network' ? {} : { status });
        expect(visit.stored()).to.deep.equal({});
        expect(visit.names()).not.to.include('Auth.loggedOut');
      });
    }

    it('answered with 401 once: refreshes, and logs out with the new JWT', async () => {
      const visit = await signsIn();
      visit.api.expireJwts();
      await visit.command('Auth.logout');
      expect(visit.api.calls.map(({ endpoint, status }) => `${endpoint} ${status}`).slice(-3)).to.deep.equal([
        'revoke 401',
        'refresh 200',
        'revoke 204',
      ]);
      expect(visit.stored()).to.deep.equal({});
    });

    it('can be followed by another sign-in on the same page', async () => {
      const visit = await signsIn();
      await visit.command('Auth.logout');
      const init = visit.command('GenesysJS.init');
      (await visit.provider.asked('getAuthCode')).resolve(visit.grant());
      await init;
      expect(visit.launcher?.hidden).to.equal(false);
    });

    it('reaches a tab with an open conversation, and no other', async () => {
      const here = await signsIn();
      const open = await starts({ api: here.api });
      await open.next('MessagingService.started');
      await open.command('Messenger.open');
      const closed = await starts({ api: here.api });
      await closed.next('MessagingService.started');

      const heard = open.next('Auth.loggedOut');
      await here.command('Auth.logout');
      await heard;
      await open.quiet();
      expect(open.provider.plugin.data('Auth.authenticated')).to.equal(false);
      expect(open.launcher?.hidden).to.equal(true);
      expect(closed.names()).to.deep.equal([]);
      expect(here.names().filter((event) => event === 'Auth.loggedOut')).to.have.lengthOf(1);
    });

    it('is said once in the tab that logs out with its chat open', async () => {
      const visit = await signsIn();
      await visit.command('Messenger.open');
      await visit.command('Auth.logout');
      await visit.quiet();
      expect(visit.names().filter((event) => event === 'Auth.loggedOut')).to.have.lengthOf(1);
    });
  });
}
