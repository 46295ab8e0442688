const element = document.querySelector('genesys-auth-messenger');
const place = element.parentElement;
const heard = document.querySelector('output');
const toggle = document.querySelector('#toggle');

for (const type of ['signedIn', 'signInFailed', 'loggedOut', 'statusChange']) {
  element.addEventListener(type, () => heard.append(`${type} `));
}
toggle.addEventListener('click', () => {
  if (element.isConnected) element.remove();
  else place.querySelector('h1').after(element);
  toggle.textContent = element.isConnected ? 'Take away' : 'Put back';
});
document.querySelector('#rename').addEventListener('click', () => (element.loginLabel = 'Log in, renamed'));

element.loginLabel = 'Log in from HTML';
// After the properties: what was set before is not lost.
await import('genesys-auth-messenger/define');
