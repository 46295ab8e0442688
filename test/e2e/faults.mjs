// Everything that can be set up wrong, or go wrong, one thing at a time: the one table of the tests in faults.spec.mjs and
// of docs/faults.md (`node test/e2e/faults.mjs --write`).
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { pageWith } from './fixtures.mjs';

/** @typedef {import('./fixtures.mjs').World} World */
/** @typedef {import('./fixtures.mjs').Visitor} Visitor */
/** @typedef {{world: World, visitor: Visitor}} Scene */

/**
 * @typedef {object} Fault
 * @property {string} wrong What is wrong, in words.
 * @property {string} [code] What the page is told; where it cannot be told anything, `says` is what the doctor says.
 * @property {string} [setting] What the hint must name: an attribute or a setting.
 * @property {[check: string, found: RegExp]} [says] The doctor's check that tells, and what it says.
 * @property {(scene: Scene) => unknown} [given] Makes it wrong, before the page is opened.
 * @property {Record<string, string | null>} [attributes] The page's tag, where it differs.
 * @property {string} [head] More HTML for the page.
 * @property {(html: string) => string} [written] What has become of the page's HTML.
 * @property {string} [at] The address that is opened, where it is another.
 * @property {string} [frameOf] The host of a page that shows this one in a frame.
 * @property {Record<string, string>} [headers] The page's headers.
 * @property {(scene: Scene) => unknown} [does] What the visitor does on the page; nothing, unless told.
 * @property {boolean} [staysSignedIn] The visitor is signed in all the same.
 * @property {RegExp} [waits] Nothing happens after this request, and so time has to tell.
 * @property {number} [seconds] How much of it, at most.
 */

/** @param {Scene} scene */
const signsIn = ({ visitor }) => visitor.signsIn();
/** @param {Scene} scene */
const pressesLogin = ({ visitor }) => visitor.pressesLogin();
/** @param {Scene} scene */
const logsOut = async ({ visitor }) => {
  await visitor.signsIn();
  await visitor.isSignedIn();
  await visitor.pressesLogout();
};

/** @param {World} world */
const deployment = ({ genesys, values }) =>
  /** @type {import('../../demo/world/genesys.mjs').Deployment} */ (
    genesys.deployments.get(values.DEPLOYMENT_ID ?? '')
  );

/** @param {string} deploymentId */
const snippetFor = (deploymentId) => `<script>
  window._genesysJs = 'Genesys';
  window.Genesys = function () { (Genesys.q = Genesys.q || []).push(arguments); };
  Genesys.c = { environment: '%ENVIRONMENT%', deploymentId: '${deploymentId}' };
  const bootstrap = document.createElement('script');
  bootstrap.src = 'http://apps.%ENVIRONMENT%/genesys-bootstrap/genesys.min.js';
  bootstrap.onload = () => Genesys('registerPlugin', 'AuthProvider', () => {});
  document.head.append(bootstrap);
</script>`;

/**
 * What becomes of authorization responses.
 * @param {World} world
 * @param {(query: URLSearchParams) => void} change
 */
const answersWith = (world, change) =>
  world.provider.faults.set('authorization', {
    redirect: ({ searchParams }) => void (searchParams.has('iss') && change(searchParams)),
  });

const bare = '<!doctype html><title>Bare</title>';

/** What the discovery document at the issuer says. @param {World} world @param {object} change */
const discovered = async ({ provider }, change) => {
  const document = await (await fetch(provider.discoveryUri)).json();
  const headers = { 'access-control-allow-origin': '*' };
  provider.faults.set('discovery', { headers, body: { ...document, ...change } });
};

/** With what Genesys Cloud answers a code. @param {World} world @param {number} status */
const exchangeAnswers = ({ genesys }, status) =>
  genesys.faults.set('exchange', { status, body: { status, contextId: 'e5a1c2d3' } });

/** What the token endpoint answers Genesys Cloud. @param {World} world @param {object} body */
const redeemsNot = (world, body) => world.provider.faults.set('token', { status: 400, body });

