/**
 * A double of Genesys Cloud Messenger for tests of pages that use it: what `genesys.min.js` does, in two profiles, and
 * the API behind it in memory. It needs a real browser, or something that comes close.
 *
 * @module genesys-auth-messenger/testing
 */
export { bootMessenger, installSnippet } from './messenger.js';
export { MessengerApi } from './api.js';
export { nextEvent, recordEvents } from './observe.js';
export type { ApiCall, CodeBindings, Endpoint, MessengerApiOptions } from './api.js';
export type { BusEvent, CommandHandler, CommandRequest, EventCallback, Payload, Plugin } from './bus.js';
export type {
  AuthCodeGrant,
  BootOptions,
  DeploymentConfig,
  DeploymentDomains,
  Profile,
  SnippetConfig,
  Tokens,
} from './types.js';
