import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { GenesysAuthMessenger } from '../../../src/element/element.js';
import { describe as describeFailure } from '../../../src/explanations.js';
import { type Attributes, readConfiguration } from '../../../src/session/configuration.js';
import { type Typed, understandField } from '../../../src/setup/fields.js';
import { understandProvider } from '../../../src/setup/issuer.js';
import { attributeNames, understandPasted } from '../../../src/setup/pasted.js';
import { understandRegion } from '../../../src/understanding.js';

const id = '5a3c9e1e-1111-4222-8333-444455556666';
const tenant = '6b1f4a52-9d7e-4c3b-8a65-2f0e9c7d1b34';

/** A text is what has to be written; a pattern is what is said where only the author knows the value. */
type Expected = string | RegExp;

const regions: Record<string, Expected> = {
  'https://apps.mypurecloud.de': 'prod-euc1',
  'https://apps.mypurecloud.de/directory/#/admin/welcomeV2': 'prod-euc1',
  'https://login.mypurecloud.ie/#/splash': 'prod-euw1',
  'login.euw2.pure.cloud': 'prod-euw2',
  'api.mypurecloud.com.au': 'prod-apse2',
  'https://api.mypurecloud.com/': 'prod',
  'webmessaging.cac1.pure.cloud': 'prod-cac1',
  'https://apps.use2.us-gov-pure.cloud': 'fedramp-use2-core',
  'eu-central-1': 'prod-euc1',
  'eu-central-1 (Frankfurt)': 'prod-euc1',
  'us-east-1': 'prod',
  'ap-southeast-2': 'prod-apse2',
  'ap-northeast-1': 'prod-apne1',
  PROD_EUC1: 'prod-euc1',
  'prod euc1': 'prod-euc1',
  'euc1-prod': 'prod-euc1',
  "'prod-euc1'": 'prod-euc1',
  'prod–euc1': 'prod-euc1',
};

