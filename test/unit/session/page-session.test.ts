import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it, mock } from 'node:test';
import type { Grant } from '../../../src/grant.js';
import { key } from '../../../src/names.js';
import { loadPart } from '../../../src/parts.js';
import type { Attributes } from '../../../src/session/configuration.js';
import { isSpent, newState, requestPrefix } from '../../../src/oidc/state.js';
import { pageSession } from '../../../src/session/page-session.js';
import { MemoryStorage } from '../oidc/memory-storage.js';
import { Page, type PageOptions, TestView, deploymentId, good, origin, quiet, until } from './page.js';

/** The elements of a page, and the session that they show. */

const other = '11111111-2222-4333-8444-555555555555';
let codes = 0;
const grant = (): Grant => ({ authCode: `code ${++codes}`, redirectUri: `${origin}/` });
const recordKey = key('session', deploymentId);

const pages: Page[] = [];
function open(options: PageOptions = {}) {
  const page = new Page(options);
  pages.push(page);
  return { page, session: pageSession(page.window) };
}

/** An element with these attributes, in a page of its own. */
function openView(attributes: Attributes = {}, options: PageOptions = {}) {
  const { page, session } = open(options);
  const view = new TestView();
  session.update(view, { ...good, ...attributes });
  return { page, session, view };
}

/** Signed in by a click, by the page's own way to codes. */
async function openSignedIn(attributes: Attributes = {}, options: PageOptions = {}) {
  const opened = openView({ authorize: grant, ...attributes }, options);
  const { page, session, view } = opened;
  await view.is('signed-out');
  const answers = page.callForCode();
  session.signIn(view);
  await until(() => answers.length);
  page.messengerSays('Auth.authenticated');
  await view.is('signed-in');
  return opened;
}

/** What the page's author reads in the console. */
const warned: string[] = [];
const saidOfScripts = () => warned.filter((line) => /configuration\/conflict: .*another script/.test(line));
const globals = ['MutationObserver'] as const;

before(async () => {
  mock.method(console, 'warn', (line: string) => void warned.push(line));
  for (const name of globals)
    Object.defineProperty(globalThis, name, {
      configurable: true,
      value: class {
        observe() {}
      },
    });
  await Promise.all([loadPart('explanations'), loadPart('sign-in')]);
});
after(() => {
  mock.restoreAll();
  for (const name of globals) Reflect.deleteProperty(globalThis, name);
});
// Channels that are open keep the process alive.
afterEach(() => pages.splice(0).forEach((page) => page.hide()));

describe('a page', () => {
  it('has one session, also for code that is loaded twice', () => {
    const { page, session } = open();
    assert.equal(pageSession(page.window), session);
    // By this name also another version of the file finds it.
    assert.equal((page.window as never)[Symbol.for('genesys-auth-messenger')], session);
  });

  it('begins with its first good element, and not before', async () => {
    const { page, session } = open();
    const view = new TestView();
    session.update(view, { ...good, issuer: '' });
    const error = await view.fails('configuration/issuer');
    assert.deepEqual(view.displays, [{ status: 'failed', error, signedIn: false, word: undefined }]);
    assert.equal(session.configurationOf(view), undefined);
    assert.equal(page.isStarted, false);
    session.update(view, good);
    await view.is('signed-out');
    assert.equal(session.configurationOf(view)?.deploymentId, deploymentId);
    assert.equal(page.isStarted, true);
    assert.equal(view.last?.error, undefined);
    assert.deepEqual(view.events, [{ type: 'signInFailed' }]);
    assert.equal(view.focused, 0);
  });

  it('shows its status to an element that comes later, without events', async () => {
    const { session } = await openSignedIn();
    const view = new TestView();
    session.update(view, {});
    await view.is('signed-in');
    assert.deepEqual(view.events, []);
  });

  it('says nothing to an element that has gone', async () => {
    const { session, view, page } = await openSignedIn();
    session.remove(view);
    const shown = view.displays.length;
    page.messengerSays('Auth.loggedOut');
    await quiet();
    assert.equal(view.displays.length, shown);
    assert.equal(session.configurationOf(view), undefined);
  });

  it('that loses its element while a failure is put into words says nothing to it', async () => {
    const { session } = open();
    const view = new TestView();
    session.update(view, { ...good, issuer: '' });
    session.remove(view);
    await quiet();
    assert.deepEqual(view.displays, []);
  });

  it('traces what happens, for the doctor, once', async () => {
    const { session, view } = openView();
    await view.is('signed-out');
    const begun = Date.now();
    const trace = session.takeTrace();
    assert.deepEqual(
      trace.map(({ what }) => what),
      ['started true false', '→ start-messenger', 'messengerReady false true'],
    );
    assert.ok(trace.every(({ time }) => Math.abs(time - begun) < 10_000));
    assert.deepEqual(session.takeTrace(), []);
  });

  it('tells of a flaw by an event, and nothing else changes', async () => {
    const { page, session } = open();
    const view = new TestView();
    Object.assign(page.window.Genesys!, { q: [['registerPlugin', 'AuthProvider']] });
    session.update(view, good);
    await until(() => view.count('signInFailed'));
    const [event] = view.events;
    assert.equal(event?.type === 'signInFailed' && event.detail?.code, 'messenger/plugin-taken');
    await view.is('signed-out');
  });
});

