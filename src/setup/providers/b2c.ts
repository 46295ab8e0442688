import type { Provider } from './provider.js';

export const b2c: Provider = {
  id: 'b2c',
  name: 'Azure AD B2C',
  issuers: /^https:\/\/[\w-]+\.b2clogin\.com\//,
  issuer: 'https://{tenant}.b2clogin.com/{tenant id}/v2.0/ (with the slash at the end)',
  consoleName:
    'It shows the metadata address of each policy: **User flows > {your flow} > Run user flow**. The issuer is what that document names as `issuer`. It holds the **Tenant ID**, and no policy.',
  pasteable: [
    'https://brand.b2clogin.com/brand.onmicrosoft.com/B2C_1_signin/v2.0/.well-known/openid-configuration',
    'https://brand.b2clogin.com/brand.onmicrosoft.com/v2.0/.well-known/openid-configuration?p=B2C_1_signin',
    'https://brand.b2clogin.com/tfp/6b1f4a52-9d7e-4c3b-8a65-2f0e9c7d1b34/B2C_1_signin/v2.0/',
  ],
  application: 'App registration with the platform **Web** (not *Single-page application*)',
  steps: [
    '**Azure AD B2C > App registrations > New registration**: under **Redirect URI** choose the platform **Web** and enter `{redirectUri}`',
    '**Certificates & secrets > New client secret**: copy its value now, it is shown once.',
    '**API permissions**: Microsoft Graph, delegated: `openid`, and `offline_access` for long sessions. Grant admin consent.',
    '**User flows**: create one to sign in, for example `B2C_1_signin`.',
    '**Overview**: the **Application (client) ID** is the client id.',
  ],
  redirectUri: 'Exactly, with case.',
  cors: 'Not needed: with `authorization-endpoint` the browser reads no discovery document.',
  discoveryUri: '{b2cPolicy}/v2.0/.well-known/openid-configuration',
  attributes: {
    scope: 'openid',
    'authorization-endpoint': '{b2cPolicy}/oauth2/v2.0/authorize',
  },
  refresh: 'The scope `offline_access`.',
  refreshAttributes: { scope: 'openid offline_access' },
  iss: 'No.',
  maxAge: 'Not documented: leave it out.',
  signOut: 'Yes, by the policy’s own address, which the tag has to name: the discovery document is not read.',
  signOutAttributes: {
    logout: 'provider',
    'end-session-endpoint': '{b2cPolicy}/oauth2/v2.0/logout',
    'post-logout-redirect-uri': '{page}',
  },
  errors: [
    ['AADB2C90006', 'The redirect URI is not registered in this very form.'],
    ['AADB2C90007', 'No redirect URI is registered for this client id.'],
    [
      'AADB2C90091',
      'The visitor cancelled. The page is told `provider/denied`, and nothing has to be changed.',
    ],
    [
      'AADB2C90118',
      'The visitor has forgotten the password, and the flow has no self-service reset. Use a flow of the recommended version, with **Self-service password reset**.',
    ],
  ],
  notes: [
    'Each policy has a discovery document of its own, and all of them name the same issuer. So the discovery address cannot be made from the issuer: the tag needs `authorization-endpoint`, which holds the policy. Genesys Cloud needs the discovery address with the policy.',
    'A policy whose **Issuer (iss) claim** is set to the form with `tfp` names an issuer of its own, `https://{tenant}.b2clogin.com/tfp/{tenant id}/{policy}/v2.0/`. Its discovery address is made from it as everywhere. Write that issuer.',
    'The scopes `profile` and `email` do nothing here: the claims are those of the policy.',
    'B2C is another product than Entra External ID, whose issuers are at `ciamlogin.com`.',
  ],
  sources: [
    'https://learn.microsoft.com/en-us/azure/active-directory-b2c/openid-connect',
    'https://learn.microsoft.com/en-us/azure/active-directory-b2c/tokens-overview',
    'https://learn.microsoft.com/en-us/azure/active-directory-b2c/error-codes',
  ],
};
