import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describe as inWords } from '../../../src/explanations.js';
import type { Failure } from '../../../src/failure.js';
import type { Call, MessengerListener } from '../../../src/messenger/listener.js';
import { startMessenger } from '../../../src/messenger/messenger.js';
import { regionOf } from '../../../src/regions.js';
import { observeWith } from './observe.js';

const deploymentId = '4fcb0d6d-5b0d-4f4c-8d30-6b7a9d2b6f11';
const region = regionOf('euc1', 'brand.example')!;

/** How long Messenger may be silent, in milliseconds. */
const patience = 8_000;

type Handle = (event: { data: unknown }) => void;
type Registering = [done: (plugin: object) => void, refused: () => void];

/** A command of a plugin's, and how it was answered. */
class Request {
  readonly answers: unknown[] = [];
  readonly refusals: unknown[] = [];
  readonly resolve = (answer?: unknown) => void this.answers.push(answer);
  readonly reject = (reason?: unknown) => void this.refusals.push(reason);

  constructor(
    readonly commander: string,
    readonly data?: unknown,
  ) {}
}

class TestDocument {
  readonly head = {};
  readonly documentElement = {};
  readonly body = {};
}
// As in a browser, where they are the prototype's.
for (const name of ['head', 'documentElement', 'body'])
  Object.defineProperty(TestDocument.prototype, name, { value: {} });
Object.assign(TestDocument.prototype, {
  querySelectorAll: (selector: string) => (selector === 'script' ? [] : nodes),
});

/** What Messenger has put into the page. */
let nodes: { isConnected: boolean }[] = [];

/** A page in which Messenger runs already, and what it tells us there. */
class Stage {
  readonly heard: unknown[][] = [];
  readonly asked: unknown[][] = [];
  readonly published: unknown[][] = [];
  readonly data: Record<string, unknown> = {};
  readonly timers = new Map<number, { fire: () => void; time: number }>();
  /** How a command ends. */
  answer: (name: string) => Promise<unknown> = () => Promise.resolve();
  readonly #subscribers = new Map<string, Handle>();
  readonly #handlers = new Map<string, (request: Request) => void>();
  #registers?: Registering;
  readonly window: Window;
  readonly messenger;

  /** @param queue what the page's snippet has kept */
  constructor(queue: unknown = []) {
    const genesys = Object.assign(
      (verb: string, name: string, ...rest: never[]) => {
        if (verb === 'subscribe') this.#subscribers.set(name, rest[0]!);
        else if (verb === 'registerPlugin') {
          assert.equal(name, 'AuthProvider');
          this.#registers = rest as unknown as Registering;
        }
      },
      { c: { environment: 'euc1', deploymentId }, q: queue },
    );
    this.window = {
      location: { hostname: 'brand.example' },
      document: new TestDocument(),
      Genesys: genesys,
      _genesysJs: 'Genesys',
      setTimeout: (fire: () => void, time: number) => {
        const id = this.timers.size + 1;
        this.timers.set(id, { fire, time });
        return id;
      },
      clearTimeout: (id: number) => this.timers.delete(id),
    } as unknown as Window;
    const listener = ((...told: unknown[]) => void this.heard.push(told)) as MessengerListener;
    this.messenger = startMessenger(this.window, { deploymentId, region }, listener);
  }

  readonly #plugin = {
    subscribe: (event: string, handle: Handle) => this.#subscribers.set(event, handle),
    registerCommand: (name: string, handle: (request: Request) => void) => this.#handlers.set(name, handle),
    publish: (...event: unknown[]) => this.published.push(event),
    command: (...command: unknown[]) => {
      this.asked.push(command);
      return this.answer(command[0] as string);
    },
    data: (name: string) => this.data[name],
    ready: () => this.asked.push(['ready']),
  };

  /** Messenger has registered our plugin, or refuses it. */
  registers(): this {
    this.#registers![0](this.#plugin);
    assert.deepEqual(this.asked.splice(0), [['ready']]);
    return this;
  }

  refuses(): void {
    this.#registers![1]();
  }

  says(event: string, data?: object): this {
    this.#subscribers.get(event)!({ data });
    return this;
  }

  configures(config?: object): this {
    if (config) this.says('GenesysJS.configurationReceived', { deploymentConfig: config });
    return this.says('GenesysJS.ready');
  }

  calls(name: string, request: Request): Request {
    this.#handlers.get(name)!(request);
    return request;
  }

  /** What we heard last, and since the last time that this was asked. */
  news(): unknown[][] {
    return this.heard.splice(0);
  }

  /** The failure that was the only news. */
  failure(name = 'messengerFailed'): { code: string; message: string; detail?: string | undefined } {
    const [[told, reason] = [], ...more] = this.news();
    assert.deepEqual([told, more], [name, []]);
    const { code, message } = inWords(reason as Failure);
    return { code, message, detail: (reason as Failure).detail };
  }
}

