import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { failure } from '../../../src/failure.js';
import { errorChannel, reportChannel, reportOnChannel } from '../../../src/oidc/report.js';
import { isSpent, isWaiting, returnToOf, wayOf } from '../../../src/oidc/state.js';
import { Flow } from '../../../src/sign-in/flow.js';
import { canUseFrame, frameFailed, signedInVisibly } from '../../../src/sign-in/frames.js';
import { keep, keptAnswer, leftFor } from '../../../src/sign-in/landing.js';
import { providerSignIn } from '../../../src/sign-in/provider.js';
import type { ProviderOptions } from '../../../src/sign-in/sign-in.js';
import { MemoryStorage } from '../oidc/memory-storage.js';
import { quiet, until } from '../session/page.js';

/** Sign-ins from the click to the grant: redirects, popups, hidden frames, and what of them is left behind. */

const origin = 'https://brand.example';
const page = `${origin}/help?topic=bills`;
const issuer = 'https://login.brand.example';
const wellKnown = `${issuer}/.well-known/openid-configuration`;
const provider = { issuer, clientId: 'messenger', redirectUri: `${origin}/help`, scope: 'openid' };
const endpoint = { authorizationEndpoint: `${issuer}/authorize` };
const metadata = {
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  end_session_endpoint: `${issuer}/logout`,
};

/** A window or a frame that the page has made. */
class Place {
  closed = false;
  opener: unknown = {};
  went = '';
  readonly location = { replace: (url: string) => (this.went = url) };
  close = () => (this.closed = true);

  get state(): string {
    return stateOf(this.went);
  }
}

const stateOf = (url: string) => new URL(url).searchParams.get('state')!;
const answerTo = (state: string) => `code=code-of-${state}&state=${state}`;

/** A page in a browser, as far as a sign-in looks at it. */
class Browser {
  readonly storage = new MemoryStorage();
  readonly events = new EventTarget();
  hasFocus = true;
  blocksPopups = false;
  /** Where the page itself went. */
  readonly went: string[] = [];
  readonly popups: Place[] = [];
  readonly frames: Place[] = [];
  /** What was fetched, and the answers that are not the good one. */
  readonly fetched: unknown[] = [];
  readonly answers: (() => Promise<Response>)[] = [];
  /** The names of the channels that were opened, and the channels that still are. */
  readonly channels: string[] = [];
  readonly openChannels = new Set<BroadcastChannel>();
  readonly window: Record<string, unknown>;

  constructor() {
    const { events, frames, popups, storage } = this;
    const hasFocus = () => this.hasFocus;
    class TestDocument {
      hasFocus() {
        return hasFocus();
      }
      createElement(name: string): object {
        assert.equal(name, 'iframe');
        const place = new Place();
        frames.push(place);
        return { style: {}, contentWindow: place, remove: place.close };
      }
      get documentElement(): object {
        return { append() {} };
      }
    }
    this.window = {
      location: { href: page, origin, assign: (url: string) => this.went.push(url) },
      document: new TestDocument(),
      sessionStorage: storage,
      navigator: { userActivation: { isActive: true } },
      performance: { now: () => 0 },
      setTimeout: () => 0,
      addEventListener: events.addEventListener.bind(events),
      removeEventListener: events.removeEventListener.bind(events),
      open: () => {
        if (this.blocksPopups) return null;
        popups.push(new Place());
        return popups.at(-1);
      },
    };
    this.window['parent'] = this.window;
  }

  /** What our code finds by its name alone. */
  get globals(): Record<string, unknown> {
    const { document, location, addEventListener } = this.window;
    const { channels, openChannels } = this;
    class Channel extends BroadcastChannel {
      constructor(name: string) {
        super(name);
        // One that is open keeps the process alive, also of a test that fails.
        (this as unknown as { unref(): void }).unref();
        channels.push(name);
        openChannels.add(this);
      }
      override close(): void {
        openChannels.delete(this);
        super.close();
      }
    }
    return {
      ...{ document, location, addEventListener, isSecureContext: true, sessionStorage: this.storage },
      fetch: (url: string, { cache }: RequestInit) => {
        this.fetched.push([url, cache]);
        return this.answers.shift()?.() ?? Promise.resolve(Response.json(metadata));
      },
      BroadcastChannel: Channel,
    };
  }

