import type { Grant } from '../../../../src/grant.js';
import { exchangeFailure } from '../../../../src/messenger/bus.js';
import type { MessengerListener } from '../../../../src/messenger/listener.js';
import type { Messenger } from '../../../../src/messenger/messenger.js';
import { failure } from '../../../../src/failure.js';
import type { ErrorCode } from '../../../../src/explanations.js';
import type { Page } from './world.js';

/** A command that Messenger has called; only the first answer counts. */
export class OpenCall<Answer> {
  isOpen = true;
  /** It was made while somebody was signed in, who needs a new code to go on. */
  isAgain = false;
  /** The grant that it would have led to was fetched, or taken, by another call. */
  isPassedOver = false;
  /** What it is answered with is redeemed; else it is thrown away. */
  isTaken = true;
  readonly #page: Page;
  readonly #then: (answer: Answer) => void;
  readonly #catch: (reason: string) => void;

  constructor(
    page: Page,
    readonly name: 'getAuthCode' | 'reAuthenticate' | 'signIn',
    then: (answer: Answer) => void,
    onReject: (reason: string) => void,
  ) {
    this.#page = page;
    this.#then = then;
    this.#catch = onReject;
  }

  resolve = (answer: Answer): void => {
    const { world } = this.#page;
    const isDelivered = answer && this.isTaken;
    if (isDelivered) for (const call of this.#page.messenger!.openCalls) call.isPassedOver = true;
    if (isDelivered) world.noteDelivery(this.#page, answer as unknown as Grant, this.isOpen);
    else world.demand(this.isOpen, `${this.name} is answered twice`);
    this.#settle(() => this.#then(answer));
  };

  reject = (reason: string): void => {
    const { world } = this.#page;
    world.demand(this.name === 'signIn', `${this.name} is rejected`);
    world.demand(!world.holdsSecret(reason), 'a rejection holds a secret');
    this.#settle(() => this.#catch(reason));
  };

  #settle(then: () => void): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.#page.after(0, then);
  }
}

const nothing = () => {};

/** Messenger in one page, as docs/messenger.md §4 describes it from the plugin's side. */
export class SimulatedMessenger implements Messenger {
  readonly #page: Page;
  readonly #listener: MessengerListener;
  readonly calls: OpenCall<never>[] = [];
  isReady = false;
  #isMute = false;
  /** How many are under way. */
  #exchanges = 0;
  /** What the session has been heard last about who is signed in. */
  reported = false;
  /** Whose session that is. */
  owner: string | undefined;
  /** The anonymous conversation of a step-up deployment. */
  #hasConversation = false;
  #steppingUp = false;

  constructor(page: Page, listener: MessengerListener) {
    this.#page = page;
    this.#listener = listener;
  }

  get openCalls(): OpenCall<never>[] {
    return this.calls.filter(({ isOpen }) => isOpen);
  }

  /** The tokens that it holds are no good. */
  get hasAskedAgain(): boolean {
    return this.calls.some(({ isAgain }) => isAgain);
  }

  start(): void {
    const page = this.#page;
    const listener = this.#listener;
    const { messenger } = page.world.weather;
    this.#isMute = messenger === 'mute';
    const fail = (code: ErrorCode) => {
      page.noteWindowIsOfNoUse();
      page.messengerFailure = code;
      listener('messengerFailed', failure(code));
    };
    switch (messenger) {
      case 'conflict':
        return fail('configuration/conflict');
      case 'forbidden':
        return fail('messenger/blocked');
      case 'blocked':
        return page.respond(() => fail('messenger/blocked'));
      case 'off':
        return page.respond(() => fail('messenger/authentication-off'));
      case 'late':
        page.after(8_000, () => fail('messenger/no-answer'));
        return void page.after(20_000, () => this.#ready());
      case 'mute':
      case 'ok':
        return page.respond(() => this.#ready());
    }
  }

  #ready(): void {
    const { setup, site } = this.#page.world;
    const listener = this.#listener;
    const reportReady = () => {
      this.isReady = true;
      this.#page.messengerFailure = undefined;
      this.reported = site.tokens;
      this.owner = site.owner;
      if (site.tokens) this.#page.noteWindowIsOfNoUse();
      listener('messengerReady', site.tokens);
    };
    if (setup.stepUp) listener('stepUpFound');
    if (setup.asksBeforeReady) this.#init();
    reportReady();
    if (!setup.asksBeforeReady) this.#init();
  }

  /** `GenesysJS.init`. @param then it has tokens, or lets an anonymous chat begin */
  #init(then = nothing): void {
    const { setup, site } = this.#page.world;
    if (this.#isMute) return;
    if (site.tokens) return then();
    if (!setup.stepUp) return this.#getAuthCode({ then });
    // That signing in is possible is said before the chat has begun.
    this.#page.after(0, () => this.#listener('anonymousChatBegan'));
    const startChat = () =>
      this.#page.after(10, () => {
        if (this.#hasConversation || site.tokens) return;
        this.#hasConversation = true;
        this.#listener('anonymousChatBegan');
      });
    if (setup.asksAtLoad) this.#getAuthCode({ whenEmpty: setup.chatWaits ? startChat : nothing });
    if (!setup.asksAtLoad || !setup.chatWaits) startChat();
    then();
  }

  #call<Answer>(call: OpenCall<Answer>): OpenCall<Answer> {
    this.#page.world.note(this.#page, `Messenger calls ${call.name}`);
    this.calls.push(call as unknown as OpenCall<never>);
    return call;
  }