/** @type {Record<string, Fault[]>} */
export const faults = {
  'The tag': [
    {
      wrong: 'The deployment id is a placeholder',
      attributes: { 'deployment-id': 'YOUR-DEPLOYMENT-ID' },
      code: 'configuration/deployment-id',
      setting: 'attribute deployment-id',
    },
    {
      wrong: 'The environment is no region',
      attributes: { environment: 'prod-atlantis' },
      code: 'configuration/environment',
      setting: 'attribute environment',
    },
    {
      wrong: 'The environment is the address of the console',
      attributes: { environment: 'https://apps.mypurecloud.de/directory' },
      code: 'configuration/environment',
      setting: 'Did you mean prod-euc1?',
    },
    {
      wrong: 'The environment is what AWS calls the region',
      attributes: { environment: 'eu-central-1' },
      code: 'configuration/environment',
      setting: 'Did you mean prod-euc1?',
    },
    {
      wrong: 'The issuer lacks https://',
      attributes: { issuer: 'login.brand.example' },
      code: 'configuration/issuer',
      setting: 'Did you mean https://login.brand.example?',
    },
    {
      wrong: 'The issuer is the address of the provider’s console',
      attributes: { issuer: 'brand-admin.okta.com' },
      code: 'configuration/issuer',
      setting: 'Did you mean https://brand.okta.com?',
    },
    {
      wrong: 'The issuer is that of every tenant of Microsoft',
      attributes: { issuer: 'https://login.microsoftonline.com/common/v2.0' },
      given: ({ visitor }) =>
        visitor.page.route(/microsoftonline\.com/, (route) =>
          route.fulfill({
            headers: { 'access-control-allow-origin': '*' },
            json: {
              issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0',
              authorization_endpoint: 'https://login.microsoftonline.com/common/oauth2/v2.0/authorize',
            },
          }),
        ),
      says: ['issuer', /is a template: write your own tenant/],
    },
    {
      wrong: 'The editor of the page has made typographic quotes',
      written: (html) => html.replace(/ (deployment-id|issuer)="([^"]*)"/g, ' $1=”$2”'),
      code: 'configuration/mangled',
      setting: 'straight quotes',
    },
    {
      wrong: 'The editor of the page has taken the dashes out of the attributes',
      written: (html) => html.replace(' deployment-id=', ' deploymentid='),
      code: 'configuration/mangled',
      setting: 'straight quotes',
    },
    {
      wrong: 'The pages of the site differ by their query only, and the page without it lacks the tag',
      at: '/index.php?p=12',
      given: ({ world }) => world.site.page('/index.php', bare),
      says: ['redirect-uri', /has neither the tag nor the file/],
    },
    {
      wrong: 'The page at the redirect URI lacks the tag',
      attributes: { 'redirect-uri': '/bare.html' },
      given: ({ world }) => world.site.page('/bare.html', bare),
      says: ['redirect-uri', /has neither the tag nor the file/],
    },
    {
      wrong: 'The client id is missing',
      attributes: { 'client-id': null },
      code: 'configuration/client-id',
      setting: 'attribute client-id',
    },
    {
      wrong: 'The client secret stands in the page',
      attributes: { 'client-secret': 'hush-hush' },
      code: 'configuration/client-secret',
      setting: 'attribute client-secret',
    },
    {
      wrong: 'The redirect URI is on another site',
      attributes: { 'redirect-uri': 'https://somebody-else.example/' },
      code: 'configuration/redirect-uri',
      setting: 'attribute redirect-uri',
    },
    {
      wrong: 'max-age is 0, which Messenger loses',
      attributes: { 'max-age': '0' },
      code: 'configuration/max-age',
      setting: 'attribute max-age',
    },
    {
      wrong: 'authorization-params holds a parameter of the element',
      attributes: { 'authorization-params': 'state=mine' },
      code: 'configuration/authorization-params',
      setting: 'attribute authorization-params',
    },
    {
      wrong: 'An option is misspelt',
      attributes: { mode: 'window' },
      code: 'configuration/option',
      setting: 'values',
    },
    {
      wrong: 'An endpoint is not an address',
      attributes: { 'end-session-endpoint': 'logout' },
      code: 'configuration/endpoint',
      setting: 'end-session-endpoint',
    },
    {
      wrong: 'The page’s authorize function returns no code',
      head: `<script>
        addEventListener('DOMContentLoaded', () =>
          Object.assign(document.querySelector('genesys-auth-messenger'), { authorize: () => ({}) }));
      </script>`,
      does: pressesLogin,
      code: 'configuration/authorize',
      setting: 'authorize',
    },
    {
      wrong: 'The page’s authorize function returns an ID token (implicit flow) in place of a code',
      head: `<script>
        addEventListener('DOMContentLoaded', () =>
          Object.assign(document.querySelector('genesys-auth-messenger'), {
            authorize: () => ({ idToken: 'e30.e30.e30', redirectUri: location.href }),
          }));
      </script>`,
      does: pressesLogin,
      code: 'configuration/authorize',
      setting: 'response type code',
    },
  ],
  'The page and the browser': [
    {
      wrong: 'The page is not served over https',
      // As on a host that is not this machine; failures.spec.mjs opens a real one.
      given: ({ visitor }) =>
        visitor.page.addInitScript(() => Object.defineProperty(window, 'isSecureContext', { value: false })),
      code: 'configuration/insecure-context',
      setting: 'https',
    },
    {
      wrong: 'Storage is blocked',
      headers: { 'content-security-policy': 'sandbox allow-scripts' },
      code: 'configuration/storage-blocked',
      setting: 'site data',
    },
    {
      wrong: 'The page has a Messenger snippet for another deployment',
      head: snippetFor('11111111-2222-4333-8444-555555555555'),
      code: 'configuration/conflict',
      setting: 'existing Messenger snippet',
    },
    {
      wrong: 'A part of the element was not published beside it',
      given: ({ world }) =>
        world.site.faults.set('asset', {
          status: 404,
          body: '',
          when: ({ url }) => !!url?.includes('.sign-in.js'),
        }),
      does: pressesLogin,
      code: 'configuration/chunk-missing',
      setting: 'side by side',
    },
    {
      wrong: 'A part of the element was altered after it had been built, and its integrity is refused',
      given: ({ world }) =>
        world.site.faults.set('asset', {
          headers: { 'content-type': 'text/javascript' },
          body: '// Rewritten by an optimiser.',
          when: ({ url }) => !!url?.includes('.sign-in.js'),
        }),
      does: pressesLogin,
      code: 'configuration/chunk-missing',
      setting: 'side by side, unaltered',
    },
    {
      wrong: 'The page is shown in a frame of another site',
      frameOf: 'press.localhost',
      code: 'configuration/framed',
      setting: 'window of its own',
    },
    {
      wrong: 'The page has a Messenger snippet for another deployment, and the tag says loading="lazy"',
      attributes: { loading: 'lazy' },
      head: snippetFor('11111111-2222-4333-8444-555555555555'),
      does: signsIn,
      code: 'configuration/conflict',
      setting: 'existing Messenger snippet',
    },
    {
      wrong: 'Pop-up windows are blocked',
      attributes: { mode: 'popup' },
      given: ({ visitor }) => visitor.page.addInitScript(() => void (window.open = () => null)),
      does: ({ visitor }) => visitor.loginButton.click(),
      code: 'popup/blocked',
      setting: 'pop-up windows',
    },
    {
      wrong: 'The visitor closes the popup',
      attributes: { mode: 'popup' },
      does: async ({ visitor }) => visitor.closes(await visitor.pressesLogin()),
      code: 'popup/closed',
      setting: 'tries again',
    },
    {
      wrong: 'Third-party cookies are blocked, and the tag says silent',
      attributes: { silent: '' },
      does: async ({ visitor }) => {
        await visitor.signsIn();
        await visitor.isSignedIn();
        await visitor.pressesLogout();
        await visitor.isSignedOut();
        // As if the session had run out: who logs out is not asked for again.
        await visitor.page.evaluate(() => localStorage.clear());
        await visitor.page.reload();
        await visitor.isSignedOut();
      },
      says: ['silent', /^A hidden frame does not see/],
    },
  ],
  'Messenger and its deployment': [
    {
      wrong: 'The policy of the page forbids the Messenger script',
      headers: { 'content-security-policy': "script-src 'self'" },
      code: 'messenger/blocked',
      setting: 'script-src',
    },
    {
      wrong: 'The network, or a content blocker, keeps the Messenger script away',
      given: ({ world }) => world.genesys.faults.set('bootstrap', { gone: true }),
      code: 'messenger/blocked',
      setting: 'content blockers',
    },
    {
      wrong: 'The Messenger script is 20 seconds late (when it comes, all is well)',
      given: ({ world }) => void world.genesys.faults.hold('bootstrap'),
      waits: /genesys\.min\.js$/,
      seconds: 8,
      code: 'messenger/blocked',
      setting: 'network',
    },
    {
      wrong: 'The Messenger script throws, because it does not know the environment',
      given: ({ world }) =>
        world.genesys.faults.set('bootstrap', {
          headers: { 'content-type': 'text/javascript' },
          body: `throw new Error('GenesysJS could not initialise service discovery.')`,
        }),
      code: 'messenger/not-started',
      setting: 'environment and deployment-id',
    },
    {
      wrong: 'The deployment id is another region’s',
      given: ({ world }) => world.genesys.deployments.clear(),
      waits: /domains\.json$/,
      seconds: 8,
      code: 'messenger/deployment-not-found',
      setting: 'deployment-id',
    },
    {
      wrong: 'The policy of the page forbids connections to Genesys Cloud',
      headers: { 'content-security-policy': "connect-src 'self'" },
      waits: /genesys\.min\.js$/,
      seconds: 8,
      code: 'messenger/deployment-not-found',
      setting: 'connect-src',
    },
    {
      wrong: 'The site is not among the allowed domains',
      given: ({ world }) => (deployment(world).allowedDomains = ['somebody-else.example']),
      code: 'messenger/domain-not-allowed',
      setting: 'allowed domains',
    },
    {
      wrong: 'The deployment has no configuration',
      given: ({ world }) => world.genesys.faults.set('config', { status: 500, body: {} }),
      code: 'messenger/configuration-unavailable',
      setting: 'configuration assigned',
    },
    {
      wrong: 'Genesys Cloud does not answer with the configuration',
      given: ({ world }) => void world.genesys.faults.hold('config'),
      waits: /config\.json$/,
      seconds: 8,
      code: 'messenger/no-answer',
      setting: 'Messenger configuration',
    },
    {
      wrong: 'The deployment is inactive',
      given: ({ world }) => (deployment(world).status = 'Inactive'),
      code: 'messenger/deployment-inactive',
      setting: 'status to Active',
    },
    {
      wrong: 'Authentication is off',
      given: ({ world }) => (deployment(world).auth.enabled = false),
      code: 'messenger/authentication-off',
      setting: 'Turn on authentication',
    },
    {
      wrong: 'Another script has registered the plugin',
      head: snippetFor('%DEPLOYMENT_ID%'),
      code: 'messenger/plugin-taken',
      setting: 'AuthProvider plugin',
    },
    {
      wrong: 'Step-up is off: visitors cannot chat before they sign in',
      says: ['step-up', /^Off/],
    },
    {
      wrong: 'The launcher waits for the page (OnDemand)',
      given: ({ world }) => void (deployment(world).launcherButton.visibility = 'OnDemand'),
      says: ['launcher', /visibility is OnDemand/],
    },
    {
      wrong: 'A router of the page replaces the body, and Messenger is gone with it',
      does: async ({ visitor }) => {
        await visitor.signsIn();
        await visitor.isSignedIn();
        await visitor.page.evaluate(() => {
          const body = document.createElement('body');
          const element = document.querySelector('genesys-auth-messenger');
          if (element) body.append(element);
          document.body.replaceWith(body);
        });
      },
      code: 'messenger/removed',
      setting: 'keep the nodes of Messenger',
      staysSignedIn: true,
    },
    {
      wrong: 'The launcher is off: a signed-in visitor sees no chat',
      given: ({ world }) => void (deployment(world).launcherButton.visibility = 'Off'),
      says: ['launcher', /visibility is Off/],
    },
  ],
  'The provider': [
    {
      wrong: 'The provider cannot be reached',
      given: ({ world }) => world.provider.breakDiscovery('down'),
      does: pressesLogin,
      code: 'provider/unreachable',
      setting: 'attribute issuer',
    },
    {
      wrong: 'The issuer is the address of the discovery document',
      attributes: { issuer: '%ISSUER%/.well-known/openid-configuration' },
      does: pressesLogin,
      code: 'provider/unreachable',
      setting: 'Did you mean http://login.localhost',
    },
    {
      wrong: 'The discovery document has no CORS header',
      given: ({ world }) => world.provider.breakDiscovery('no-cors'),
      does: pressesLogin,
      code: 'provider/unreachable',
      setting: 'CORS',
      says: ['discovery', /answers, but/],
    },
    {
      wrong: 'At the issuer’s address is a page, and no discovery document',
      given: ({ world }) => world.provider.breakDiscovery('not-json'),
      does: pressesLogin,
      code: 'provider/metadata',
      setting: 'attribute issuer',
    },
    {
      wrong: 'The discovery document names no endpoints',
      given: ({ world }) => world.provider.breakDiscovery('no-endpoints'),
      does: pressesLogin,
      code: 'provider/metadata',
      setting: 'attribute issuer',
    },
    {
      wrong: 'The issuer is written otherwise than the provider writes it',
      attributes: { issuer: '%ISSUER%/' },
      does: pressesLogin,
      code: 'provider/issuer-mismatch',
      setting: 'trailing slash',
    },
    {
      wrong: 'The discovery document names a template as issuer, which only Microsoft may',
      given: ({ world }) => discovered(world, { issuer: 'https://{tenantid}' }),
      does: pressesLogin,
      code: 'provider/issuer-mismatch',
      setting: 'attribute issuer',
    },
    {
      wrong: 'The discovered authorization endpoint brings a redirect URI of its own',
      given: ({ world }) =>
        discovered(world, {
          authorization_endpoint: `${world.provider.issuer}/auth?redirect_uri=https://somebody-else.example/`,
        }),
      does: pressesLogin,
      code: 'provider/metadata',
      setting: 'attribute issuer',
    },
    {
      wrong: 'The discovered authorization endpoint holds credentials',
      given: ({ world }) =>
        discovered(world, { authorization_endpoint: 'https://user:word@login.brand.example/auth' }),
      does: pressesLogin,
      code: 'provider/metadata',
      setting: 'attribute issuer',
    },
    {
      wrong: 'The provider signs ID tokens with EdDSA only',
      given: ({ world }) => discovered(world, { id_token_signing_alg_values_supported: ['EdDSA'] }),
      says: ['signing', /EdDSA/],
    },
    {
      wrong: 'The redirect URI is not registered: the visitor stays on a page of the provider',
      does: async ({ world, visitor }) => {
        await world.provider.unregister(visitor.page.url());
        await visitor.pressesLogin();
        await visitor.page.waitForURL(/login\.localhost/);
        await visitor.page.goBack();
      },
      says: ['redirect-uri', /byte for byte: http:\/\/brand\.localhost:\d+\/fault\.html$/],
    },
    {
      wrong: 'The provider refuses the request, here for prompt="nonsense"',
      attributes: { prompt: 'nonsense' },
      does: pressesLogin,
      code: 'provider/error',
      setting: 'scopes or allowed flows',
    },
    {
      wrong: 'The visitor cancels, or may not use this client',
      does: async ({ visitor }) => {
        await visitor.pressesLogin();
        await visitor.cancels();
      },
      code: 'provider/denied',
      setting: 'who may use this client',
    },
    {
      wrong: 'The provider has no address for logging out, and the tag says logout="provider"',
      attributes: { logout: 'provider' },
      given: ({ world }) => discovered(world, { end_session_endpoint: undefined }),
      does: logsOut,
      code: 'logout/no-endpoint',
      setting: 'attribute end-session-endpoint',
    },
  ],
  'The provider’s answer': [
    {
      wrong: 'A redirect of the site drops it: no code reaches the page',
      given: ({ world }) =>
        answersWith(world, (query) => [...query.keys()].forEach((name) => query.delete(name))),
      does: signsIn,
      code: 'callback/lost',
      setting: 'attribute redirect-uri',
    },
    {
      wrong: 'It holds a parameter twice',
      given: ({ world }) => answersWith(world, (query) => query.append('code', 'another')),
      does: signsIn,
      code: 'callback/malformed',
      setting: 'redirect URI without parameters',
    },
    {
      wrong: 'It holds no code and no error',
      given: ({ world }) => answersWith(world, (query) => query.delete('code')),
      does: signsIn,
      code: 'callback/no-code',
      setting: 'response type code',
    },
    {
      wrong: 'It is an error without state, which cannot be told from others',
      given: ({ world }) =>
        answersWith(world, (query) => {
          for (const name of ['code', 'state']) query.delete(name);
          query.set('error', 'temporarily_unavailable');
        }),
      does: signsIn,
      code: 'provider/error',
      setting: 'allowed flows',
    },
    {
      wrong: 'It comes to a page whose tag names another client',
      does: async ({ world, visitor }) => {
        await visitor.pressesLogin();
        const html = pageWith({ 'client-id': world.provider.clients.other.id });
        await world.site.page('/fault.html', html);
        await visitor.fillsIn('ada');
      },
      code: 'callback/mismatch',
      setting: 'same issuer and client-id',
    },
    {
      wrong: 'It comes from another issuer',
      given: ({ world }) => world.provider.answerWithIssuer('https://somebody-else.example'),
      does: signsIn,
      code: 'callback/issuer',
      setting: 'attribute issuer',
    },
    {
      wrong: 'It names no issuer, though the provider promises to',
      given: ({ world }) => world.provider.answerWithIssuer(undefined),
      does: signsIn,
      code: 'callback/issuer',
      setting: 'attribute issuer',
    },
    {
      wrong: 'It comes for the second time, from a bookmark',
      does: async ({ visitor }) => {
        const callback = visitor.page.waitForRequest(/[?&]code=/);
        await visitor.signsIn();
        const address = (await callback).url();
        await visitor.isSignedIn();
        await visitor.pressesLogout();
        await visitor.isSignedOut();
        await visitor.page.goto(address);
      },
      code: 'callback/repeated',
      setting: 'Start the sign-in again',
    },
    {
      wrong: 'It comes after more than 15 minutes',
      given: ({ visitor }) =>
        visitor.page.addInitScript(() => {
          const name = Object.keys(sessionStorage).find((key) => key.includes(':state:'));
          if (!name) return;
          const request = JSON.parse(sessionStorage.getItem(name) ?? '');
          sessionStorage.setItem(name, JSON.stringify({ ...request, created: request.created - 901 }));
        }),
      does: signsIn,
      code: 'callback/expired',
      setting: 'Start the sign-in again',
    },
    {
      wrong: 'It belongs to no sign-in of this tab, as where a link in a mail opens another',
      does: async ({ world, visitor }) => {
        const page = visitor.page.url();
        await visitor.pressesLogin();
        await visitor.page.waitForURL(/login\.localhost/);
        const iss = encodeURIComponent(world.provider.issuer);
        await visitor.page.goto(`${page}?code=forged&state=gam-redirect-${'0'.repeat(32)}&iss=${iss}`);
      },
      code: 'callback/unknown',
      setting: 'redirect URI',
    },
    {
      wrong: 'It is an error of its own, for a client that is set up otherwise',
      given: ({ world }) =>
        answersWith(world, (query) => {
          query.delete('code');
          query.set('error', 'unauthorized_client');
        }),
      does: signsIn,
      code: 'provider/error',
      setting: 'allowed flows',
    },
  ],
  'The exchange in Genesys Cloud': [
    {
      wrong: 'The client secret in the integration is wrong',
      given: ({ world }) => (deployment(world).integration.clientSecret = 'wrong'),
      does: signsIn,
      code: 'exchange/refused',
      setting: 'client secret',
    },
    {
      wrong: 'The client id in the integration is another one',
      given: ({ world }) => {
        const { id, secret } = world.provider.clients.other;
        deployment(world).integration = { clientId: id, clientSecret: secret };
      },
      does: signsIn,
      code: 'exchange/refused',
      setting: 'client id',
    },
    {
      wrong: 'The client is registered as a single-page application',
      given: ({ world }) =>
        redeemsNot(world, {
          error: 'invalid_request',
          error_description: 'AADSTS9002327: Tokens issued for the Single-Page Application client-type',
        }),
      does: signsIn,
      code: 'exchange/refused',
      setting: 'single-page application',
    },
    {
      wrong: 'Codes have died before they are redeemed',
      given: ({ world }) => redeemsNot(world, { error: 'invalid_grant' }),
      does: signsIn,
      code: 'exchange/refused',
      setting: 'codes may live too short',
    },
    {
      wrong: 'The nonce is lost on the way',
      given: ({ visitor }) =>
        visitor.page.route(/oauthcodegrantjwtexchange$/, (route) => {
          const body = route.request().postDataJSON();
          delete body?.oauth?.nonce;
          return route.continue({ postData: body && JSON.stringify(body) });
        }),
      does: signsIn,
      code: 'exchange/refused',
      setting: 'nonce',
    },
    {
      wrong: 'The clocks of provider and Genesys Cloud are an hour apart',
      given: ({ world }) => (world.genesys.clockOffBy = 3600),
      does: signsIn,
      code: 'exchange/refused',
      setting: 'clock',
    },
    {
      wrong: 'The integration in Genesys Cloud is gone',
      given: ({ world }) => exchangeAnswers(world, 404),
      does: signsIn,
      code: 'exchange/not-found',
      setting: 'integration that exists and is active',
    },
    {
      wrong: 'Genesys Cloud sees a conflict with another sign-in',
      given: ({ world }) => exchangeAnswers(world, 409),
      does: signsIn,
      code: 'exchange/conflict',
      setting: 'contextId',
    },
    {
      wrong: 'Genesys Cloud is asked too often',
      given: ({ world }) => exchangeAnswers(world, 429),
      does: signsIn,
      code: 'exchange/unavailable',
      setting: 'status of Genesys Cloud',
    },
    {
      wrong: 'Genesys Cloud has a failure of its own',
      given: ({ world }) => exchangeAnswers(world, 500),
      does: signsIn,
      code: 'exchange/unavailable',
      setting: 'status of Genesys Cloud',
    },
    {
      wrong: 'Genesys Cloud never answers the exchange',
      given: ({ world }) => void world.genesys.faults.hold('exchange'),
      does: signsIn,
      waits: /oauthcodegrantjwtexchange$/,
      seconds: 10,
      code: 'exchange/unavailable',
      setting: 'network',
    },
    {
      wrong: 'Genesys Cloud does not confirm a logout',
      given: ({ world }) => world.genesys.faults.set('revoke', { status: 500, body: {} }),
      does: logsOut,
      code: 'logout/incomplete',
      setting: 'Reload',
    },
  ],
};

