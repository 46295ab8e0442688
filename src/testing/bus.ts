import { later } from './turns.js';
import type { Page, Profile } from './types.js';

/** The data of a command or an event: always an object, `{}` when none was given (docs/messenger.md §3). */
export type Payload = Record<string, unknown>;

/** What a subscriber gets (docs/messenger.md §3). */
export interface BusEvent {
  /** Milliseconds since 1970. */
  time: number;
  publisher: string;
  /** `Plugin.name`. */
  event: string;
  data: Payload;
}

/** What the handler of a command gets (docs/messenger.md §3). The first `resolve` or `reject` counts. */
export interface CommandRequest {
  /** Milliseconds since 1970. */
  time: number;
  /** The plugin that calls, or `Genesys` for a call through the global function. */
  commander: string;
  /** `Plugin.name`. */
  command: string;
  data: Payload;
  resolve(value?: unknown): void;
  reject(reason?: unknown): void;
}

export type CommandHandler = (request: CommandRequest) => unknown;
export type EventCallback = (event: BusEvent) => unknown;

/** What `registerPlugin` hands to its callback (docs/messenger.md §3). */
export interface Plugin {
  readonly namespace: string;
  publish(event: string, data?: unknown): void;
  /** As `publish`, and whoever subscribes later gets the event at once. */
  republish(event: string, data?: unknown): void;
  subscribe(event: string, callback: EventCallback): string;
  /** Removes every subscription of this plugin to the event. `false` if there was none. */
  unsubscribe(event: string): boolean;
  command(command: string, data?: unknown): Promise<unknown>;
  /** Runs a handler before each call of a command; the command waits until it resolves and fails if it rejects. */
  before(command: string, handler: CommandHandler): void;
  registerCommand(name: string, handler: CommandHandler): void;
  registerEvents(...names: string[]): void;
  /** Reads `Plugin.key` of any plugin or `key` of this one; writes its own `key` unless the value is null or undefined. */
  data(key: string, value?: unknown): unknown;
  /** Announces the plugin: `X.ready` is republished, and the commands that waited for it are run. */
  ready(): void;
  log(...values: unknown[]): void;
  /** The names of all registered plugins. */
  registry(): string[];
  /** The names of all who subscribed to an event. */
  subscribers(event: string): string[];
}

/** The page's global function, in its three forms (docs/messenger.md §2). It never returns anything. */
export type GenesysFunction = (verb: unknown, ...args: unknown[]) => void;

interface Registration {
  readonly plugin: Plugin;
  readonly commands: Map<string, CommandHandler>;
  readonly data: Map<string, unknown>;
  waiting: (() => void)[];
  ready: boolean;
}

interface Subscription {
  readonly subscriber: string;
  readonly callback: EventCallback;
}

const isObject = (value: unknown): value is Payload => typeof value === 'object' && value !== null;
const isFunction = (value: unknown): value is (argument?: unknown) => unknown => typeof value === 'function';
const payload = (value: unknown): Payload => (isObject(value) ? value : {});

/** Splits `Plugin.name` at its first dot; a name without one belongs to whoever says it. */
function split(name: string, speaker: string): [namespace: string, key: string] {
  const dot = name.indexOf('.');
  return dot < 0 ? [speaker, name] : [name.slice(0, dot), name.slice(dot + 1)];
}

/** Messenger's plugin bus: plugins, commands and events of one page (docs/messenger.md §§2–3). */
export class Bus {
  readonly #page: Page;
  readonly #profile: Profile;
  readonly #debug: boolean;
  readonly #plugins = new Map<string, Registration>();
  readonly #subscriptions = new Map<string, Subscription[]>();
  readonly #republished = new Map<string, BusEvent>();
  readonly #hooks = new Map<string, CommandHandler[]>();

  /** Once Messenger has frames, payloads reach them by structured clone: what cannot be cloned throws. */
  hasFrames = false;

  constructor(page: Page, profile: Profile, debug = false) {
    this.#page = page;
    this.#profile = profile;
    this.#debug = debug;
  }

  /** The global function. Unknown verbs do nothing: there is no `unsubscribe`, `publish` or `data`. */
  readonly genesys: GenesysFunction = (verb, ...args) => {
    const [name, second, third, fourth] = args;
    if (verb === 'command') {
      // 2.2.8 takes callbacks only after data (docs/messenger.md §2).
      const withoutData = isFunction(second) && this.#profile !== '2.2.8';
      const [onOk, onFail] = withoutData ? [second, third] : [third, fourth];
      // As the promise has it: before the events that were published while the command ran (docs/messenger.md §3).
      void this.command('Genesys', String(name), second).then(
        isFunction(onOk) ? onOk : () => {},
        isFunction(onFail) ? onFail : () => {},
      );
    } else if (verb === 'subscribe') {
      this.#subscribe('Genesys', String(name), second as EventCallback);
    } else if (verb === 'registerPlugin') {
      const plugin = this.register(String(name));
      const taken = `%cCan't register plugin ${String(name)} -- Name is already taken`;
      const [callback, argument] = plugin ? [second, plugin] : [third, taken];
      this.#later(callback, argument);
    }
  };