  #getAuthCode({ forced = false, whenEmpty = nothing, then = nothing } = {}): void {
    const onAnswer = (grant: Grant | undefined) => (grant ? this.#exchange(grant, then) : whenEmpty());
    const call = new OpenCall<Grant | undefined>(this.#page, 'getAuthCode', onAnswer, nothing);
    call.isAgain = forced || this.reported;
    this.#listener('codeCalled', this.#call(call), forced);
  }

  /** @param then where the answer is not taken */
  #reAuthenticate(then: () => void): void {
    this.reported = false;
    const onAnswer = (grant: Grant | undefined) => (call.isTaken && grant ? this.#exchange(grant) : then());
    const call = new OpenCall<Grant | undefined>(this.#page, 'reAuthenticate', onAnswer, nothing);
    call.isTaken = this.#page.world.setup.takesReAuthentication;
    call.isPassedOver = this.#exchanges > 0;
    this.#listener('reAuthenticateCalled', this.#call(call));
  }

  #exchange(grant: Grant, then = nothing): void {
    const page = this.#page;
    const { world } = page;
    this.#exchanges++;
    page.after(0, () => this.#listener('exchangeBegan'));
    const fail = (status: number | undefined) => {
      const failed = exchangeFailure({ status });
      if (failed.reason.code !== 'exchange/unavailable') world.noteRefusal(page);
      page.after(0, () => this.#listener('exchangeFailed', failed));
    };
    if (world.weather.api === 'never') return;
    page.respond(() => {
      this.#exchanges--;
      this.#steppingUp = false;
      const answer = world.redeem(grant);
      world.note(page, `the exchange is answered ${answer}`);
      switch (answer) {
        case 200:
          world.site.tokens = true;
          world.site.owner = world.ownerOf(grant);
          world.noteSuccess(page);
          return void page.after(0, () => {
            this.reported = true;
            this.owner = world.ownerOf(grant);
            this.#listener('authenticated');
            then();
          });
        case 401:
        case 403:
          world.site.tokens = false;
          fail(answer);
          return this.#reAuthenticate(nothing);
        case 504:
          fail(answer);
          return this.#getAuthCode();
        case 'gone':
          return fail(undefined);
        default:
          return fail(answer);
      }
    });
  }

  // What happens by itself

  /** A call of Messenger's fails because its token is too old. */
  refresh(answer: 'refused' | 'no refresh token' | 'unavailable'): void {
    const { site } = this.#page.world;
    if (!this.reported) return;
    if (answer === 'no refresh token') return this.#getAuthCode({ forced: true });
    this.#page.after(0, () =>
      this.#listener('exchangeFailed', exchangeFailure({ status: answer === 'refused' ? 401 : 503 })),
    );
    if (answer === 'unavailable') return;
    site.tokens = false;
    this.#reAuthenticate(() => this.#getAuthCode());
  }

  /** Two parts of Messenger want tokens. */
  getTokens(): void {
    if (this.isReady && !this.#isMute && !this.#page.world.setup.stepUp) this.#getTokens();
  }

  #getTokens(): void {
    if (!this.#page.world.site.tokens) this.#getAuthCode();
  }

  /** The visitor has pressed the sign-in entry of the anonymous chat. */
  pressSignIn(): boolean {
    if (!this.#canStepUp) return false;
    this.#signIn();
    return true;
  }

  hearLogout(): void {
    if (!this.reported) return;
    this.#page.noteLogout();
    this.reportLoggedOut();
    this.#listener('loggedOut');
  }

  /** Nobody's session is to go on any more. */
  reportLoggedOut(): void {
    this.reported = false;
    for (const call of this.calls) call.isAgain = false;
  }

  // Commands

  async logOut(): Promise<void> {
    const page = this.#page;
    const { weather, site } = page.world;
    if (!site.tokens) {
      this.reportLoggedOut();
      return;
    }
    if (weather.logout === 'never') {
      page.after(10_000, () => this.reportLoggedOut());
      return new Promise(() => {});
    }
    await new Promise<void>((resolve) => page.respond(resolve));
    this.reportLoggedOut();
    site.tokens = false;
    // The tokens are gone all the same.
    if (weather.logout === 'refused') throw failure('logout/incomplete', 'Service unavailable');
    page.after(0, () => {
      this.reportLoggedOut();
      this.#listener('loggedOut');
    });
    page.world.notifyOtherMessengers(page);
  }

  ask(): Promise<void> {
    const { setup, site } = this.#page.world;
    return new Promise((resolve) =>
      this.#page.after(0, () => {
        if (!setup.stepUp && !this.#isMute && site.tokens) {
          this.reported = true;
          this.owner = site.owner;
          for (const call of this.openCalls) call.isPassedOver = true;
        }
        this.#init(resolve);
      }),
    );
  }

  'open-chat'(): void {
    const { world, hasActed } = this.#page;
    world.demand(hasActed, 'the chat opens, and the visitor has done nothing');
    world.demand(this.reported, 'the chat opens for nobody');
  }

  async renew(): Promise<void> {
    this.#page.after(0, () => {
      // Without tokens it calls for the first time, as it were.
      if (!this.reported || !this.#page.world.setup.refreshTokens)
        this.#getAuthCode({ forced: this.reported });
    });
  }

  async 'step-up'(): Promise<void> {
    if (!this.#canStepUp) throw 'No active conversation found to step-up.';
    this.#page.after(0, () => this.#canStepUp && this.#signIn());
  }

  get #canStepUp(): boolean {
    return this.#hasConversation && !this.#steppingUp && !this.reported;
  }

  #signIn(): void {
    this.#steppingUp = true;
    const then = (grant: Grant) => this.#exchange(grant);
    const failed = () => (this.#steppingUp = false);
    this.#listener('signInCalled', this.#call(new OpenCall<Grant>(this.#page, 'signIn', then, failed)));
  }
}
