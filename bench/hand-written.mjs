// What a brand's programmers write where there is no element: pages that are as short as they can be and still work. They
// check the state and nothing else, try nothing a second time, and know no failure, no other tab and no logout.
import { snippet } from '../demo/world/beside.mjs';
import { bundled, filled, page, script } from './pages.mjs';

/** @typedef {import('../demo/world/world.mjs').World} World */

const settings = `
  const issuer = '%ISSUER%';
  const clientId = '%CLIENT_ID%';
  const scope = 'openid profile email';
  const redirectUri = location.origin + location.pathname;
`;

/** PKCE (RFC 7636) as its readers write it. */
const request = `
  const encode = (bytes) =>
    btoa(String.fromCharCode(...new Uint8Array(bytes)))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replaceAll('=', '');
  const random = () => encode(crypto.getRandomValues(new Uint8Array(32)));
  let metadata;
  const discover = () =>
    (metadata ??= fetch(issuer + '/.well-known/openid-configuration').then((response) => response.json()));
  async function createRequest(more) {
    const { authorization_endpoint } = await discover();
    const pending = { codeVerifier: random(), state: random(), nonce: random(), ...more };
    sessionStorage.setItem('pending', JSON.stringify(pending));
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(pending.codeVerifier));
    return (
      authorization_endpoint +
      '?' +
      new URLSearchParams({
        client_id: clientId,
        redirect_uri: redirectUri,
        response_type: 'code',
        scope,
        state: pending.state,
        nonce: pending.nonce,
        code_challenge: encode(digest),
        code_challenge_method: 'S256',
        ...more,
      })
    );
  }
`;

const login = `
  const button = document.querySelector('#login');
  button.addEventListener('pointerenter', discover);
  button.addEventListener('click', async () => location.assign(await createRequest()));
`;

/** The plugin as Genesys documents it (docs/messenger.md §4.1). @param {string} readGrant An expression. */
const plugin = (readGrant) => `
  let grant = ${readGrant};
  ${snippet()}
  Genesys('registerPlugin', 'AuthProvider', (plugin) => {
    plugin.registerCommand('getAuthCode', async ({ resolve, reject }) => {
      const found = await grant;
      grant = undefined;
      if (found) resolve(found);
      else reject({ message: 'Nobody has signed in.' });
    });
    plugin.registerCommand('reAuthenticate', ({ resolve }) => resolve());
    plugin.registerCommand('signIn', ({ reject }) => reject({ message: 'Not here.' }));
    plugin.ready();
  });
`;

const answer = `
  function readAnswer() {
    const answer = new URLSearchParams(location.search);
    const pending = JSON.parse(sessionStorage.getItem('pending'));
    if (!pending || answer.get('state') !== pending.state) return undefined;
    sessionStorage.removeItem('pending');
    history.replaceState(null, '', redirectUri);
    const { codeVerifier, nonce } = pending;
    return { authCode: answer.get('code'), redirectUri, codeVerifier, nonce, iss: answer.get('iss') };
  }
`;

const scriptSource = `{${settings}${request}${answer}${plugin('readAnswer()')}${login}}`;

/** Its bytes, as a brand would ship them. */
export const handWritten = () => bundled(scriptSource);

/**
 * The same with a library. It names `login` and `readGrant`, and may use what `settings` name.
 * @param {string} use Begins with its imports.
 */
export const withLibrary = (use) => `${settings}${use}${plugin('readGrant()')}
  addEventListener('click', ({ target }) => target.matches('bare-button') && login());`;

/** A page with a login button and Messenger. @param {World} world @returns {Promise<string>} Its address. */
export async function handWrittenPage(world) {
  await world.site.page('/hand-written.js', filled(await handWritten(), world));
  return world.site.page(
    '/hand-written',
    page(`<button type="button" id="login">Log in</button>${script('/hand-written.js')}`),
  );
}

/** A window like ours. */
const openWindow = `
  const left = screenX + outerWidth / 2 - 250;
  const top = screenY + outerHeight / 2 - 360;
  const opened = open('', '_blank', 'popup,width=500,height=720,left=' + left + ',top=' + top);
`;

/** @param {string} source Of a script. */
const pageWithButton = (source) =>
  page(`<button type="button" id="login">Log in</button><script>{
    const button = document.querySelector('#login');
    ${source}
  }</script>`);

/** A button that opens a window, and no more. */
export const popupByHand = pageWithButton(`button.addEventListener('click', () => {${openWindow}});`);

/** A button that opens a window, and takes it to the provider. @param {World} world */
export const popupSignIn = (world) =>
  pageWithButton(`
    ${filled(settings, world)}
    ${request}
    button.addEventListener('pointerenter', discover);
    button.addEventListener('click', async () => {
      ${openWindow}
      const url = await createRequest();
      opened.opener = null;
      opened.location.replace(url);
    });`);

/**
 * A page that asks the provider in a hidden frame, and waits for the answer.
 * @param {World} world
 * @param {string} path Of the redirect URI, whose page tells its parent.
 */
export const frameByHand = (world, path) =>
  page(`<script type="module">
    ${filled(settings, world).replace('location.pathname', `'${path}'`)}
    ${request}
    // Of the form that our own pages know to be an answer for a frame.
    const state = 'gam-frame-' + crypto.randomUUID().replaceAll('-', '');
    const frame = document.createElement('iframe');
    frame.style.display = 'none';
    frame.src = await createRequest({ state, prompt: 'none' });
    addEventListener('message', ({ data, source }) => {
      if (source !== frame.contentWindow) return;
      if (new URLSearchParams(data.parameters).get('state') === state) frame.remove();
    });
    document.documentElement.append(frame);
  </script>`);

/** A page for a redirect URI that does nothing but tell its parent. */
export const answerByHand = page(`<script>
  parent.postMessage({ parameters: location.search }, location.origin);
</script>`);
