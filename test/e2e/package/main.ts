import 'genesys-auth-messenger/define';

document.querySelector('genesys-auth-messenger')?.addEventListener('signedIn', ({ detail }) => {
  // Compiles only where the event has its type.
  const restored: boolean = detail.restored;
  document.querySelector('#said')!.textContent = `signed in, ${restored ? 'restored' : 'not restored'}`;
});
