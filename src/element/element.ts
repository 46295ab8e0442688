import type { AuthMessengerError } from '../explanations.js';
import { failure } from '../failure.js';
import { loadLanguage, loadPart } from '../parts.js';
import { createElement, read } from '../readings.js';
import { adoptSheet } from '../sheets.js';
import { explain } from '../session/explain.js';
import { pageSession } from '../session/page-session.js';
import type { Display, View } from '../session/view.js';
import type { Status } from '../session/facts.js';
import type { SessionEvent } from '../session/ports.js';
import type { Authorize } from '../sign-in/sign-in.js';
import { version } from '../version.js';
import { labelsIn } from '../words/language.js';
import type { Word, Words } from '../words/sentences.js';
import { BaseElement } from './base.js';
import type { GenesysAuthMessengerEvents } from './events.js';
import { languageAt } from './language.js';
import { styles } from './styles.js';
import { buildTree, drawButton, isBusy, write } from './tree.js';

/**
 * Signs visitors in with the brand's own OpenID Connect provider and lets them chat as themselves in Genesys Cloud
 * Messenger. The browser obtains an authorization code; Genesys Cloud redeems it.
 *
 * @tag genesys-auth-messenger
 *
 * @attr {string} deployment-id - Required. The Messenger deployment.
 * @attr {string} environment - A Genesys Cloud environment name (`prod-euc1`), short name (`euc1`) or domain (`mypurecloud.de`). Default: `prod`.
 * @attr {string} issuer - Required. The provider, exactly as it calls itself.
 * @attr {string} client-id - Required. The client that the integration in Genesys Cloud uses.
 * @attr {string} redirect-uri - Where the provider sends the visitor back to: a page of this site with this file. Default: this page without query and hash.
 * @attr {string} scope - What the element asks of the provider, separated by spaces. Default: `openid profile email`.
 * @attr {"redirect"|"popup"} mode - How the visitor gets to the provider. Default: `redirect`.
 * @attr {boolean} silent - Try to sign the visitor in without asking (`prompt=none` in a hidden frame) before showing the login button. Default: off.
 * @attr {"eager"|"lazy"} loading - `lazy`: the element fetches nothing of Genesys or the provider before the visitor acts, unless a session or a callback is waiting. Not for step-up; `silent` has no effect with it. Default: `eager`.
 * @attr {string} prompt - As in OpenID Connect: `login`, `consent`, `select_account`.
 * @attr {number} max-age - Seconds since the visitor last proved who they are; 1 or more.
 * @attr {string} authorization-params - Further parameters of the authorization request, URL-encoded: `audience=…&acr_values=…`.
 * @attr {"messenger"|"provider"} logout - `provider` also ends the provider's session. Default: `messenger`.
 * @attr {string} post-logout-redirect-uri - Where the provider sends the visitor after a logout there.
 * @attr {string} end-session-endpoint - For providers whose logout address is not in their discovery document.
 * @attr {string} authorization-endpoint - For providers that send no CORS header with their discovery document, which is then not needed; `logout="provider"` then needs `end-session-endpoint`.
 * @attr {string} account - The user who is signed in on the site, by any name that does not change; empty: nobody. The element keeps only a digest. If another user has signed in here, it ends their session before it shows the chat.
 * @attr {boolean} open - Opens the chat when a visitor has signed in by a click; not when they were signed in already. Default: off.
 * @attr {boolean} debug - Shows the doctor: what it checked, what it found and what to change. Not for visitors. Default: off.
 * @attr {string} login-label - The login button's text. Default: in the page's language.
 * @attr {string} logout-label - The logout button's text. Default: in the page's language.
 *
 * @fires {CustomEvent<{restored: boolean}>} signedIn - The visitor is signed in; `restored`: from an earlier page or visit. Also `signed-in`.
 * @fires {CustomEvent<{code: string, message: string, hint: string, retryable: boolean, contextId?: string}>} signInFailed - What happened and what to change. Also `sign-in-failed`.
 * @fires {CustomEvent<{reason: "visitor"|"elsewhere"|"expired"|"account"}>} loggedOut - The visitor is no longer signed in: by the button, in another tab or device, because the session could not be renewed, or because `account` has changed. Also `logged-out`.
 * @fires {CustomEvent<{status: string}>} statusChange - `status` or `error` has changed. Also `status-change`.
 *
 * @slot login - The login button's content.
 * @slot logout - The logout button's content.
 * @slot status - Replaces the text that a visitor reads when something has failed.
 * @slot signed-in - Beside the button, while the visitor is signed in. Its room is kept.
 *
 * @csspart button - The button, whichever it is.
 * @csspart login-button - The login button.
 * @csspart logout-button - The logout button.
 * @csspart status - What a visitor reads, under the button and over the page.
 *
 * @cssprop [--genesys-auth-messenger-font=inherit] - The font.
 * @cssprop [--genesys-auth-messenger-background=transparent] - The button's background.
 * @cssprop [--genesys-auth-messenger-color=inherit] - The button's text.
 * @cssprop [--genesys-auth-messenger-border-color=currentColor] - The button's border.
 * @cssprop [--genesys-auth-messenger-border-radius=0.375em] - The corners of button and status text.
 * @cssprop [--genesys-auth-messenger-focus-color=currentColor] - The focus ring.
 * @cssprop [--genesys-auth-messenger-inline-size=12em] - How wide the button is at least: enough for each of its languages.
 * @cssprop [--genesys-auth-messenger-status-background=Canvas] - Behind the status text.
 * @cssprop [--genesys-auth-messenger-status-color=CanvasText] - The status text.
 * @cssprop [--genesys-auth-messenger-gap=0.75em] - Between the button and the slot `signed-in`.
 *
 * @cssstate starting - Not known yet who is signed in.
 * @cssstate signed-out - Nobody is signed in.
 * @cssstate signing-in - Signing in is under way.
 * @cssstate signed-in - The visitor is signed in.
 * @cssstate signing-out - Logging out is under way.
 * @cssstate failed - Something went wrong; see `error`.
 */
