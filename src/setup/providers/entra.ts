import type { Provider } from './provider.js';

export const entra: Provider = {
  id: 'entra',
  name: 'Microsoft Entra ID',
  issuers: /^https:\/\/login\.(microsoftonline\.(com|us)|partner\.microsoftonline\.cn)\/|\.ciamlogin\.com\//,
  issuer: 'https://login.microsoftonline.com/{tenant id}/v2.0',
  consoleName:
    '`Directory (tenant) ID`, under **App registrations > {your application} > Overview**. **Endpoints**, on the same page, shows the `OpenID Connect metadata document`: the issuer is what stands before `/.well-known/`.',
  pasteable: [
    'https://login.microsoftonline.com/6b1f4a52-9d7e-4c3b-8a65-2f0e9c7d1b34/v2.0/.well-known/openid-configuration',
    'https://login.microsoftonline.com/6b1f4a52-9d7e-4c3b-8a65-2f0e9c7d1b34/oauth2/v2.0/authorize',
    'https://sts.windows.net/6b1f4a52-9d7e-4c3b-8a65-2f0e9c7d1b34/',
    '6b1f4a52-9d7e-4c3b-8a65-2f0e9c7d1b34',
    'brand.onmicrosoft.com',
  ],
  application: 'App registration with the platform **Web** (not *Single-page application*)',
  steps: [
    '**App registrations > New registration**: under **Redirect URI** choose the platform **Web** and enter `{redirectUri}`',
    '**Certificates & secrets > New client secret**: copy its value now, it is shown once.',
    '**API permissions**: Microsoft Graph, delegated: `openid`, `profile`, `email`, and `offline_access` for long sessions.',
    '**Overview**: the **Application (client) ID** is the client id; the issuer is `https://login.microsoftonline.com/{Directory (tenant) ID}/v2.0`.',
  ],
  redirectUri: 'Exactly, with case; a bare origin gets a slash at its end.',
  cors: 'Believed to be open to every site; the setup page tells.',
  refresh: 'The scope `offline_access`.',
  refreshAttributes: { scope: 'openid profile email offline_access' },
  iss: 'No.',
  maxAge: 'Not documented: leave it out.',
  signOut: 'Yes, without an ID token. The visitor may be asked which account to sign out of.',
  signOutAttributes: { logout: 'provider', 'post-logout-redirect-uri': '{page}' },
  errors: [
    ['AADSTS50011', 'The redirect URI is not registered in this very form.'],
    [
      'AADSTS9002327',
      'The redirect URI is registered for *Single-page application*. Move it to **Web**. Seen by Genesys Cloud only; the page is told `exchange/refused`.',
    ],
    [
      'AADSTS9002326',
      'A browser has redeemed a code. The element never does; look for other code on the page.',
    ],
    [
      'AADSTS7000215',
      'The client secret in Genesys Cloud is wrong, or its id was entered in place of its value. The page is told `exchange/refused`.',
    ],
    [
      'AADSTS700016',
      'The client id is not known in this tenant: compare `client-id` and the tenant in `issuer`.',
    ],
  ],
  notes: [
    'The login page sends `Cross-Origin-Opener-Policy`. `mode="popup"` works all the same.',
    'The authorities `common` and `organizations` are nobody’s issuer: each token names the tenant of its visitor. Write your own tenant. `consumers` stands for personal accounts, whose tenant is `9188040d-6c67-4c5b-b112-36a304b66dad`.',
    'Version 1 has other issuers, at `https://sts.windows.net/`. Use version 2 here and in Genesys Cloud.',
  ],
  sources: [
    'https://learn.microsoft.com/en-us/entra/identity-platform/reply-url',
    'https://learn.microsoft.com/en-us/entra/identity-platform/v2-protocols-oidc',
    'https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes',
  ],
};
