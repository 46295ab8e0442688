import { type Failure, failure } from '../../../../src/failure.js';
import type { Grant } from '../../../../src/grant.js';
import { canUseFrame, frameFailed, frameWorked, signedInVisibly } from '../../../../src/sign-in/frames.js';
import { pageSignIn } from '../../../../src/sign-in/authorize.js';
import { takeGrant } from '../../../../src/sign-in/own-grant.js';
import type { Authorize, SignIn } from '../../../../src/sign-in/sign-in.js';
import type { Page } from './world.js';

/** How long a hidden frame may take, and how long a page that is being left lingers, in milliseconds. */
const frameTime = 5_000;
export const leavingTime = 15_000;

/** A window, or whatever a page shows, in which the visitor signs in while the page waits. */
export interface Popup {
  page: Page;
  answer(outcome: 'code' | 'nothing' | Failure): void;
  close(): void;
}

/** The provider and the ways to it, as `providerSignIn` shows them to the session. */
export class SimulatedSignIn implements SignIn {
  readonly #page: Page;
  #popupsBlocked = false;

  constructor(page: Page) {
    this.#page = page;
  }

  complete(): Promise<Grant> | undefined {
    const { tab } = this.#page;
    const { arrival } = tab;
    tab.arrival = undefined;
    if (!arrival) return undefined;
    this.#page.hasActed = true;
    return this.#answer((resolve, reject) => {
      if (arrival !== 'code') return reject(failure('provider/denied'));
      signedInVisibly(tab.memory);
      resolve(this.#page.receiveGrant(this.#page.landingCounts));
    });
  }

  get canBeSilent(): boolean {
    return canUseFrame(this.#page.tab.memory);
  }

  signInSilently(): Promise<Grant> {
    const page = this.#page;
    const { weather } = page.world;
    const { memory } = page.tab;
    page.noteSignIn('silent');
    return this.#answer((resolve, reject) => {
      if (weather.provider === 'unreachable') return reject(failure('provider/unreachable'));
      const fail = (reason: Failure) => {
        frameFailed(memory);
        reject(reason);
      };
      if (weather.provider === 'error') fail(failure('provider/error'));
      else if (!weather.frames || weather.provider === 'never')
        page.after(frameTime, () => fail(failure('provider/login-required')));
      else if (!weather.providerSession) fail(failure('provider/login-required'));
      else {
        frameWorked(memory);
        resolve(page.receiveGrant(false));
      }
    });
  }

  signInInteractively(whenBack: () => void, signal: AbortSignal): Promise<Grant | undefined> {
    const page = this.#page;
    const { world } = page;
    page.noteSignIn('interactive');
    if (world.setup.mode === 'redirect' || this.#popupsBlocked) {
      return this.#answer((resolve, reject) => {
        if (world.weather.provider === 'unreachable') {
          page.noteFailure();
          return reject(failure('provider/unreachable'));
        }
        if (signal.aborted) {
          page.noteFailure();
          return reject(signal.reason as Failure);
        }
        page.leave();
        resolve(undefined);
      });
    }
    if (!page.isActivated || !world.weather.popups) {
      this.#popupsBlocked = page.isActivated;
      page.noteFailure();
      return Promise.reject(failure('popup/blocked'));
    }
    return page.openPopup(whenBack);
  }

  forget(): void {}

  async signOut(): Promise<void> {
    this.#page.world.weather.providerSession = false;
  }

  prepare(): void {}

  #answer<Answer>(
    respond: (resolve: (answer: Answer) => void, reject: (reason: Failure) => void) => void,
  ): Promise<Answer> {
    return new Promise((resolve, reject) => this.#page.respond(() => respond(resolve, reject)));
  }
}

/** A page that has set `authorize`: what `pageSignIn` does, without the time that it takes to load. */
export class SimulatedOwnSignIn implements SignIn {
  readonly canBeSilent = true;
  readonly #page: Page;
  readonly #own = pageSignIn(
    () => this.#authorize,
    async () => {},
    takeGrant,
  );

  constructor(page: Page) {
    this.#page = page;
  }

  complete(): undefined {}

  signInSilently(): Promise<Grant> {
    return this.#own.signInSilently();
  }

  signInInteractively(): Promise<Grant | undefined> {
    return this.#own.signInInteractively();
  }

  forget(): void {}

  async signOut(): Promise<void> {}

  prepare(): void {}

  readonly #authorize: Authorize = ({ interactive }) => {
    const page = this.#page;
    const { weather } = page.world;
    page.noteSignIn(interactive ? 'interactive' : 'silent');
    if (interactive) return page.openPopup(() => {});
    return new Promise((resolve, reject) =>
      page.respond(() => {
        if (weather.provider === 'error') reject(new Error('a secret of the page'));
        else resolve(weather.providerSession ? page.receiveGrant(false) : undefined);
      }),
    );
  };
}
