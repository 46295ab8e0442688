import { genesysOf } from '../messenger/snippet.js';
import type { Trace } from './trace.js';

/** What Messenger publishes about signing in (docs/messenger.md §§1, 5). Their data hold codes and tokens: names only. */
const events = {
  GenesysJS: 'domainsReceived domainNotAllowed configurationReceived ready',
  Auth: 'ready authenticating authenticated loggedOut authError authProviderError error tokenError logoutError signInAvailable signingIn signedIn signInFailed',
  MessagingService: 'started steppedUpConversation',
};

/**
 * Writes down what Messenger says from now on, once Messenger or its snippet is there.
 *
 * @returns whether it was there
 */
export function followMessenger(window: Window, trace: Trace): boolean {
  if (!genesysOf(window)) return false;
  for (const [publisher, names] of Object.entries(events)) {
    for (const name of names.split(' ')) {
      const event = `${publisher}.${name}`;
      genesysOf(window)?.('subscribe', event, ({ data }) => {
        const { status } = Object(data) as { status?: unknown };
        trace.add(`Messenger: ${event}${typeof status === 'number' ? ` ${status}` : ''}`);
      });
    }
  }
  return true;
}
