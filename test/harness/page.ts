/**
 * Pages for component tests. Each is a frame with a realm of its own, because Messenger is one per page and cannot be
 * taken out again (docs/messenger.md §7): the element's real source, Messenger's double, storage that no other test
 * sees, a clock that the test moves, and a console that is listened to.
 */
import { expect } from '@open-wc/testing';
import type { GenesysAuthMessenger } from '../../src/element/element.js';
import type { AuthMessengerError, ErrorCode } from '../../src/explanations.js';
import type { Grant } from '../../src/grant.js';
import type { Status } from '../../src/session/facts.js';
import type { Authorize } from '../../src/sign-in/sign-in.js';
import {
  type BootOptions,
  type DeploymentConfig,
  MessengerApi,
  type Profile,
  bootMessenger,
  installSnippet,
} from '../../src/testing/index.js';
import type { GenesysGlobal } from '../../src/testing/messenger.js';
import { MemoryStorage } from '../unit/oidc/memory-storage.js';

export const profiles: readonly Profile[] = ['2.2.8', 'current'];

export type PageWindow = Window &
  typeof globalThis & { Genesys: GenesysGlobal; _genesysJs?: string; messengerArrives?: () => void };

/** Somebody's browser: what outlives the page. */
export class Visitor {
  readonly deploymentId = crypto.randomUUID();

  constructor(
    readonly local: Storage = new MemoryStorage(),
    readonly session: Storage = new MemoryStorage(),
  ) {}
}

export interface PageOptions {
  /** Over those of a good configuration; null takes one away. */
  attributes?: Record<string, string | null>;
  /** The page's body, in place of one element. `good` stands for the attributes above. */
  body?: (good: string) => string;
  /**
   * How Messenger comes: `present`, it is there before the element; `snippet`, its snippet is there and the test calls
   * `page.boot()`; `injected`, the element loads it.
   */
  messenger?: 'present' | 'snippet' | 'injected';
  /** How the server treats the request for an injected script (messenger-server.mjs). */
  server?: 'ok' | 'blocked' | 'flaky';
  /** What the script does when it runs, in place of booting Messenger. */
  script?: (page: Page) => void;
  boot?: Omit<BootOptions, 'fetch'>;
  /** The deployment's `config.json`. */
  config?: DeploymentConfig;
  /** The page obtains codes by its own function; `true`: a fresh, good one each time. */
  authorize?: Authorize | true;
  visitor?: Visitor;
  api?: MessengerApi;
  /** Runs before the element's code does. */
  before?: (page: Page) => void;
}

/** What the element tells its page, under the camelCase names. */
export interface Told {
  type: string;
  detail: Record<string, unknown>;
  target: EventTarget | null;
}

const eventNames = ['signedIn', 'signInFailed', 'loggedOut', 'statusChange'] as const;
const consoleNames = ['debug', 'log', 'info', 'warn', 'error'] as const;
const root = new URL('../../', import.meta.url);
const pageUrl = new URL('page.html', import.meta.url).href;
const pages: Page[] = [];

/** The provider's authorization endpoint: who is sent there stays. */
export const authorizationEndpoint = new URL('provider.html', import.meta.url).href;

/** Opens a page, and waits until the element's code has run. */
export async function openPage(options: PageOptions = {}): Promise<Page> {
  const page = new Page(options);
  pages.push(page);
  await page.open();
  return page;
}

/** As {@link openPage}, with a visitor who has signed in by a click. */
export async function openSignedIn(options: PageOptions = {}): Promise<Page> {
  const page = await openPage({ authorize: true, ...options });
  await page.status('signed-out');
  page.button.click();
  await page.status('signed-in');
  return page;
}

/** For `afterEach`: closes all pages, and checks what must hold in any story. */
export function closePages(): void {
  const open = pages.splice(0);
  for (const page of open) page.close();
  for (const page of open) {
    expect(page.exceptions, 'uncaught exceptions').to.deep.equal([]);
    expect(page.leaks(), 'secrets in sight of the page').to.deep.equal([]);
  }
}

export class Page {
  readonly visitor: Visitor;
  readonly api: MessengerApi;
  readonly clock = new Clock();
  /** All that any element has told, in order. */
  readonly told: Told[] = [];
  /** What was written to the console. */
  readonly console: string[] = [];
  /** Uncaught; a test that expects some takes them out. */
  readonly exceptions: string[] = [];
  /** Settles when the script that the element has injected has run. */
  readonly scriptRan: Promise<void>;
  /** What `authorize` was asked for. */
  readonly asked: { interactive: boolean }[] = [];
  readonly #frame = document.createElement('iframe');
  readonly #options: PageOptions;
  readonly #secrets: string[] = [];
  #scriptRuns!: () => void;