describe('an element', () => {
  it('of the same settings as the first is another view of it', async () => {
    const { session, view } = openView({ authorize: () => new Promise<never>(() => {}) });
    const second = new TestView();
    session.update(second, {
      ...good,
      deploymentId: deploymentId.toUpperCase(),
      scope: 'openid profile email',
    });
    for (const one of [view, second]) await one.is('signed-out');
    session.signIn(second);
    await second.is('signing-in');
    assert.equal(view.last?.status, 'signing-in');
    assert.deepEqual(
      [view.last?.word, second.last?.word],
      [undefined, 'wait'],
      'where the visitor has clicked',
    );
  });

  for (const [what, attributes] of Object.entries({
    client: { clientId: 'other' },
    deployment: { deploymentId: other },
    region: { environment: 'euw1' },
  }))
    it(`of another ${what} than the first fails, and the first is untouched`, async () => {
      const { page, session, view } = openView();
      const second = new TestView();
      session.update(second, { ...good, ...attributes });
      const { message } = await second.fails('configuration/conflict');
      assert.match(message, /another element/);
      await view.is('signed-out');
      assert.equal(session.configurationOf(second), undefined);
      session.signIn(second);
      await until(() => second.last?.word === 'unavailable');
      assert.equal(view.last?.status, 'signed-out');
      session.prepare(second);
      await quiet();
      assert.deepEqual(second.events, [{ type: 'signInFailed' }], 'a click is no news');
      assert.ok(page.isStarted);
    });

  it('that is in conflict logs nobody out', async () => {
    const { page, session, view } = await openSignedIn();
    const second = new TestView();
    session.update(second, { ...good, clientId: 'other' });
    session.signOut(second);
    await quiet();
    assert.equal(view.last?.status, 'signed-in');
    assert.deepEqual(page.commands, []);
  });

  it('that says the same again is no news', async () => {
    const { session, view } = openView({ account: 'ada' });
    await view.is('signed-out');
    session.takeTrace();
    session.update(view, { ...good, account: 'ada' });
    await quiet();
    assert.deepEqual(session.takeTrace(), []);
  });

  it('that has gone since the visitor has used it leaves the word to one that is there', async () => {
    const { page, session, view } = openView({ authorize: grant });
    await view.is('signed-out');
    const second = new TestView();
    session.update(second, good);
    const answers = page.callForCode();
    session.signIn(second);
    session.remove(second);
    await until(() => answers.length);
    page.messengerSays('Auth.authenticated');
    await until(() => view.last?.word === 'signedIn');
  });

  it('that nobody sees, as in the menu of another screen, leaves the word and the focus to one that is seen', async () => {
    const state = `gam-redirect-${'2'.repeat(32)}`;
    const { session } = open({ href: `${origin}/help?code=the-code&state=${state}` });
    const [own, menu, header] = [new TestView(), new TestView(), new TestView()];
    own.isSeen = menu.isSeen = false;
    session.configure(own, good);
    for (const view of [menu, header]) session.update(view, {});
    await header.fails('callback/unknown');
    await quiet();
    const of = (what: (view: TestView) => unknown) => [own, menu, header].map(what);
    assert.deepEqual(
      of(({ last }) => last?.word),
      [undefined, undefined, 'failed'],
    );
    assert.deepEqual(
      of(({ focused }) => focused),
      [0, 0, 1],
    );
  });

  it('that nobody sees has the word where no other is seen: it may be about to come up', async () => {
    const { session, view } = openView({ authorize: () => Promise.reject(new Error('no backend')) });
    view.isSeen = false;
    await view.is('signed-out');
    session.signIn(new TestView());
    session.update(view, { ...good, authorize: grant, account: 'ada' });
    await view.is('signed-out');
    session.signIn(view);
    await until(() => view.last?.word === 'wait');
  });

  it('that is as wrong as another fails once, and so does the other', async () => {
    const { session } = open();
    const [one, two] = [new TestView(), new TestView()];
    for (const view of [one, two]) session.update(view, { ...good, issuer: '' });
    for (const view of [one, two]) await view.fails('configuration/issuer');
    assert.deepEqual([one.count('signInFailed'), two.count('signInFailed')], [1, 1]);
  });

  it('that has configured the page, and says nothing any more, is named', async () => {
    const { session, view } = openView();
    await view.is('signed-out');
    session.update(view, {});
    await view.fails('configuration/deployment-id');
  });

  it('resolves addresses against the page', async () => {
    const { session, view } = openView({ redirectUri: '/done', postLogoutRedirectUri: 'bye' });
    await view.is('signed-out');
    const { redirectUri, postLogoutRedirectUri } = session.configurationOf(view)!.provider!;
    assert.deepEqual([redirectUri, postLogoutRedirectUri], [`${origin}/done`, `${origin}/bye`]);
  });

  it("in a frame of another site cannot sign in, but by the page's own way", async () => {
    const frameOf = 'https://elsewhere.example';
    const { view } = openView({}, { frameOf });
    await view.fails('configuration/framed');
    const own = openView({ authorize: grant }, { frameOf });
    await own.view.is('signed-out');
    const follower = new TestView();
    own.session.update(follower, good);
    await follower.is('signed-out');
  });

  for (const [inner, outer, isSame] of [
    ['https://chat.bmw.de', 'https://www.bmw.de', true],
    ['https://chat.ups.com', 'https://ups.com', true],
    ['https://chat.brand.co.uk', 'https://www.brand.co.uk', true],
    ['https://brand.co.uk', 'https://elsewhere.co.uk', false],
    ['https://brand.or.jp', 'https://elsewhere.or.jp', false],
    ['https://brand.example', 'https://brand.test', false],
  ] as const)
    it(`of ${inner} in a frame of ${outer} is ${isSame ? 'at home' : 'a guest'}`, async () => {
      const { view } = openView({}, { href: `${inner}/help`, frameOf: outer });
      await (isSame ? view.is('signed-out') : view.fails('configuration/framed'));
    });

  it('that the visitor is about to use asks for the discovery document', async (t) => {
    const { session, view } = openView();
    await view.is('signed-out');
    const asked: string[] = [];
    t.mock.method(globalThis, 'fetch', async (url: string) => {
      asked.push(url);
      throw new TypeError('Failed to fetch');
    });
    session.prepare(view);
    assert.deepEqual(asked, ['https://login.brand.example/.well-known/openid-configuration']);
    await quiet();
  });

  it('whose author has gone takes its part, and may change the settings', async () => {
    const { session, view } = openView();
    await view.is('signed-out');
    const second = new TestView();
    session.update(second, good);
    session.remove(view);
    session.update(second, good);
    session.update(second, { ...good, clientId: 'next' });
    await second.is('signed-out');
    assert.equal(session.configurationOf(second)?.provider?.clientId, 'next');
  });

  it('whose author is there may not change the settings', async () => {
    const { session } = openView();
    const second = new TestView();
    session.update(second, good);
    session.update(second, { ...good, clientId: 'next' });
    await second.fails('configuration/conflict');
  });

  it('whose author has gone, and that says something else, is in conflict with what goes on', async () => {
    const { session, view } = openView();
    await view.is('signed-out');
    session.remove(view);
    const second = new TestView();
    session.update(second, { ...good, clientId: 'next' });
    await second.fails('configuration/conflict');
  });

  for (const [what, attributes] of Object.entries({
    deployment: { deploymentId: other },
    region: { environment: 'euw1' },
  })) {
    it(`cannot change the ${what} when Messenger has started`, async () => {
      const { session, view } = openView();
      await view.is('signed-out');
      session.update(view, { ...good, ...attributes });
      assert.match((await view.fails('configuration/conflict')).message, new RegExp(deploymentId));
      session.update(view, good);
      await view.is('signed-out');
    });

    it(`may change the ${what} until Messenger starts`, async () => {
      const lazy = { loading: 'lazy' };
      const { page, session, view } = openView(lazy);
      await view.is('signed-out');
      session.update(view, { ...good, ...lazy, ...attributes });
      await quiet();
      assert.equal(view.last?.status, 'signed-out');
      assert.equal(page.isStarted, false);
    });
  }

  it('may change how visitors sign in', async () => {
    const { session, view } = openView();
    await view.is('signed-out');
    session.update(view, { ...good, clientId: 'next' });
    await quiet();
    assert.equal(view.last?.status, 'signed-out');
    assert.equal(session.configurationOf(view)?.provider?.clientId, 'next');
    const begun = session.takeTrace().filter(({ what }) => what.startsWith('started'));
    assert.equal(begun.length, 1);
  });

  it('that breaks, and is the author, shows it; the others go on', async () => {
    const { session, view } = openView();
    const second = new TestView();
    session.update(second, good);
    await second.is('signed-out');
    session.update(view, { ...good, maxAge: '0' });
    await view.fails('configuration/max-age');
    assert.equal(second.last?.status, 'signed-out');
    assert.equal(session.configurationOf(view), undefined);
    assert.ok(session.configurationOf(second));
  });

  it('that the others were in conflict with changes: they are looked at again', async () => {
    const { session, view } = openView({ loading: 'lazy' });
    const second = new TestView();
    session.update(second, good);
    await second.fails('configuration/conflict');
    session.update(view, good);
    await second.is('signed-out');
    assert.equal(second.count('signInFailed'), 1);
    assert.equal(view.count('signInFailed'), 0);
  });

  it('that does not work yet signs nobody in, whatever is clicked', async () => {
    const { session } = open();
    const view = new TestView();
    session.signIn(view);
    session.signOut(view);
    session.prepare(view);
    await quiet();
    assert.deepEqual(view.displays, []);
  });

  it('says that a click is of no use where only the author can mend it, and that it is where it may be', async () => {
    let fails: unknown = new Error('no backend');
    const { session, view } = openView({ authorize: () => Promise.reject(fails) });
    await view.is('signed-out');
    session.signIn(view);
    await until(() => view.last?.word === 'unavailable');
    fails = undefined;
    const { page, session: next, view: button } = openView({ authorize: grant });
    await button.is('signed-out');
    const answers = page.callForCode();
    next.signIn(button);
    await until(() => answers.length);
    page.messengerSays('Auth.error', { status: 500 });
    await until(() => button.last?.word === 'failed');
  });
});

