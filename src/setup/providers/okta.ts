import type { Provider } from './provider.js';

export const okta: Provider = {
  id: 'okta',
  name: 'Okta',
  issuers: /\.(okta|oktapreview|okta-emea)\.com(\/|$)/,
  issuer: 'https://{your domain}.okta.com/oauth2/default',
  consoleName:
    '`Issuer URI` for a custom authorization server (**Security > API > Authorization Servers**). For the organisation’s own server the console shows no issuer: it is the Okta domain with `https://`.',
  pasteable: [
    'https://brand.okta.com/oauth2/default/.well-known/openid-configuration',
    'https://brand.okta.com/oauth2/default/v1/authorize',
    'https://brand-admin.okta.com/admin/dashboard',
    'brand.okta.com',
  ],
  application: 'OIDC - OpenID Connect, **Web Application**',
  steps: [
    '**Applications > Applications > Create App Integration**: choose **OIDC - OpenID Connect** and **Web Application**.',
    '**Grant type**: **Authorization Code**, and **Refresh Token** for long sessions.',
    '**Sign-in redirect URIs**: `{redirectUri}`',
    '**Assignments**: the people who may sign in.',
    '**Security > API > Trusted Origins**: add `{origin}` with **CORS**.',
    '**Security > API > Authorization Servers**: the issuer stands here. A custom server needs an access policy that covers this application.',
  ],
  redirectUri: 'Exactly as registered: scheme, host, port, case and trailing slash count.',
  cors: 'Add the site under **Security > API > Trusted Origins**, with CORS.',
  refresh: 'Grant type **Refresh Token**, and the scope `offline_access`.',
  refreshAttributes: { scope: 'openid profile email offline_access' },
  iss: 'Where the authorization server announces it. The element takes it in either case.',
  maxAge: 'Yes.',
  signOut:
    'No: `/logout` needs an ID token, which the browser never has. Leave `logout` at `messenger`: the chat is logged out, the session at Okta stays.',
  signOutAttributes: {},
  errors: [
    [
      "The 'redirect_uri' parameter must be a Login redirect URI in the client app settings",
      'The redirect URI is not registered in this very form.',
    ],
    [
      'User is not assigned to the client application',
      'Assign the person or a group. The page is told `provider/denied`.',
    ],
    [
      'Policy evaluation failed for this request, please check the policy configurations',
      'The custom authorization server has no access policy for this application.',
    ],
    [
      'One or more scopes are not configured for the authorization server resource',
      'Remove the scope from the tag, or add it to the authorization server. The page is told `provider/error`.',
    ],
  ],
  notes: [
    'The issuer of the organisation itself is `https://{your domain}.okta.com`, that of the default custom server ends in `/oauth2/default`. The two are different issuers: use the one that Genesys Cloud uses.',
  ],
  sources: [
    'https://support.okta.com/help/s/article/openid-connect-oidc-redirect-uri',
    'https://developer.okta.com/docs/api/openapi/okta-oauth/',
    'https://github.com/GenesysCloudBlueprints/messenger-authentication-okta-integration-blueprint',
  ],
};
