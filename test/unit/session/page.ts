import { loadPart } from '../../../src/parts.js';
import type { Status } from '../../../src/session/facts.js';
import type { SessionEvent } from '../../../src/session/ports.js';
import type { Display, View } from '../../../src/session/view.js';
import { MemoryStorage } from '../oidc/memory-storage.js';

/** A page without a browser, as far as a session looks at it, and Messenger as far as a session hears of it. */

export const origin = 'https://brand.example';
export const deploymentId = '4fcb0d6d-5b0d-4f4c-8d30-6b7a9d2b6f11';

/** A configuration that is good. */
export const good = {
  deploymentId,
  environment: 'euc1',
  issuer: 'https://login.brand.example',
  clientId: 'brand',
};

/** Longer than anything that a session waits for without a timer: a part, a digest, another tab. */
const trip = () =>
  Promise.all([
    ...(['explanations', 'sign-in'] as const).map(loadPart),
    crypto.subtle.digest('SHA-256', new Uint8Array()),
    new Promise((resolve) => setImmediate(resolve)),
  ]);

export async function until(isSo: () => unknown): Promise<void> {
  for (let count = 0; !isSo(); count++) {
    if (count > 100) throw new Error(`never came about: ${isSo}`);
    await trip();
  }
}

/** Whatever is under way has had its turn. */
export async function quiet(): Promise<void> {
  for (let count = 0; count < 4; count++) await trip();
}

/** An element, as the session sees it. */
export class TestView implements View {
  readonly displays: Display[] = [];
  readonly events: SessionEvent[] = [];
  /** Whether it has a place on the screen. */
  isSeen = true;
  /** How often it was given the focus. */
  focused = 0;

  show(display: Display, events: readonly SessionEvent[]): void {
    this.displays.push(display);
    this.events.push(...events);
  }

  getClientRects(): { length: number } {
    return { length: Number(this.isSeen) };
  }

  takeFocus(): void {
    this.focused += 1;
  }

  get last(): Display | undefined {
    return this.displays.at(-1);
  }

  is(status: Status): Promise<void> {
    return until(() => this.last?.status === status);
  }

  async fails(code: string): Promise<NonNullable<Display['error']>> {
    await until(() => this.last?.error?.code === code);
    return this.last!.error!;
  }

  /** How often an event of this type was told. */
  count(type: SessionEvent['type']): number {
    return this.events.filter((event) => event.type === type).length;
  }
}

type Listener = (event: object) => void;

class Target {
  readonly listeners: { type: string; listener: Listener; once: boolean }[] = [];

  addEventListener(type: string, listener: Listener, { once = false } = {}): void {
    this.listeners.push({ type, listener, once });
  }

  dispatch(type: string, event: object = {}): void {
    for (const entry of this.listeners.filter((entry) => entry.type === type)) {
      if (entry.once) this.listeners.splice(this.listeners.indexOf(entry), 1);
      entry.listener(event);
    }
  }
}

/** Style sheets of the page, which hide the chat. */
class Sheet {
  disabled = false;
  replaceSync(): void {}
}

class TestDocument extends Target {
  readonly #page: Page;

  constructor(page: Page) {
    super();
    this.#page = page;
  }

  get readyState(): DocumentReadyState {
    return this.#page.readyState;
  }
  get baseURI(): string {
    return this.#page.href;
  }
  get visibilityState(): DocumentVisibilityState {
    return this.#page.visible ? 'visible' : 'hidden';
  }
  get head(): object {
    return {};
  }
  get defaultView(): object {
    return { CSSStyleSheet: Sheet };
  }
  get adoptedStyleSheets(): Sheet[] {
    return this.#page.sheets;
  }
  querySelectorAll(): [] {
    return [];
  }
}

export interface PageOptions {
  href?: string;
  readyState?: DocumentReadyState;
  session?: Storage;
  local?: Storage;
  /** Messenger has a session of an earlier visit. */
  authenticated?: boolean;
  /** The origin of the page around this one. */
  frameOf?: string;
}

export class Page {
  href: string;
  readyState: DocumentReadyState;
  visible = true;
  readonly sheets: Sheet[] = [];
  readonly session: Storage;
  readonly local: Storage;
  readonly #timers: { time: number; fire: () => void }[] = [];
  readonly #target = new Target();
  readonly #document = new TestDocument(this);
  readonly window: Window;
  closed = false;
  reloads = 0;

