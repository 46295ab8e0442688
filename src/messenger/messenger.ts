import type { ErrorCode } from '../explanations.js';
import { failure } from '../failure.js';
import {
  type BusEvent,
  type DeploymentConfig,
  type Plugin,
  deploymentConfig,
  exchangeFailure,
  isUnknownCommand,
  logoutFailure,
} from './bus.js';
import type { MessengerListener } from './listener.js';
import { watchMessenger } from './nodes.js';
import { registerCommands } from './plugin.js';
import { type Deployment, genesysOf, loadSnippet } from './snippet.js';

/** How long Messenger may stay silent before we say so, in milliseconds. It may still come to life afterwards. */
const patience = 8_000;

/** What can be asked of Messenger; the session's actions of the same names ask it. */
export interface Messenger {
  /** @throws Failure `logout/incomplete`: Genesys Cloud did not confirm; the tokens are gone all the same */
  logOut(): Promise<void>;
  /** Makes Messenger call `getAuthCode` again after its call at start-up has ended (docs/messenger.md §4.1). */
  ask(): Promise<void>;
  /** Makes Messenger call `signIn` in an anonymous chat. */
  'step-up'(): Promise<void>;
  /** Makes Messenger, which has tokens, call `getAuthCode` and get others (docs/messenger.md §9). */
  renew(): Promise<void>;
  /** Opens the chat as soon as there is one. */
  'open-chat'(): void;
}

/**
 * Loads Messenger into the page and registers the AuthProvider plugin. There is no way back: script, bus and plugin
 * live until the page is left (docs/messenger.md §7).
 */
export function startMessenger(
  window: Window,
  deployment: Deployment,
  listener: MessengerListener,
): Messenger {
  let plugin: Plugin | undefined;
  let configured = false;
  const command = async (name: string): Promise<void> => {
    await plugin?.command(name, {});
  };

  loadSnippet(window, deployment, listener, whenRunning);

  function whenRunning(): void {
    // Messenger replaces the function that the snippet left: it is looked up afresh for every call.
    genesysOf(window)!('registerPlugin', 'AuthProvider', whenRegistered, () =>
      listener('messengerFailed', failure('messenger/plugin-taken', 'the other was first')),
    );
    watchStart(window, deployment, listener, () => {
      configured = true;
      whenReady();
    });
  }

  function whenRegistered(registered: Plugin): void {
    plugin = registered;
    if (isPagePlugin(window, 'AuthProvider'))
      listener('flawFound', failure('messenger/plugin-taken', 'this element was first'));
    registerCommands(plugin, listener, (name) => isPagePlugin(window, name));
    const on = (event: string, handle: (data: BusEvent['data']) => void) =>
      registered.subscribe(event, ({ data }) => handle(data ?? {}));
    on('Auth.authenticating', () => listener('exchangeBegan'));
    on('Auth.authenticated', () => listener('authenticated'));
    on('Auth.error', (data) => listener('exchangeFailed', exchangeFailure(data)));
    on('Auth.loggedOut', () => listener('loggedOut'));
    on('Auth.signInAvailable', () => listener('anonymousChatBegan'));
    on('MessagingService.started', ({ authenticated }) => {
      if (authenticated === false) listener('anonymousChatBegan');
    });
    on('Messenger.ready', () => watchMessenger(window, () => listener('messengerRemoved')));
    // By notes of third parties it ends the conversation; whether the session, too, is for Messenger to say.
    on('Messenger.cleared', () => registered.data('Auth.authenticated') === true || listener('loggedOut'));
    plugin.ready();
    whenReady();
  }

  /** The plugin is registered before the configuration is known, and only then it is known who is signed in. */
  function whenReady(): void {
    if (plugin && configured) listener('messengerReady', plugin.data('Auth.authenticated') === true);
  }

  /** A failed exchange rejects these commands, too; only where Messenger has no such command is another one asked. */
  const elseGetTokens = (reason: unknown): Promise<void> => {
    if (!isUnknownCommand(reason)) throw reason;
    return command('Auth.getTokens');
  };

  return {
    async logOut() {
      try {
        await command('Auth.logout');
      } catch (reason) {
        const unconfirmed = logoutFailure(reason);
        if (unconfirmed) throw unconfirmed;
      }
    },
    ask: () => command('GenesysJS.init').catch(elseGetTokens),
    // Without a conversation there is nothing to step up: then Messenger signs in as it does at start-up.
    'step-up': () => command('MessagingService.stepUpConversation').catch(elseGetTokens),
    renew: () => command('Auth.getTokens'),
    'open-chat'() {
      plugin?.subscribe('Messenger.ready', () => void command('Messenger.open').catch(() => {}));
    },
  };
}

/** As far as it can be known: those that the page has queued with its snippet stay in `Genesys.q`. */
function isPagePlugin(window: Window, name: string): boolean {
  const queued = Array.from<unknown>(genesysOf(window)?.q ?? []);
  return queued.some((call) => {
    const [verb, plugin] = Array.from(Object(call) as ArrayLike<unknown>);
    return verb === 'registerPlugin' && plugin === name;
  });
}

/**
 * Tells apart the ways in which Messenger stays silent (docs/messenger.md §1): most of them can be seen only by a
 * subscription made on the real function as soon as the script has run.
 */
function watchStart(
  window: Window,
  { deploymentId }: Deployment,
  listener: MessengerListener,
  whenConfigured: () => void,
): void {
  let domains = false;
  let config: DeploymentConfig | undefined;
  const on = (event: string, handle: (data: BusEvent['data']) => void) =>
    genesysOf(window)!('subscribe', `GenesysJS.${event}`, ({ data }) => handle(data ?? {}));
  const fail = (code: ErrorCode, detail?: string) => {
    window.clearTimeout(timer);
    listener('messengerFailed', failure(code, detail));
  };
  const timer = window.setTimeout(
    () => (domains ? fail('messenger/no-answer') : fail('messenger/deployment-not-found', deploymentId)),
    patience,
  );

  on('domainsReceived', () => (domains = true));
  on('domainNotAllowed', () => fail('messenger/domain-not-allowed', window.location.hostname));
  on('configurationReceived', (data) => (config = deploymentConfig(data)));
  on('ready', () => {
    if (!config) return fail('messenger/configuration-unavailable');
    const { status, auth } = config;
    if (typeof status === 'string' && status.toLowerCase() !== 'active')
      return fail('messenger/deployment-inactive');
    if (!auth?.enabled) return fail('messenger/authentication-off');
    window.clearTimeout(timer);
    if (auth.allowSessionUpgrade) listener('stepUpFound');
    whenConfigured();
  });
}
