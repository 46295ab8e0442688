import type { Auth } from './auth.js';
import type { Plugin } from './bus.js';
import { call, isStepUp, type Context } from './context.js';
import { Widget } from './widget.js';

/**
 * What the visitor sees, and the plugins to it: `Launcher`, `Messenger` and, once there is a conversation,
 * `MessagingService` (docs/messenger.md §§4.3 and 7). There is no teardown: what was loaded stays until reload.
 */
export class Chat {
  readonly #context: Context;
  readonly #auth: Auth;
  readonly #launcher: Plugin;
  #messenger?: Plugin;
  #widget?: Widget;
  #conversation?: Plugin;
  #steppingUp?: Promise<unknown> | undefined;
  #listening = false;

  constructor(context: Context, auth: Auth) {
    this.#context = context;
    this.#auth = auth;

    this.#launcher = context.bus.register('Launcher')!;
    for (const [command, visible] of [
      ['show', true],
      ['hide', false],
    ] as const) {
      this.#launcher.registerCommand(command, ({ resolve, reject }) => {
        if (!this.#widget) return reject('Launcher does not exist');
        if (this.#visibility !== 'OnDemand') return reject('Launcher visibility is not OnDemand');
        this.#showLauncher(visible);
        resolve();
      });
    }
    this.#launcher.subscribe('Auth.loggedOut', () => {
      if (!this.#widget) return;
      this.#open(false);
      this.#showLauncher(false);
    });
    this.#launcher.ready();
  }

  /** Shows the chat, as whoever the visitor is by now. */
  load(): void {
    this.#widget ??= new Widget(this.#context.page, {
      toggle: () => this.#open(!this.#widget!.isOpen),
      send: (text) => this.#send(text).catch(() => undefined),
      signIn: () => void this.#stepUp().catch(() => {}),
    });
    this.#context.bus.hasFrames = true;
    this.#registerMessenger();
    this.#showIdentity();
    this.#showLauncher(this.#visibility === 'On');
    if (this.#context.options.conversationStarts !== 'open') this.#startConversation();
  }

  /** Only a chat that is there can be opened: until then the bus knows no such plugin (§7). */
  #registerMessenger(): void {
    if (this.#messenger) return;
    const plugin = (this.#messenger = this.#context.bus.register('Messenger')!);
    for (const [command, open] of [
      ['open', true],
      ['close', false],
    ] as const) {
      plugin.registerCommand(command, ({ resolve, reject }) => {
        if (this.#widget!.isOpen === open)
          return reject(`Messenger is already ${open ? 'opened' : 'closed'}`);
        this.#open(open);
        resolve();
      });
    }
    // By notes of third parties (§9): the conversation is over, and the session goes on.
    if (this.#context.profile !== '2.2.8') {
      plugin.registerCommand('clear', ({ resolve }) => {
        this.#open(false);
        this.#widget!.clear();
        plugin.publish('cleared');
        resolve();
      });
    }
    for (const event of ['authenticated', 'error', 'loggedOut', 'logoutError']) {
      plugin.subscribe(`Auth.${event}`, () => this.#showIdentity());
    }
    plugin.ready();
  }

  /** Says in the title of the chat who is talking. */
  #showIdentity(): void {
    if (!this.#widget) return;
    if (this.#auth.authenticated) this.#widget.identity = 'authenticated';
    else if (this.#steppingUp) this.#widget.identity = 'signing-in';
    else this.#widget.identity = isStepUp(this.#context) ? 'offered' : 'anonymous';
  }

  get #visibility(): 'On' | 'Off' | 'OnDemand' {
    return this.#context.deployment?.messenger?.launcherButton?.visibility ?? 'On';
  }

  #showLauncher(visible: boolean): void {
    this.#widget!.launcherVisible = visible;
    this.#launcher.publish(visible ? 'visible' : 'hidden');
  }

  #open(open: boolean): void {
    if (this.#widget!.isOpen === open) return;
    this.#widget!.isOpen = open;
    this.#messenger!.publish(open ? 'opened' : 'closed');
    if (!open) return;
    this.#startConversation();
    if (!this.#listening) {
      this.#listening = true;
      // The open socket: a tab without an open conversation does not hear of a logout elsewhere (§5).
      const channel = new this.#context.page.BroadcastChannel(this.#auth.channelName);
      channel.onmessage = () => this.#auth.loggedOutElsewhere();
    }
  }

  #startConversation(): void {
    if (this.#conversation) return;
    const plugin = (this.#conversation = this.#context.bus.register('MessagingService')!);
    plugin.registerCommand('sendMessage', ({ data, resolve, reject }) => {
      void this.#send(String(data.message)).then(resolve, reject);
    });
    if (this.#context.profile !== '2.2.8') {
      plugin.registerCommand('stepUpConversation', ({ resolve, reject }) => {
        void this.#stepUp().then(resolve, reject);
      });
    }
    plugin.ready();
    plugin.republish('started', {
      authenticated: this.#auth.authenticated,
      newSession: true,
      readOnly: false,
    });
  }

  /**
   * Sends a message to the chat partner and gives its answer. The partner is a local extension in place of the
   * WebSocket: `POST {api}/local/echo` with `{text}`, and with the visitor's JWT if they are signed in, is answered
   * with `{text}`. A call that fails with 401 is what makes Messenger refresh its token (docs/messenger.md §4.2).
   */
  async #send(text: string): Promise<string> {
    const url = `${this.#context.origins.api}/local/echo`;
    const send = (jwt: string | undefined) => call(this.#context, 'POST', url, { body: { text }, jwt });
    const { jwt } = this.#auth;
    let answer = await send(jwt);
    if (answer.status === 401 && jwt) answer = await send((await this.#auth.refresh())?.jwt);
    if (answer.status !== 200) throw answer.body;
    this.#conversation?.publish('messagesReceived', {
      messages: [{ text: answer.body.text, direction: 'Outbound' }],
    });
    return String(answer.body.text);
  }

  /** An anonymous conversation becomes an authenticated one (§4.3). */
  #stepUp(): Promise<unknown> {
    this.#steppingUp ??= this.#signIn().finally(() => {
      this.#steppingUp = undefined;
      this.#showIdentity();
    });
    this.#showIdentity();
    return this.#steppingUp;
  }

  async #signIn(): Promise<unknown> {
    if (!isStepUp(this.#context)) throw 'Step-up is not enabled for this deployment.';
    if (this.#auth.authenticated) throw 'The conversation is authenticated already.';
    if (!this.#conversation) throw 'No active conversation found to step-up.';
    try {
      const result = await this.#auth.signIn();
      this.#conversation.publish('steppedUpConversation', { metadata: { authenticated: true } });
      return result;
    } catch (reason) {
      this.#conversation.publish('stepUpConversationError', reason);
      throw reason;
    }
  }
}