  /** Registers a plugin; `undefined` if its name is taken. */
  register(namespace: string): Plugin | undefined {
    if (this.#plugins.has(namespace)) return undefined;
    const plugin: Plugin = {
      namespace,
      publish: (event, data) => void this.#publish(namespace, event, data),
      republish: (event, data) => {
        const envelope = this.#publish(namespace, event, data);
        this.#republished.set(envelope.event, envelope);
      },
      subscribe: (event, callback) => this.#subscribe(namespace, event, callback),
      unsubscribe: (event) => this.#unsubscribe(namespace, event),
      command: (command, data) => this.command(namespace, command, data),
      before: (command, handler) => {
        this.#hooks.set(command, [...(this.#hooks.get(command) ?? []), handler]);
      },
      registerCommand: (name, handler) => void registration.commands.set(name, handler),
      registerEvents: () => {},
      data: (key, value) => this.#data(registration, key, value),
      ready: () => {
        registration.ready = true;
        plugin.republish('ready');
        // Once those who subscribed have heard of it: `Auth.ready` comes before `getAuthCode` (§4.1).
        this.#later(() => {
          for (const run of registration.waiting.splice(0)) run();
        });
      },
      log: (...values) => {
        if (this.#debug) this.#page.console.log(`[${namespace}]`, ...values);
      },
      registry: () => [...this.#plugins.keys()],
      subscribers: (event) => (this.#subscriptions.get(event) ?? []).map(({ subscriber }) => subscriber),
    };
    const registration: Registration = {
      plugin,
      commands: new Map(),
      data: new Map(),
      waiting: [],
      ready: false,
    };
    this.#plugins.set(namespace, registration);
    return plugin;
  }

  /** Waits until a plugin has called `ready()`, and until those have heard of it who subscribed. */
  whenReady(namespace: string): Promise<void> {
    const registration = this.#plugins.get(namespace)!;
    return new Promise((resolve) => {
      if (registration.ready) this.#later(resolve);
      else registration.waiting.push(resolve);
    });
  }

  /** Calls a command. The reason of every failure is printed (docs/messenger.md §2); there is no time-out. */
  async command(commander: string, command: string, data?: unknown): Promise<unknown> {
    try {
      return await this.#perform(commander, command, payload(data));
    } catch (reason) {
      this.#page.console.error(reason);
      throw reason;
    }
  }

  #perform(commander: string, command: string, data: Payload): Promise<unknown> {
    const [namespace, name] = split(command, commander);
    const registration = this.#plugins.get(namespace);
    if (!registration) {
      const missing = namespace === 'Genesys' ? 'Command' : 'Plugin';
      return Promise.reject(`${missing} does not exist`);
    }

    // A promise keeps the first answer and turns a synchronous throw into a rejection, as the bus does. What the
    // handler returns is ignored: an async handler that throws leaves its caller waiting for ever (§3).
    const ask = (handler: CommandHandler) =>
      new Promise<unknown>((resolve, reject) => {
        handler({ time: Date.now(), commander, command, data, resolve, reject });
      });
    const run = (handler: CommandHandler) => {
      const hooks = this.#hooks.get(command) ?? [];
      if (!hooks.length) return ask(handler);
      return hooks
        .reduce((before, hook) => before.then(() => ask(hook)), Promise.resolve<unknown>(undefined))
        .then(() => ask(handler));
    };

    if (!registration.ready) {
      return new Promise((resolve) => {
        registration.waiting.push(() => {
          const handler = registration.commands.get(name);
          // A command that does not exist by then is dropped without a word (§2).
          if (handler) resolve(run(handler));
        });
      });
    }
    const handler = registration.commands.get(name);
    return handler ? run(handler) : Promise.reject('Command does not exist');
  }

  #publish(publisher: string, name: string, data: unknown): BusEvent {
    if (this.hasFrames) structuredClone(data);
    const event = { time: Date.now(), publisher, event: `${publisher}.${name}`, data: payload(data) };
    for (const { callback } of this.#subscriptions.get(event.event) ?? []) this.#later(callback, event);
    return event;
  }

  #subscribe(subscriber: string, event: string, callback: EventCallback): string {
    this.#subscriptions.set(event, [...(this.#subscriptions.get(event) ?? []), { subscriber, callback }]);
    const earlier = this.#republished.get(event);
    if (earlier) this.#later(callback, earlier);
    return event;
  }

  #unsubscribe(subscriber: string, event: string): boolean {
    const all = this.#subscriptions.get(event) ?? [];
    const others = all.filter((subscription) => subscription.subscriber !== subscriber);
    this.#subscriptions.set(event, others);
    return others.length < all.length;
  }

  #data(registration: Registration, key: string, value: unknown): unknown {
    const [namespace, name] = split(key, registration.plugin.namespace);
    if (key !== name) return this.#plugins.get(namespace)?.data.get(name);
    if (value !== undefined && value !== null) registration.data.set(key, value);
    return registration.data.get(key);
  }

  /** Events and plugins always come asynchronously, by a timer of the page (docs/messenger.md §3). */
  #later(callback: unknown, argument?: unknown): void {
    if (isFunction(callback)) later(this.#page, () => callback(argument));
  }
}