  constructor(options: PageOptions) {
    this.#options = options;
    this.scriptRan = new Promise((resolve) => (this.#scriptRuns = resolve));
    this.visitor = options.visitor ?? new Visitor();
    const { deploymentId } = this.visitor;
    const { config, boot } = options;
    this.api = options.api ?? new MessengerApi({ deploymentId, config, profile: boot?.profile });
    this.#frame.style.cssText = 'inline-size: 30rem; block-size: 10rem';
  }

  async open(): Promise<void> {
    this.#frame.src = pageUrl;
    const loaded = this.#loads();
    document.body.append(this.#frame);
    await loaded;
    this.#prepare();
    const { messenger = 'present', before, body, authorize } = this.#options;
    if (messenger !== 'injected') {
      const { deploymentId } = this.visitor;
      installSnippet(this.window, { deploymentId, environment: this.environment });
    }
    if (messenger === 'present') this.boot();
    const attributes = this.#attributes();
    this.document.body.innerHTML =
      body?.(attributes) ?? `<genesys-auth-messenger ${attributes}></genesys-auth-messenger>`;
    for (const element of authorize ? this.elements : []) {
      element.authorize = async (request) => {
        this.asked.push(request);
        return typeof authorize === 'function' ? authorize(request) : this.grant();
      };
    }
    before?.(this);
    // The part that takes a page's codes: the test's clock does not know how long it takes to load.
    if (authorize) await this.#load('src/sign-in/flow.ts');
    await this.define();
  }

  /** Loads the element's code; again and under another address, if it is there already. */
  define(query = ''): Promise<void> {
    return this.#load(`src/define.ts${query}`);
  }

  async #load(path: string): Promise<void> {
    const script = this.document.createElement('script');
    script.type = 'module';
    script.src = new URL(path, root).href;
    await new Promise((resolve, reject) => {
      script.addEventListener('load', resolve);
      script.addEventListener('error', reject);
      this.document.documentElement.append(script);
    });
  }

  /** Messenger's script runs. */
  boot(): void {
    bootMessenger(this.window, { ...this.#options.boot, fetch: this.api.fetch });
  }

  /** The same visitor comes to the same page once more, in this tab. */
  async reload(changes: PageOptions = {}): Promise<Page> {
    this.close();
    const { visitor, api } = this;
    return openPage({ ...this.#options, before: undefined, ...changes, visitor, api });
  }

  /** The same visitor opens the same page in another tab. */
  async openTab(changes: PageOptions = {}): Promise<Page> {
    const visitor = Object.assign(new Visitor(this.visitor.local), {
      deploymentId: this.visitor.deploymentId,
    });
    return openPage({ ...this.#options, ...changes, visitor, api: this.api });
  }

  close(): void {
    this.#frame.remove();
  }

  get window(): PageWindow {
    return this.#frame.contentWindow as PageWindow;
  }

  get document(): Document {
    return this.window.document;
  }

  get elements(): GenesysAuthMessenger[] {
    return [...this.document.querySelectorAll('genesys-auth-messenger')];
  }

  get element(): GenesysAuthMessenger {
    return this.elements[0]!;
  }

  /** The button that the visitor sees. */
  get button(): HTMLButtonElement {
    return buttonOf(this.element);
  }

  /** What the button says. */
  get label(): string {
    return labelOf(this.element);
  }

  /** What the visitor reads of it, if it is for their eyes. */
  get seen(): HTMLElement | null {
    return this.element.shadowRoot!.querySelector('[part="status"]');
  }

  /** Where the element speaks to screen readers. */
  get region(): HTMLElement {
    return this.element.shadowRoot!.querySelector('[role="status"]')!;
  }

  /** Waits until the element says this to the visitor. */
  async says(text: string): Promise<void> {
    while (this.statusText !== text)
      await new Promise<void>((resolve) => {
        const observer = new MutationObserver(() => {
          observer.disconnect();
          resolve();
        });
        observer.observe(this.region, { childList: true, subtree: true });
      });
  }

  get statusText(): string {
    return this.region.textContent!;
  }

  /** The scripts that the element has put into the page to load Messenger. */
  get bootstraps(): HTMLScriptElement[] {
    return [...this.document.querySelectorAll<HTMLScriptElement>('script[src*="/genesys-bootstrap/"]')];
  }

  /** Whether the visitor's keys go there; in the page or in the shadow tree that it is in. */
  hasFocus(target: HTMLElement): boolean {
    return (target.getRootNode() as Document | ShadowRoot).activeElement === target;
  }

  /** Waits until the browser has drawn the page as it is now; it takes the focus from disabled buttons then. */
  async renders(): Promise<void> {
    for (let frame = 0; frame < 2; frame++)
      await new Promise((resolve) => this.window.requestAnimationFrame(resolve));
  }

  get environment(): string {
    const { messenger, server = 'ok' } = this.#options;
    return messenger === 'injected'
      ? `${server}-${this.visitor.deploymentId}.localhost:${location.port}`
      : 'euc1';
  }

  /** Waits until an element shows this status. */
  async status(status: Status, element = this.element): Promise<void> {
    await this.#until(element, () => element.status === status);
  }

  /** Waits until an element shows this failure. */
  async fails(code: ErrorCode, element = this.element): Promise<AuthMessengerError> {
    await this.#until(element, () => element.status === 'failed' && element.error?.code === code);
    const { error } = element;
    expect(error!.message).not.to.contain('{detail}');
    expect(error!.hint).not.to.equal('');
    return error!;
  }

  /** Waits for an event of the first element. */
  next(type: string): Promise<CustomEvent> {
    return new Promise((resolve) =>
      this.element.addEventListener(type, (event) => resolve(event as CustomEvent), { once: true }),
    );
  }

  /** The details of all events of this type so far. */
  all(type: (typeof eventNames)[number]): unknown[] {
    return this.told.filter((event) => event.type === type).map(({ detail }) => detail);
  }

  /** Changes attributes in one go; null takes one away. */
  change(attributes: Record<string, string | null>, element = this.element): void {
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null) element.removeAttribute(name);
      else element.setAttribute(name, value);
    }
  }

  /** A grant as the provider would issue it. */
  grant(more: Partial<Grant> = {}): Grant {
    const bindings = {
      redirectUri: `${location.origin}/`,
      codeVerifier: crypto.randomUUID(),
      nonce: crypto.randomUUID(),
      ...more,
    };
    const grant = { ...bindings, authCode: this.api.issueCode(bindings) };
    this.#secrets.push(grant.authCode, grant.codeVerifier, grant.nonce);
    return grant;
  }

  /** Calls a command as a script of the page does; rejects with the reason that it gets. */
  command(name: string, data: object = {}): Promise<unknown> {
    return new Promise((resolve, reject) => this.window.Genesys('command', name, data, resolve, reject));
  }

  /** Waits for the next event of Messenger. */
  messengerSays(event: string): Promise<unknown> {
    return new Promise((resolve) => this.window.Genesys('subscribe', event, resolve));
  }

  /** Waits until the visitor is sent to the provider. @returns the authorization request */
  async leavesForProvider(): Promise<URL> {
    await this.#loads();
    const request = new URL(this.window.location.href);
    expect(request.origin + request.pathname).to.equal(authorizationEndpoint);
    return request;
  }

  /**
   * Whatever is under way has had its turn: trips to the server, for a module that the element may be waiting for, one after
   * the other. Four are as long as any chain of the element's or Messenger's. For what must *not* have happened by then.
   */
  async quiet(): Promise<void> {
    for (let trip = 0; trip < 8; trip++) await fetch(pageUrl, { cache: 'no-store' });
  }

  /** What an accessibility check of the page's body finds. */
  async violations(): Promise<string[]> {
    const window = this.window as PageWindow & { axe?: typeof import('axe-core') };
    if (!window.axe) {
      const script = this.document.createElement('script');
      script.src = new URL('node_modules/axe-core/axe.min.js', root).href;
      const loaded = new Promise((resolve) => script.addEventListener('load', resolve));
      this.document.head.append(script);
      await loaded;
    }
    // A button on its way from one colour to another is not what is to be judged.
    for (const { shadowRoot } of this.elements)
      for (const animation of shadowRoot!.getAnimations()) {
        const isEndless = animation.effect!.getComputedTiming().endTime === Infinity;
        if (isEndless) animation.cancel();
        else animation.finish();
      }
    // The page around the element is the brand's.
    const { violations } = await window.axe!.run(this.document.body, {
      rules: { region: { enabled: false } },
    });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  }

  /** Secrets of ours where the page or its scripts can see them. */
  leaks(): string[] {
    const places: Record<string, string> = {
      console: this.console.join('\n'),
      events: JSON.stringify(this.told.map(({ detail }) => detail)),
      localStorage: JSON.stringify(storedIn(this.visitor.local)),
    };
    const found = (text: string) => this.#secrets.filter((secret) => text.includes(secret)).length;
    return Object.keys(places).filter((place) => found(places[place]!) > 0);
  }

  async #until(element: GenesysAuthMessenger, isSo: () => boolean): Promise<void> {
    if (!isSo()) {
      await new Promise<void>((resolve) => {
        const look = () => {
          if (!isSo()) return;
          element.removeEventListener('statusChange', look);
          resolve();
        };
        element.addEventListener('statusChange', look);
      });
    }
    await element.updateComplete;
  }

  #loads(): Promise<unknown> {
    return new Promise((resolve) => this.#frame.addEventListener('load', resolve, { once: true }));
  }

  #attributes(): string {
    const attributes: Record<string, string | null> = {
      'deployment-id': this.visitor.deploymentId,
      environment: this.environment,
      issuer: 'https://login.brand.example',
      'client-id': 'brand',
      'authorization-endpoint': authorizationEndpoint,
      ...this.#options.attributes,
    };
    return Object.entries(attributes)
      .flatMap(([name, value]) => (value === null ? [] : `${name}="${value.replaceAll('"', '&quot;')}"`))
      .join(' ');
  }

  #prepare(): void {
    const { window, visitor } = this;
    Object.defineProperty(window, 'localStorage', { value: visitor.local, configurable: true });
    Object.defineProperty(window, 'sessionStorage', { value: visitor.session, configurable: true });
    // The page of a test is a frame only so that it has a realm of its own. In a frame the element signs in otherwise.
    Object.defineProperty(window, 'parent', { value: window, configurable: true });
    this.clock.rule(window);
    for (const name of consoleNames)
      window.console[name] = (...values: unknown[]) => void this.console.push([name, ...values].join(' '));
    window.addEventListener('error', ({ error, message }) => this.exceptions.push(error?.message ?? message));
    window.addEventListener('unhandledrejection', ({ reason }) => this.exceptions.push(String(reason)));
    for (const name of eventNames)
      this.document.addEventListener(name, (event) => {
        const { detail } = event as CustomEvent;
        this.told.push({ type: name, detail, target: event.target });
      });
    window.messengerArrives = () => {
      this.#scriptRuns();
      if (this.#options.script) this.#options.script(this);
      else this.boot();
    };
    // Lit's notice that it runs in development mode is no concern of a page.
    Object.assign(window, { litIssuedWarnings: new Set(['dev-mode']) });
  }
}

/** Timers of half a second and more, and the time of day, stand still until the test moves them. */
class Clock {
  #now = 0;
  #last = 0;
  readonly #timers = new Map<number, { due: number; then: () => void }>();

  rule(window: PageWindow): void {
    const { setTimeout, clearTimeout } = window;
    const timeOfDay = window.Date.now;
    window.Date.now = () => timeOfDay() + this.#now;
    window.setTimeout = ((then: (...rest: unknown[]) => void, delay = 0, ...rest: unknown[]) => {
      if (delay < 500) return setTimeout(then, delay, ...rest);
      this.#timers.set(--this.#last, { due: this.#now + delay, then: () => then(...rest) });
      return this.#last;
    }) as typeof setTimeout;
    window.clearTimeout = (timer) => {
      if (!this.#timers.delete(Number(timer))) clearTimeout(timer);
    };
  }

  /** How many timers are set that a test would have to wait for. */
  get waiting(): number {
    return this.#timers.size;
  }

  /** Time goes by. @param time milliseconds */
  passes(time: number): void {
    const end = this.#now + time;
    for (;;) {
      const next = [...this.#timers]
        .filter(([, { due }]) => due <= end)
        .sort((a, b) => a[1].due - b[1].due)[0];
      if (!next) break;
      const [timer, { due, then }] = next;
      this.#timers.delete(timer);
      this.#now = due;
      then();
    }
    this.#now = end;
  }
}

export const buttonOf = (element: GenesysAuthMessenger): HTMLButtonElement =>
  element.shadowRoot!.querySelector('button')!;

export const labelOf = (element: GenesysAuthMessenger): string => {
  const [slot] = [...buttonOf(element).querySelectorAll('slot')].filter(
    (label) => getComputedStyle(label).visibility === 'visible',
  );
  return slot!
    .assignedNodes({ flatten: true })
    .map(({ textContent }) => textContent)
    .join('');
};

export function storedIn(storage: Storage): Record<string, string> {
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index)!);
  return Object.fromEntries(keys.map((key) => [key, storage.getItem(key)!]));
}
