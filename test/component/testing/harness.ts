import {
  bootMessenger,
  installSnippet,
  MessengerApi,
  type AuthCodeGrant,
  type BootOptions,
  type BusEvent,
  type CommandRequest,
  type MessengerApiOptions,
  type Plugin,
} from '../../../src/testing/index.js';
import type { GenesysGlobal } from '../../../src/testing/messenger.js';
import { later } from '../../../src/testing/turns.js';

/** Another one in each run of a file, so that tabs of another file hear nothing of these. */
export const deploymentId = crypto.randomUUID();

/** A window of its own for one test, as a visitor's tab. */
export type Tab = Window & typeof globalThis & { Genesys: GenesysGlobal };

export interface VisitOptions extends BootOptions, Partial<Omit<MessengerApiOptions, 'deploymentId'>> {
  /** What the snippet says; default: the deployment that the API knows. */
  snippet?: { environment?: string; deploymentId?: string };
  /** The API, when several tabs share one. */
  api?: MessengerApi;
  /** Events to record from the queue on. */
  record?: string[];
  /** Runs with the snippet's stub, before the script. */
  queued?: (tab: Tab) => void;
  /** Whether the page has an `AuthProvider` plugin. Default: yes. */
  provider?: boolean;
}

const tabs: HTMLIFrameElement[] = [];

/**
 * The local storage of a test's tabs. Not the origin's own: test files that run at the same time share that one, and
 * 2.2.8 knows one key for all deployments.
 */
const storage = new Map<string, string>();
const localStorage = {
  getItem: (key: string) => storage.get(key) ?? null,
  setItem: (key: string, value: string) => void storage.set(key, value),
  removeItem: (key: string) => void storage.delete(key),
};

/** Closes all tabs and forgets what they stored. For `afterEach`. */
export function leave(): void {
  for (const tab of tabs.splice(0)) tab.remove();
  storage.clear();
}

/** Opens an empty page of this site. */
export async function openTab(): Promise<Tab> {
  const frame = document.createElement('iframe');
  frame.src = new URL('./page.html', import.meta.url).href;
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  document.body.append(frame);
  tabs.push(frame);
  await loaded;
  const tab = frame.contentWindow as Tab;
  Object.defineProperty(tab, 'localStorage', { value: localStorage });
  return tab;
}

/** A page with the snippet, the `AuthProvider` plugin in its queue, and Messenger's script just run. */
export class Visit {
  readonly tab: Tab;
  readonly api: MessengerApi;
  readonly provider: Provider;
  /** What the page's console got as errors. */
  readonly errors: unknown[] = [];
  /** The events that were asked for, in the order of arrival. */
  readonly events: BusEvent[] = [];
  readonly #options: VisitOptions;

  private constructor(tab: Tab, options: VisitOptions) {
    this.tab = tab;
    this.#options = options;
    this.api = options.api ?? new MessengerApi({ deploymentId, ...options });
    tab.console.error = (...values: unknown[]) => void this.errors.push(values[0]);
    installSnippet(tab, { environment: 'euc1', deploymentId, ...options.snippet });
    for (const event of options.record ?? []) this.subscribe(event, (e) => this.events.push(e));
    options.queued?.(tab);
    this.provider = new Provider(options.provider === false ? undefined : tab);
  }

  static async starts(options: VisitOptions = {}): Promise<Visit> {
    const visit = new Visit(await openTab(), options);
    visit.boot();
    return visit;
  }

  /** As {@link starts}, until the queue has been drained and `Auth` is ready. */
  static async isReady(options: VisitOptions = {}): Promise<Visit> {
    const visit = await Visit.starts(options);
    await visit.next('Auth.ready');
    return visit;
  }

  /** As {@link starts}, until the chat has loaded for a visitor who signed in. */
  static async signsIn(options: VisitOptions = {}): Promise<Visit> {
    const visit = await Visit.starts(options);
    const started = visit.next('MessagingService.started');
    (await visit.provider.asked('getAuthCode')).resolve(visit.grant());
    await started;
    return visit;
  }

