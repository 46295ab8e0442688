import type { Failure } from '../failure.js';
import type { Grant } from '../grant.js';

/**
 * A command of Messenger that waits for its answer. It may wait for ever: the bus has no time-outs, and a pending
 * `getAuthCode` is the clean way to wait for a visitor (docs/messenger.md §4.1). Only the first answer counts.
 */
export interface Call<Answer> {
  resolve(answer: Answer): void;
  /** @param reason is printed to the console by the bus: a code, never a secret */
  reject(reason: string): void;
}

/** A code was not redeemed. */
export interface ExchangeFailure {
  reason: Failure;
  /** Messenger will call for another code, for ever (docs/messenger.md §4.1). */
  callsAgain: boolean;
}

/** What Messenger tells and asks. */
export interface MessengerListener {
  /** The plugin is registered and the deployment lets visitors sign in.
   * @param authenticated tokens of an earlier visit are held (docs/messenger.md §4.1) */
  onReady(authenticated: boolean): void;
  /** The deployment lets anonymous visitors chat and sign in later (step-up). */
  onStepUp(): void;
  /** The chat has begun without a sign-in: `MessagingService.stepUpConversation` can be called. */
  onAnonymousChat(): void;
  onFailed(failure: Failure): void;
  /** @param forced a new code is wanted even if one was handed over before */
  onGetAuthCode(call: Call<Grant | undefined>, forced: boolean): void;
  onReAuthenticate(call: Call<Grant | undefined>): void;
  onSignIn(call: Call<Grant>): void;
  /** A code is being redeemed. */
  onExchangeBegan(): void;
  /** The code was redeemed. */
  onAuthenticated(): void;
  /** The exchange or a refresh failed. */
  onExchangeFailed(failed: ExchangeFailure): void;
  onLoggedOut(): void;
}
