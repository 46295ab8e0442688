import type { Provider } from './provider.js';

export const cognito: Provider = {
  id: 'cognito',
  name: 'Amazon Cognito',
  issuers: /^https:\/\/cognito-idp\.[a-z0-9-]+\.amazonaws\.com\/|\.amazoncognito\.com(\/|$)/,
  issuer: 'https://cognito-idp.{region}.amazonaws.com/{user pool id}',
  consoleName:
    '`User pool ID`, on the user pool’s **Overview**. The `Token signing key URL` beside it is the issuer with `/.well-known/jwks.json` after it. The `Cognito domain` of the login pages is not the issuer.',
  pasteable: [
    'eu-central-1_AbCdEf123',
    'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEf123/.well-known/jwks.json',
  ],
  application: 'App client **with** a client secret (traditional web application)',
  steps: [
    '**User pool > App clients > Create app client**: **Traditional web application**, which has a client secret.',
    '**Login pages > Allowed callback URLs**: `{redirectUri}`',
    '**Login pages > Allowed sign-out URLs**: `{page}`',
    '**OAuth grant types**: **Authorization code grant**. **OpenID Connect scopes**: OpenID, Profile, Email.',
  ],
  redirectUri: 'Exactly; a slash at the end counts. https, except `http://localhost`.',
  cors: 'Believed to be open to every site; the setup page tells.',
  refresh:
    'Nothing to do: the code grant always gives one. Cognito knows no `offline_access` and refuses it.',
  refreshAttributes: {},
  iss: 'No.',
  maxAge: 'No: leave it out.',
  signOut:
    'Yes, by an address of its own form: the sign-out address of the login pages with `client_id` and `logout_uri`. With a query of its own the element uses it as it is.',
  signOutAttributes: {
    logout: 'provider',
    'end-session-endpoint':
      'https://{domain of the login pages}/logout?client_id={clientId}&logout_uri={page}',
  },
  errors: [
    ['redirect_mismatch', 'The redirect URI is not among the **Allowed callback URLs**.'],
    ['invalid_scope', 'A scope is not switched on for the app client; `offline_access` never is.'],
    [
      'invalid_client',
      'Wrong secret in Genesys Cloud, or an app client without one. The page is told `exchange/refused`.',
    ],
  ],
  notes: [
    'The login pages send `Cross-Origin-Opener-Policy`. `mode="popup"` works all the same.',
    'The issuer is not on the domain of the login pages: the Content-Security-Policy needs the issuer in `connect-src`, and the domain of the login pages in `frame-src`.',
  ],
  sources: [
    'https://docs.aws.amazon.com/cognito/latest/developerguide/logout-endpoint.html',
    'https://docs.aws.amazon.com/cognito/latest/developerguide/using-pkce-in-authorization-code.html',
  ],
};
