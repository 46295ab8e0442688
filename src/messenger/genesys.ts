/**
 * `window.Genesys`, for the page's own code as for ours: what Messenger documents, and what was seen of it
 * (docs/messenger.md §§2–5). Plugins, commands and events that are not named here have a general type.
 */

/** The commands of Messenger, with the data that each takes and the answer that it gives. */
export interface GenesysCommands {
  'Auth.logout'(): { status: number; statusText: string; data: unknown };
  /** Of no use to a page: each call needs a code of its own. */
  'Auth.getTokens'(): GenesysTokens | undefined;
  'Auth.refreshToken'(): GenesysTokens | undefined;
  'Auth.reAuthenticate'(): GenesysTokens | undefined;
  /** Replaces what is there under the same names. */
  'Database.set'(data: GenesysAttributes): unknown;
  'Database.update'(data: GenesysAttributes): unknown;
  /** All of it without a name. */
  'Database.get'(data: { name?: string }): unknown;
  'Database.remove'(data: { name: string }): unknown;
  /** Only with the launcher's visibility OnDemand. */
  'Launcher.show'(): unknown;
  'Launcher.hide'(): unknown;
  /** Fails until the chat has loaded. */
  'Messenger.open'(): unknown;
  'Messenger.close'(): unknown;
  /** Ends the conversation in this browser. By notes of third parties; not in 2.2.8. */
  'Messenger.clear'(): unknown;
  'MessagingService.stepUpConversation'(): unknown;
}

/** The events of Messenger, with the data that each brings. */
export interface GenesysEvents {
  /** Every `….ready` is told to late subscribers, too. */
  'Auth.ready': Record<string, unknown>;
  /** Holds the authorization code: never log it or pass it on. */
  'Auth.authenticating': { authCode: string; redirectUri: string };
  /** Holds the tokens: never log them or pass them on. */
  'Auth.authenticated': GenesysTokens;
  'Auth.loggedOut': Record<string, unknown>;
  'Auth.authError': Record<string, unknown>;
  'Auth.authProviderError': Record<string, unknown>;
  /** What Genesys Cloud answered; nothing of it when no answer came. */
  'Auth.error': { status?: number; code?: string; message?: string; contextId?: string };
  'Auth.logoutError': { status?: number };
  'Auth.signInAvailable': Record<string, unknown>;
  'Auth.signingIn': Record<string, unknown>;
  'Auth.signedIn': Record<string, unknown>;
  'Auth.signInFailed': Record<string, unknown>;
  'Database.ready': Record<string, unknown>;
  'Database.updated': GenesysAttributes;
  'Database.removed': { name?: string };
  'GenesysJS.ready': Record<string, unknown>;
  'GenesysJS.domainsReceived': Record<string, unknown>;
  'GenesysJS.domainNotAllowed': Record<string, unknown>;
  'GenesysJS.configurationReceived': {
    deploymentConfig: Record<string, unknown>;
    snippetConfig: GenesysSnippetConfig;
  };
  'MessagingService.ready': Record<string, unknown>;
  /** `authenticated` is false in an anonymous chat. */
  'MessagingService.started': { authenticated?: boolean };
  'MessagingService.messagesReceived': { messages: readonly { text?: string; direction?: string }[] };
  'MessagingService.steppedUpConversation': Record<string, unknown>;
  /** The chat is there, and can be opened. */
  'Messenger.ready': Record<string, unknown>;
  'Messenger.opened': Record<string, unknown>;
  'Messenger.closed': Record<string, unknown>;
  'Messenger.cleared': Record<string, unknown>;
}

/** What Messenger holds for a visitor who is signed in. */
export interface GenesysTokens {
  jwt: string;
  refreshToken?: string;
}

/** What the page says of the visitor, for flows and agents. */
export interface GenesysAttributes {
  messaging: { customAttributes: Record<string, unknown> };
}

/** `Genesys.c`. */
export interface GenesysSnippetConfig {
  environment?: string;
  deploymentId?: string;
  debug?: boolean;
}