const active = { status: 'Active', auth: { enabled: true } };
const stepUp = { status: 'active', auth: { enabled: true, allowSessionUpgrade: true } };

/** The page's nodes have changed. */
let changes = () => {};
class Observer {
  constructor(notice: () => void) {
    changes = notice;
  }
  observe(): void {}
}

describe('Messenger', () => {
  observeWith(Observer);

  describe('Messenger is ready, docs/messenger.md §1', () => {
    it('when the plugin is registered and the configuration known, in either order', () => {
      const stage = new Stage().registers();
      assert.deepEqual(stage.news(), []);
      stage.configures(active);
      assert.deepEqual(stage.news(), [['messengerReady', false]]);

      const other = new Stage().configures(active);
      assert.deepEqual(other.news(), []);
      other.registers();
      assert.deepEqual(other.news(), [['messengerReady', false]]);
    });

    it('and holds tokens of an earlier visit', () => {
      const stage = new Stage();
      stage.data['Auth.authenticated'] = true;
      stage.registers().configures(active);
      assert.deepEqual(stage.news(), [['messengerReady', true]]);
    });

    it('of a step-up deployment', () => {
      const stage = new Stage().registers().configures(stepUp);
      assert.deepEqual(stage.news(), [['stepUpFound'], ['messengerReady', false]]);
    });

    it('which ends the wait for it', () => {
      const stage = new Stage().registers();
      assert.deepEqual(
        [...stage.timers.values()].map(({ time }) => time),
        [patience],
      );
      stage.configures(active);
      assert.equal(stage.timers.size, 0);
    });

    for (const [what, config, code] of [
      ['without a configuration', undefined, 'messenger/configuration-unavailable'],
      ['of an inactive deployment', { ...active, status: 'Inactive' }, 'messenger/deployment-inactive'],
      ['with authentication off', { status: 'Active', auth: {} }, 'messenger/authentication-off'],
      ['without a word of authentication', { status: 'Active' }, 'messenger/authentication-off'],
    ] as const)
      it(`${what}: ${code}, told once`, () => {
        const stage = new Stage().registers().configures(config);
        assert.equal(stage.failure().code, code);
        assert.equal(stage.timers.size, 0);
      });

    it('of a deployment that says nothing of its status', () => {
      assert.deepEqual(
        new Stage()
          .registers()
          .configures({ auth: { enabled: true } })
          .news(),
        [['messengerReady', false]],
      );
    });

    it('and is not: this host is not allowed', () => {
      const stage = new Stage().registers().says('GenesysJS.domainNotAllowed');
      assert.deepEqual(stage.timers.size, 0);
      assert.match(stage.failure().message, /brand\.example/);
    });

    it('and is silent: nobody knows the deployment, or it answers no more', () => {
      const unknown = new Stage();
      unknown.timers.get(1)!.fire();
      const { code, detail } = unknown.failure();
      assert.deepEqual([code, detail], ['messenger/deployment-not-found', deploymentId]);

      const silent = new Stage().says('GenesysJS.domainsReceived');
      silent.timers.get(1)!.fire();
      assert.equal(silent.failure().code, 'messenger/no-answer');
    });
  });

  describe('Another AuthProvider', () => {
    it('was first', () => {
      const stage = new Stage();
      stage.refuses();
      const { code, detail } = stage.failure();
      assert.deepEqual([code, detail], ['messenger/plugin-taken', 'the other was first']);
    });

    it('comes later, by the queue of the page’s snippet', () => {
      const stage = new Stage({ 0: { 0: 'registerPlugin', 1: 'AuthProvider', length: 2 }, length: 1 });
      stage.registers();
      const { code, detail } = stage.failure('flawFound');
      assert.deepEqual([code, detail], ['messenger/plugin-taken', 'this element was first']);
    });

    it('is none of those: a plugin of another name, another verb, and what is no call at all', () => {
      const queue = [['registerPlugin', 'Brand'], ['subscribe', 'AuthProvider'], undefined, null, 7];
      assert.deepEqual(new Stage(queue).registers().news(), []);
      assert.deepEqual(new Stage(null).registers().news(), []);
    });
  });

  describe('What Messenger says reaches the session', () => {
    for (const [event, data, told] of [
      ['Auth.authenticating', {}, [['exchangeBegan']]],
      ['Auth.authenticated', {}, [['authenticated']]],
      ['Auth.loggedOut', {}, [['loggedOut']]],
      ['Auth.signInAvailable', {}, [['anonymousChatBegan']]],
      ['MessagingService.started', { authenticated: false }, [['anonymousChatBegan']]],
      ['MessagingService.started', { authenticated: true }, []],
      ['MessagingService.started', undefined, []],
      ['Messenger.cleared', {}, [['loggedOut']]],
    ] as const)
      it(`${event} ${JSON.stringify(data) ?? ''}`, () => {
        assert.deepEqual(new Stage().registers().says(event, data).news(), told);
      });

    it('Messenger.cleared while the visitor is signed in: only the conversation has ended', () => {
      const stage = new Stage().registers();
      stage.data['Auth.authenticated'] = true;
      assert.deepEqual(stage.says('Messenger.cleared').news(), []);
    });

    it('Auth.error', () => {
      const [[name, failed] = [], ...more] = new Stage()
        .registers()
        .says('Auth.error', { status: 401 })
        .news();
      assert.deepEqual([name, more], ['exchangeFailed', []]);
      const { reason, callsAgain } = failed as { reason: Failure; callsAgain: boolean };
      assert.deepEqual([reason.code, callsAgain], ['exchange/refused', true]);
    });
  });

  it('is removed by a router: the session is told', (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const chat = { isConnected: true };
    nodes = [chat];
    const stage = new Stage().registers().says('Messenger.ready');
    chat.isConnected = false;
    nodes = [];
    changes();
    t.mock.timers.runAll();
    assert.deepEqual(stage.news(), [['messengerRemoved']]);
  });

  describe('What the session asks of Messenger', () => {
    it('before the plugin is registered, goes nowhere and hurts nobody', async () => {
      const { messenger, asked } = new Stage();
      await messenger.ask();
      await messenger.renew();
      await messenger.logOut();
      messenger['open-chat']();
      assert.deepEqual(asked, []);
    });

    for (const [way, command] of [
      ['ask', 'GenesysJS.init'],
      ['step-up', 'MessagingService.stepUpConversation'],
    ] as const)
      describe(way, () => {
        it(`is ${command}`, async () => {
          const stage = new Stage().registers();
          await stage.messenger[way]();
          assert.deepEqual(stage.asked, [[command, {}]]);
        });

        for (const refusal of ['Command does not exist', 'Plugin does not exist'])
          it(`is Auth.getTokens where Messenger says “${refusal}”`, async () => {
            const stage = new Stage().registers();
            stage.answer = async (name) => {
              if (name === command) throw refusal;
            };
            await stage.messenger[way]();
            assert.deepEqual(
              stage.asked.map(([name]) => name),
              [command, 'Auth.getTokens'],
            );
          });

        it('fails where Messenger fails, and asks for nothing else', async () => {
          const stage = new Stage().registers();
          stage.answer = () => Promise.reject('exchange failed');
          await assert.rejects(stage.messenger[way](), (reason) => reason === 'exchange failed');
          assert.equal(stage.asked.length, 1);
        });
      });

    it('renew is Auth.getTokens', async () => {
      const stage = new Stage().registers();
      await stage.messenger.renew();
      assert.deepEqual(stage.asked, [['Auth.getTokens', {}]]);
    });

    it('logOut is Auth.logout, and fails where Genesys Cloud does not confirm it', async () => {
      const stage = new Stage().registers();
      await stage.messenger.logOut();
      assert.deepEqual(stage.asked, [['Auth.logout', {}]]);
      stage.answer = () => Promise.reject({ message: 'Service unavailable' });
      await assert.rejects(stage.messenger.logOut(), { code: 'logout/incomplete' });
      stage.answer = () => Promise.reject('user is not authenticated');
      await stage.messenger.logOut();
    });

    it('open-chat waits for the chat; one that cannot be opened hurts nobody', async () => {
      const stage = new Stage().registers();
      stage.answer = () => Promise.reject('not loaded');
      stage.messenger['open-chat']();
      assert.deepEqual(stage.asked, []);
      stage.says('Messenger.ready');
      await Promise.resolve();
      assert.deepEqual(stage.asked, [['Messenger.open', {}]]);
    });
  });

  describe('The commands of the plugin, docs/messenger.md §4', () => {
    const grant = { authCode: 'code', codeVerifier: 'verifier' };
    /** The call that the session was handed, which was the last news. */
    const callOf = (stage: Stage, name: string) => {
      const [told, call, ...more] = stage.news().at(-1)!;
      assert.equal(told, name);
      return { call: call as Call<unknown>, more };
    };

    for (const name of ['getAuthCode', 'reAuthenticate'])
      it(`${name} is for Messenger's Auth alone`, () => {
        const stage = new Stage().registers();
        for (const commander of ['Genesys', 'Brand', 'AuthProvider', '']) {
          const { refusals } = stage.calls(name, new Request(commander));
          assert.deepEqual(refusals, ['For Messenger only']);
        }
        assert.deepEqual(stage.news(), []);
      });

    it('signIn is neither for the page nor for a plugin of its own', () => {
      const stage = new Stage([['registerPlugin', 'Brand']]).registers();
      for (const commander of ['Genesys', 'Brand']) {
        const { refusals } = stage.calls('signIn', new Request(commander));
        assert.deepEqual(refusals, ['For Messenger only']);
      }
      assert.deepEqual(stage.news(), []);
    });

    it('signIn is for Messenger, also where the page has taken its function away', () => {
      const stage = new Stage().registers();
      Reflect.deleteProperty(stage.window, 'Genesys');
      stage.calls('signIn', new Request('Launcher'));
      callOf(stage, 'signInCalled');
    });

    it('getAuthCode is handed on; its answer is a copy', () => {
      const stage = new Stage().registers();
      const request = stage.calls('getAuthCode', new Request('Auth'));
      const { call, more } = callOf(stage, 'codeCalled');
      assert.deepEqual(more, [false]);
      call.resolve(grant);
      assert.deepEqual(request.answers, [grant]);
      assert.notEqual(request.answers[0], grant);
      call.reject('later');
      assert.deepEqual(request.refusals, ['later']);
    });

    for (const [forceUpdate, forced] of [
      [true, true],
      [false, false],
      ['true', false],
    ] as const)
      it(`getAuthCode with forceUpdate ${JSON.stringify(forceUpdate)}`, () => {
        const stage = new Stage().registers();
        stage.calls('getAuthCode', new Request('Auth', { forceUpdate }));
        assert.deepEqual(callOf(stage, 'codeCalled').more, [forced]);
      });

    it('getAuthCode tells of a step-up deployment, before it asks', () => {
      const stage = new Stage().registers();
      stage.calls('getAuthCode', new Request('Auth', { deploymentConfig: stepUp }));
      assert.deepEqual(
        stage.news().map(([name]) => name),
        ['stepUpFound', 'codeCalled'],
      );
      stage.calls('getAuthCode', new Request('Auth', { deploymentConfig: {} }));
      assert.deepEqual(
        stage.news().map(([name]) => name),
        ['codeCalled'],
      );
    });

    it('reAuthenticate is handed on as it is', () => {
      const stage = new Stage().registers();
      const request = stage.calls('reAuthenticate', new Request('Auth'));
      assert.equal(callOf(stage, 'reAuthenticateCalled').call, request);
    });

    it('signIn is answered, and the answer is an event, too', () => {
      const stage = new Stage().registers();
      const request = stage.calls('signIn', new Request('Launcher'));
      const { call } = callOf(stage, 'signInCalled');
      call.resolve(grant);
      assert.deepEqual(request.answers, [grant]);
      assert.notEqual(request.answers[0], grant);
      assert.deepEqual(stage.published, [['signedIn', grant]]);
      assert.notEqual(stage.published[0]![1], grant);
    });

    it('signIn is refused, and the refusal is an event, too', () => {
      const stage = new Stage().registers();
      const request = stage.calls('signIn', new Request('Launcher'));
      callOf(stage, 'signInCalled').call.reject('popup/closed');
      assert.deepEqual(request.refusals, ['popup/closed']);
      assert.deepEqual(stage.published, [['signInFailed', { message: 'popup/closed' }]]);
    });
  });
});
