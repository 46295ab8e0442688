import type { Grant } from '../grant.js';
import { type CommandEvent, type Plugin, deploymentConfig } from './bus.js';
import type { MessengerListener } from './listener.js';

/**
 * Registers the AuthProvider plugin's three commands (docs/messenger.md §4).
 *
 * @param isOfPage whether a plugin of this name is the page's own
 */
export function registerCommands(
  plugin: Plugin,
  listener: MessengerListener,
  isOfPage: (name: string) => boolean,
): void {
  /**
   * Any script can call a command; codes are handed to Messenger only. Defence in depth, no more (docs/messenger.md §3).
   * Which of Messenger's plugins calls `signIn` is not documented, so the page's are refused and no other.
   */
  const register = (name: string, handle: (event: CommandEvent) => void) =>
    plugin.registerCommand(name, (event) => {
      const { commander } = event;
      const isAllowed =
        name === 'signIn' ? commander !== 'Genesys' && !isOfPage(commander) : commander === 'Auth';
      if (isAllowed) handle(event);
      else event.reject('For Messenger only');
    });

  register('getAuthCode', (event) => {
    if (deploymentConfig(event.data)?.auth?.allowSessionUpgrade) listener('stepUpFound');
    listener(
      'codeCalled',
      // Without a code Messenger starts the anonymous chat of a step-up deployment (docs/messenger.md §4.3).
      { resolve: (grant) => event.resolve({ ...grant }), reject: event.reject },
      event.data?.['forceUpdate'] === true,
    );
  });

  // 2.2.8 ignores the answer and calls getAuthCode next, which gets the same grant; a later Messenger may take it and
  // begin the exchange (docs/messenger.md §4.2).
  register('reAuthenticate', (event) => listener('reAuthenticateCalled', event));

  register('signIn', (event) =>
    listener('signInCalled', {
      // Messenger wants the data both as an event and as the answer, and an event to reset its own display on failure.
      resolve(grant: Grant) {
        plugin.publish('signedIn', { ...grant });
        event.resolve({ ...grant });
      },
      reject(reason) {
        plugin.publish('signInFailed', { message: reason });
        event.reject(reason);
      },
    }),
  );
}
