import { bootMessenger, installSnippet, type MessengerApi } from 'genesys-auth-messenger/testing';

declare global {
  interface Window {
    /** Genesys Cloud. The test sets it in its own window, and opens this page in a frame. */
    api: MessengerApi;
  }
}

// Vitest sends each import() through its runner, which a frame does not have.
Object.assign(window, { __vitest_browser_runner__: Reflect.get(window.parent, '__vitest_browser_runner__') });

const { api } = window.parent;
const element = document.querySelector('genesys-auth-messenger')!;

installSnippet(window, {
  deploymentId: element.getAttribute('deployment-id')!,
  environment: element.getAttribute('environment')!,
});
bootMessenger(window, { fetch: api.fetch });

// In place of the provider: whoever wants to log in, can.
element.authorize = ({ interactive }) => (interactive ? api.issueGrant() : undefined);
