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

/** What Messenger tells and asks, with what comes with it. */
export interface MessengerHappenings {
  /** The plugin is registered and the deployment lets visitors sign in. `authenticated`: it holds tokens of an earlier visit
   * (docs/messenger.md §4.1). */
  messengerReady: [authenticated: boolean];
  /** The deployment lets anonymous visitors chat and sign in later (step-up). */
  stepUpFound: [];
  /** The chat has begun without a sign-in: `MessagingService.stepUpConversation` can be called. */
  anonymousChatBegan: [];
  messengerFailed: [reason: Failure];
  /** What Messenger had put into the page is gone. */
  messengerRemoved: [];
  /** Something in the page is wrong, and Messenger works all the same. */
  flawFound: [reason: Failure];
  /** `forced`: a new code is wanted even if one was handed over before. */
  codeCalled: [call: Call<Grant | undefined>, forced: boolean];
  reAuthenticateCalled: [call: Call<Grant | undefined>];
  signInCalled: [call: Call<Grant>];
  /** A code is being redeemed. */
  exchangeBegan: [];
  /** The code was redeemed. */
  authenticated: [];
  /** The exchange or a refresh failed. */
  exchangeFailed: [failed: ExchangeFailure];
  loggedOut: [];
}

export type MessengerListener = <Name extends keyof MessengerHappenings>(
  name: Name,
  ...values: MessengerHappenings[Name]
) => void;
