import 'genesys-auth-messenger/define';

const greet = (text: string) => document.querySelector('#greeting')?.replaceChildren(text);

document.addEventListener('signedIn', ({ detail }) =>
  greet(detail.restored ? 'Welcome back!' : 'You are logged in.'),
);
document.addEventListener('signInFailed', ({ detail }) =>
  greet(detail.retryable ? 'Please try again.' : 'Please call us.'),
);
document.addEventListener('loggedOut', () => greet('You are logged out.'));