describe('an element without settings', () => {
  it('shows what another one has configured, whichever comes first', async () => {
    const { page, session } = open({ readyState: 'loading' });
    const follower = new TestView();
    session.update(follower, {});
    await quiet();
    assert.deepEqual(follower.displays, []);
    const author = new TestView();
    session.update(author, good);
    await author.is('signed-out');
    page.load();
    await follower.is('signed-out');
    assert.equal(follower.count('signInFailed'), 0);
  });

  it('names what is missing when the page has loaded and nobody has configured it', async () => {
    const { page, session } = open({ readyState: 'interactive' });
    const view = new TestView();
    session.update(view, {});
    await quiet();
    assert.deepEqual(view.displays, []);
    page.load();
    await view.fails('configuration/deployment-id');
    page.load();
    await quiet();
    assert.equal(view.count('signInFailed'), 1);
  });

  it('that has gone by then names nothing', async () => {
    const { page, session } = open({ readyState: 'interactive' });
    const view = new TestView();
    session.update(view, {});
    session.remove(view);
    page.load();
    await quiet();
    assert.deepEqual(view.displays, []);
  });

  it('that comes to a page that has loaded names what is missing at once', async () => {
    const { session } = open();
    const view = new TestView();
    session.update(view, {});
    await view.fails('configuration/deployment-id');
  });

  it("brings the page's own way to codes to all of them", async () => {
    const { page, session, view } = openView();
    await view.is('signed-out');
    const follower = new TestView();
    session.update(follower, { authorize: grant });
    await follower.is('signed-out');
    assert.equal(session.configurationOf(view)?.ownSignIn, true);
    const answers = page.callForCode();
    session.signIn(view);
    await until(() => answers.length);
    assert.equal((answers[0] as Grant).authCode, `code ${codes}`);
  });

  it('without a function of its own changes nothing', async () => {
    const { session, view } = openView({ authorize: grant });
    await view.is('signed-out');
    const before = session.configurationOf(view);
    session.update(new TestView(), {});
    assert.equal(session.configurationOf(view), before);
  });

  it('brings its function though the author of the settings has gone', async () => {
    const { session, view } = openView();
    await view.is('signed-out');
    session.remove(view);
    const follower = new TestView();
    session.update(follower, { authorize: grant });
    await follower.is('signed-out');
  });

  it('brings something that is no function: that is named where the settings are', async () => {
    const { session, view } = openView();
    await view.is('signed-out');
    const follower = new TestView();
    session.update(follower, { authorize: 'grant' as never });
    await quiet();
    assert.equal(view.last?.status, 'signed-out');
    session.update(view, good);
    await view.fails('configuration/authorize');
  });
});

