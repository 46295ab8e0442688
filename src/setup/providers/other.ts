import type { Provider } from './provider.js';

/** For a provider that is none of the others. */
export const otherProvider: Provider = {
  id: 'other',
  name: 'Another OpenID provider',
  issuer: 'As the discovery document says',
  consoleName: 'The discovery document names it as `issuer`.',
  pasteable: ['https://login.brand.example/.well-known/openid-configuration'],
  application: 'A confidential web application: with a client secret, authorization code flow',
  steps: [
    'Register a **confidential** client for the **authorization code** flow, with a client secret.',
    'Redirect URI: `{redirectUri}`',
    'Address to return to after a logout: `{page}`',
    'Allow the origin `{origin}` to read the discovery document (CORS), if the provider asks for it.',
  ],
  redirectUri: 'Byte for byte, as OpenID Connect demands.',
  cors: 'The setup page tells.',
  refresh: 'The scope `offline_access`.',
  refreshAttributes: { scope: 'openid profile email offline_access' },
  iss: 'As the discovery document says.',
  maxAge: 'As OpenID Connect demands.',
  signOut: 'Where the discovery document names an `end_session_endpoint`.',
  signOutAttributes: { logout: 'provider', 'post-logout-redirect-uri': '{page}' },
  errors: [],
  notes: [],
  sources: ['https://openid.net/specs/openid-connect-core-1_0.html'],
};