  get asWindow(): Window {
    return this.window as unknown as Window;
  }

  /** Names of the channels that are open. */
  get listening(): string[] {
    return [...this.openChannels].map(({ name }) => name);
  }

  /** A popup whose answer never comes listens on, and would reply to those of other tests. */
  end(): void {
    for (const channel of this.openChannels) channel.close();
  }

  focus(): void {
    this.events.dispatchEvent(new Event('focus'));
  }

  /** The redirect URI's page in a hidden frame reports. */
  reportFrom(frame: Place, parameters = answerTo(frame.state)): void {
    const data = { type: 'genesys-auth-messenger:answer', parameters };
    this.events.dispatchEvent(Object.assign(new Event('message'), { data, origin, source: frame }));
  }
}

/** The redirect URI's page in a popup reports, until a page has replied. */
async function reportFrom({ state }: Place): Promise<void> {
  let replied = false;
  void reportOnChannel(reportChannel(state), answerTo(state), 2_000).then((value) => (replied = value));
  // By looking: no channel keeps the process alive.
  await until(() => replied);
}

const down = () => Promise.resolve(new Response('', { status: 503 }));

/** How a promise has ended by now, if it has. */
async function outcome(promise: Promise<unknown>): Promise<unknown> {
  let state: unknown = 'open';
  promise.then(
    () => (state = 'done'),
    (reason: unknown) => (state = (reason as { code?: unknown }).code),
  );
  await quiet();
  return state;
}