describe("the script's own tag", () => {
  it('configures, and stays when its button is taken out', async () => {
    const { session } = open();
    const view = new TestView();
    assert.equal(session.configure(view, good), view);
    await view.is('signed-out');
    const follower = new TestView();
    session.update(follower, {});
    session.remove(view);
    session.remove(follower);
    assert.ok(session.configurationOf(view));
    assert.equal(session.configurationOf(follower), undefined);
  });

  it('that is there twice has one button', async () => {
    const { session } = open();
    const first = new TestView();
    session.configure(first, good);
    assert.equal(session.configure(new TestView(), { ...good, environment: 'mypurecloud.de' }), first);
    await quiet();
    assert.deepEqual(saidOfScripts(), []);
  });

  for (const [what, attributes] of Object.entries({
    otherwise: { clientId: 'other' },
    wrongly: { issuer: 'no address' },
  }))
    it(`that is there twice, and the second configures ${what}: the first stays`, async () => {
      const { session } = open();
      const first = new TestView();
      session.configure(first, good);
      assert.equal(session.configure(new TestView(), { ...good, ...attributes }), undefined);
      await first.is('signed-out');
    });

  it('that is there twice, and differently: the author reads of it, once', async () => {
    const { session } = open();
    session.configure(new TestView(), good);
    for (const clientId of ['one', 'two']) session.configure(new TestView(), { ...good, clientId });
    await quiet();
    assert.equal(saidOfScripts().length, 1);
  });

  it('comes after an element has configured: the element stays', async () => {
    const { session, view } = openView();
    assert.equal(session.configure(new TestView(), good), undefined);
    await view.is('signed-out');
  });

  it('counts before an element that configures otherwise, and says whose it is', async () => {
    const { session } = open();
    session.configure(new TestView(), good);
    const view = new TestView();
    session.update(view, { ...good, clientId: 'other' });
    assert.match((await view.fails('configuration/conflict')).message, /the script/);
  });

  it('that is wrong is named by every element without settings, and mended in all of them', async () => {
    const { session } = open({ readyState: 'loading' });
    const view = new TestView();
    const early = new TestView();
    session.update(early, {});
    session.configure(view, { ...good, issuer: '' });
    await view.fails('configuration/issuer');
    await early.fails('configuration/issuer');
    const late = new TestView();
    session.update(late, {});
    await late.fails('configuration/issuer');
    session.update(view, { ...good, clientId: '' });
    await late.fails('configuration/client-id');
    session.update(view, good);
    for (const one of [view, early, late]) await one.is('signed-out');
  });

  it('stands beside two that are in conflict with it: each says so once', async () => {
    const { session } = open();
    session.configure(new TestView(), good);
    const views = [new TestView(), new TestView()];
    for (const view of views) session.update(view, { ...good, clientId: 'other' });
    for (const view of views) await view.fails('configuration/conflict');
    assert.deepEqual(
      views.map((view) => view.count('signInFailed')),
      [1, 1],
    );
  });

  it("'s part is not taken by an element that says the same", async () => {
    const { session } = open();
    const script = new TestView();
    session.configure(script, good);
    const view = new TestView();
    session.update(view, good);
    session.remove(script);
    session.update(view, { ...good, clientId: 'other' });
    await view.fails('configuration/conflict');
  });
});

