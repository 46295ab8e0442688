import type { Grant } from '../grant.js';
import { type CommandEvent, type Plugin, deploymentConfig } from './bus.js';
import type { MessengerListener } from './listener.js';

/**
 * Registers the AuthProvider plugin's three commands (docs/messenger.md §4). Any script can call them; codes are handed to
 * Messenger only. Defence in depth, no more (docs/messenger.md §3).
 *
 * @param isOfPage whether a plugin of this name is the page's own
 */
export function registerCommands(
  plugin: Plugin,
  listener: MessengerListener,
  isOfPage: (name: string) => boolean,
): void {
  const isAuth = (commander: string) => commander === 'Auth';
  /** Which of Messenger's plugins calls `signIn` is not documented, so the page's are refused and no other. */
  const isMessenger = (commander: string) => commander !== 'Genesys' && !isOfPage(commander);
  const register = (
    name: string,
    isAllowed: (commander: string) => boolean,
    handle: (event: CommandEvent) => void,
  ) =>
    plugin.registerCommand(name, (event) => {
      if (isAllowed(event.commander)) handle(event);
      else event.reject('Only Messenger may call this command');
    });

  register('getAuthCode', isAuth, (event) => {
    if (deploymentConfig(event.data)?.auth?.allowSessionUpgrade) listener('stepUpFound');
    listener(
      'codeCalled',
      // Without a code Messenger starts the anonymous chat of a step-up deployment (docs/messenger.md §4.3).
      { resolve: (grant) => event.resolve(grant ? { ...grant } : {}), reject: event.reject },
      event.data?.['forceUpdate'] === true,
    );
  });

  // Answered with nothing, though the grant may be there: in 2.2.8, which ignores the answer, and by the documentation
  // Messenger calls getAuthCode next (docs/messenger.md §4.2). That gets the grant; the same code must not go out twice.
  register('reAuthenticate', isAuth, (event) =>
    listener('reAuthenticateCalled', { resolve: () => event.resolve(), reject: event.reject }),
  );

  register('signIn', isMessenger, (event) =>
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