describe('signing in with the provider', () => {
  const before = new Map<string, PropertyDescriptor | undefined>();
  let browser: Browser;

  function setGlobal(name: string, value: unknown): void {
    if (!before.has(name)) before.set(name, Object.getOwnPropertyDescriptor(globalThis, name));
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }

  beforeEach(() => {
    // No limit runs in real time. What is left waiting ends with its test.
    mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
    browser = new Browser();
    for (const [name, value] of Object.entries(browser.globals)) setGlobal(name, value);
  });
  afterEach(() => {
    browser.end();
    mock.timers.reset();
    for (const [name, descriptor] of before) {
      if (descriptor) Object.defineProperty(globalThis, name, descriptor);
      else Reflect.deleteProperty(globalThis, name);
    }
    before.clear();
  });

  const never = () => new AbortController().signal;
  const nobody = () => assert.fail('nobody is back');

  const open = (config = {}, asked?: Promise<Response>) =>
    new Flow(browser.asWindow, { ...provider, ...config }, asked);

  function signIn(options: Partial<ProviderOptions> = {}, arrival?: Parameters<typeof providerSignIn>[2]) {
    const all: ProviderOptions = { mode: 'popup', logout: 'messenger', provider, ...options };
    return providerSignIn(browser.asWindow, all, arrival);
  }

  describe('a browser that is too old', () => {
    const { crypto } = globalThis;
    for (const [name, value] of [
      ['AbortSignal', {}],
      ['crypto', { subtle: crypto.subtle }],
    ] as const)
      it(`has nothing in ${name} that signing in needs: that is said, and nobody is taken anywhere`, async () => {
        setGlobal(name, value);
        const own = signIn({ mode: 'redirect' });
        await assert.rejects(own.signInInteractively(nobody, never()), { code: 'browser/unsupported' });
        assert.deepEqual(browser.went, []);
      });
  });

  describe('the discovery document', () => {
    it('is asked for in the click, before anything is loaded, and used by what is loaded then', async () => {
      const done = signIn({ mode: 'redirect' }).signInInteractively(nobody, never());
      assert.deepEqual(browser.fetched, [[wellKnown, 'no-cache']]);
      await done;
      assert.equal(browser.fetched.length, 1);
      assert.match(browser.went[0]!, /^https:\/\/login\.brand\.example\/authorize\?/);
    });

    it('is good for all sign-ins of a page', async () => {
      const own = signIn({ mode: 'redirect' });
      await own.signInInteractively(nobody, never());
      await own.signInInteractively(nobody, never());
      assert.deepEqual([browser.went.length, browser.fetched.length], [2, 1]);
    });

    it('is not asked for where the page names the endpoint', async () => {
      const own = signIn({ mode: 'redirect', provider: { ...provider, ...endpoint } });
      await own.signInInteractively(nobody, never());
      assert.deepEqual([browser.went.length, browser.fetched.length], [1, 0]);
    });

    it('that the click has asked for is read once: after a failure it is asked for again', async () => {
      const flow = open({}, down());
      await assert.rejects(flow.prepare(), { code: 'provider/unreachable' });
      assert.equal(browser.fetched.length, 0);
      await flow.prepare();
      assert.deepEqual(browser.fetched, [[wellKnown, 'no-cache']]);
    });

    it('is asked for by the part itself where nobody has done so', async () => {
      await open().prepare();
      assert.deepEqual(browser.fetched, [[wellKnown, 'no-cache']]);
    });

    it('that was asked for a sign-in that could not begin is too old for the next', async () => {
      const { AbortSignal } = globalThis;
      browser.answers.push(down);
      const own = signIn({ mode: 'redirect' });
      setGlobal('AbortSignal', {});
      await assert.rejects(own.signInInteractively(nobody, never()), { code: 'browser/unsupported' });
      setGlobal('AbortSignal', AbortSignal);
      await own.signInInteractively(nobody, never());
      assert.deepEqual([browser.went.length, browser.fetched.length], [1, 2]);
    });

    it('is fetched when the visitor is about to act, and not again by the click', async () => {
      const own = signIn({ mode: 'redirect' });
      own.prepare();
      await quiet();
      await own.signInInteractively(nobody, never());
      assert.deepEqual([browser.went.length, browser.fetched.length], [1, 1]);
    });

    it('that cannot be had beforehand is no failure yet: the click tries again', async () => {
      browser.answers.push(down);
      const own = signIn({ mode: 'redirect' });
      own.prepare();
      await quiet();
      await own.signInInteractively(nobody, never());
      assert.deepEqual([browser.went.length, browser.fetched.length], [1, 2]);
    });
  });

  describe('by redirect', () => {
    it('the page is left for the provider, which is told where to come back to', async () => {
      assert.equal(await open().byRedirect(never()), undefined);
      const [url] = browser.went;
      const state = stateOf(url!);
      assert.equal(wayOf(state), 'redirect');
      assert.equal(returnToOf(state, browser.storage), page);
      assert.equal(leftFor(browser.storage), state);
    });

    it('the page is not left when that is not wanted any more', async () => {
      const wanted = new AbortController();
      const going = open().byRedirect(wanted.signal);
      wanted.abort('enough');
      await assert.rejects(going, (reason) => reason === 'enough');
      assert.deepEqual(browser.went, []);
      assert.equal(leftFor(browser.storage), undefined);
    });

    /** The page that the visitor comes back to. */
    async function comeBack() {
      await open().byRedirect(never());
      const state = stateOf(browser.went.pop()!);
      const answer = { state, way: 'redirect', parameters: answerTo(state) } as const;
      keep(answer, browser.storage);
      browser.fetched.length = 0;
      return { state, own: signIn({}, { answer }) };
    }

    it('the visitor comes back with a grant, once, and the provider is not asked again', async () => {
      const { state, own } = await comeBack();
      const grant = await own.complete();
      assert.deepEqual([grant!.authCode, grant!.redirectUri], [`code-of-${state}`, provider.redirectUri]);
      assert.equal(own.complete(), undefined);
      assert.deepEqual(browser.fetched, []);
    });

    it('the visitor has signed in in sight, so that a hidden frame has a chance again', async () => {
      frameFailed(browser.storage);
      const { own } = await comeBack();
      assert.equal(own.canBeSilent, false);
      await own.complete();
      assert.equal(own.canBeSilent, true);
    });

    it('the answer outlives a reload until the grant is handed over', async () => {
      const { state, own } = await comeBack();
      await own.complete();
      assert.ok(keptAnswer(browser.storage));
      assert.equal(isWaiting(state, browser.storage), true);
      own.forget();
      assert.equal(keptAnswer(browser.storage), undefined);
      assert.deepEqual([isWaiting(state, browser.storage), isSpent(state, browser.storage)], [false, true]);
    });

    it('there may be nothing to forget', async () => {
      const own = signIn({ mode: 'redirect' });
      own.forget();
      await own.signInInteractively(nobody, never());
      own.forget();
      assert.equal(isWaiting(stateOf(browser.went[0]!), browser.storage), true);
    });

    it('a failure that the page has found is told, and nothing is loaded for it', async () => {
      const own = signIn({}, { failure: failure('callback/lost') });
      await assert.rejects(own.complete()!, { code: 'callback/lost' });
    });
  });

  describe('by popup', () => {
    /** A popup that is at the provider. */
    async function begin(flow = open(), { whenBack = nobody as () => void, wanted = never() } = {}) {
      const popup = new Place();
      const grant = flow.inPopup(popup as unknown as Window, whenBack, wanted);
      grant.catch(() => {});
      await until(() => popup.went);
      return { popup, grant, flow };
    }

    it('the answer of its window becomes the grant', async () => {
      frameFailed(browser.storage);
      const { popup, grant } = await begin();
      assert.equal(wayOf(popup.state), 'popup');
      assert.equal(returnToOf(popup.state, browser.storage), undefined);
      await reportFrom(popup);
      const { authCode, nonce } = await grant;
      assert.deepEqual(
        [authCode, nonce],
        [`code-of-${popup.state}`, new URL(popup.went).searchParams.get('nonce')],
      );
      assert.equal(canUseFrame(browser.storage), true, 'the visitor has signed in in sight');
    });

    it('its grant is used up when it is handed over', async () => {
      const { popup, grant, flow } = await begin();
      await reportFrom(popup);
      await grant;
      assert.equal(isSpent(popup.state, browser.storage), false);
      flow.forget();
      assert.equal(isSpent(popup.state, browser.storage), true);
    });

    it('the window closes when the sign-in is not wanted any more, and a late answer is used up', async () => {
      const control = new AbortController();
      const { popup, grant } = await begin(open(), { wanted: control.signal });
      assert.deepEqual([popup.closed, isSpent(popup.state, browser.storage)], [false, false]);
      control.abort();
      await assert.rejects(grant, { name: 'AbortError' });
      assert.deepEqual([popup.closed, isSpent(popup.state, browser.storage)], [true, true]);
    });

    it('no request is made once the sign-in is not wanted any more', async () => {
      const popup = new Place();
      const control = new AbortController();
      const grant = open().inPopup(popup as unknown as Window, nobody, control.signal);
      control.abort();
      await assert.rejects(grant, { name: 'AbortError' });
      assert.deepEqual([popup.went, browser.fetched.length, browser.storage.length], ['', 0, 0]);
    });

    it('a second one ends the first', async () => {
      const first = await begin();
      const second = await begin(first.flow);
      await assert.rejects(first.grant, { name: 'AbortError' });
      assert.deepEqual([first.popup.closed, second.popup.closed], [true, false]);
      assert.deepEqual(
        [first, second].map(({ popup }) => isSpent(popup.state, browser.storage)),
        [true, false],
      );
      await reportFrom(second.popup);
      assert.equal((await second.grant).authCode, `code-of-${second.popup.state}`);
    });

    it('the visitor is back when the page has the focus again, until the answer is there', async () => {
      let back = 0;
      const { popup, grant } = await begin(open(), { whenBack: () => back++ });
      assert.equal(back, 0);
      browser.focus();
      assert.equal(back, 1);
      await reportFrom(popup);
      await grant;
      browser.focus();
      assert.equal(back, 1);
    });

    it('nobody is back any more when the sign-in has ended without an answer', async () => {
      const control = new AbortController();
      const { grant } = await begin(open(), { wanted: control.signal });
      control.abort();
      await assert.rejects(grant);
      browser.focus();
    });

    for (const hasFocus of [true, false])
      it(`a window that looks closed ${hasFocus ? 'brings the visitor back' : 'says nothing'} where the page ${hasFocus ? 'has' : 'lacks'} the focus`, async () => {
        let isBack = false;
        const { popup, grant } = await begin(open(), { whenBack: () => (isBack = true) });
        browser.hasFocus = hasFocus;
        popup.closed = true;
        mock.timers.tick(500);
        assert.equal(isBack, hasFocus);
        assert.equal(await outcome(grant), 'open', 'the answer may come all the same');
      });

    it('a click opens the window, which is closed in the end, and no channel is left open', async () => {
      const grant = signIn().signInInteractively(nobody, never());
      const popup = browser.popups[0]!;
      await until(() => popup.went);
      assert.deepEqual(
        [popup.closed, browser.listening],
        [false, [reportChannel(popup.state), errorChannel]],
      );
      const opened = ['genesys-auth-messenger:tabs', reportChannel(popup.state), errorChannel];
      assert.deepEqual(browser.channels, opened, 'all names are ours');
      await reportFrom(popup);
      assert.equal((await grant)!.authCode, `code-of-${popup.state}`);
      assert.deepEqual([popup.closed, browser.listening, browser.went], [true, [], []]);
    });

    it('an empty window does not stay when the provider cannot be reached', async () => {
      browser.answers.push(down);
      await assert.rejects(signIn().signInInteractively(nobody, never()), { code: 'provider/unreachable' });
      const [popup] = browser.popups;
      assert.deepEqual([popup!.went, popup!.closed], ['', true]);
    });

    it('its grant and all that was kept are used up by the sign-in that is over', async () => {
      const own = signIn();
      const grant = own.signInInteractively(nobody, never());
      const popup = browser.popups[0]!;
      await until(() => popup.went);
      await reportFrom(popup);
      await grant;
      own.forget();
      assert.equal(isSpent(popup.state, browser.storage), true);
    });
  });

  describe('a click', () => {
    /** @returns how the page and its windows have moved */
    async function click(own: ReturnType<typeof signIn>) {
      own.signInInteractively(nobody, never()).catch(() => {});
      await quiet();
      return { redirects: browser.went.length, popups: browser.popups.length };
    }

    it('redirects where the page wants that', async () =>
      assert.deepEqual(await click(signIn({ mode: 'redirect' })), { redirects: 1, popups: 0 }));

    it('opens a window where the page wants that', async () =>
      assert.deepEqual(await click(signIn()), { redirects: 0, popups: 1 }));

    for (const mode of ['redirect', 'popup'] as const)
      it(`opens a window in a frame, which the provider would not be shown in, in ${mode} mode`, async () => {
        browser.window['parent'] = {};
        assert.deepEqual(await click(signIn({ mode })), { redirects: 0, popups: 1 });
      });

    it('redirects where no window could report', async () => {
      setGlobal('BroadcastChannel', undefined);
      assert.deepEqual(await click(signIn()), { redirects: 1, popups: 0 });
    });

    for (const [what, navigator] of [
      ['', { userActivation: { isActive: true } }],
      [' in a browser that does not say whether it was a click', {}],
    ] as const)
      it(`redirects after one whose window was blocked${what}`, async () => {
        Object.assign(browser.window, { navigator });
        browser.blocksPopups = true;
        const own = signIn();
        await assert.rejects(own.signInInteractively(nobody, never()), { code: 'popup/blocked' });
        assert.deepEqual(browser.went, [], 'the page is not taken away unasked');
        assert.deepEqual(await click(own), { redirects: 1, popups: 0 });
      });
  });

  describe('by hidden frame', () => {
    /** A hidden frame that is at the provider. */
    async function begin(silent = open().inFrame()) {
      silent.catch(() => {});
      await until(() => browser.frames.at(-1)?.went);
      return { silent, frame: browser.frames.at(-1)! };
    }

    it('the provider may not ask the visitor, and the answer of the frame becomes the grant', async () => {
      const { silent, frame } = await begin();
      assert.equal(new URL(frame.went).searchParams.get('prompt'), 'none');
      assert.equal(wayOf(frame.state), 'frame');
      assert.equal(
        returnToOf(frame.state, browser.storage),
        page,
        'a page that breaks out of frames is left',
      );
      browser.reportFrom(frame);
      assert.equal((await silent).authCode, `code-of-${frame.state}`);
      assert.equal(frame.closed, true);
    });

    it('whoever is signed in at the provider is found there, and will be again', async () => {
      signedInVisibly(browser.storage);
      const { silent, frame } = await begin(signIn().signInSilently());
      browser.reportFrom(frame);
      assert.equal((await silent).authCode, `code-of-${frame.state}`);
      frameFailed(browser.storage);
      signedInVisibly(browser.storage);
      assert.equal(canUseFrame(browser.storage), true);
    });

    it('nobody is waited for longer than five seconds', async () => {
      const { silent, frame } = await begin();
      mock.timers.tick(4_999);
      assert.equal(await outcome(silent), 'open');
      mock.timers.tick(1);
      await assert.rejects(silent, { code: 'provider/login-required' });
      assert.equal(frame.closed, true);
    });

    it('what was in vain is not tried again, and a late answer is used up', async () => {
      const own = signIn();
      assert.equal(own.canBeSilent, true);
      const { silent, frame } = await begin(own.signInSilently());
      browser.reportFrom(frame, `error=login_required&state=${frame.state}`);
      await assert.rejects(silent, { code: 'provider/login-required' });
      assert.equal(own.canBeSilent, false);
      assert.equal(isSpent(frame.state, browser.storage), true);
    });

    it('a page that breaks out of frames takes the answer along: that was no sign-in in sight', async () => {
      const { frame } = await begin();
      const { state } = frame;
      frameFailed(browser.storage);
      const grant = await open().complete({ state, way: 'frame', parameters: answerTo(state) });
      assert.equal(grant!.authCode, `code-of-${state}`);
      assert.equal(canUseFrame(browser.storage), false);
    });
  });

  describe('signing out', () => {
    const atProvider = { logout: 'provider' } as const;

    it("ends the provider's session, too, where the page wants that", async () => {
      await signIn(atProvider).signOut();
      assert.deepEqual(browser.went, [`${issuer}/logout?client_id=messenger`]);
    });

    it('is for Messenger alone as a rule', async () => {
      await signIn().signOut();
      assert.deepEqual([browser.went, browser.fetched], [[], []]);
    });

    it('has no provider to go to where the page names none', async () => {
      await signIn({ ...atProvider, provider: undefined }).signOut();
      assert.deepEqual([browser.went, browser.fetched], [[], []]);
    });

    it('asks for no discovery document where the page names the address', async () => {
      const own = { ...provider, endSessionEndpoint: `${issuer}/bye?from=help` };
      await signIn({ ...atProvider, provider: own }).signOut();
      assert.deepEqual([browser.went, browser.fetched], [[own.endSessionEndpoint], []]);
    });

    it('cannot end a session of a provider that has no place for that', async () => {
      browser.answers.push(() =>
        Promise.resolve(Response.json({ ...metadata, end_session_endpoint: undefined })),
      );
      await assert.rejects(signIn(atProvider).signOut(), { code: 'logout/no-endpoint' });
      assert.deepEqual(browser.went, []);
    });
  });
});