describe('account', () => {
  const ada = { account: 'ada' };

  it('is looked at before Messenger is asked for: another session ends unseen', async () => {
    const { page, view } = openView(ada, { authenticated: true });
    await until(() => page.commands.includes('Auth.logout'));
    assert.equal(page.hidesChat, true);
    assert.notEqual(view.last?.status, 'signed-in');
    assert.equal(view.count('signedIn'), 0);
  });

  it('of the one who has signed in before: the session goes on', async () => {
    const { page } = await openSignedIn(ada);
    const { local } = page;
    const { page: next, view } = openView(ada, { local, authenticated: true });
    await view.is('signed-in');
    assert.deepEqual(view.events, [{ type: 'signedIn', detail: { restored: true } }]);
    assert.equal(next.hidesChat, false);
  });

  it('that changes while somebody is signed in ends the session', async () => {
    const { page, session, view } = await openSignedIn(ada);
    session.update(view, { ...good, authorize: grant, account: 'grace' });
    await view.is('signed-out');
    assert.deepEqual(page.commands, ['Auth.logout']);
    assert.deepEqual(view.events.at(-1), { type: 'loggedOut', detail: { reason: 'account' } });
  });

  it('is said by the author of the settings alone', async () => {
    const { page, session } = await openSignedIn(ada);
    session.update(new TestView(), { ...good, authorize: grant, account: 'grace' });
    await quiet();
    assert.deepEqual(page.commands, []);
  });

  it('that is named before the session has begun is no change', async () => {
    const { page, session, view } = openView({ authorize: grant, ...ada });
    session.update(view, { ...good, authorize: grant, account: 'grace' });
    await view.is('signed-out');
    assert.deepEqual(page.commands, []);
  });
});

