import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { failure } from '../../../src/failure.js';
import type { Grant } from '../../../src/grant.js';
import { exchangeFailure } from '../../../src/messenger/bus.js';
import type { Call, MessengerListener } from '../../../src/messenger/listener.js';
import type { Messenger } from '../../../src/messenger/messenger.js';
import { key } from '../../../src/names.js';
import type { Options, Ports } from '../../../src/session/ports.js';
import { timeLimits } from '../../../src/session/rules.js';
import { openSession } from '../../../src/session/session.js';
import type { SignIn } from '../../../src/sign-in/sign-in.js';

/**
 * What the session does in the world outside, one thing after the other. What it decides has tests of its own
 * (happenings.test.ts, rules.test.ts), and so have whole stories (stories.test.ts).
 */

const grant: Grant = { authCode: 'the-code', redirectUri: 'https://brand.example/' };
const refused = exchangeFailure({ status: 401 });

/** Resolves when no promise has anything left to do. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Something that is asked of the world, and is answered when the test says so. */
class Asked<Answer> {
  #count = 0;
  resolve!: (answer: Answer) => void;
  reject!: (reason: unknown) => void;

  get count() {
    return this.#count;
  }

  ask = (): Promise<Answer> => {
    this.#count += 1;
    return new Promise((resolve, reject) => Object.assign(this, { resolve, reject }));
  };
}

/** A session in a world that does what the test says. `heard` is all that it is told, in order. */
class Stage {
  readonly heard: string[] = [];
  readonly trace: string[] = [];
  readonly stored = new Map<string, string>();
  readonly timers: { time: number; fire: () => void; cancelled: boolean }[] = [];
  readonly options: Options = { mode: 'popup', silent: false, open: false, deploymentId: 'deployment' };
  now = Date.UTC(2026, 10, 22);
  visible = true;
  sameAccount = true;
  recorded: string | null = null;
  landing: Promise<Grant | undefined> | undefined;
  canBeSilent = true;
  readonly silent = new Asked<Grant>();
  readonly interactive = new Asked<Grant | undefined>();
  readonly signOut = new Asked<void>();
  readonly messenger = {
    logOut: new Asked<void>(),
    ask: new Asked<void>(),
    'step-up': new Asked<void>(),
    renew: new Asked<void>(),
  };
  whenBack!: () => void;
  signal!: AbortSignal;
  listener!: MessengerListener;
  /** As Messenger's start goes. */
  startMessenger = (listener: MessengerListener): void => void (this.listener = listener);

