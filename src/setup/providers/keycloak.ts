import type { Provider } from './provider.js';

export const keycloak: Provider = {
  id: 'keycloak',
  name: 'Keycloak',
  issuers: /\/realms\/[^/]+$/,
  issuer: 'https://{host}/realms/{realm}',
  consoleName:
    'It shows a link, `OpenID Endpoint Configuration`, under **Realm settings > General > Endpoints**. The issuer is what stands there as `issuer`: the address of the realm.',
  pasteable: [
    'https://id.brand.example/realms/customers',
    'https://id.brand.example/auth/realms/customers/account',
    'https://id.brand.example/admin/master/console/#/customers',
  ],
  application: 'OpenID Connect client with **Client authentication** on and **Standard flow**',
  steps: [
    '**Clients > Create client**: type **OpenID Connect**, a client id of your choice.',
    '**Capability config**: **Client authentication** on, **Standard flow** on, everything else off.',
    '**Valid redirect URIs**: `{redirectUri}`',
    '**Valid post logout redirect URIs**: `{page}`',
    '**Credentials**: copy the **Client secret**.',
  ],
  redirectUri: 'Exactly, or a pattern that ends in `*`. Prefer the exact form.',
  cors: 'Open to every site.',
  refresh:
    'Nothing to do for as long as the session at Keycloak lives; with the scope `offline_access` beyond it.',
  refreshAttributes: { scope: 'openid profile email offline_access' },
  iss: 'Yes, since Keycloak 23. Leave the client switch **Exclude Issuer From Authentication Response** off: the discovery document promises the issuer.',
  maxAge: 'Yes.',
  signOut: 'Yes. Without an ID token Keycloak asks the visitor to confirm.',
  signOutAttributes: { logout: 'provider', 'post-logout-redirect-uri': '{page}' },
  errors: [
    ['Invalid parameter: redirect_uri', 'The redirect URI is not among the **Valid redirect URIs**.'],
    ['Client not found', 'The client id is not one of this realm.'],
    [
      'Standard flow is disabled for the client',
      'Switch on **Standard flow**. The page is told `provider/error`.',
    ],
    [
      'invalid_client_credentials (in the realm’s events)',
      'The client secret in Genesys Cloud is wrong. The page is told `exchange/refused`.',
    ],
  ],
  notes: [
    'Codes live 60 seconds (**Realm settings > Tokens > Client Login Timeout**). The element asks for one when Messenger wants it.',
  ],
  sources: ['https://www.keycloak.org/docs/latest/server_admin/'],
};