describe('the session begins', () => {
  it('silently where that is wanted, but not for somebody who has logged out', async () => {
    const asked: boolean[] = [];
    const authorize = ({ interactive }: { interactive: boolean }) => void asked.push(interactive);
    const wanted = openView({ silent: true, authorize });
    await until(() => asked.length);
    assert.deepEqual(asked, [false]);
    await wanted.view.is('signed-out');

    const local = new MemoryStorage();
    local.setItem(recordKey, 'logged-out');
    for (const options of [{ silent: true }, { silent: false }]) {
      const { view } = openView({ ...options, authorize }, { local });
      await view.is('signed-out');
    }
    const { view } = openView({ authorize });
    await view.is('signed-out');
    await quiet();
    assert.deepEqual(asked, [false]);
  });

  it('lazily without Messenger, and with it where somebody is signed in', async () => {
    const { page, view } = openView({ loading: 'lazy' });
    await view.is('signed-out');
    assert.equal(page.isStarted, false);

    const local = new MemoryStorage();
    local.setItem(recordKey, 'signed-in');
    const { page: next, view: restored } = openView({ loading: 'lazy' }, { local, authenticated: true });
    await restored.is('signed-in');
    assert.equal(next.isStarted, true);
  });

  it("by a page's own sign-in in the click itself, as a popup, while Messenger loads", async () => {
    const { page, session } = open();
    const { Genesys } = page.window as unknown as { Genesys: (...call: unknown[]) => void };
    const kept: unknown[][] = [];
    const late = Object.assign((...call: unknown[]) => void kept.push(call), Genesys);
    Object.assign(page.window, { Genesys: late });
    const view = new TestView();
    let asked = 0;
    session.update(view, { ...good, authorize: () => void (asked += 1) });
    await quiet();
    session.signIn(view);
    assert.equal(asked, 1);
  });

  it('for a visitor who comes back: the button has the focus, once', async () => {
    const state = `gam-redirect-${'0'.repeat(32)}`;
    const { page, session } = open({ href: `${origin}/help?code=the-code&state=${state}` });
    assert.equal(page.href, `${origin}/help`);
    const view = new TestView();
    session.update(view, good);
    await view.fails('callback/unknown');
    await quiet();
    assert.equal(view.focused, 1);
    session.signIn(view);
    await quiet();
    assert.equal(view.focused, 1);
    assert.equal(page.closed, false);
  });

  it('for nobody who comes back: the focus stays where it is', async () => {
    const { view } = openView();
    await view.is('signed-out');
    await quiet();
    assert.equal(view.focused, 0);
  });

  it('for a visitor who comes back to a page whose element has gone', async () => {
    const state = `gam-redirect-${'1'.repeat(32)}`;
    const { session } = open({ href: `${origin}/help?code=the-code&state=${state}` });
    const view = new TestView();
    session.update(view, good);
    session.remove(view);
    await quiet();
    assert.deepEqual(view.displays, []);
  });

  for (const [what, hasElement] of [
    ['an element that it may be for, if that is mended', true],
    ['none', false],
  ] as const)
    it(`on a page that has an answer in its address and ${what}: left, it is ${hasElement ? 'kept' : 'used up'}`, async () => {
      const state = newState('redirect');
      const storage = new MemoryStorage();
      const request = { redirect_uri: `${origin}/help`, data: { returnTo: `${origin}/help` } };
      storage.setItem(requestPrefix + state, JSON.stringify(request));
      const href = `${origin}/help?code=the-code&state=${state}`;
      const { page, session } = open({ href, session: storage });
      const view = new TestView();
      if (hasElement) session.update(view, { ...good, issuer: '' });
      await quiet();
      page.hide();
      assert.equal(isSpent(state, storage), !hasElement);
    });

  it('and counts what it tries by itself, by the clock', async () => {
    const { page, view } = openView({ silent: true, authorize: () => undefined });
    await view.is('signed-out');
    const { attempts } = JSON.parse(page.session.getItem(key('guard', deploymentId))!) as {
      attempts: number[];
    };
    assert.equal(attempts.length, 1);
    assert.ok(Math.abs(attempts[0]! - Date.now()) < 10_000);
  });

  it('not at all in a window that was opened for a sign-in and has reported its answer', async () => {
    const state = `gam-frame-${'0'.repeat(32)}`;
    const { page, session } = open({ href: `${origin}/help?code=the-code&state=${state}`, frameOf: origin });
    const view = new TestView();
    session.update(view, good);
    await until(() => view.last);
    assert.deepEqual(view.displays, [{ status: 'starting', signedIn: false, word: 'finished' }]);
    const bad = new TestView();
    session.update(bad, { ...good, clientId: 'other' });
    await until(() => bad.last);
    assert.deepEqual(bad.displays, [{ status: 'starting', signedIn: false, word: 'finished' }]);
    assert.deepEqual(bad.events, []);
    session.signIn(bad);
    await until(() => bad.displays.length === 2);
    assert.equal(bad.last?.word, 'finished');
    await quiet();
    assert.equal(page.closed, true);
    assert.equal(page.isStarted, false);
  });
});