export class GenesysAuthMessenger extends BaseElement implements View {
  static override readonly observedAttributes = [
    'deployment-id',
    'environment',
    'issuer',
    'client-id',
    'client-secret',
    'redirect-uri',
    'scope',
    'mode',
    'silent',
    'loading',
    'prompt',
    'max-age',
    'authorization-params',
    'logout',
    'post-logout-redirect-uri',
    'end-session-endpoint',
    'authorization-endpoint',
    'account',
    'open',
    'debug',
    'login-label',
    'logout-label',
  ];

  static override readonly switches = ['silent', 'open', 'debug'];

  /** No block: browsers that know none should read as far as to say so. */
  static readonly defined = this.defineProperties(['authorize', 'words']);

  declare deploymentId?: string;
  declare environment?: string;
  declare issuer?: string;
  declare clientId?: string;
  /** Refused: a secret must never stand in a page. */
  declare clientSecret?: string;
  declare redirectUri?: string;
  declare scope?: string;
  declare mode?: string;
  declare silent?: boolean;
  declare loading?: string;
  declare prompt?: string;
  declare maxAge?: string | number;
  declare authorizationParams?: string;
  declare logout?: string;
  declare postLogoutRedirectUri?: string;
  declare endSessionEndpoint?: string;
  declare authorizationEndpoint?: string;
  declare account?: string | null;
  declare open?: boolean;
  declare debug?: boolean;
  /** The page's own way to obtain an authorization code, in place of the built-in flow. */
  declare authorize?: Authorize;
  /** The page's own labels and sentences, in place of ours; those that are left out stay. See docs/looks.md. */
  declare words?: Partial<Words>;
  declare loginLabel?: string;
  declare logoutLabel?: string;

  /** What is going on. Also a custom state: `:state(signed-in)`. */
  declare readonly status: Status;
  /** Why `status` is `failed`. */
  declare readonly error?: AuthMessengerError;

  /** Of the language around. */
  readonly #observer = new MutationObserver(() => this.requestUpdate());
  readonly #internals = this.attachInternals?.(); // Not in browsers before those we are made for.
  readonly #root = this.attachShadow({ mode: 'open', delegatesFocus: true });
  readonly #tree = buildTree(this.#root);
  /** The visitor can log out. */
  #signedIn = false;
  /** What the visitor is told. */
  #word: Word | undefined;
  /** What is configured has changed, and the session does not know yet. */
  #reconfigured = false;
  /** The doctor has come. */
  #attended = false;

