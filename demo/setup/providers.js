// What has to be set at each provider: the source of the setup page's instructions and of docs/providers/.

/**
 * Texts may hold `code`, **names of things on the screen**, and the placeholders `{page}`, `{redirectUri}`, `{origin}`,
 * `{clientId}` and `{host}` (the issuer's host), which the setup page fills in.
 *
 * @typedef {object} Provider
 * @property {string} id Also the name of its page in docs/providers/.
 * @property {string} name
 * @property {RegExp} [issuers] Issuers that are recognised as this provider's.
 * @property {string} issuer What its issuer looks like.
 * @property {string} application What kind of application to register.
 * @property {string[]} steps What to do at the provider.
 * @property {string} redirectUri How redirect URIs are compared.
 * @property {string} cors Whether the browser may read the discovery document.
 * @property {string} refresh How Genesys Cloud gets a refresh token.
 * @property {Record<string, string>} refreshAttributes What the tag needs for it.
 * @property {string} iss Whether authorization responses name the issuer (RFC 9207).
 * @property {string} maxAge Whether `max-age` can be used.
 * @property {string} signOut What `logout="provider"` does.
 * @property {Record<string, string>} signOutAttributes What the tag needs for it; none where it cannot be had.
 * @property {[says: string, means: string][]} errors What the provider says when a setting is wrong.
 * @property {string[]} notes
 * @property {string[]} sources
 */

const untold =
  'Not documented. The element takes an issuer that comes, and misses none that was not promised.';

/** @type {Provider[]} */
export const providers = [
  {
    id: 'okta',
    name: 'Okta',
    issuers: /\.(okta|oktapreview|okta-emea)\.com(\/|$)/,
    issuer: 'https://{your domain}.okta.com/oauth2/default',
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
  },
  {
    id: 'auth0',
    name: 'Auth0',
    issuers: /\.auth0\.com(\/|$)/,
    issuer: 'https://{tenant}.{region}.auth0.com/ (with the slash at the end)',
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
  },
  {
    id: 'entra',
    name: 'Microsoft Entra ID',
    issuers:
      /^https:\/\/login\.(microsoftonline\.(com|us)|partner\.microsoftonline\.cn)\/|\.ciamlogin\.com\//,
    issuer: 'https://login.microsoftonline.com/{tenant id}/v2.0',
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
      'The `common` authority has no issuer of its own (`{tenantid}` stands in its place), and the element accepts that form. Genesys Cloud has to accept it too, which is not known: prefer your tenant.',
    ],
    sources: [
      'https://learn.microsoft.com/en-us/entra/identity-platform/reply-url',
      'https://learn.microsoft.com/en-us/entra/identity-platform/v2-protocols-oidc',
      'https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes',
    ],
  },
  {
    id: 'keycloak',
    name: 'Keycloak',
    issuers: /\/realms\/[^/]+$/,
    issuer: 'https://{host}/realms/{realm}',
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
  },
  {
    id: 'cognito',
    name: 'Amazon Cognito',
    issuers: /^https:\/\/cognito-idp\.[a-z0-9-]+\.amazonaws\.com\//,
    issuer: 'https://cognito-idp.{region}.amazonaws.com/{user pool id}',
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
  },
  {
    id: 'ping',
    name: 'PingFederate and PingOne',
    issuers: /^https:\/\/auth\.pingone\.[a-z.]+\//,
    issuer:
      'PingFederate: the base URL of the server. PingOne: https://auth.pingone.{eu}/{environment id}/as',
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
  },
  {
    id: 'google',
    name: 'Google',
    issuers: /^https:\/\/accounts\.google\.com\/?$/,
    issuer: 'https://accounts.google.com',
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
  },
  {
    id: 'salesforce',
    name: 'Salesforce',
    issuers: /\.(my\.salesforce|my\.site|force)\.com(\/|$)|^https:\/\/(login|test)\.salesforce\.com\/?$/,
    issuer: 'https://{my domain}.my.salesforce.com',
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
    notes: [
      'Visitors of an Experience Cloud site sign in at the site’s own address: that is the issuer then.',
    ],
    sources: [
      'https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_web_server_flow.htm',
      'https://help.salesforce.com/s/articleView?id=xcloud.slo_about.htm',
    ],
  },
];

/** For a provider that is none of them. @type {Provider} */
export const otherProvider = {
  id: 'other',
  name: 'Another OpenID provider',
  issuer: 'As the discovery document says',
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

/** What an administrator sets in Genesys Cloud, whatever the provider. Also `{discoveryUri}` and `{pageHost}`. */
export const genesysSteps = [
  '**Admin > Integrations > Integrations > +**: install **OpenID Connect Messenger Configuration**.',
  '**Configuration > Properties**: the discovery URI is `{discoveryUri}`; leave **Implicit Flow Support** off.',
  '**Configuration > Credentials**: client id `{clientId}`, and the **client secret** that the provider gave you. The secret goes nowhere else.',
  'Set the integration to **Active**.',
  '**Admin > Message > Messenger Configurations**: turn on **Authentication** and choose the integration. Save a **new version**.',
  '**Admin > Message > Messenger Deployments**: assign that version, set the status to **Active**, and allow the domain `{pageHost}`.',
];

/** @param {string} issuer @returns {Provider} */
export const providerOf = (issuer) => providers.find(({ issuers }) => issuers?.test(issuer)) ?? otherProvider;

/** Fills placeholders in; unknown ones stay. @param {string} text @param {Record<string, string>} values */
export const fill = (text, values) =>
  text.replace(/\{([a-zA-Z]+)\}/g, (placeholder, name) => values[name] || placeholder);
