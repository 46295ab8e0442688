// What the code of a page sees that has imported the definition and nothing else. Compiled by test/unit/types.test.ts,
// never run.
import 'genesys-auth-messenger/define';

// The element's events, wherever they bubble to, under both of their names.
document.addEventListener('signedIn', ({ detail }) => detail.restored satisfies boolean);
document.addEventListener('signed-in', ({ detail }) => detail.restored satisfies boolean);
window.addEventListener('signInFailed', ({ detail }) => detail.hint satisfies string);
window.addEventListener('sign-in-failed', ({ detail }) => detail.retryable satisfies boolean);
document.body.addEventListener('loggedOut', ({ detail }) => detail.reason === 'elsewhere');
document.body.addEventListener('logged-out', ({ detail }) => detail.reason === 'elsewhere');
document
  .querySelector('.header')
  ?.addEventListener('statusChange', ({ detail }) => detail.status === 'failed');
document
  .querySelector('.header')
  ?.addEventListener('status-change', ({ detail }) => detail.status === 'failed');
document.querySelector('genesys-auth-messenger')?.addEventListener('signedIn', ({ target }) => target);
document.querySelector('genesys-auth-messenger')?.signIn();
// @ts-expect-error: it has no such detail
document.addEventListener('signedIn', ({ detail }) => detail.token);
// @ts-expect-error: no such reason
document.addEventListener('loggedOut', ({ detail }) => detail.reason === 'boredom');

// Messenger's own function.
// @ts-expect-error: not there before the snippet has run
window.Genesys('command', 'Messenger.open');
window.Genesys?.('command', 'Messenger.open');
window.Genesys?.('command', 'Messenger.open', {}, undefined, (reason) => reason satisfies unknown);
window.Genesys?.('command', 'Auth.logout', {}, ({ status }) => status satisfies number);
window.Genesys?.('command', 'Database.set', { messaging: { customAttributes: { plan: 'gold' } } });
window.Genesys?.('subscribe', 'Database.ready', ({ publisher, time }) => `${publisher} ${time.toFixed()}`);
window.Genesys?.('subscribe', 'MessagingService.started', ({ data }) => data.authenticated === false);
window.Genesys?.('subscribe', 'Auth.error', ({ data }) => data.status?.toFixed());
// @ts-expect-error: 2.2.8 takes no callback in place of the data
window.Genesys?.('command', 'Messenger.open', () => {});
// @ts-expect-error: attributes have their place
window.Genesys?.('command', 'Database.set', { customAttributes: {} });
// @ts-expect-error: it tells something else
window.Genesys?.('subscribe', 'MessagingService.started', ({ data }) => data.authenticated satisfies string);
// @ts-expect-error: there is no such verb (docs/messenger.md §2)
window.Genesys?.('unsubscribe', 'Database.ready');

// What Messenger has besides, or gets later.
window.Genesys?.('command', 'Journey.record', { eventName: 'seen' }, (answer) => answer satisfies unknown);
window.Genesys?.('subscribe', 'Toaster.opened', ({ data }) => data['id'] satisfies unknown);

window.Genesys?.('registerPlugin', 'Shop', (plugin) => {
  plugin.registerCommand('count', ({ data, resolve, reject }) =>
    data['item'] ? resolve(1) : reject('no item'),
  );
  plugin.subscribe('Messenger.ready', () => plugin.publish('opened', { shelf: 3 }));
  plugin.command('Auth.logout').then(({ statusText }) => statusText satisfies string);
  plugin.data('Auth.authenticated') satisfies unknown;
  plugin.ready();
});