const issuers: Record<string, Expected> = {
  // Any provider.
  'login.brand.example': 'https://login.brand.example',
  'http://login.brand.example': 'https://login.brand.example',
  'https://login.brand.example?client=1': 'https://login.brand.example',
  'https://login.brand.example/.well-known/openid-configuration': 'https://login.brand.example',
  'https://login.brand.example/brand/.well-known/openid-configuration': 'https://login.brand.example/brand',
  'https://login.brand.example/.well-known/oauth-authorization-server': 'https://login.brand.example',
  'https://login.brand.example/.well-known/oauth-authorization-server/brand':
    'https://login.brand.example/brand',
  'https://login.brand.example/connect/authorize?client_id=1': 'https://login.brand.example',
  'https://login.brand.example/oauth2/token': 'https://login.brand.example',
  'https://{yourDomain}/oauth2/default': /placeholder/,
  'https://login.mypurecloud.de': /Genesys Cloud.*your own provider/,
  // Okta.
  'acme.okta.com': 'https://acme.okta.com',
  'https://acme.okta.com/': 'https://acme.okta.com',
  'https://acme-admin.okta.com/admin/dashboard': 'https://acme.okta.com',
  'acme-admin.okta.com': 'https://acme.okta.com',
  'https://acme.okta.com/oauth2/v1/authorize': 'https://acme.okta.com',
  'https://acme.okta.com/oauth2/default/v1/authorize': 'https://acme.okta.com/oauth2/default',
  'https://acme.okta.com/oauth2/default/v1/token': 'https://acme.okta.com/oauth2/default',
  'https://acme.oktapreview.com/oauth2/aus1a2b3c/.well-known/openid-configuration':
    'https://acme.oktapreview.com/oauth2/aus1a2b3c',
  'https://login.acme.com/oauth2/default/v1/authorize': 'https://login.acme.com/oauth2/default',
  // Microsoft Entra ID.
  [`https://login.microsoftonline.com/${tenant}`]: `https://login.microsoftonline.com/${tenant}/v2.0`,
  [`https://login.microsoftonline.com/${tenant}/oauth2/v2.0/authorize`]: `https://login.microsoftonline.com/${tenant}/v2.0`,
  [`https://login.microsoftonline.com/${tenant}/v2.0/.well-known/openid-configuration`]: `https://login.microsoftonline.com/${tenant}/v2.0`,
  [`https://sts.windows.net/${tenant}/`]: `https://login.microsoftonline.com/${tenant}/v2.0`,
  [tenant]: `https://login.microsoftonline.com/${tenant}/v2.0`,
  'brand.onmicrosoft.com': 'https://login.microsoftonline.com/brand.onmicrosoft.com/v2.0',
  'https://login.microsoftonline.com/common/v2.0': /nobody’s issuer.*tenant/,
  'https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize': /nobody’s issuer.*tenant/,
  'https://login.microsoftonline.com/consumers/v2.0':
    'https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0',
  'https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps': /Directory \(tenant\) ID/,
  // Azure AD B2C.
  'https://brand.b2clogin.com/brand.onmicrosoft.com/B2C_1_signin/v2.0/.well-known/openid-configuration':
    /policy.*authorization endpoint.*\{tenant ID\}/,
  'https://brand.b2clogin.com/brand.onmicrosoft.com/v2.0/.well-known/openid-configuration?p=B2C_1_signin':
    /policy.*authorization endpoint/,
  [`https://brand.b2clogin.com/${tenant}/B2C_1_signin/oauth2/v2.0/authorize`]: `https://brand.b2clogin.com/${tenant}/v2.0/`,
  [`https://brand.b2clogin.com/tfp/${tenant}/B2C_1_signin/v2.0/.well-known/openid-configuration`]: `https://brand.b2clogin.com/tfp/${tenant}/B2C_1_signin/v2.0/`,
  [`https://brand.b2clogin.com/${tenant}/v2.0/`]: /policy is missing/,
  // Auth0.
  'brand.eu.auth0.com': 'https://brand.eu.auth0.com/',
  'https://brand.eu.auth0.com': 'https://brand.eu.auth0.com/',
  'https://brand.auth0.com/authorize': 'https://brand.auth0.com/',
  'https://manage.auth0.com/dashboard/eu/brand/applications': 'https://brand.eu.auth0.com/',
  'https://manage.auth0.com/dashboard/us/brand/applications': /Domain.*slash/,
  // Keycloak.
  'https://id.brand.example/realms/customers/': 'https://id.brand.example/realms/customers',
  'https://id.brand.example/auth/realms/customers/account': 'https://id.brand.example/auth/realms/customers',
  'https://id.brand.example/realms/customers/protocol/openid-connect/auth':
    'https://id.brand.example/realms/customers',
  'https://id.brand.example/admin/master/console/#/brand': 'https://id.brand.example/realms/brand',
  'https://id.brand.example/auth/admin/master/console/#/realms/brand/clients':
    'https://id.brand.example/auth/realms/brand',
  'https://id.brand.example/.well-known/oauth-authorization-server/realms/customers':
    'https://id.brand.example/realms/customers',
  // Amazon Cognito.
  'eu-central-1_AbCdEf': 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEf',
  'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEf/.well-known/jwks.json':
    'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEf',
  'arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_AbCdEf':
    'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEf',
  'brand.auth.eu-central-1.amazoncognito.com': /not the issuer.*User pool ID/,
  'https://brand.auth.eu-central-1.amazoncognito.com/oauth2/authorize': /not the issuer.*User pool ID/,
  // Google, Ping Identity, Salesforce.
  'accounts.google.com': 'https://accounts.google.com',
  'https://accounts.google.com/o/oauth2/v2/auth': 'https://accounts.google.com',
  [`https://auth.pingone.eu/${tenant}/as/authorize`]: `https://auth.pingone.eu/${tenant}/as`,
  'https://console.pingone.eu/': /Issuer ID/,
  'https://sso.brand.example/as/authorization.oauth2': 'https://sso.brand.example',
  'https://brand.my.salesforce.com/services/oauth2/authorize': 'https://brand.my.salesforce.com',
  'https://brand.lightning.force.com/lightning/page/home': 'https://brand.my.salesforce.com',
  'https://brand.my.site.com/customers/services/oauth2/authorize': 'https://brand.my.site.com/customers',
};

const page = 'https://www.brand.example/';
const configured = (attributes: Attributes) =>
  readConfiguration(
    { deploymentId: id, issuer: 'https://login.brand.example', clientId: 'messenger', ...attributes },
    { baseURI: page, href: page },
  );