describe('the session ends', () => {
  it('by a click, for this page and later ones', async () => {
    const { page, session, view } = await openSignedIn();
    assert.equal(page.local.getItem(recordKey), 'signed-in');
    session.signOut(view);
    await view.is('signed-out');
    assert.deepEqual(page.commands, ['Auth.logout']);
    assert.equal(page.local.getItem(recordKey), 'logged-out');
  });

  it('by a click that nobody answers, after its time', async () => {
    const { page, session, view } = await openSignedIn();
    assert.equal(page.waiting(10_000), 0, 'no exchange is waited for any more');
    page.command = () => new Promise(() => {});
    session.signOut(view);
    await view.is('signing-out');
    page.passes(10_000);
    await view.fails('logout/incomplete');
    assert.equal(view.count('loggedOut'), 1);
  });

  it('by a click in a browser that has no channels to other tabs', async (t) => {
    const { BroadcastChannel } = globalThis;
    Object.assign(globalThis, { BroadcastChannel: undefined });
    t.after(() => Object.assign(globalThis, { BroadcastChannel }));
    const { page, session, view } = await openSignedIn();
    session.signOut(view);
    await view.is('signed-out');
    page.hide();
  });

  it('when another tab says so, in the words that it says it in', async () => {
    const { page, view } = await openSignedIn();
    page.local.setItem(recordKey, 'logged-out');
    const channel = new BroadcastChannel(key('tabs', deploymentId));
    try {
      channel.postMessage('something else');
      await quiet();
      assert.equal(view.last?.status, 'signed-in');
      channel.postMessage('loggedOut');
      await view.is('signed-out');
    } finally {
      channel.close();
    }
  });

  it('in another tab, which says so', async () => {
    const { page, view } = await openSignedIn();
    const second = openView({ authorize: grant }, { local: page.local, authenticated: true });
    await second.view.is('signed-in');
    second.session.signOut(second.view);
    await view.is('signed-out');
    assert.deepEqual(view.events.at(-1), { type: 'loggedOut', detail: { reason: 'elsewhere' } });
  });

  it('by itself: a later page may find another one', async () => {
    const { page, session, view } = await openSignedIn({ authorize: grant });
    session.update(view, { ...good, authorize: () => undefined });
    page.registered['reAuthenticate']!({ commander: 'Auth', data: {}, resolve() {}, reject() {} });
    await view.is('signed-out');
    assert.equal(page.local.getItem(recordKey), null);
  });

  it('and an earlier logout stays known when Messenger starts without a session', async () => {
    const local = new MemoryStorage();
    local.setItem(recordKey, 'logged-out');
    const { view } = openView({}, { local });
    await view.is('signed-out');
    assert.equal(local.getItem(recordKey), 'logged-out');
  });
});

