import { expect } from '@open-wc/testing';
import { leave, reasonOf, Visit, type VisitOptions } from './harness.js';

afterEach(leave);

const events = [
  'Auth.signInAvailable',
  'Auth.signingIn',
  'Auth.signedIn',
  'Auth.signInFailed',
  'Auth.authenticating',
  'Auth.authenticated',
  'Auth.authError',
  'Auth.error',
  'MessagingService.started',
  'MessagingService.steppedUpConversation',
  'MessagingService.stepUpConversationError',
];

const stepUp = { auth: { enabled: true, allowSessionUpgrade: true } };

/** Step-up, docs/messenger.md §4.3. */
const starts = (options: VisitOptions = {}) => Visit.starts({ config: stepUp, record: events, ...options });

/** An anonymous visitor of a deployment with step-up, whose chat has loaded. */
async function chats(options: VisitOptions = {}): Promise<Visit> {
  const visit = await starts(options);
  await visit.next('MessagingService.started');
  return visit;
}

const signIn = (visit: Visit) => visit.part('sign-in') as HTMLButtonElement;
const identity = (visit: Visit) => visit.part('identity')?.textContent;

describe('Step-up, docs/messenger.md §4.3', () => {
  it('does not exist in 2.2.8: getAuthCode is called, and there is no chat before', async () => {
    const visit = await starts({ profile: '2.2.8' });
    await visit.provider.asked('getAuthCode');
    await visit.quiet();
    expect(visit.events).to.deep.equal([]);
    expect(visit.widget).to.equal(null);
  });

  it('does not exist in 2.2.8: the conversation cannot be stepped up', async () => {
    const visit = await Visit.signsIn({ profile: '2.2.8', config: stepUp });
    expect(await reasonOf(visit.command('MessagingService.stepUpConversation'))).to.equal(
      'Command does not exist',
    );
  });

  it('needs allowSessionUpgrade', async () => {
    const visit = await starts({ config: { auth: { enabled: true } } });
    await visit.provider.asked('getAuthCode');
    expect(visit.widget).to.equal(null);
  });

  it('loads the chat for an anonymous visitor, with a sign-in entry', async () => {
    const visit = await chats();
    await visit.quiet();
    expect(visit.names()).to.deep.equal(['Auth.signInAvailable', 'MessagingService.started']);
    expect(visit.events[1]?.data).to.include({ authenticated: false });
    expect(visit.provider.calls).to.deep.equal([]);
    expect(identity(visit)).to.equal('Anonymous');
    expect(signIn(visit).hidden).to.equal(false);
    expect(await visit.command('MessagingService.sendMessage', { message: 'Hi' })).to.contain('Hello there');
  });

  it('tells late subscribers that the conversation has started', async () => {
    const visit = await chats();
    expect((await visit.next('MessagingService.started')).data).to.include({ authenticated: false });
  });

  for (const [who, begin] of [
    ['the visitor', async (visit: Visit) => signIn(visit).click()],
    ['the page', async (visit: Visit) => void visit.command('MessagingService.stepUpConversation')],
  ] as const) {
    it(`signs in when ${who} asks for it`, async () => {
      const visit = await chats();
      await begin(visit);
      const call = await visit.provider.asked('signIn');
      expect(identity(visit)).to.equal('Signing in…');
      expect(signIn(visit).disabled).to.equal(true);
      const steppedUp = visit.next('MessagingService.steppedUpConversation');
      const grant = visit.grant({ iss: 'https://login.example' });
      visit.provider.plugin.publish('signedIn', grant);
      call.resolve(grant);
      await steppedUp;
      expect(visit.names()).to.deep.equal([
        'Auth.signInAvailable',
        'MessagingService.started',
        'Auth.signingIn',
        'Auth.signedIn',
        'Auth.authenticating',
        'Auth.authenticated',
        'MessagingService.steppedUpConversation',
      ]);
      expect(visit.events[3]?.data).to.deep.equal({ authCode: grant.authCode });
      expect(visit.api.exchanges).to.have.lengthOf(1);
      expect(identity(visit)).to.equal('Signed in');
      expect(signIn(visit).hidden).to.equal(true);
      expect(visit.provider.count('getAuthCode')).to.equal(0);
      expect(await visit.command('MessagingService.sendMessage', { message: 'Hi' })).to.contain(
        'Ada Lovelace',
      );
    });
  }

  it('resolves stepUpConversation with the code and the token', async () => {
    const visit = await chats();
    const done = visit.command('MessagingService.stepUpConversation');
    const call = await visit.provider.asked('signIn');
    const grant = visit.grant();
    call.resolve(grant);
    visit.provider.plugin.publish('signedIn', grant);
    expect(await done).to.deep.equal({
      authCode: grant.authCode,
      jwt: visit.provider.plugin.data('Auth.jwt'),
    });
  });

  for (const [half, answer] of [
    ['resolves', (visit: Visit, resolve: (value: unknown) => void) => resolve(visit.grant())],
    ['publishes signedIn', (visit: Visit) => visit.provider.plugin.publish('signedIn', visit.grant())],
  ] as const) {
    it(`waits when the page only ${half}`, async () => {
      const visit = await chats();
      signIn(visit).click();
      const call = await visit.provider.asked('signIn');
      answer(visit, call.resolve);
      await visit.quiet();
      expect(visit.api.exchanges).to.deep.equal([]);
      expect(identity(visit)).to.equal('Signing in…');
    });
  }

  it('resets the chat on signInFailed, and can be tried again', async () => {
    const visit = await chats();
    const failed = reasonOf(visit.command('MessagingService.stepUpConversation'));
    const call = await visit.provider.asked('signIn');
    visit.provider.plugin.publish('signInFailed', { message: 'cancelled' });
    call.reject('cancelled');
    expect(await failed).to.deep.equal({ message: 'cancelled' });
    await visit.quiet();
    expect(visit.names().slice(-2)).to.deep.equal([
      'Auth.signInFailed',
      'MessagingService.stepUpConversationError',
    ]);
    expect(signIn(visit).disabled).to.equal(false);
    signIn(visit).click();
    await visit.provider.asked('signIn');
  });

  it('stays in its state when the page rejects without signInFailed', async () => {
    const visit = await chats();
    signIn(visit).click();
    (await visit.provider.asked('signIn')).reject('cancelled');
    await visit.quiet();
    expect(identity(visit)).to.equal('Signing in…');
  });

  it('resets the chat when the code is refused', async () => {
    const visit = await chats();
    const failed = reasonOf(visit.command('MessagingService.stepUpConversation'));
    const call = await visit.provider.asked('signIn');
    const grant = visit.grant();
    visit.api.fail('exchange', 401);
    visit.provider.plugin.publish('signedIn', grant);
    call.resolve(grant);
    await failed;
    await visit.quiet();
    expect(visit.names()).to.include.members(['Auth.error', 'MessagingService.stepUpConversationError']);
    expect(visit.provider.count('reAuthenticate')).to.equal(1);
    expect(identity(visit)).to.equal('Anonymous');
  });

  it('asks once when two want to sign in', async () => {
    const visit = await chats();
    signIn(visit).click();
    void visit.command('MessagingService.stepUpConversation');
    await visit.provider.asked('signIn');
    await visit.quiet();
    expect(visit.provider.count('signIn')).to.equal(1);
  });

  it('makes nothing of signedIn that nobody asked for', async () => {
    const visit = await chats();
    visit.provider.plugin.publish('signedIn', visit.grant());
    await visit.quiet();
    expect(visit.api.exchanges).to.deep.equal([]);
  });

  it('is refused for a visitor who is signed in, and in a deployment without it', async () => {
    const plain = await Visit.signsIn();
    await reasonOf(plain.command('MessagingService.stepUpConversation'));
    expect(plain.provider.count('signIn')).to.equal(0);
  });

  it('knows a visitor of an earlier visit', async () => {
    const first = await chats();
    signIn(first).click();
    const call = await first.provider.asked('signIn');
    const grant = first.grant();
    first.provider.plugin.publish('signedIn', grant);
    call.resolve(grant);
    await first.next('MessagingService.steppedUpConversation');

    const visit = await chats({ api: first.api });
    expect(visit.provider.authenticatedAtStart).to.equal(true);
    expect(identity(visit)).to.equal('Signed in');
    await visit.quiet();
    expect(visit.names()).to.deep.equal(['MessagingService.started']);
  });
});