  constructor() {
    super();
    this.#set('starting');
    const { button } = this.#tree;
    button.addEventListener('click', (event) => {
      // Nor a link's or a form's, where the element stands in one.
      event.preventDefault();
      if (!isBusy(this.status)) this[this.#signedIn ? 'signOut' : 'signIn']();
    });
    for (const type of ['pointerenter', 'keyup'])
      button.addEventListener(type, () => this.#page.prepare(this));
  }

  static readonly version = version;

  /**
   * Defines the element, unless the name is taken: then the first definition stays.
   *
   * @returns whether this is the first
   */
  static define(tag = 'genesys-auth-messenger', registry = customElements): boolean {
    const first = registry.get(tag) as Partial<typeof GenesysAuthMessenger> | undefined;
    if (first && first.version !== this.version)
      void explain(failure('configuration/version', `${first.version}, not ${this.version}`));
    if (!first) registry.define(tag, this);
    return !first;
  }

  /** @internal The script whose own tag configures. */
  source?: HTMLScriptElement;

  /** @internal The element of a script's own tag: its attributes with `data-` are the element's. */
  static fromScript(script: HTMLScriptElement): GenesysAuthMessenger {
    const element = createElement(document, 'genesys-auth-messenger');
    for (const name of this.observedAttributes) {
      const value = script.getAttribute(`data-${name}`);
      if (value !== null) element.setAttribute(name, value);
    }
    element.nonce = script.nonce;
    element.source = script;
    return element;
  }

  /** Signs the visitor in, as a click on the login button does. With `mode="popup"`, call it in a click. */
  signIn(): void {
    this.#silence();
    this.#configure();
    this.#page.signIn(this);
  }

  /** Logs the visitor out, as a click on the logout button does. */
  signOut(): void {
    this.#page.signOut(this);
  }

  /** @internal The page's session has changed. */
  show({ status, error, signedIn, word }: Display, events: readonly SessionEvent[]): void {
    this.#signedIn = signedIn;
    if (word !== this.#word) this.#silence();
    this.#word = word;
    this.requestUpdate();
    const isNews = status !== this.status || error?.code !== this.error?.code;
    this.#set(status, error);
    if (isNews) this.#dispatch('statusChange', { status });
    for (const { type, detail } of events) this.#dispatch(type, detail ?? error);
  }

  /** @internal */
  takeFocus(): void {
    if (read(document, 'activeElement') === read(document, 'body'))
      this.#tree.button.focus({ preventScroll: true });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#reconfigured = true;
  }

  disconnectedCallback(): void {
    this.#observer.disconnect();
    this.#page.remove(this);
  }

  /** @internal A document's sheets are its own. */
  adoptedCallback(): void {
    adoptSheet(this.#root, styles);
  }

  protected override changed(property: string): void {
    // Words are shown, not configured.
    this.#reconfigured ||= !/words|Label$/.test(property);
  }

  protected override update(): void {
    const language = languageAt(this, this.#observer);
    const ours = labelsIn(language);
    for (const name of ['login', 'logout'] as const) {
      const given = this[`${name}Label`] || this.words?.[name];
      if (given) write(this.#tree.labels[name], given, language);
      else write(this.#tree.labels[name], ours[name], ours.tag);
    }
    drawButton(this.#tree.button, this.status, this.#signedIn);
    this.#tree.button.hidden = this.#word === 'finished';
    this.#say(language, ours.tag);
    if (this.debug || this.#attended) {
      this.#attended = !!this.debug;
      const signIn = loadPart('sign-in').catch(() => undefined);
      Promise.all([loadPart('doctor'), loadPart('explanations'), signIn]).then(
        ([{ attend }, { describe }, { discover } = {}]) =>
          attend(this, this.#page.configurationOf(this), { describe, discover }, this.#page.takeTrace()),
        ({ message }) => console.warn(message),
      );
    }
    // Messenger is brought at once, before anybody else brings it. Without it, nobody waits, and drawing comes first.
    if (this.loading === 'lazy') setTimeout(() => this.#configure());
    else this.#configure();
  }

  /** What was set just before a call counts for it. */
  #configure(): void {
    if (!this.#reconfigured || !this.isConnected) return;
    this.#reconfigured = false;
    this.#page.update(this, this);
  }

  #set(status: Status, error?: AuthMessengerError): void {
    try {
      const { states } = this.#internals;
      states.delete(this.status);
      states.add(status);
    } catch {
      // Browsers before 2024 have no custom states, or only names with dashes: they do without.
    }
    Object.assign(this, { status, error });
  }

  /** Every event under two names: template languages such as Vue's cannot bind camelCase. */
  #dispatch(name: keyof GenesysAuthMessengerEvents, detail: unknown): void {
    for (const type of [name, name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)]) {
      this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
    }
  }

  /** What comes next is said, also if it is the same again. */
  #silence(): void {
    this.#tree.region.textContent = '';
    this.#root.querySelector('[part="status"]')?.remove();
  }

  #say(language: string, tag: string): void {
    const word = this.#word;
    if (!word) return;
    const isCurrent = () => word === this.#word && language === languageAt(this);
    const speak = async () => {
      const said = { word, given: this.words?.[word], language, tag, isCurrent };
      await (await loadPart('words')).say(this.#tree.region, said, loadLanguage);
    };
    // Whoever is at the provider in a moment need not hear of it. Without words the button still says what can be done.
    setTimeout(() => isCurrent() && speak().catch(() => {}), word === 'wait' ? 1_000 : 0);
  }

  get #page() {
    return pageSession(window);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'genesys-auth-messenger': GenesysAuthMessenger;
  }
}