describe('a page that is gone back to', () => {
  it('goes on where nothing has changed', async () => {
    const { page, session, view } = openView({ authorize: () => undefined });
    await view.is('signed-out');
    session.signIn(view);
    await view.is('signing-in');
    await quiet();
    page.hide();
    page.comeBack();
    await view.is('signed-out');
    assert.equal(page.reloads, 0);
  });

  it('for the first time is no return', async () => {
    const { page, session, view } = openView({ authorize: () => undefined });
    await view.is('signed-out');
    session.signIn(view);
    await view.is('signing-in');
    await quiet();
    page.comeBack(false);
    await quiet();
    assert.equal(view.last?.status, 'signing-in');
  });

  for (const [what, remembered, reloads] of [
    ['is still', 'signed-in', 0],
    ['has logged out meanwhile', 'logged-out', 1],
  ] as const)
    it(`by somebody who ${what}${reloads ? ': it is loaded again' : ' signed in: it goes on'}`, async () => {
      const { page } = await openSignedIn();
      page.hide();
      page.local.setItem(recordKey, remembered);
      page.comeBack();
      assert.equal(page.reloads, reloads);
    });

  it('by somebody who has signed in meanwhile is loaded again', async () => {
    const { page, view } = openView();
    await view.is('signed-out');
    page.hide();
    page.local.setItem(recordKey, 'signed-in');
    page.comeBack();
    assert.equal(page.reloads, 1);
  });

  it('by somebody else is loaded again', async () => {
    const { page } = await openSignedIn({ account: 'ada' });
    page.hide();
    page.local.setItem(key('account', deploymentId), 'the digest of grace');
    page.comeBack();
    assert.equal(page.reloads, 1);
  });

  it('hears of logouts again, and not while it is away', async () => {
    const { page, view } = await openSignedIn();
    page.hide();
    page.comeBack();
    const second = openView({ authorize: grant }, { local: page.local, authenticated: true });
    await second.view.is('signed-in');
    second.session.signOut(second.view);
    await view.is('signed-out');
  });
});

describe('a page that nobody sees', () => {
  it('signs nobody in by itself until it is seen', async () => {
    const asked: boolean[] = [];
    const { page, session } = open();
    page.visible = false;
    const view = new TestView();
    session.update(view, {
      ...good,
      silent: true,
      authorize: ({ interactive }) => void asked.push(interactive),
    });
    await view.is('signed-out');
    assert.deepEqual(asked, []);
    page.see(true);
    await until(() => asked.length);
  });
});
