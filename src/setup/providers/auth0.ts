import { type Provider, untold } from './provider.js';

export const auth0: Provider = {
  id: 'auth0',
  name: 'Auth0',
  issuers: /\.auth0\.com(\/|$)/,
  issuer: 'https://{tenant}.{region}.auth0.com/ (with the slash at the end)',
  consoleName:
    '`Domain`, under **Applications > Applications > {your application} > Settings > Basic Information**. The issuer is that domain with `https://` before it and a slash after it.',
  pasteable: [
    'brand.eu.auth0.com',
    'https://brand.eu.auth0.com/.well-known/openid-configuration',
    'https://brand.eu.auth0.com/authorize',
  ],
  application: '**Regular Web Application**',
  steps: [
    '**Applications > Applications > Create Application**: choose **Regular Web Application**.',
    '**Settings > Allowed Callback URLs**: `{redirectUri}`',
    '**Settings > Allowed Logout URLs**: `{page}`, if visitors are to be logged out at Auth0 too.',
    '**Settings > Advanced Settings > Grant Types**: **Authorization Code**, and **Refresh Token** for long sessions.',
  ],
  redirectUri: 'Exactly as registered, the query included.',
  cors: 'Believed to be open to every site; the setup page tells.',
  refresh: 'Grant type **Refresh Token**, and the scope `offline_access`.',
  refreshAttributes: { scope: 'openid profile email offline_access' },
  iss: untold,
  maxAge: 'Yes.',
  signOut:
    'Yes: `/oidc/logout` takes the client id. For tenants from before 14 November 2023 switch on **Settings > Advanced > RP-Initiated Logout End Session Endpoint Discovery**.',
  signOutAttributes: { logout: 'provider', 'post-logout-redirect-uri': '{page}' },
  errors: [
    [
      'Callback URL mismatch. The provided redirect_uri is not in the list of allowed callback URLs',
      'The redirect URI is not among the **Allowed Callback URLs** in this very form.',
    ],
    [
      "Grant type 'authorization_code' not allowed for the client",
      'Allow it under **Advanced Settings > Grant Types**. Seen by Genesys Cloud only; the page is told `exchange/refused`.',
    ],
    ['Unknown client', 'The client id is that of another tenant.'],
  ],
  notes: ['With a custom domain the issuer is that domain, with a slash at the end.'],
  sources: [
    'https://auth0.com/docs/authenticate/login/logout/log-users-out-of-auth0',
    'https://auth0.com/docs/api/authentication/logout/oidc-logout',
  ],
};
