export { GenesysAuthMessenger } from './element/element.js';
export type { GenesysAuthMessengerEvents } from './element/events.js';
export { type AuthMessengerError, type ErrorCode, errors } from './explanations.js';
export type { Grant } from './grant.js';
export type {
  GenesysCommands,
  GenesysEvent,
  GenesysEvents,
  GenesysFunction,
  GenesysPlugin,
} from './messenger/genesys.js';
export type { Authorize } from './sign-in/sign-in.js';
export type { Words } from './words/sentences.js';
export type { LogoutReason, Status } from './session/facts.js';