/** Names that are known, for editors to offer, and any other. */
type NameOf<Known> = keyof Known | (string & Record<never, never>);

export type GenesysCommandData<Name> = Name extends keyof GenesysCommands
  ? Parameters<GenesysCommands[Name]> extends [infer Data]
    ? Data
    : Record<string, unknown>
  : Record<string, unknown>;

export type GenesysAnswer<Name> = Name extends keyof GenesysCommands
  ? ReturnType<GenesysCommands[Name]>
  : unknown;

/** What a subscriber gets. */
export interface GenesysEvent<Name = string> {
  /** Milliseconds since 1970. */
  time: number;
  /** A plugin's name. */
  publisher: string;
  /** `Plugin.event`. */
  event: Name;
  data: Name extends keyof GenesysEvents ? GenesysEvents[Name] : Record<string, unknown>;
}

/** What the handler of a command gets. The first `resolve` or `reject` counts, and there is no time limit. */
export interface GenesysCommandRequest {
  /** Milliseconds since 1970. */
  time: number;
  /** Who calls: the name of a plugin, or `Genesys` for the page. */
  commander: string;
  /** `Plugin.command`. */
  command: string;
  data: Record<string, unknown>;
  resolve(answer?: unknown): void;
  /** Needs a reason, which is printed to the console: no secret. */
  reject(reason: unknown): void;
}

/** A plugin, as `registerPlugin` hands it to its author. */
export interface GenesysPlugin {
  readonly namespace: string;
  /** Announces the plugin: what was asked of it until now is done. */
  ready(): void;
  publish(event: string, data?: object): void;
  /** As `publish`; whoever subscribes later gets the event at once. */
  republish(event: string, data?: object): void;
  subscribe<Name extends NameOf<GenesysEvents>>(
    event: Name,
    callback: (event: GenesysEvent<Name>) => void,
  ): unknown;
  unsubscribe(event: string): unknown;
  command<Name extends NameOf<GenesysCommands>>(
    name: Name,
    data?: GenesysCommandData<Name>,
  ): Promise<GenesysAnswer<Name>>;
  registerCommand(name: string, handler: (request: GenesysCommandRequest) => void): void;
  registerEvents(...names: string[]): void;
  before(command: string, handler: (request: GenesysCommandRequest) => void): void;
  /** Reads `name` of this plugin or `Plugin.name` of another; with a value, writes the plugin's own. */
  data(name: string, value?: unknown): unknown;
  log(...values: unknown[]): void;
  registry(): unknown;
  subscribers(event: string): unknown;
}

/**
 * The function that Messenger's snippet leaves and its script replaces: call `window.Genesys` afresh each time. It returns
 * nothing, whatever it is asked.
 */
export interface GenesysFunction {
  /** Without data give `{}`: Messenger's line 2.2.8 looks for the callbacks only behind data. */
  <Name extends NameOf<GenesysCommands>>(
    verb: 'command',
    name: Name,
    data?: GenesysCommandData<Name>,
    onOk?: (answer: GenesysAnswer<Name>) => void,
    onFail?: (reason: unknown) => void,
  ): void;
  <Name extends NameOf<GenesysEvents>>(
    verb: 'subscribe',
    event: Name,
    callback: (event: GenesysEvent<Name>) => void,
  ): void;
  /** `onFail` when the name is taken. */
  (
    verb: 'registerPlugin',
    name: string,
    callback: (plugin: GenesysPlugin) => void,
    onFail?: (reason: unknown) => void,
  ): void;
  /** Calls made before the script ran. */
  q?: unknown[];
  t?: number;
  c?: GenesysSnippetConfig;
}

/** What the snippet leaves in a page; missing until it has run. */
export interface GenesysWindow {
  Genesys?: GenesysFunction;
  /** The name of the function, where it is not `Genesys`. */
  _genesysJs?: string;
}

declare global {
  // Inherited, so that a page may declare a `Genesys` of its own: what an interface itself says comes first.
  interface Window extends GenesysWindow {}
}
