import type { Provider } from './provider.js';

export const salesforce: Provider = {
  id: 'salesforce',
  name: 'Salesforce',
  issuers: /\.(my\.salesforce|my\.site|force)\.com(\/|$)|^https:\/\/(login|test)\.salesforce\.com\/?$/,
  issuer: 'https://{my domain}.my.salesforce.com',
  consoleName: '`Current My Domain URL`, under **Setup > My Domain**; the issuer is that with `https://`.',
  pasteable: [
    'https://brand.my.salesforce.com/services/oauth2/authorize',
    'https://brand.lightning.force.com/lightning/page/home',
  ],
  application: '**External client app** with OAuth',
  steps: [
    '**Setup > External Client App Manager > New External Client App**, and **Enable OAuth**.',
    '**Callback URL**: `{redirectUri}`',
    '**OAuth scopes**: `openid`, `profile`, `email`, and `refresh_token, offline_access` for long sessions.',
    '**Security**: leave **Require Secret for Web Server Flow** on; **Require PKCE** may be on.',
    '**Settings > Consumer Key and Secret**: the client id and the client secret.',
  ],
  redirectUri: 'Exactly as registered.',
  cors: 'The discovery document is reachable; should the setup page say otherwise, add `{origin}` under **Setup > CORS**.',
  refresh: 'The scope `offline_access`, which Salesforce also calls `refresh_token`.',
  refreshAttributes: { scope: 'openid profile email offline_access' },
  iss: 'No.',
  maxAge: 'Not documented: leave it out.',
  signOut:
    'Yes: `/services/auth/idp/oidc/logout`. Salesforce ignores the address to return to; set it at the app (**Single Logout URL**) or for the organisation.',
  signOutAttributes: {
    logout: 'provider',
    'end-session-endpoint': 'https://{host}/services/auth/idp/oidc/logout',
  },
  errors: [
    [
      'redirect_uri_mismatch: redirect_uri must match configuration',
      'The redirect URI is not a **Callback URL** of the app in this very form.',
    ],
    [
      'invalid_client_id: client identifier invalid',
      'The client id is wrong, or the app is minutes old: wait ten.',
    ],
    [
      'invalid_client: invalid client credentials',
      'The secret in Genesys Cloud is wrong. The page is told `exchange/refused`.',
    ],
  ],
  notes: ['Visitors of an Experience Cloud site sign in at the site’s own address: that is the issuer then.'],
  sources: [
    'https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_web_server_flow.htm',
    'https://help.salesforce.com/s/articleView?id=xcloud.slo_about.htm',
  ],
};
