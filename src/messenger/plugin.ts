import type { Grant } from '../grant.js';
import { type CommandEvent, type Plugin, deploymentConfig } from './bus.js';
import type { MessengerListener } from './listener.js';

/** Registers the AuthProvider plugin's three commands (docs/messenger.md §4). */
export function registerCommands(plugin: Plugin, listener: MessengerListener): void {
  /** Any script can call a command; codes are handed to Messenger's own Auth plugin only (docs/messenger.md §3). */
  const forAuth = (handle: (event: CommandEvent) => void) => (event: CommandEvent) => {
    if (event.commander === 'Auth') handle(event);
    else event.reject('Only Messenger may call this command');
  };

  plugin.registerCommand(
    'getAuthCode',
    forAuth((event) => {
      if (deploymentConfig(event.data)?.auth?.allowSessionUpgrade) listener.onStepUp();
      listener.onGetAuthCode(
        // Without a code Messenger starts the anonymous chat of a step-up deployment (docs/messenger.md §4.3).
        { resolve: (grant) => event.resolve(grant ? { ...grant } : {}), reject: event.reject },
        event.data.forceUpdate === true,
      );
    }),
  );

  plugin.registerCommand('reAuthenticate', forAuth(listener.onReAuthenticate));

  plugin.registerCommand('signIn', (event) =>
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
  );
}