describe('a region that somebody copied', () => {
  for (const [written, environment] of Object.entries(regions))
    it(`${written} is ${environment}`, () => {
      assert.equal(understandRegion(written), environment);
      configured({ environment: understandRegion(written) });
    });

  for (const written of [
    'Frankfurt',
    'prod-euc9',
    'https://apps.mypurecloud.de.evil.example',
    'euc1.brand.example',
  ])
    it(`${written} is not guessed: the answer says what to copy`, () => {
      assert.equal(understandRegion(written), undefined);
      assert.match(field('environment', written)?.says ?? '', /prod-euc1/);
    });

  for (const written of ['prod', 'euc1', 'prod-euc1', 'mypurecloud.de'])
    it(`${written} is right already`, () => assert.equal(understandRegion(written), undefined));
});

describe('an issuer that somebody copied', () => {
  for (const [written, expected] of Object.entries(issuers))
    it(`${written} is ${typeof expected === 'string' ? expected : 'answered with what to write'}`, () => {
      const { value, says } = understandProvider(written)!;
      if (typeof expected === 'string') {
        assert.equal(value, expected);
        configured({ issuer: value });
      } else {
        assert.equal(value, undefined);
        assert.match(says, expected);
      }
    });

  for (const written of [
    'https://login.brand.example',
    'https://login.brand.example/',
    'https://acme.okta.com/oauth2/default',
    'https://brand.eu.auth0.com/',
    'https://id.brand.example/realms/customers',
    `https://login.microsoftonline.com/${tenant}/v2.0`,
    `https://brand.b2clogin.com/tfp/${tenant}/B2C_1_signin/v2.0/`,
    'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEf',
    'http://localhost:8080',
  ])
    it(`${written} is right already`, () => assert.equal(understandProvider(written), undefined));

  it('the policy of Azure AD B2C becomes the authorization endpoint', () => {
    const base = 'https://brand.b2clogin.com/brand.onmicrosoft.com/B2C_1_signin';
    for (const written of [
      `${base}/v2.0/.well-known/openid-configuration`,
      'https://brand.b2clogin.com/brand.onmicrosoft.com/v2.0/.well-known/openid-configuration?p=B2C_1_signin',
      `${base}/oauth2/v2.0/authorize?client_id=1`,
    ]) {
      const { more, discovery } = understandProvider(written)!;
      assert.deepEqual(more, { 'authorization-endpoint': `${base}/oauth2/v2.0/authorize` });
      assert.equal(discovery, `${base}/v2.0/.well-known/openid-configuration`);
    }
  });
});

const snippet = (body: string) => `<script type="text/javascript" charset="utf-8">
  (function (g, e, n, es, ys) { g['_genesysJs'] = e; })(window, 'Genesys', 'https://apps.mypurecloud.de/genesys-bootstrap/genesys.min.js', {
    ${body}
  });
</script>`;
const both = { 'deployment-id': id, environment: 'prod-euc1' };
const whole = { ...both, issuer: 'https://login.brand.example', 'client-id': 'messenger' };