describe('What nobody knows about step-up is an option, docs/messenger.md §4.3', () => {
  it('getAuthCode at load: an empty answer means nothing to the anonymous chat', async () => {
    const visit = await starts({ getAuthCodeAtLoadInStepUp: true });
    (await visit.provider.asked('getAuthCode')).resolve({});
    await visit.next('MessagingService.started');
    await visit.next('Auth.ready');
    await visit.quiet();
    expect(visit.names()).to.have.members([
      'Auth.signInAvailable',
      'MessagingService.started',
      'Auth.authError',
    ]);
    expect(visit.errors).to.deep.equal([]);
    expect(identity(visit)).to.equal('Anonymous');
  });

  it('getAuthCode at load, not waited for: the chat is there while the call is open', async () => {
    const visit = await chats({ getAuthCodeAtLoadInStepUp: true });
    const call = await visit.provider.asked('getAuthCode');
    expect(identity(visit)).to.equal('Anonymous');
    const authenticated = visit.next('Auth.authenticated');
    call.resolve(visit.grant());
    await authenticated;
    await visit.quiet();
    expect(identity(visit)).to.equal('Signed in');
  });

  it('getAuthCode at load, waited for: a pending call holds the anonymous chat up', async () => {
    const visit = await starts({ getAuthCodeAtLoadInStepUp: true, anonymousChatWaitsForAuthCode: true });
    const call = await visit.provider.asked('getAuthCode');
    await visit.quiet();
    expect(visit.widget).to.equal(null);
    call.resolve({});
    await visit.next('MessagingService.started');
    expect(identity(visit)).to.equal('Anonymous');
    expect(visit.names()).to.include('Auth.authError');
    expect(visit.errors).to.deep.equal([]);
  });

  it('a conversation from the first opening: no MessagingService before', async () => {
    const visit = await starts({ conversationStarts: 'open' });
    await visit.next('Auth.ready');
    await visit.quiet();
    expect(visit.names()).to.deep.equal(['Auth.signInAvailable']);
    expect(await reasonOf(visit.command('MessagingService.stepUpConversation'))).to.equal(
      'Plugin does not exist',
    );
    visit.launcher?.click();
    await visit.next('MessagingService.started');
    void visit.command('MessagingService.stepUpConversation');
    await visit.provider.asked('signIn');
  });
});