  readonly #signIn: SignIn = {
    complete: () => this.landing,
    canBeSilent: true,
    signInSilently: this.silent.ask,
    signInInteractively: (whenBack, signal) => {
      Object.assign(this, { whenBack, signal });
      return this.interactive.ask();
    },
    forget: () => this.heard.push('forget the grant'),
    signOut: () => {
      this.heard.push("log out at the provider's");
      return this.signOut.ask();
    },
    prepare() {},
  };
  readonly session = openSession(this.#ports());

  constructor(options: Partial<Options> = {}) {
    Object.assign(this.options, options);
  }

  #ports(): Ports {
    const note =
      (what: string) =>
      (...values: unknown[]) =>
        void this.heard.push([what, ...values].join(' '));
    const messenger: Messenger = {
      logOut: this.messenger.logOut.ask,
      ask: this.messenger.ask.ask,
      'step-up': this.messenger['step-up'].ask,
      renew: this.messenger.renew.ask,
      'open-chat': note('open the chat'),
    };
    return {
      options: () => this.options,
      signIn: () => ({ ...this.#signIn, canBeSilent: this.canBeSilent }),
      startMessenger: (listener) => {
        this.startMessenger(listener);
        return messenger;
      },
      memory: {
        getItem: (name) => this.stored.get(name) ?? null,
        setItem: (name, value) => {
          this.heard.push(`store ${name}`);
          this.stored.set(name, value);
        },
      },
      now: () => this.now,
      after: (time, fire) => {
        const timer = { time, fire, cancelled: false };
        this.timers.push(timer);
        return () => void (timer.cancelled = true);
      },
      announceLogout: note('tell the other tabs'),
      remember: note('remember'),
      recall: () => this.recorded,
      sameAccount: () => this.sameAccount,
      keepAccount: note('keep the account'),
      hideChat: note('hide the chat'),
      visible: () => this.visible,
      notify: ({ status, failure: reason, signedIn }, events) =>
        this.heard.push(
          [
            status,
            ...(reason ? [reason.code] : []),
            ...(status === 'failed' && signedIn ? ['and signed in'] : []),
            ...events.map(({ type, ...rest }) =>
              [type, ...Object.values(Object(Object.values(rest)[0]))].join(' '),
            ),
          ].join(', '),
        ),
      tell: ({ code }) => void this.heard.push(`tell ${code}`),
      trace: (line) => void this.trace.push(line),
    };
  }

  /** What was heard since this was asked last. */
  takeHeard(): string[] {
    return this.heard.splice(0);
  }

  /** Fires the timer that runs for a wait. */
  passes(wait: keyof typeof timeLimits): void {
    const timer = this.timers.find(({ time, cancelled }) => time === timeLimits[wait] && !cancelled);
    assert.ok(timer, `nothing waits for ${wait}`);
    timer.cancelled = true;
    timer.fire();
  }

  /** A command of Messenger's, and what it is answered. */
  calls<Answer>(): Call<Answer> & { answers: unknown[] } {
    const answers: unknown[] = [];
    return {
      answers,
      resolve: (answer) => void answers.push(answer),
      reject: (reason) => void answers.push(`rejected: ${reason}`),
    };
  }

  /** Messenger is there, and nobody is signed in. */
  ready(authenticated = false): this {
    this.session.start();
    this.listener('messengerReady', authenticated);
    this.takeHeard();
    return this;
  }

  async signIn(): Promise<void> {
    const call = this.calls<Grant | undefined>();
    this.listener('codeCalled', call, false);
    this.session.requestSignIn();
    this.interactive.resolve(grant);
    await settled();
    this.listener('authenticated');
    this.takeHeard();
  }
}

describe('the session begins', () => {
  it('with nothing known, before it is started', () => {
    const { session, heard } = new Stage();
    assert.deepEqual(session.shown, { status: 'starting', signedIn: false });
    assert.equal(session.isAuthenticated, false);
    assert.deepEqual(heard, []);
  });

  it('with Messenger', () => {
    const stage = new Stage();
    stage.session.start();
    assert.deepEqual(stage.heard, []);
    stage.listener('messengerReady', false);
    assert.deepEqual(stage.heard, ['remember nothing', 'signed-out']);
    assert.equal(stage.session.shown.status, 'signed-out');
  });

  it('and is signed in where Messenger is: later pages know', () => {
    const stage = new Stage();
    stage.session.start();
    stage.listener('messengerReady', true);
    assert.deepEqual(stage.heard, ['remember signed-in', 'remember signed-in', 'signed-in, signedIn true']);
    assert.equal(stage.session.isAuthenticated, true);
  });

  it('lazily, without Messenger, until a sign-in has a code for it', async () => {
    const stage = new Stage();
    stage.session.start(true);
    assert.equal(stage.listener, undefined);
    stage.session.requestSignIn();
    stage.interactive.resolve(grant);
    await settled();
    assert.ok(stage.listener);
  });

  it('with what the visitor comes back with, before Messenger', async () => {
    const stage = new Stage();
    let land!: (grant: Grant) => void;
    stage.landing = new Promise((resolve) => (land = resolve));
    stage.session.start();
    assert.equal(stage.session.shown.status, 'signing-in');
    assert.equal(stage.listener, undefined);
    land(grant);
    await settled();
    assert.ok(stage.listener);
    assert.equal(stage.session.shown.status, 'signing-in');
  });

  it('though what is left for this page cannot be looked at', async () => {
    const stage = new Stage();
    Object.defineProperty(stage, 'landing', {
      get() {
        throw failure('browser/error', 'storage');
      },
    });
    stage.session.start();
    await settled();
    stage.listener('messengerReady', false);
    assert.equal(stage.session.shown.failure?.code, 'browser/error');
  });

  it('and Messenger cannot even be asked for: that is told once', () => {
    const stage = new Stage();
    stage.startMessenger = () => {
      throw failure('messenger/blocked', 'at once');
    };
    stage.session.start();
    assert.deepEqual(stage.heard, ['failed, messenger/blocked, signInFailed']);
  });

  it('and Messenger has failed before it is back from its start: what follows is done all the same', () => {
    const stage = new Stage();
    stage.startMessenger = (listener) => {
      stage.listener = listener;
      listener('messengerFailed', failure('configuration/conflict'));
    };
    stage.session.start();
    assert.deepEqual(stage.heard, ['failed, configuration/conflict, signInFailed']);
    stage.listener('messengerReady', false);
    assert.equal(stage.session.shown.failure?.code, 'configuration/conflict');
  });

  it('and Messenger has its say before it is back from its start: each has its turn', () => {
    const stage = new Stage();
    stage.sameAccount = false;
    stage.startMessenger = (listener) => {
      stage.listener = listener;
      listener('stepUpFound');
      listener('anonymousChatBegan');
      listener('messengerReady', true);
      listener('flawFound', failure('messenger/removed'));
    };
    stage.session.start();
    assert.equal(stage.messenger.logOut.count, 1);
    assert.equal(stage.session.shown.failure, undefined);
  });

  it('hidden: nothing is tried silently until it is seen', () => {
    const stage = new Stage({ silent: true });
    stage.visible = false;
    stage.ready();
    assert.equal(stage.silent.count, 0);
    stage.visible = true;
    stage.session.changeVisibility();
    assert.equal(stage.silent.count, 1);
  });

  it('for another account than the one of before: that one ends unseen', () => {
    const stage = new Stage();
    stage.sameAccount = false;
    stage.session.start();
    assert.deepEqual(stage.takeHeard(), ['hide the chat true']);
    stage.listener('messengerReady', true);
    assert.equal(stage.messenger.logOut.count, 1);
    assert.deepEqual(stage.heard, ['remember signed-in']);
  });

  it('for another account than the one of before, with what the visitor comes back with: that goes on', () => {
    const stage = new Stage();
    stage.sameAccount = false;
    stage.landing = new Promise(() => {});
    stage.session.start();
    assert.equal(stage.session.shown.status, 'signing-in');
  });

  it('for the account of before: nothing is hidden', () => {
    const stage = new Stage();
    stage.session.start();
    assert.deepEqual(stage.heard, []);
    assert.deepEqual(
      stage.trace.filter((line) => line.startsWith('accountCompared')),
      [],
    );
  });
});

describe('a sign-in', () => {
  it('in sight of the visitor: its grant is delivered, forgotten, and the page hears of it', async () => {
    const stage = new Stage().ready();
    const call = stage.calls<Grant | undefined>();
    stage.listener('codeCalled', call, false);
    stage.session.requestSignIn();
    assert.deepEqual(stage.takeHeard(), ['signing-in']);
    stage.interactive.resolve(grant);
    await settled();
    assert.deepEqual(call.answers, [grant]);
    assert.deepEqual(stage.takeHeard(), ['forget the grant']);
    stage.listener('authenticated');
    const stored = `store ${key('guard', 'deployment')}`;
    assert.deepEqual(stage.takeHeard(), [
      stored,
      'remember signed-in',
      'keep the account true',
      'signed-in, signedIn false',
    ]);
  });

  it('whose grant nobody has called for yet is not forgotten', async () => {
    const stage = new Stage();
    stage.session.start();
    stage.session.requestSignIn();
    stage.interactive.resolve(grant);
    await settled();
    assert.deepEqual(stage.takeHeard(), ['signing-in']);
    stage.listener('messengerReady', false);
    assert.deepEqual(stage.takeHeard(), ['remember nothing']);
    const calls = [stage.calls<Grant | undefined>(), stage.calls<Grant | undefined>()] as const;
    for (const call of calls) stage.listener('codeCalled', call, false);
    assert.deepEqual(
      calls.map(({ answers }) => answers),
      [[grant], []],
    );
    assert.deepEqual(stage.takeHeard(), ['forget the grant']);
  });

  it('that throws at once has failed', async () => {
    const stage = new Stage().ready();
    stage.interactive.ask = () => {
      throw failure('popup/blocked');
    };
    stage.session.requestSignIn();
    await settled();
    assert.deepEqual(stage.heard, ['signing-in', 'failed, popup/blocked, signInFailed']);
  });

  it('that leaves the page: when nothing has come of it, the button works again', async () => {
    const stage = new Stage().ready();
    stage.session.requestSignIn();
    stage.interactive.resolve(undefined);
    await settled();
    assert.equal(stage.session.shown.status, 'signing-in');
    stage.passes('leaving');
    assert.equal(stage.session.shown.status, 'signed-out');
  });

  it('that leaves the page, and the visitor comes back to it', async () => {
    const stage = new Stage().ready();
    stage.session.requestSignIn();
    stage.interactive.resolve(undefined);
    await settled();
    stage.session.comeBack();
    assert.equal(stage.session.shown.status, 'signed-out');
  });

  it('whose window seems closed has ended, and its late answer counts all the same', async () => {
    const stage = new Stage().ready();
    const call = stage.calls<Grant | undefined>();
    stage.listener('codeCalled', call, false);
    stage.session.requestSignIn();
    stage.takeHeard();
    stage.whenBack();
    assert.deepEqual(stage.heard, ['failed, popup/closed, signInFailed']);
    stage.interactive.resolve(grant);
    await settled();
    assert.deepEqual(call.answers, [grant]);
  });

  it('is called off when Messenger turns out to have a session', async () => {
    const stage = new Stage();
    stage.session.start();
    stage.session.requestSignIn();
    assert.equal(stage.signal.aborted, false);
    stage.listener('stepUpFound');
    assert.equal(stage.signal.aborted, false);
    stage.listener('messengerReady', true);
    assert.equal(stage.signal.aborted, true);
    stage.takeHeard();
    stage.interactive.resolve(grant);
    await settled();
    assert.deepEqual(stage.heard, ['forget the grant']);
    assert.equal(stage.session.shown.status, 'signed-in');
  });

  it('in a hidden frame, whose grant comes after another account was named, is forgotten', async () => {
    const stage = new Stage({ silent: true }).ready();
    stage.session.compareAccount(true);
    stage.takeHeard();
    stage.silent.resolve(grant);
    await settled();
    assert.deepEqual(stage.heard, ['forget the grant']);
  });

  it('in a hidden frame is counted by the guard, which the redirect survives', () => {
    const stage = new Stage({ silent: true });
    stage.session.start();
    stage.listener('messengerReady', false);
    const name = key('guard', 'deployment');
    assert.deepEqual(stage.stored.get(name), JSON.stringify({ refusals: 0, attempts: [stage.now] }));
    assert.deepEqual(
      stage.heard.filter((line) => line.startsWith('store')),
      [`store ${name}`],
    );
  });

  it('in a hidden frame is not tried where the guard of an earlier page forbids it', () => {
    const stage = new Stage({ silent: true });
    const attempts = [stage.now, stage.now, stage.now];
    stage.stored.set(key('guard', 'deployment'), JSON.stringify({ refusals: 0, attempts }));
    stage.ready();
    assert.equal(stage.silent.count, 0);
  });

  it('in a hidden frame is not tried where it was found useless', () => {
    const stage = new Stage({ silent: true });
    stage.canBeSilent = false;
    stage.ready();
    assert.equal(stage.silent.count, 0);
  });

  it('opens the chat where the page wants that, and only after a click', async () => {
    const stage = new Stage({ open: true }).ready();
    stage.session.requestSignIn();
    const call = stage.calls<Grant | undefined>();
    stage.listener('codeCalled', call, false);
    stage.interactive.resolve(grant);
    await settled();
    stage.listener('authenticated');
    assert.ok(stage.heard.includes('open the chat'));

    const silent = new Stage({ open: true, silent: true }).ready();
    silent.listener('codeCalled', call, false);
    silent.silent.resolve(grant);
    await settled();
    silent.listener('authenticated');
    assert.equal(silent.session.shown.status, 'signed-in');
    assert.ok(!silent.heard.includes('open the chat'));
  });

  it('leaves the chat closed where the page says nothing', async () => {
    const stage = new Stage().ready();
    stage.session.requestSignIn();
    stage.listener('codeCalled', stage.calls(), false);
    stage.interactive.resolve(grant);
    await settled();
    stage.listener('authenticated');
    assert.ok(!stage.heard.includes('open the chat'));
  });
});

describe('a grant in hand', () => {
  /** Messenger is ready, its call at start-up is over, and a click brings a grant. */
  async function inHand(stage = new Stage().ready()) {
    stage.listener('exchangeFailed', refused);
    stage.session.requestSignIn();
    stage.interactive.resolve(grant);
    await settled();
    stage.takeHeard();
    return stage;
  }

  /** Messenger has called once, and was answered; then a click brings the next grant. */
  async function afterRefusal() {
    const stage = new Stage().ready();
    stage.session.requestSignIn();
    stage.listener('codeCalled', stage.calls(), false);
    stage.interactive.resolve(grant);
    await settled();
    stage.listener('exchangeFailed', exchangeFailure({ status: 400 }));
    return inHand(stage);
  }

  it('makes Messenger call, whose call at start-up is over', async () => {
    const stage = await afterRefusal();
    assert.equal(stage.messenger.ask.count, 1);
  });

  it('that Messenger does not call for: another tab has signed in, and so is this one', async () => {
    const stage = await afterRefusal();
    stage.messenger.ask.resolve();
    await settled();
    assert.equal(stage.session.shown.status, 'signed-in');
  });

  it('that Messenger does not call for, and the session is of another account: that one is ended', async () => {
    const stage = await afterRefusal();
    stage.sameAccount = false;
    stage.messenger.ask.resolve();
    await settled();
    assert.notEqual(stage.session.shown.status, 'signed-in');
    assert.equal(stage.messenger.logOut.count, 1);
  });

  it('that Messenger has called for says nothing about a session', async () => {
    const stage = await afterRefusal();
    stage.listener('codeCalled', stage.calls(), false);
    stage.messenger.ask.resolve();
    await settled();
    assert.equal(stage.session.shown.status, 'signing-in');
  });

  it('in a step-up deployment: that Messenger need not call says nothing about a session', async () => {
    const stage = new Stage();
    stage.session.start();
    stage.listener('stepUpFound');
    stage.listener('messengerReady', false);
    stage.session.requestSignIn();
    stage.listener('codeCalled', stage.calls(), false);
    stage.interactive.resolve(grant);
    await settled();
    stage.listener('exchangeFailed', exchangeFailure({ status: 400 }));
    await inHand(stage);
    assert.equal(stage.messenger.ask.count, 1);
    stage.messenger.ask.resolve();
    await settled();
    assert.equal(stage.session.shown.status, 'signing-in');
  });

  it('that Messenger cannot be asked to call for waits', async () => {
    const stage = await afterRefusal();
    stage.messenger.ask.reject('Command does not exist');
    await settled();
    assert.equal(stage.session.shown.status, 'signing-in');
  });

  it('steps an anonymous chat up, and a refusal of that breaks nothing', async () => {
    const stage = new Stage();
    stage.session.start();
    stage.listener('stepUpFound');
    stage.listener('messengerReady', false);
    stage.listener('anonymousChatBegan');
    await inHand(stage);
    assert.equal(stage.messenger['step-up'].count, 1);
    stage.messenger['step-up'].reject('No active conversation found to step-up.');
    await settled();
    assert.equal(stage.session.shown.status, 'signing-in');
    const [first, second] = [stage.calls<Grant>(), stage.calls<Grant>()];
    stage.listener('signInCalled', first);
    stage.listener('signInCalled', second);
    assert.deepEqual([first.answers, second.answers], [[grant], []]);
  });

  it('that the visitor has come back with counts more than the tokens that Messenger still has', async () => {
    const stage = new Stage();
    let land!: (grant: Grant) => void;
    stage.landing = new Promise((resolve) => (land = resolve));
    stage.session.start();
    land(grant);
    await settled();
    stage.listener('messengerReady', true);
    assert.equal(stage.messenger.renew.count, 1);
    stage.messenger.renew.reject('Plugin does not exist');
    await settled();
    assert.equal(stage.session.shown.status, 'signed-in');
  });

  it('answers one reAuthenticate', async () => {
    const stage = await withReAuthenticate(1);
    assert.deepEqual(stage.answers, [[grant]]);
    assert.equal(stage.messenger.ask.count, 0);
    stage.passes('call');
    assert.equal(stage.messenger.ask.count, 1);
    stage.listener('codeCalled', stage.calls(), false);
    assert.deepEqual(stage.takeHeard(), ['forget the grant']);
  });

  it('of two reAuthenticate answers none: it could be taken twice', async () => {
    const stage = await withReAuthenticate(2);
    assert.deepEqual(stage.answers, [[undefined], [undefined]]);
  });

  /** Messenger has lost its session, asks for a new one, and a hidden frame brings a grant. */
  async function withReAuthenticate(count: number) {
    const stage = new Stage().ready(true);
    const calls = Array.from({ length: count }, () => stage.calls<Grant | undefined>());
    for (const call of calls) stage.listener('reAuthenticateCalled', call);
    assert.equal(stage.silent.count, 1);
    stage.takeHeard();
    stage.silent.resolve(grant);
    await settled();
    return Object.assign(stage, { answers: calls.map(({ answers }) => answers) });
  }

  it('is too old after a minute', async () => {
    const stage = new Stage();
    stage.session.start();
    stage.session.requestSignIn();
    stage.interactive.resolve(grant);
    await settled();
    stage.takeHeard();
    stage.now += timeLimits.grant;
    stage.passes('grant');
    assert.deepEqual(stage.takeHeard(), ['forget the grant', 'starting']);
    stage.listener('messengerReady', false);
    assert.equal(stage.session.shown.failure?.code, 'callback/expired');
  });
});

describe('an exchange', () => {
  async function begun() {
    const stage = new Stage().ready();
    stage.session.requestSignIn();
    stage.listener('codeCalled', stage.calls(), false);
    stage.interactive.resolve(grant);
    await settled();
    stage.takeHeard();
    return stage;
  }

  it('that nobody answers has failed after its time', async () => {
    const stage = await begun();
    stage.passes('exchange');
    assert.deepEqual(stage.heard, ['failed, exchange/unavailable, signInFailed']);
  });

  it('that is refused for good is told once', async () => {
    const stage = await begun();
    stage.listener('exchangeFailed', exchangeFailure({ status: 400 }));
    stage.listener('exchangeFailed', exchangeFailure({ status: 400 }));
    const events = stage.heard.filter((line) => line.includes('signInFailed'));
    assert.deepEqual(events, ['failed, exchange/refused, signInFailed']);
  });

  it('that fails in another way than the last is told again', async () => {
    const stage = await begun();
    stage.listener('exchangeFailed', exchangeFailure({ status: 400 }));
    stage.session.requestSignIn();
    stage.interactive.reject(failure('provider/unreachable'));
    await settled();
    assert.equal(stage.heard.filter((line) => line.includes('signInFailed')).length, 2);
  });
});

describe('a logout', () => {
  async function signedIn(stage = new Stage().ready()) {
    await stage.signIn();
    return stage;
  }

  it("ends Messenger's session first, then tells the other tabs by the record, and the provider", async () => {
    const stage = await signedIn();
    stage.session.requestSignOut();
    assert.deepEqual(stage.takeHeard(), ['signing-out']);
    assert.equal(stage.messenger.logOut.count, 1);
    stage.messenger.logOut.resolve();
    await settled();
    assert.deepEqual(stage.heard, [
      'remember logged-out',
      'keep the account false',
      'tell the other tabs',
      "log out at the provider's",
      'remember logged-out',
      'signed-out, loggedOut visitor',
    ]);
    assert.equal(stage.session.isAuthenticated, false);
  });

  it('that Genesys Cloud does not confirm is one all the same, and says so without a failed sign-in', async () => {
    const stage = await signedIn();
    stage.session.requestSignOut();
    stage.messenger.logOut.reject(failure('logout/incomplete', 'Service unavailable'));
    await settled();
    assert.equal(stage.heard.at(-1), 'failed, logout/incomplete, loggedOut visitor');
  });

  it('that is not answered ends after its time', async () => {
    const stage = await signedIn();
    stage.session.requestSignOut();
    stage.passes('logout');
    assert.equal(stage.heard.at(-1), 'failed, logout/incomplete, loggedOut visitor');
    assert.equal(stage.session.shown.failure?.detail, 'no answer');
  });

  for (const atOnce of [true, false])
    it(`that fails at the provider's${atOnce ? ' at once' : ''} is shown, and is no failed sign-in`, async () => {
      const stage = await signedIn();
      if (atOnce)
        stage.signOut.ask = () => {
          throw new TypeError('no navigation');
        };
      stage.session.requestSignOut();
      stage.messenger.logOut.resolve();
      await settled();
      if (!atOnce) stage.signOut.reject(failure('provider/unreachable', 'https://login.brand.example'));
      await settled();
      assert.equal(stage.heard.at(-1), 'failed, logout/no-endpoint');
      const detail = atOnce ? 'TypeError' : 'https://login.brand.example';
      assert.equal(stage.session.shown.failure?.detail, detail);
    });

  it('because another account has come leaves the provider alone: its session may be of who is here now', async () => {
    const stage = await signedIn();
    stage.sameAccount = false;
    stage.session.compareAccount(true);
    assert.equal(stage.messenger.logOut.count, 1);
    assert.deepEqual(stage.takeHeard(), ['hide the chat true', 'signing-out']);
    stage.messenger.logOut.resolve();
    await settled();
    assert.deepEqual(stage.takeHeard(), [
      'remember logged-out',
      'keep the account false',
      'tell the other tabs',
      'remember logged-out',
      'signed-out, loggedOut account',
    ]);
    stage.listener('loggedOut');
    assert.deepEqual(stage.takeHeard(), ['hide the chat false']);
  });

  it('in another tab is heard where the record says so', async () => {
    const stage = await signedIn();
    stage.recorded = 'logged-out';
    stage.session.hearLogout();
    assert.deepEqual(stage.heard, ['remember logged-out', 'signed-out, loggedOut elsewhere']);
  });

  for (const isTrue of [true, false])
    it(`in another tab that the record does not know yet is ${isTrue ? 'believed when it does' : 'not believed when it does not in time'}`, async () => {
      const stage = await signedIn();
      stage.recorded = 'signed-in';
      stage.session.hearLogout();
      assert.deepEqual(stage.heard, []);
      if (isTrue) stage.recorded = 'logged-out';
      stage.passes('record');
      assert.equal(stage.session.shown.status, isTrue ? 'signed-out' : 'signed-in');
    });

  it('by itself, when a session has expired: later pages may sign in silently', async () => {
    const stage = await signedIn();
    stage.canBeSilent = false;
    stage.listener('codeCalled', stage.calls(), true);
    assert.deepEqual(stage.heard, ['remember nothing', 'signed-out, loggedOut expired']);
  });

  it('while a code is redeemed: the session that comes of it is ended unseen, and a refusal of that breaks nothing', async () => {
    const stage = new Stage().ready(true);
    stage.listener('codeCalled', stage.calls(), true);
    stage.silent.resolve(grant);
    await settled();
    stage.takeHeard();
    stage.session.requestSignOut();
    stage.messenger.logOut.resolve();
    await settled();
    assert.ok(stage.takeHeard().includes('hide the chat true'));
    stage.listener('authenticated');
    assert.equal(stage.messenger.logOut.count, 2);
    stage.messenger.logOut.reject('Service unavailable');
    await settled();
    assert.equal(stage.session.shown.status, 'signed-out');
    assert.ok(!stage.heard.some((line) => line.includes('signedIn')));
  });
});

describe("Messenger's own sign-in entry", () => {
  it('is answered for every call when the visitor does not sign in', async () => {
    const stage = new Stage().ready();
    const calls = [stage.calls<Grant>(), stage.calls<Grant>()];
    for (const call of calls) stage.listener('signInCalled', call);
    stage.interactive.reject(failure('provider/denied'));
    await settled();
    assert.deepEqual(
      calls.map(({ answers }) => answers),
      [['rejected: provider/denied'], ['rejected: provider/denied']],
    );
  });

  it('lets an anonymous chat begin, and keeps the call that renews a session', () => {
    const stage = new Stage();
    stage.session.start();
    stage.listener('stepUpFound');
    stage.listener('messengerReady', false);
    const [first, renewal] = [stage.calls<Grant | undefined>(), stage.calls<Grant | undefined>()];
    stage.listener('codeCalled', renewal, true);
    stage.listener('codeCalled', first, false);
    assert.deepEqual([first.answers, renewal.answers], [[undefined], []]);
  });
});

describe('the page hears', () => {
  it('of a flaw, though nothing has changed', () => {
    const stage = new Stage().ready();
    stage.listener('flawFound', failure('messenger/removed'));
    assert.deepEqual(stage.heard, ['tell messenger/removed']);
    assert.equal(stage.session.shown.status, 'signed-out');
  });

  it('nothing twice', () => {
    const stage = new Stage().ready();
    stage.listener('anonymousChatBegan');
    stage.session.changeVisibility();
    assert.deepEqual(stage.heard, []);
  });

  it('with all that has changed, also where the status is the same', async () => {
    const stage = new Stage().ready(true);
    stage.listener('messengerRemoved');
    assert.deepEqual(stage.heard, ['failed, messenger/removed, and signed in, signInFailed']);
  });
});

describe('the trace', () => {
  it('has everything that happens and is done, in order and without a secret', async () => {
    const stage = new Stage();
    stage.session.start();
    stage.listener('messengerReady', false);
    stage.listener('codeCalled', stage.calls(), false);
    stage.session.requestSignIn();
    stage.interactive.resolve(grant);
    await settled();
    stage.listener('exchangeFailed', exchangeFailure({ status: 400 }));
    stage.listener('messengerFailed', failure('messenger/blocked', 'a.js'));
    const { now } = stage;
    assert.deepEqual(stage.trace, [
      'started true false',
      '→ start-messenger',
      'messengerReady false true',
      'codeCalled false',
      'signInRequested',
      '→ sign-in-interactively',
      `grantReceived 1 ${now}`,
      '→ answer-code',
      'exchangeFailed',
      'messengerFailed messenger/blocked: a.js',
    ]);
  });
});
