import type { AuthMessengerError } from '../explanations.js';
import type { LogoutReason, Status } from '../session/facts.js';

/** The events by their camelCase names; each also comes under its kebab-case name. */
export interface GenesysAuthMessengerEvents {
  signedIn: CustomEvent<{ restored: boolean }>;
  signInFailed: CustomEvent<AuthMessengerError>;
  loggedOut: CustomEvent<{ reason: LogoutReason }>;
  statusChange: CustomEvent<{ status: Status }>;
}

type KebabCase<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `-${Lowercase<First>}`}${KebabCase<Rest>}`
  : Name;

type EventsUnderBothNames = {
  [Name in keyof GenesysAuthMessengerEvents as Name | KebabCase<Name>]: GenesysAuthMessengerEvents[Name];
};

declare global {
  // They bubble: to whatever is around the element, the document and the window. Inherited, so that a page may declare
  // events of its own under these names.
  interface ElementEventMap extends EventsUnderBothNames {}
  interface GlobalEventHandlersEventMap extends EventsUnderBothNames {}
}
