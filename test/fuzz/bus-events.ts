/** Whatever is said on Messenger's bus, and whoever calls our commands: messenger.ts, plugin.ts and bus.ts. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe } from '../../src/explanations.js';
import { Failure } from '../../src/failure.js';
import type { BusEvent, CommandEvent, Plugin } from '../../src/messenger/bus.js';
import type { GenesysFunction } from '../../src/messenger/genesys.js';
import type { MessengerHappenings, MessengerListener } from '../../src/messenger/listener.js';
import { startMessenger } from '../../src/messenger/messenger.js';
import { regionOf } from '../../src/regions.js';
import { anything } from './made-up.js';

const deploymentId = '11111111-2222-3333-4444-555555555555';
const grant = { authCode: 'made-up-code', redirectUri: 'https://brand.example/', codeVerifier: 'made-up' };

const deploymentConfig = fc.oneof(
  fc.record(
    {
      status: fc.oneof(fc.constantFrom('Active', 'INACTIVE'), anything),
      auth: fc.oneof(
        fc.record(
          { enabled: fc.oneof(fc.boolean(), anything), allowSessionUpgrade: anything },
          { requiredKeys: [] },
        ),
        anything,
      ),
    },
    { requiredKeys: [] },
  ),
  anything,
);
const data = fc.oneof(
  fc.record({ deploymentConfig, forceUpdate: anything, authenticated: anything }, { requiredKeys: [] }),
  fc.record({ status: fc.oneof(fc.integer(), anything), contextId: anything, message: anything }),
  anything,
);
const event = fc.record({
  event: fc.constantFrom(
    'Auth.authenticated',
    'Auth.error',
    'Auth.loggedOut',
    'Auth.signInAvailable',
    'MessagingService.started',
    'GenesysJS.domainsReceived',
    'GenesysJS.domainNotAllowed',
    'GenesysJS.configurationReceived',
    'GenesysJS.configurationReceived',
    'GenesysJS.ready',
    'GenesysJS.ready',
  ),
  data,
});
const pagePlugin = 'Evil';
const call = fc.record({
  command: fc.constantFrom('getAuthCode', 'reAuthenticate', 'signIn'),
  commander: fc.oneof(
    fc.constantFrom<unknown>('Auth', 'auth', 'Auth ', ['Auth'], 'Genesys', pagePlugin, 'MessagingService'),
    anything,
  ),
  data,
});
const queue = fc.oneof(fc.array(fc.oneof(fc.array(anything), anything)), fc.constant(undefined));

export const property = fc.asyncProperty(
  fc.array(event, { maxLength: 5 }),
  fc.array(call, { maxLength: 3 }),
  queue,
  anything,
  async (events, calls, queue, refusal) => {
    const commands = new Map<string, (event: CommandEvent) => void>();
    const subscribers: { event: string; callback: (event: BusEvent) => void }[] = [];
    const published: string[] = [];
    const subscribe = (event: string, callback: (event: BusEvent) => void) =>
      void subscribers.push({ event, callback });
    const plugin: Plugin = {
      registerCommand: (name, handler) => void commands.set(name, handler),
      subscribe,
      publish: (event) => void published.push(event),
      command: () => Promise.reject(refusal),
      data: () => refusal,
      ready() {},
    };
    const Genesys = ((verb: string, name: string, callback: unknown) => {
      if (verb === 'subscribe') subscribe(name, callback as (event: BusEvent) => void);
      if (verb === 'registerPlugin') (callback as (plugin: Plugin) => void)(plugin);
    }) as GenesysFunction;
    Genesys.c = { deploymentId, environment: 'prod-euc1' };
    Genesys.q = [...(queue ?? []), ['registerPlugin', pagePlugin]];
    Object.assign(globalThis, { Document: NoScripts, MutationObserver: NothingChanges });
    const window = {
      Genesys,
      _genesysJs: 'Genesys',
      document: new NoScripts(),
      location: { hostname: 'brand.example' },
      setTimeout: () => 1,
      clearTimeout() {},
    };
    const messenger = startMessenger(
      window as unknown as Window,
      { deploymentId, region: regionOf('prod-euc1', 'brand.example')! },
      listener,
    );

    for (const { event, data } of events)
      for (const subscriber of subscribers)
        if (subscriber.event === event) subscriber.callback({ event, data: data as BusEvent['data'] });

    for (const { command, commander, data } of calls) {
      const answers: unknown[] = [];
      commands.get(command)!({
        commander: commander as string,
        data: data as CommandEvent['data'],
        resolve: (answer) => void answers.push(answer),
        reject: (reason) => assert.equal(typeof reason, 'string'),
      });
      // Which of Messenger's plugins calls signIn is not documented: there only the page's own are refused.
      const allowed =
        command === 'signIn' ? commander !== 'Genesys' && commander !== pagePlugin : commander === 'Auth';
      if (allowed) assert.deepEqual(answers, [grant]);
      else assert.deepEqual(answers, [], `${command} was answered to another`);
    }
    const served = calls.some(
      ({ command, commander }) => command === 'signIn' && commander !== 'Genesys' && commander !== pagePlugin,
    );
    if (!served) assert.deepEqual(published, []);

    try {
      await messenger.logOut();
    } catch (reason) {
      assert.ok(reason instanceof Failure, `not a failure: ${typeof reason}`);
      assert.equal(reason.code, 'logout/incomplete');
    }
  },
);

/** The session's place: it hands over what it has, at once. */
const heard: { [Name in keyof MessengerHappenings]: (...values: MessengerHappenings[Name]) => void } = {
  messengerReady: (authenticated) => assert.equal(typeof authenticated, 'boolean'),
  stepUpFound() {},
  anonymousChatBegan() {},
  messengerFailed: (reason) => checkFailure(reason, /^messenger\//),
  messengerRemoved() {},
  flawFound: (reason) => checkFailure(reason, /^(messenger\/plugin-taken|configuration\/conflict)$/),
  codeCalled(call, forced) {
    assert.equal(typeof forced, 'boolean');
    call.resolve(grant);
  },
  reAuthenticateCalled: (call) => call.resolve(grant),
  signInCalled: (call) => call.resolve(grant),
  exchangeBegan() {},
  authenticated() {},
  exchangeFailed({ reason, callsAgain }) {
    assert.equal(typeof callsAgain, 'boolean');
    checkFailure(reason, /^exchange\//);
    const { contextId } = describe(reason);
    if (contextId !== undefined) assert.match(contextId, /^[\w-]{1,64}$/);
  },
  loggedOut() {},
};
const listener: MessengerListener = (name, ...values) => heard[name](...values);

function checkFailure(reason: Failure, code: RegExp): void {
  assert.ok(reason instanceof Failure);
  assert.match(reason.code, code);
}

/** A page without a script of Messenger's: the function that is there is the real one. */
class NoScripts {
  querySelectorAll() {
    return [];
  }
}

/** Nothing is put into that page, and nothing taken away. */
class NothingChanges {
  observe(): void {}
}