const pastes: [what: string, text: string, attributes: Record<string, string>][] = [
  ['a snippet', snippet(`environment: 'prod-euc1', deploymentId: '${id}'`), both],
  [
    'a snippet with HTML entities',
    snippet(`environment: &#39;prod-euc1&#39;, deploymentId: &quot;${id}&quot;`),
    both,
  ],
  [
    'a snippet whose entities were encoded twice',
    snippet(`environment: &amp;quot;prod-euc1&amp;quot;, deploymentId: &amp;#x27;${id}&amp;#x27;`),
    both,
  ],
  [
    'a snippet that is all entities',
    snippet(`environment: 'prod-euc1', deploymentId: '${id}'`)
      .replaceAll('<', '&lt;')
      .replaceAll("'", '&#39;'),
    both,
  ],
  ['a snippet out of a word processor', `{ environment: ‘prod-euc1’, deploymentId: “${id}” }`, both],
  ['a snippet with backticks', `environment: \`prod-euc1\`, deploymentId: \`${id}\``, both],
  ['a snippet without quotes', `environment: prod-euc1, deploymentId: ${id}`, both],
  ['a snippet as JSON', `{"environment":"prod-euc1","deploymentId":"${id}"}`, both],
  ['a snippet as escaped JSON', `{\\"environment\\":\\"prod-euc1\\",\\"deploymentId\\":\\"${id}\\"}`, both],
  ['a snippet whose region stands only in its address', snippet(`deploymentId: '${id}'`), both],
  [
    'the address of a deployment in the console',
    `https://apps.mypurecloud.de/directory/#/admin/deployments/${id}`,
    both,
  ],
  ['a deployment ID', id, { 'deployment-id': id }],
  [
    'the element',
    `<genesys-auth-messenger deployment-id="${id}" environment="prod-euc1" issuer='https://login.brand.example' client-id=messenger silent max-age="3600" login-label="Hello &amp; log in"></genesys-auth-messenger>`,
    { ...whole, silent: '', 'max-age': '3600', 'login-label': 'Hello & log in' },
  ],
  [
    'the element from JSX, whose names have lost their dashes',
    `<genesys-auth-messenger deploymentid="${id}" environment="prod-euc1" issuer="https://login.brand.example" clientId="messenger" />`,
    whole,
  ],
  [
    'the script',
    `<script src="https://cdn.brand.example/genesys-auth-messenger.js" integrity="sha384-x" crossorigin="anonymous" data-deployment-id="${id}" data-environment="prod-euc1" data-issuer="https://login.brand.example" data-client-id="messenger" data-redirect-uri="/" data-target="#header" async></script>`,
    { ...whole, 'redirect-uri': '/', 'data-target': '#header' },
  ],
  [
    'a place that used to configure',
    `<div data-genesys-auth-messenger data-deployment-id="${id}" data-environment="prod-euc1" data-issuer="https://login.brand.example" data-client-id="messenger"></div>`,
    whole,
  ],
  [
    'a tag with curly quotes',
    `<genesys-auth-messenger deployment-id=“${id}” environment=“prod-euc1” issuer=“https://login.brand.example” client-id=“messenger”>`,
    whole,
  ],
  [
    'an authorization request out of the address bar',
    'https://acme.okta.com/oauth2/default/v1/authorize?client_id=messenger&response_type=code&scope=openid+email&state=x',
    { issuer: 'https://acme.okta.com/oauth2/default', 'client-id': 'messenger', scope: 'openid email' },
  ],
  [
    'a list out of a console',
    'Issuer: https://acme.okta.com/oauth2/default\nClient ID: messenger',
    { issuer: 'https://acme.okta.com/oauth2/default', 'client-id': 'messenger' },
  ],
  [
    'a list of Entra’s',
    `Application (client) ID: messenger\nDirectory (tenant) ID: ${tenant}`,
    { issuer: `https://login.microsoftonline.com/${tenant}/v2.0`, 'client-id': 'messenger' },
  ],
  [
    'a domain in a sentence',
    'Our tenant is brand.eu.auth0.com, see the wiki',
    { issuer: 'https://brand.eu.auth0.com/' },
  ],
  [
    'a discovery document',
    '{"issuer":"https://login.brand.example/","authorization_endpoint":"https://login.brand.example/authorize"}',
    { issuer: 'https://login.brand.example/' },
  ],
  [
    'a client ID of Google',
    '123-abc.apps.googleusercontent.com',
    { 'client-id': '123-abc.apps.googleusercontent.com' },
  ],
  [
    'a user pool, whose ID begins with a region',
    'eu-central-1_AbCdEf',
    { issuer: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEf' },
  ],
  ['an address of the console', 'https://apps.mypurecloud.de', { environment: 'prod-euc1' }],
  ['a letter', 'a letter to the editor, see window.location or the document.head', {}],
];

describe('what somebody pastes', () => {
  for (const [what, text, attributes] of pastes)
    it(`${what} is understood`, () => assert.deepEqual(understandPasted(text).attributes, attributes));

  it('on this computer, an issuer is no region', () => {
    const issuer = 'http://login.localhost:4000/oidc';
    const { attributes } = understandPasted(`${issuer}/.well-known/openid-configuration`, 'brand.localhost');
    assert.deepEqual(attributes, { issuer });
  });

  it('the form of an older tag, and the address of its file, are kept', () => {
    const script = understandPasted(
      `<script src="https://cdn.brand.example/chat.js" data-client-id="m"></script>`,
    );
    assert.equal(script.form, 'script');
    assert.equal(script.src, 'https://cdn.brand.example/chat.js');
    assert.equal(understandPasted('<genesys-auth-messenger client-id="m">').form, 'element');
    assert.equal(understandPasted('<p data-genesys-auth-messenger></p>').form, 'place');
  });

  it('a client secret is never taken over, and its owner is warned', () => {
    for (const text of [
      '<genesys-auth-messenger client-secret="hush" client-id="m">',
      '<script data-client-secret="hush" data-client-id="m"></script>',
      'client_id: m\nclient_secret: hush',
    ]) {
      const understood = understandPasted(text);
      assert.deepEqual(understood.attributes, { 'client-id': 'm' });
      assert.match(understood.says.join(), /secret.*Genesys Cloud only/);
      assert.ok(!JSON.stringify(understood).includes('hush'));
    }
  });

  it('an attribute that means nothing is named', () => {
    const { says } = understandPasted('<genesys-auth-messenger client-id="m" redirect-url="/">');
    assert.match(says.join(), /redirect-url means nothing/);
  });

  it('the snippet of an older web chat is recognised', () => {
    const { says } = understandPasted('window.PURECLOUD_WEBCHAT = { orgGuid: "x", deploymentKey: "y" }');
    assert.match(says.join(), /older web chat/);
  });

  it('every attribute of the element is known, but for the secret', () => {
    const names = GenesysAuthMessenger.observedAttributes.filter((name) => name !== 'client-secret');
    assert.deepEqual([...attributeNames], names);
  });
});

const typed: Typed = {
  deploymentId: '',
  environment: '',
  issuer: '',
  clientId: '',
  page: 'https://www.brand.example/shop',
  src: '',
  redirect: '/',
};
const field = (name: keyof Typed, text: string) =>
  understandField(name, { ...typed, [name]: text }, 'setup.brand.example');

describe('what somebody types into a field', () => {
  const mended: [name: keyof Typed, text: string, value: string | undefined][] = [
    ['deploymentId', `"${id}"`, id],
    ['deploymentId', 'YOUR-DEPLOYMENT-ID', undefined],
    ['clientId', '"messenger",', 'messenger'],
    ['clientId', 'https://login.brand.example', undefined],
    ['page', 'www.brand.example/shop', 'https://www.brand.example/shop'],
    ['page', 'http://www.brand.example/', 'https://www.brand.example/'],
    ['page', 'shop', undefined],
    [
      'src',
      'cdn.brand.example/genesys-auth-messenger.js',
      'https://cdn.brand.example/genesys-auth-messenger.js',
    ],
    ['src', '//cdn.brand.example/chat.js', 'https://cdn.brand.example/chat.js'],
    ['src', '/assets/chat.js', 'https://www.brand.example/assets/chat.js'],
    ['src', 'chat.js?', undefined],
    ['redirect', 'https://login.brand.example/callback', '/'],
    ['redirect', '/callback#done', '/callback'],
  ];
  for (const [name, text, value] of mended)
    it(`${name} ${text} is answered${value ? ` with ${value}` : ''}`, () => {
      const understood = field(name, text);
      assert.equal(understood?.value, value);
      assert.ok(understood?.says);
    });

  it('nothing is said of what is right', () => {
    for (const [name, text] of [
      ['deploymentId', id],
      ['environment', 'prod-euc1'],
      ['issuer', 'https://login.brand.example'],
      ['clientId', 'messenger'],
      ['src', 'https://cdn.brand.example/chat.js'],
      ['redirect', '/callback.html'],
      ['redirect', 'https://www.brand.example/callback'],
    ] as const)
      assert.equal(field(name, text), undefined, text);
  });
});

describe('the hint of a failure', () => {
  const hints: [code: Parameters<typeof describeFailure>[0]['code'], detail: string, asks: string][] = [
    ['configuration/environment', 'https://apps.mypurecloud.de', 'prod-euc1'],
    ['configuration/environment', 'eu-central-1', 'prod-euc1'],
    ['configuration/issuer', 'acme.okta.com', 'https://acme.okta.com'],
    [
      'provider/unreachable',
      'https://acme.okta.com/oauth2/default/v1/authorize/.well-known/openid-configuration (HTTP status 404)',
      'https://acme.okta.com/oauth2/default',
    ],
    [
      'provider/metadata',
      'https://login.brand.example/.well-known/openid-configuration/.well-known/openid-configuration is not a JSON object',
      'https://login.brand.example',
    ],
    [
      'provider/unreachable',
      'https://login.microsoftonline.com/common/.well-known/openid-configuration (HTTP status 400)',
      'https://login.microsoftonline.com/{tenant ID}/v2.0',
    ],
  ];
  for (const [code, detail, asks] of hints)
    it(`${code} of ${detail} asks for ${asks}`, () => {
      assert.ok(describeFailure({ code, detail }).hint.endsWith(` Did you mean ${asks}?`));
    });

  it('asks for nothing where the value may be right', () => {
    const detail = 'https://login.brand.example/.well-known/openid-configuration (HTTP status 503)';
    assert.doesNotMatch(describeFailure({ code: 'provider/unreachable', detail }).hint, /Did you mean/);
  });
});