  /** The script runs. */
  boot(): void {
    bootMessenger(this.tab, { ...this.#options, fetch: this.api.fetch });
  }

  subscribe(event: string, callback: (event: BusEvent) => void): void {
    this.tab.Genesys('subscribe', event, callback);
  }

  /** The next event of this name. */
  next(event: string): Promise<BusEvent> {
    return new Promise((resolve) => this.subscribe(event, resolve));
  }

  /** Calls a command as a page does; rejects with the reason that the page gets. */
  command(name: string, data: unknown = {}): Promise<unknown> {
    return new Promise((resolve, reject) => this.tab.Genesys('command', name, data, resolve, reject));
  }

  register(name: string): Promise<Plugin> {
    return new Promise((resolve, reject) => this.tab.Genesys('registerPlugin', name, resolve, reject));
  }

  /** A grant with a fresh code, bound to all that is in it. */
  grant(more: Partial<AuthCodeGrant> = {}): AuthCodeGrant & { authCode: string } {
    const bindings = {
      redirectUri: 'https://brand.example/',
      codeVerifier: 'v'.repeat(43),
      nonce: 'n',
      ...more,
    };
    return { ...bindings, authCode: this.api.issueCode(bindings) };
  }

  /** As {@link quiet}. */
  quiet(): Promise<void> {
    return quiet(this.tab);
  }

  names(): string[] {
    return this.events.map(({ event }) => event);
  }

  get widget(): HTMLElement | null {
    return this.tab.document.getElementById('genesys-messenger');
  }

  get launcher(): HTMLButtonElement | undefined {
    return this.part('launcher');
  }

  part<T extends HTMLElement>(name: string): T | undefined {
    return this.widget?.shadowRoot?.querySelector<T>(`[part="${name}"]`) ?? undefined;
  }

  stored(): Record<string, string> {
    return stored();
  }
}

/** What the tabs have in local storage. */
export const stored = (): Record<string, string> => Object.fromEntries(storage);

/**
 * Everything that is under way has had its turn: some trips over the bus and to the API, one after the other, longer
 * than any chain of Messenger's. For what must *not* have happened by then.
 */
export async function quiet(tab: Tab): Promise<void> {
  const other = new MessengerApi({ deploymentId });
  for (let trip = 0; trip < 16; trip++) {
    await new Promise<void>((resolve) => later(tab, resolve));
    const body = JSON.stringify({ text: 'ping' });
    await (await other.fetch('https://api.mypurecloud.de/local/echo', { method: 'POST', body })).json();
  }
}

/** The page's `AuthProvider`: keeps every call until the test answers it. */
class Provider {
  plugin!: Plugin;
  /** `data('Auth.authenticated')` when the plugin's callback ran. */
  authenticatedAtStart: unknown;
  readonly calls: CommandRequest[] = [];
  readonly #taken = new Set<CommandRequest>();
  readonly #waiting: { name: string; resolve: (request: CommandRequest) => void }[] = [];

  constructor(tab: Tab | undefined) {
    tab?.Genesys('registerPlugin', 'AuthProvider', (plugin: Plugin) => {
      this.plugin = plugin;
      this.authenticatedAtStart = plugin.data('Auth.authenticated');
      for (const name of ['getAuthCode', 'reAuthenticate', 'signIn']) {
        plugin.registerCommand(name, (request) => {
          this.calls.push(request);
          this.#match();
        });
      }
      plugin.ready();
    });
  }

  /** The next call of this command that the test has not had yet. */
  asked(name: string): Promise<CommandRequest> {
    return new Promise((resolve) => {
      this.#waiting.push({ name: `AuthProvider.${name}`, resolve });
      this.#match();
    });
  }

  /** How often the command was called. */
  count(name: string): number {
    return this.calls.filter(({ command }) => command === `AuthProvider.${name}`).length;
  }

  #match(): void {
    for (const waiter of [...this.#waiting]) {
      const call = this.calls.find(({ command }) => command === waiter.name);
      const next = this.calls.find((request) => request.command === waiter.name && !this.#taken.has(request));
      if (!call || !next) continue;
      this.#taken.add(next);
      this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
      waiter.resolve(next);
    }
  }
}

/** Waits for a promise that nobody handles, and keeps it from the test runner. */
export function unhandledRejection(): Promise<unknown> {
  return new Promise((resolve) => {
    window.addEventListener(
      'unhandledrejection',
      (event) => {
        event.preventDefault();
        event.stopImmediatePropagation();
        resolve(event.reason);
      },
      { capture: true, once: true },
    );
  });
}

/** The reason a promise was rejected with. */
export const reasonOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => {
      throw new Error('It was not rejected.');
    },
    (reason) => reason,
  );