  /** What Messenger was asked to do, in order. */
  readonly commands: string[] = [];
  /** What the session has registered with Messenger. */
  readonly registered: Record<string, (event: object) => void> = {};
  readonly #subscribers: Record<string, (event: object) => void> = {};
  authenticated: boolean;
  /** How a command ends. */
  command: (name: string) => Promise<unknown> = () => Promise.resolve();

  constructor({
    href = `${origin}/help`,
    readyState = 'complete',
    session = new MemoryStorage(),
    local = new MemoryStorage(),
    authenticated = false,
    frameOf,
  }: PageOptions = {}) {
    this.href = href;
    this.readyState = readyState;
    this.session = session;
    this.local = local;
    this.authenticated = authenticated;
    const location = {
      origin,
      ancestorOrigins: frameOf ? [frameOf] : [],
      reload: () => (this.reloads += 1),
    };
    Object.defineProperties(location, {
      href: { get: () => this.href },
      hostname: { get: () => new URL(this.href).hostname },
    });
    const window: Record<string, unknown> = {
      location,
      isSecureContext: true,
      document: this.#document,
      sessionStorage: session,
      localStorage: local,
      navigator: {},
      performance: { getEntriesByType: () => [{ name: href, type: 'navigate' }], now: () => 0 },
      history: { state: null, replaceState: (_: unknown, __: string, url: string) => (this.href = url) },
      addEventListener: this.#target.addEventListener.bind(this.#target),
      setTimeout: (fire: () => void, time: number) => this.#timers.push({ time, fire }),
      clearTimeout: (id: number) => (this.#timers[id - 1] = { time: NaN, fire: () => {} }),
      close: () => (this.closed = true),
      _genesysJs: 'Genesys',
      Genesys: Object.assign(this.#genesys, { c: { environment: 'euc1', deploymentId } }),
    };
    window['parent'] = frameOf ? { location: { origin: frameOf }, postMessage: () => {} } : window;
    this.window = window as unknown as Window;
  }

  readonly #genesys = (verb: string, name: string, then: (event: object) => void): void => {
    if (verb === 'registerPlugin') return then(this.#plugin);
    const auth = { enabled: true };
    if (name === 'GenesysJS.configurationReceived')
      return then({ data: { deploymentConfig: { status: 'Active', auth } } });
    if (name === 'GenesysJS.ready') then({});
  };

  readonly #plugin = {
    registerCommand: (name: string, handler: (event: object) => void) => (this.registered[name] = handler),
    subscribe: (event: string, callback: (event: object) => void) => (this.#subscribers[event] = callback),
    publish: () => {},
    command: (name: string) => {
      this.commands.push(name);
      return this.command(name);
    },
    data: () => this.authenticated,
    ready: () => {},
  };

  /** Fires the timers that run for so many milliseconds. */
  passes(time: number): void {
    for (const timer of this.#timers.filter((timer) => timer.time === time)) {
      timer.time = NaN;
      timer.fire();
    }
  }

  /** How many timers of so many milliseconds run. */
  waiting(time: number): number {
    return this.#timers.filter((timer) => timer.time === time).length;
  }

  /** Whether Messenger has been started. */
  get isStarted(): boolean {
    return 'getAuthCode' in this.registered;
  }

  /** Whether Messenger's chat is kept out of sight. */
  get hidesChat(): boolean {
    return this.sheets.some(({ disabled }) => !disabled);
  }

  /** An event of Messenger's. */
  messengerSays(event: string, data: object = {}): void {
    this.#subscribers[event]!({ data });
  }

  /** Messenger calls for a code. @returns what it is answered */
  callForCode(): unknown[] {
    const answers: unknown[] = [];
    this.registered['getAuthCode']!({
      commander: 'Auth',
      data: {},
      resolve: (answer: unknown) => answers.push(answer),
      reject: (reason: unknown) => answers.push(reason),
    });
    return answers;
  }

  /** The document has loaded. */
  load(): void {
    this.readyState = 'complete';
    this.#target.dispatch('load');
  }

  see(visible: boolean): void {
    this.visible = visible;
    this.#document.dispatch('visibilitychange');
  }

  /** The page is left, and perhaps kept as it is. */
  hide(): void {
    this.#target.dispatch('pagehide');
  }

  /** @param persisted from the back/forward cache */
  comeBack(persisted = true): void {
    this.#target.dispatch('pageshow', { persisted });
  }
}
