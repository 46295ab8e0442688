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

  loadSnippet(window, deployment, whenRunning, listener.onFailed);

  function whenRunning(): void {
    // Messenger replaces the function that the snippet left: it is looked up afresh for every call.
    genesysOf(window)!('registerPlugin', 'AuthProvider', whenRegistered, () =>
      listener.onFailed(failure('messenger/plugin-taken')),
    );
    watchStart(window, deployment, listener, () => {
      configured = true;
      whenReady();
    });
  }

  function whenRegistered(registered: Plugin): void {
    plugin = registered;
    registerCommands(plugin, listener, (name) => isPagePlugin(window, name));
    const on = (event: string, handle: (data: BusEvent['data']) => void) =>
      registered.subscribe(event, ({ data }) => handle(data ?? {}));
    on('Auth.authenticating', () => listener.onExchangeBegan());
    on('Auth.authenticated', () => listener.onAuthenticated());
    on('Auth.error', (data) => listener.onExchangeFailed(exchangeFailure(data)));
    on('Auth.loggedOut', () => listener.onLoggedOut());
    on('Auth.signInAvailable', () => listener.onAnonymousChat());
    on('MessagingService.started', ({ authenticated }) => {
      if (authenticated === false) listener.onAnonymousChat();
    });
    plugin.ready();
    whenReady();
  }

  /** The plugin is registered before the configuration is known, and only then it is known who is signed in. */
  function whenReady(): void {
    if (plugin && configured) listener.onReady(plugin.data('Auth.authenticated') === true);
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
  };
}

/** As far as it can be known: those that the page has queued with its snippet stay in `Genesys.q`. */
function isPagePlugin({ Genesys }: Window, name: string): boolean {
  const queued = Array.from<unknown>(Genesys?.q ?? []);
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

  on('domainsReceived', () => (domains = true));
  on('domainNotAllowed', () => {
    window.clearTimeout(timer);
    listener.onFailed(failure('messenger/domain-not-allowed', window.location.hostname));
  });
  on('configurationReceived', (data) => (config = deploymentConfig(data)));
  on('ready', () => {
    window.clearTimeout(timer);
    if (!config) listener.onFailed(failure('messenger/configuration-unavailable'));
    else if (typeof config.status === 'string' && config.status.toLowerCase() !== 'active')
      listener.onFailed(failure('messenger/deployment-inactive'));
    else if (!config.auth?.enabled) listener.onFailed(failure('messenger/authentication-off'));
    else {
      if (config.auth.allowSessionUpgrade) listener.onStepUp();
      whenConfigured();
    }
  });
  const timer = window.setTimeout(() => {
    if (domains) listener.onFailed(failure('messenger/no-answer'));
    else listener.onFailed(failure('messenger/deployment-not-found', deploymentId));
  }, patience);
}
