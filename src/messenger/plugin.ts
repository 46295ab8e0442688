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
  /** Any script can call a command; codes are handed to Messenger only. Defence in depth, no more (docs/messenger.md §3). */
  const onlyFor =
    (isAllowed: (commander: string) => boolean, handle: (event: CommandEvent) => void) =>
    (event: CommandEvent) => {
      if (isAllowed(event.commander)) handle(event);
      else event.reject('Only Messenger may call this command');
    };
  const forAuth = (handle: (event: CommandEvent) => void) =>
    onlyFor((commander) => commander === 'Auth', handle);
  /** Which of Messenger's plugins calls `signIn` is not documented, so the page's are refused and no other. */
  const forMessenger = (handle: (event: CommandEvent) => void) =>
    onlyFor((commander) => commander !== 'Genesys' && !isOfPage(commander), handle);

  plugin.registerCommand(
    'getAuthCode',
    forAuth((event) => {
      if (deploymentConfig(event.data)?.auth?.allowSessionUpgrade) listener.onStepUp();
      listener.onGetAuthCode(
        // Without a code Messenger starts the anonymous chat of a step-up deployment (docs/messenger.md §4.3).
        { resolve: (grant) => event.resolve(grant ? { ...grant } : {}), reject: event.reject },
        event.data?.['forceUpdate'] === true,
      );
    }),
  );

  // Answered with nothing, though the grant may be there: in 2.2.8, which ignores the answer, and by the documentation
  // Messenger calls getAuthCode next (docs/messenger.md §4.2). That gets the grant; the same code must not go out twice.
  plugin.registerCommand(
    'reAuthenticate',
    forAuth((event) => {
      listener.onReAuthenticate({ resolve: () => event.resolve(), reject: event.reject });
    }),
  );

  plugin.registerCommand(
    'signIn',
    forMessenger((event) =>
      listener.onSignIn({
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
    ),
  );
}
