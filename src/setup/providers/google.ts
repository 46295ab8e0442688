import type { Provider } from './provider.js';

export const google: Provider = {
  id: 'google',
  name: 'Google',
  issuers: /^https:\/\/accounts\.google\.com\/?$/,
  issuer: 'https://accounts.google.com',
  consoleName: 'It shows none: the issuer is `https://accounts.google.com` for everybody.',
  pasteable: ['accounts.google.com', 'https://accounts.google.com/o/oauth2/v2/auth'],
  application: 'OAuth client of the type **Web application**',
  steps: [
    '**Google Cloud console > Google Auth Platform > Clients > Create client**: **Web application**.',
    '**Authorized redirect URIs**: `{redirectUri}`',
    '**Audience**: publish the app, or add the people who may sign in as test users.',
  ],
  redirectUri: 'Exactly; https, except on localhost.',
  cors: 'Not documented; the setup page tells.',
  refresh:
    'By the parameter `access_type=offline` with `prompt="consent"`. Google knows no `offline_access` and refuses it.',
  refreshAttributes: { prompt: 'consent', 'authorization-params': 'access_type=offline' },
  iss: 'Since 2026.',
  maxAge: 'No: leave it out.',
  signOut: 'No: Google has no such address. Leave `logout` at `messenger`.',
  signOutAttributes: {},
  errors: [
    ['Error 400: redirect_uri_mismatch', 'The redirect URI is not registered in this very form.'],
    ['Error 401: invalid_client', 'The client id is wrong or was deleted.'],
    ['Error 400: invalid_scope', 'Remove the scope; most often it is `offline_access`.'],
    ['Error 403: access_denied', 'The app is in testing and this person is not a test user.'],
  ],
  notes: [],
  sources: ['https://developers.google.com/identity/openid-connect/openid-connect'],
};
