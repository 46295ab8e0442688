import type { Page } from './types.js';

/** What the visitor does in the chat. */
export interface WidgetActions {
  /** The chat was opened or closed by the visitor. */
  toggle(): void;
  /** @returns what is answered, or `undefined` if it could not be sent. */
  send(text: string): Promise<string | undefined>;
  signIn(): void;
}

/** `offered`: the chat has a sign-in entry (step-up). */
export type Identity = 'anonymous' | 'offered' | 'signing-in' | 'authenticated';

const titles: Record<Identity, string> = {
  anonymous: 'Anonymous',
  offered: 'Anonymous',
  'signing-in': 'Signing in…',
  authenticated: 'Signed in',
};

const css = `
:host { all: initial; position: fixed; inset: auto 24px 24px auto; z-index: 2147483000; color-scheme: light;
  font: 15px/1.4 system-ui, sans-serif; --accent: #23395d; }
[hidden] { display: none !important; }
button, input { font: inherit; }
button { cursor: pointer; border: 0; }
:focus-visible { outline: 3px solid #ff9e1b; outline-offset: 2px; }
.launcher { inline-size: 56px; block-size: 56px; border-radius: 50%; color: #fff; background: var(--accent);
  box-shadow: 0 4px 16px #0005; display: grid; place-items: center; }
.launcher svg { inline-size: 26px; fill: currentColor; }
.panel { position: absolute; inset: auto 0 72px auto; inline-size: min(340px, calc(100vw - 48px));
  block-size: min(440px, calc(100vh - 130px)); display: flex; flex-direction: column; overflow: hidden;
  border-radius: 14px; background: #fff; color: #1c2733; box-shadow: 0 8px 40px #0005; }
header { display: flex; align-items: center; gap: 8px; padding: 12px 16px; color: #fff; background: var(--accent); }
h2 { flex: 1; margin: 0; font-size: 16px; }
.identity { padding: 2px 10px; border-radius: 99px; font-size: 12px; background: #ffffff2e; }
.close { inline-size: 28px; block-size: 28px; border-radius: 6px; color: inherit; background: none; }
.sign-in { margin: 12px 16px 0; padding: 8px; border-radius: 8px; color: var(--accent); background: #e8eef8; }
.log { flex: 1; overflow: auto; padding: 12px 16px; display: flex; flex-direction: column; gap: 8px; }
.log p { margin: 0; padding: 8px 12px; border-radius: 12px; max-inline-size: 80%; overflow-wrap: anywhere;
  background: #eef1f5; align-self: start; }
.log .visitor { color: #fff; background: var(--accent); align-self: end; }
form { display: flex; gap: 8px; padding: 12px; border-block-start: 1px solid #dde3ea; }
input { flex: 1; min-inline-size: 0; padding: 8px 12px; border: 1px solid #7a8794; border-radius: 8px; }
.send { padding: 8px 14px; border-radius: 8px; color: #fff; background: var(--accent); }
@media (forced-colors: active) { .panel, button { border: 1px solid; } }
`;

/**
 * A small chat window in place of Messenger's frames: launcher, conversation, sign-in entry. It works on pages with
 * the strictest policies: adopted style sheet, no inline script or style, no markup from strings.
 */
export class Widget {
  readonly #host: HTMLElement;
  readonly #launcher: HTMLButtonElement;
  readonly #panel: HTMLElement;
  readonly #identity: HTMLElement;
  readonly #signIn: HTMLButtonElement;
  readonly #log: HTMLElement;
  readonly #input: HTMLInputElement;

  constructor(page: Page, actions: WidgetActions) {
    const { document } = page;
    const make = <Name extends keyof HTMLElementTagNameMap>(
      name: Name,
      attributes: Record<string, string> = {},
      ...children: (Node | string)[]
    ) => {
      const element = document.createElement(name);
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
      element.append(...children);
      return element;
    };

    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('viewBox', '0 0 24 24');
    svg.setAttribute('aria-hidden', 'true');
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('d', 'M4 3h16a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H9l-5 5v-5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z');
    svg.append(path);
    this.#launcher = make(
      'button',
      {
        type: 'button',
        class: 'launcher',
        part: 'launcher',
        'aria-label': 'Open chat',
        'aria-expanded': 'false',
      },
      svg,
    );

    this.#identity = make('span', { class: 'identity', part: 'identity', role: 'status' });
    const close = make('button', { type: 'button', class: 'close', 'aria-label': 'Close chat' }, '✕');
    this.#signIn = make('button', { type: 'button', class: 'sign-in', part: 'sign-in' }, 'Sign in');
    this.#log = make('div', { class: 'log', role: 'log', 'aria-label': 'Conversation', tabindex: '0' });
    this.#input = make('input', {
      'aria-label': 'Message',
      placeholder: 'Write a message',
      autocomplete: 'off',
    });
    const form = make('form', {}, this.#input, make('button', { class: 'send' }, 'Send'));
    this.#panel = make(
      'section',
      { class: 'panel', part: 'panel', 'aria-label': 'Chat' },
      make('header', {}, make('h2', {}, 'Chat'), this.#identity, close),
      this.#signIn,
      this.#log,
      form,
    );
    this.#panel.hidden = true;

    this.#launcher.addEventListener('click', actions.toggle);
    close.addEventListener('click', actions.toggle);
    this.#signIn.addEventListener('click', actions.signIn);
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      const text = this.#input.value.trim();
      if (!text) return;
      this.#input.value = '';
      this.#say(text, 'visitor');
      this.#say((await actions.send(text)) ?? 'Your message could not be sent.', 'agent');
    });

    this.#host = make('div', { id: 'genesys-messenger' });
    const root = this.#host.attachShadow({ mode: 'open' });
    const sheet = new page.CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
    root.append(this.#panel, this.#launcher);
    document.body.append(this.#host);
  }

  get isOpen(): boolean {
    return !this.#panel.hidden;
  }

  set isOpen(open: boolean) {
    this.#panel.hidden = !open;
    this.#launcher.setAttribute('aria-expanded', String(open));
    this.#launcher.setAttribute('aria-label', open ? 'Close chat' : 'Open chat');
    if (open) this.#input.focus();
  }

  get launcherVisible(): boolean {
    return !this.#launcher.hidden;
  }

  set launcherVisible(visible: boolean) {
    this.#launcher.hidden = !visible;
  }

  set identity(identity: Identity) {
    this.#host.dataset.identity = identity;
    this.#identity.textContent = titles[identity];
    this.#signIn.hidden = identity !== 'offered' && identity !== 'signing-in';
    this.#signIn.disabled = identity === 'signing-in';
  }

  /** Forgets the conversation. */
  clear(): void {
    this.#log.replaceChildren();
  }

  #say(text: string, who: 'visitor' | 'agent'): void {
    const line = this.#log.ownerDocument.createElement('p');
    line.className = who;
    line.textContent = text;
    this.#log.append(line);
    line.scrollIntoView({ block: 'nearest' });
  }
}