const file = fileURLToPath(new URL('../../docs/faults.md', import.meta.url));

/** What docs/faults.md has to say. Needs dist/. */
export async function documentation() {
  const { describe } = await import(new URL('../../dist/explanations.js', import.meta.url).href);
  const { titles } = await import(new URL('../../dist/doctor/check.js', import.meta.url).href);
  const cell = (/** @type {string} */ text) => text.replaceAll('|', '\\|').replaceAll('<', '\\<');
  const row = (/** @type {Fault} */ { wrong, code, says, seconds }) => {
    const within = seconds ? ` (after ${seconds} s)` : '';
    const told = code ? `\`${code}\`${within}` : `none; the doctor reports: _${titles[says?.[0] ?? '']}_`;
    return `| ${cell(wrong)} | ${told} | ${code ? cell(describe({ code }).hint) : ''} |`;
  };
  const sections = Object.entries(faults).map(
    ([title, rows]) =>
      `## ${title}\n\n| What is wrong | The error | The hint |\n| --- | --- | --- |\n${rows.map(row).join('\n')}`,
  );
  const count = Object.values(faults).flat().length;
  const text = `# What can be set up wrong

<!-- Written by test/e2e/faults.mjs: change it there. -->

${count} faults. A test brings about each of them, alone, in the local world. Within 10 seconds the element reports the code in its
\`error\` and, except for \`logout/…\`, in the event \`signInFailed\`. The hint names the setting to change. With the attribute \`debug\` the
doctor looks for most of them before anybody clicks. All codes: [errors.md](errors.md).

${sections.join('\n\n')}
`;
  return format(text, { ...(await resolveConfig(file)), filepath: file });
}

/** What it says. */
export const documented = () => readFile(file, 'utf8');

if (process.argv[1] === fileURLToPath(import.meta.url) && process.argv.includes('--write')) {
  await writeFile(file, await documentation());
}
