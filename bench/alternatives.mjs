// What a brand would otherwise use: libraries that speak to a provider, each with the button and the plugin that remain to
// be written by hand.
import { readFile } from 'node:fs/promises';
import { brotliCompressSync, constants } from 'node:zlib';
import { handWritten, withLibrary } from './hand-written.mjs';
import { compare } from './measure.mjs';
import { bareElement, bundled, filled, litElement, tag } from './pages.mjs';
import { bareButton, startElements } from './start.mjs';

/** By package: what its documentation begins with. `login` and `client` are what the rest of the page uses. */
const libraries = {
  'oidc-client-ts': `
    import { OidcClient, UserManager } from 'oidc-client-ts';
    const options = { authority: issuer, client_id: clientId, redirect_uri: redirectUri, scope };
    const manager = new UserManager(options);
    const login = () => manager.signinRedirect();
    // The one among these that can leave the code alone.
    async function readGrant() {
      if (!location.search.includes('code=')) return undefined;
      const { state, response } = await new OidcClient(options).readSigninResponseState(location.href, true);
      history.replaceState(null, '', redirectUri);
      return { authCode: response.code, redirectUri, codeVerifier: state.code_verifier };
    }`,
  '@auth0/auth0-spa-js': `
    import { Auth0Client } from '@auth0/auth0-spa-js';
    const client = new Auth0Client({
      domain: new URL(issuer).host,
      clientId,
      authorizationParams: { redirect_uri: redirectUri, scope },
    });
    const login = () => client.loginWithRedirect();
    const readGrant = () => undefined;`,
  '@azure/msal-browser': `
    import { PublicClientApplication } from '@azure/msal-browser';
    const client = new PublicClientApplication({ auth: { clientId, authority: issuer, redirectUri } });
    const login = async () => {
      await client.initialize();
      await client.loginRedirect({ scopes: scope.split(' ') });
    };
    const readGrant = () => undefined;`,
  'keycloak-js': `
    import Keycloak from 'keycloak-js';
    const client = new Keycloak({ oidcProvider: issuer, clientId });
    const login = async () => {
      await client.init({ pkceMethod: 'S256', checkLoginIframe: false });
      await client.login({ redirectUri, scope });
    };
    const readGrant = () => undefined;`,
};

const handicap =
  'Each with a button and the `AuthProvider` plugin. The libraries other than oidc-client-ts redeem the code themselves, where Genesys Cloud has to: a brand needs a way around that, which is not counted.';

/** @param {import('./measure.mjs').Setting} setting @returns {Promise<import('./measure.mjs').Figure[]>} */
export async function measureAlternatives(setting) {
  const { world } = setting;
  const paste = await readFile('dist/genesys-auth-messenger.js');
  const part = await readFile('dist/genesys-auth-messenger.sign-in.js');
  /** @type {Record<string, string>} */
  const others = {};
  for (const [name, use] of Object.entries(libraries))
    others[`${name}, with a page by hand`] = await bundled(withLibrary(use));
  const byHand = await handWritten();
  const lit = await litElement();
  const own = brotli(paste) + brotli(part);
  const row = (/** @type {string} */ name, /** @type {number} */ bytes) => ({
    name,
    value: `${bytes.toLocaleString('en')} B`,
    ...(bytes !== own && { ratio: bytes / own }),
  });
  const button = (/** @type {string} */ source) => ({
    ...bareButton,
    source: bareElement + filled(source, world),
  });
  const { processor } = await startElements(setting, {
    'ours, eager': { name: 'genesys-auth-messenger', source: String(paste), body: tag() },
    'a page by hand': { ...button(byHand), body: `${bareButton.body}<b id="login"></b>` },
    ...Object.fromEntries(Object.entries(others).map(([name, source]) => [name, button(source)])),
  });
  return [
    {
      title: 'Bytes of what a brand would otherwise use',
      measured: `Brotli, bundled and minified by esbuild; ours with the part for signing in. ${handicap}`,
      rows: [
        row('ours', own),
        row('a page by hand', brotli(byHand)),
        row('a button of Lit, and a page by hand', brotli(lit) + brotli(byHand)),
        ...Object.entries(others).map(([name, source]) => row(name, brotli(source))),
      ],
    },
    {
      title: 'Start of what a brand would otherwise use, at 4× CPU throttling',
      measured: `Processor time of the page's thread, from the file's first statement to the button. Ours, too, brings Messenger at once. ${handicap}`,
      rows: compare(processor),
    },
  ];
}

/** @param {string | Buffer} content @returns {number} Bytes. */
const brotli = (content) =>
  brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
