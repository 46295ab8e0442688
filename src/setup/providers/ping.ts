import type { Provider } from './provider.js';

export const ping: Provider = {
  id: 'ping',
  name: 'PingFederate and PingOne',
  issuers: /^https:\/\/auth\.pingone\.[a-z.]+\//,
  issuer: 'PingFederate: the base URL of the server. PingOne: https://auth.pingone.{eu}/{environment id}/as',
  consoleName:
    'PingOne: `Issuer ID`, in the application’s **Overview** or **Configuration > URLs**. PingFederate: `Base URL`, under **System > Server > Protocol Settings > Federation Info**.',
  pasteable: [
    'https://auth.pingone.eu/6b1f4a52-9d7e-4c3b-8a65-2f0e9c7d1b34/as/.well-known/openid-configuration',
    'https://auth.pingone.eu/6b1f4a52-9d7e-4c3b-8a65-2f0e9c7d1b34/as/authorize',
    'https://sso.brand.example/as/authorization.oauth2',
  ],
  application: 'PingFederate: client with **Client Secret**. PingOne: **OIDC Web App**',
  steps: [
    'PingFederate: **Applications > OAuth > Clients > Add Client**: client authentication **Client Secret**, grant type **Authorization Code** (and **Refresh Token**).',
    'PingFederate: **System > OAuth Settings > Authorization Server Settings > Cross-Origin Resource Sharing Settings**: allow `{origin}`',
    'PingOne: **Applications > Applications > +**: **OIDC Web App**, response type **Code**, grant types **Authorization Code** (and **Refresh Token**), PKCE enforcement optional or S256.',
    'Both: **Redirect URIs**: `{redirectUri}`',
    'Both: post-logout or **signoff** URLs: `{page}`',
  ],
  redirectUri: 'Exactly as registered.',
  cors: 'PingFederate: allowed origins only (see the steps). PingOne: open for requests without cookies, and discovery is one.',
  refresh: 'Grant type **Refresh Token**; PingOne also wants the scope `offline_access`.',
  refreshAttributes: { scope: 'openid profile email offline_access' },
  iss: 'PingFederate: a switch, **Include Issuer in Authorization Response**, off by default. PingOne: not documented. The element takes it in either case.',
  maxAge: 'Yes.',
  signOut:
    'PingFederate: `/idp/init_logout.openid`, which takes the client id and asks the visitor to confirm. PingOne: `/as/signoff`, whose ID token is optional.',
  signOutAttributes: { logout: 'provider', 'post-logout-redirect-uri': '{page}' },
  errors: [
    [
      'A page of the provider that names redirect_uri',
      'The redirect URI is not registered in this very form.',
    ],
    [
      'invalid_client',
      'Wrong secret in Genesys Cloud, or another way of client authentication. The page is told `exchange/refused`.',
    ],
  ],
  notes: ['Codes of PingFederate live 60 seconds (**Authorization Code Timeout**).'],
  sources: [
    'https://docs.pingidentity.com/pingfederate/latest/introduction_to_pingfederate/pf_cors_support_oauth_endpoints.html',
    'https://docs.pingidentity.com/pingfederate/latest/developers_reference_guide/pf_openid_connect_rp_logout_endpoint.html',
    'https://developer.pingidentity.com/pingone-api/auth/openid-connect-oauth-2/signoff.html',
  ],
};
