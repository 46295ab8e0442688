import { findMangled } from './mangled.js';
import { understandIssuer, understandRegion } from './understanding.js';

/**
 * Every way in which signing in or out can fail, with what happened, what to change and where. The codes are a promise to
 * users: they are only ever added to. Loaded when something has failed, since most visitors never need it. `{detail}` is
 * replaced by what varies: an attribute's value, a URL, the provider's own words.
 */
export const errors = {
  'configuration/deployment-id': [
    'The deployment id is missing or is not a deployment id: {detail}.',
    'Set the attribute deployment-id to the id in Genesys Cloud (Admin > Message > Messenger Deployments). An element without attributes, and a place, need another tag that configures.',
  ],
  'configuration/environment': [
    'The environment is not a Genesys Cloud region: {detail}.',
    "Set the attribute environment to the value in your Messenger snippet (for example prod-euc1), its short form (euc1) or your region's domain (mypurecloud.de).",
  ],
  'configuration/issuer': [
    'The issuer is missing or is not an https URL: {detail}.',
    'Set the attribute issuer to the "issuer" value of your provider\'s /.well-known/openid-configuration.',
  ],
  'configuration/client-id': [
    'The client id is missing.',
    'Set the attribute client-id to the client that the OpenID Connect Messenger Configuration integration in Genesys Cloud uses.',
  ],
  'configuration/client-secret': [
    'The page holds a client secret.',
    'Remove the attribute client-secret and replace that secret at the provider: everybody may have it. It belongs only into the integration in Genesys Cloud.',
  ],
  'configuration/redirect-uri': [
    'The redirect URI is not an http(s) address on this site without a fragment: {detail}.',
    'Set the attribute redirect-uri to a page of this site that loads this file, or remove it to use the page itself.',
  ],
  'configuration/max-age': [
    'max-age is not a whole number of seconds: {detail}.',
    'Set the attribute max-age to a whole number of seconds, 1 or more, or remove it.',
  ],
  'configuration/authorization-params': [
    'authorization-params is malformed or sets a parameter that the element itself sends: {detail}.',
    'Write the attribute authorization-params as name=value&name=value, URL-encoded, with parameters of your provider only.',
  ],
  'configuration/option': [
    'Invalid attribute value: {detail}.',
    'Use one of the values that the documentation lists for the attribute.',
  ],
  'configuration/endpoint': [
    'An endpoint or address is not an https URL, or sets a parameter that the element itself sends: {detail}.',
    'Correct the attribute authorization-endpoint, end-session-endpoint or post-logout-redirect-uri.',
  ],
  'configuration/framed': [
    'The page is shown in a frame of another site, where no answer of the provider finds its way home.',
    'Link to the page, or open it in a window of its own, in place of the frame.',
  ],
  'configuration/insecure-context': [
    'The page is not served over https, so the browser offers no cryptography for signing in.',
    'Serve the page over https (localhost works without).',
  ],
  'configuration/storage-blocked': [
    'The browser refuses sessionStorage to this page, so a sign-in cannot be carried across the redirect.',
    'Allow site data for this site; in a frame, check the sandbox attribute (allow-same-origin).',
  ],
  'configuration/conflict': [
    'Another configuration is active in this page: {detail}.',
    'A page can hold one: give every element, and an existing Messenger snippet, the same deployment and sign-in settings. After a change of the deployment, reload the page.',
  ],
  'configuration/chunk-missing': [
    'A part of the element could not be loaded: {detail}.',
    'Publish all genesys-auth-messenger*.js files side by side, unaltered, and allow them in the Content-Security-Policy (script-src).',
  ],
  'configuration/target': [
    'The button has no place: {detail}.',
    'Set data-target to a CSS selector that is well-formed, or put <div data-genesys-auth-messenger></div> in the body. An empty data-target means that no button is wanted.',
  ],
  'configuration/module': [
    'The script has type="module", so the browser does not let it see its own tag, which configures nothing.',
    'Leave out type="module", or configure with an element in the page.',
  ],
  'configuration/version': [
    'Another version of the element was defined first, and stays: {detail}.',
    'Load one version of the file, once.',
  ],
  'configuration/mangled': [
    'The tag was altered on its way into the page: {detail}.',
    'Paste the tag where the editor takes HTML source, with straight quotes, or take the form of paste that your system leaves alone (docs/cms.md).',
  ],
  'configuration/authorize': [
    "The page's authorize function failed or returned no usable grant: {detail}.",
    'Let authorize return {authCode, redirectUri}, and nonce, maxAge and codeVerifier if and only if the authorization request had them, and iss if the provider returned it; each code once. Not an idToken (implicit flow): let the provider answer with a code (response type code), and leave Implicit Flow Support off in the integration in Genesys Cloud.',
  ],
  'messenger/blocked': [
    'The Messenger script could not be loaded: {detail}.',
    'Check the network, content blockers and the Content-Security-Policy: script-src must allow this host, and trusted-types, where you use it, genesys-auth-messenger.',
  ],
  'messenger/not-started': [
    'The Messenger script was loaded but did not start.',
    'Compare the attributes environment and deployment-id with the snippet in Genesys Cloud (Admin > Message > Messenger Deployments).',
  ],
  'messenger/deployment-not-found': [
    'Genesys Cloud does not know this deployment in this region, or cannot be reached: {detail}.',
    'Compare the attributes deployment-id and environment with the snippet in Genesys Cloud (Admin > Message > Messenger Deployments) and allow the region in the Content-Security-Policy (connect-src).',
  ],
  'messenger/domain-not-allowed': [
    'The deployment does not allow this site: {detail}.',
    'Add this host to the allowed domains in Genesys Cloud (Admin > Message > Messenger Deployments).',
  ],
  'messenger/configuration-unavailable': [
    'Messenger could not load the configuration of the deployment.',
    'Check the network and the Content-Security-Policy (connect-src), and that the deployment has a Messenger configuration assigned in Genesys Cloud.',
  ],
  'messenger/deployment-inactive': [
    'The deployment is not active.',
    'Set its status to Active in Genesys Cloud (Admin > Message > Messenger Deployments).',
  ],
  'messenger/authentication-off': [
    'Authentication is off in the Messenger configuration of this deployment.',
    'Turn on authentication in Genesys Cloud (Admin > Message > Messenger Configurations > Authentication), choose the OpenID Connect integration and save a new version.',
  ],
  'messenger/plugin-taken': [
    'Another script registers the AuthProvider plugin, too: {detail}.',
    'Remove the hand-written AuthProvider plugin (Genesys("registerPlugin", "AuthProvider", …)) from the page.',
  ],
  'messenger/removed': [
    'What Messenger had put into the page is gone, so the visitor sees no chat.',
    'Usually a router has replaced the body. Let it keep the nodes of Messenger (docs/recipes.md), or load the page anew.',
  ],
  'messenger/no-answer': [
    'Messenger is ready but does not ask for the sign-in.',
    'Check in Genesys Cloud that authentication is on, and that the deployment has the current version of the Messenger configuration.',
  ],
  'provider/unreachable': [
    "The provider's discovery document could not be loaded: {detail}.",
    'Check the attribute issuer, and allow this site at the provider (CORS, "trusted origin") and in the Content-Security-Policy (connect-src). For a provider without CORS set the attribute authorization-endpoint.',
  ],
  'provider/metadata': [
    "The provider's discovery document is not usable: {detail}.",
    'Check that the attribute issuer is the issuer of an OpenID provider.',
  ],
  'provider/issuer-mismatch': [
    'The provider calls itself by another issuer: {detail}.',
    'Set the attribute issuer exactly to the "issuer" value of the discovery document: host, path and trailing slash count.',
  ],
  'provider/denied': [
    'The visitor or the provider declined the sign-in: {detail}.',
    'Nothing to change if the visitor cancelled. Otherwise check at the provider who may use this client.',
  ],
  'provider/login-required': [
    'The provider has to ask the visitor: {detail}.',
    'Nothing to change: the visitor signs in with a click.',
  ],
  'provider/error': [
    'The provider answered with an error: {detail}.',
    'Look the error up at the provider: usually the client, its redirect URIs, scopes or allowed flows are set up otherwise.',
  ],
  'popup/blocked': [
    'The browser blocked the sign-in window.',
    'Allow pop-up windows for this site, or use mode="redirect". The next click goes to the provider in this window.',
  ],
  'popup/closed': [
    'The sign-in window was closed or left too early.',
    'Nothing to change: the visitor tries again.',
  ],
  'callback/unknown': [
    "The provider's answer belongs to no sign-in that was begun in this tab.",
    'The visitor has gone on in another tab or app, for example from a link in a mail, and can log in here again. If it happens often, compare the origin (scheme, host, port) of the redirect URI with that of the page.',
  ],
  'callback/repeated': ['This answer of the provider has been used already.', 'Start the sign-in again.'],
  'callback/expired': ['The sign-in took too long.', 'Start the sign-in again.'],
  'callback/issuer': [
    "The provider's answer names no issuer, or another one than the request went to: {detail}.",
    'Check the attribute issuer. If it is right, the answer may be an attack and was not used.',
  ],
  'callback/mismatch': [
    "The provider's answer belongs to a request made with other settings: {detail}.",
    'Give all pages of the site the same issuer and client-id.',
  ],
  'callback/lost': [
    'The visitor came back from the provider, but its answer did not reach the page.',
    'Look for what drops the query of the redirect URI: a redirect of the server (trailing slash, language, http to https), a plugin or a router. Set the attribute redirect-uri to the address where redirects end, and register that at the provider.',
  ],
  'callback/malformed': [
    "The provider's answer holds a parameter twice, so it was not used: {detail}.",
    'Register a redirect URI without parameters of that name. If it happens only once, the answer may be an attack.',
  ],
  'callback/no-code': [
    "The provider's answer holds no authorization code.",
    'Allow the authorization code flow (response type code) for this client at the provider.',
  ],
  'exchange/refused': [
    'Genesys Cloud could not redeem the authorization code: {detail}.',
    "Check in this order. In the OpenID Connect Messenger Configuration integration in Genesys Cloud: client secret, client id, discovery URI, and Implicit Flow Support, which has to be off. At the provider: that the client is confidential (web), not a single-page application. On the element: max-age, which the provider must support. In the request oauthcodegrantjwtexchange (network panel): that redirect URI and nonce are those of the authorization request, and the code verifier is there; the page's authorize function, an extension or a proxy may have lost one. Last, a clock may be wrong, or codes may live too short a time at the provider.",
  ],
  'exchange/not-found': [
    'Genesys Cloud does not know the deployment, or the integration that it signs in with: {detail}.',
    'Compare the attributes deployment-id and environment with the snippet in Genesys Cloud (Admin > Message > Messenger Deployments). In the Messenger configuration, under Authentication, choose an integration that exists and is active, and save a new version.',
  ],
  'exchange/conflict': [
    'Genesys Cloud says that this sign-in conflicts with another one: {detail}.',
    'Sign in again. If it stays, look for a second Messenger or another script in the page that signs in, and give the contextId of this error to the support of Genesys Cloud.',
  ],
  'exchange/unavailable': [
    'Genesys Cloud did not answer the sign-in: {detail}.',
    'Try again. If it stays, check the network and the Content-Security-Policy (connect-src), and the status of Genesys Cloud and of the provider.',
  ],
  'browser/error': [
    'The browser refused a step of the sign-in: {detail}.',
    'Look for the first error in the console. Extensions and other scripts of the page can take away what the sign-in needs.',
  ],
  'browser/unsupported': [
    'This browser is too old for signing in here.',
    'Nothing to change: visitors need Chrome 109, Firefox 115, Safari 16.4, or newer.',
  ],
  'logout/no-endpoint': [
    'The visitor is logged out here, but not at the provider: {detail}.',
    'Set the attribute end-session-endpoint, if discovery names none, or remove logout="provider".',
  ],
  'logout/incomplete': [
    'The visitor is logged out in this browser, but Genesys Cloud did not confirm it: {detail}.',
    'Nothing to change: the session in Genesys Cloud ends by itself. Reload the page to close the chat.',
  ],
} as const satisfies Record<string, readonly [message: string, hint: string]>;

/** `area/name`, one of the documented list. */
export type ErrorCode = keyof typeof errors;

/** A failure as the page sees it: the `detail` of `signInFailed`, and the element's `error`. */
export interface AuthMessengerError {
  code: ErrorCode;
  /** What happened, in English, for whoever runs the site. */
  message: string;
  /** What to change, and where: an attribute, a setting in Genesys Cloud, a setting at the provider. */
  hint: string;
  /** Whether the visitor can try again with a click. */
  retryable: boolean;
  /** By which the support of Genesys Cloud finds the request, where Genesys Cloud has named it. */
  contextId?: string;
}

/** Genesys Cloud's own identifier of a request that failed, and nothing else that stands in its place. */
function contextOf(cause: unknown): { contextId?: string } {
  const { contextId } = Object(cause) as { contextId?: unknown };
  return typeof contextId === 'string' && /^[\w-]{1,64}$/.test(contextId) ? { contextId } : {};
}

/** What a click cannot mend: somebody has to change the page or a setting first. */
const lasting =
  /^configuration\/(?!chunk-missing)|^messenger\/(?!blocked)|^exchange\/not-found|issuer-mismatch|unsupported/;

const guesses: { [code in ErrorCode]?: (written: string) => string | undefined } = {
  'configuration/environment': understandRegion,
  'configuration/issuer': understandIssuer,
  'provider/unreachable': understandIssuer,
  'provider/metadata': understandIssuer,
};

/** What the author may have meant, by what was written: the start of the detail, up to what the element has added to it. */
function guess(code: ErrorCode, detail = ''): string {
  const meant = guesses[code]?.(detail.replace(/(\/\.well-known\/openid-configuration)? .*/, ''));
  return meant ? ` Did you mean ${meant}?` : '';
}

/**
 * Puts a failure into words.
 *
 * @param view where it shows: if that is an element whose tag arrived mangled, then this is named as the cause
 */
export function describe(
  failure: { code: ErrorCode; detail?: string; cause?: unknown },
  view?: object,
): AuthMessengerError {
  const mangled = failure.code.startsWith('configuration/') && view && findMangled(view);
  const { code, detail }: typeof failure = mangled
    ? { code: 'configuration/mangled', detail: mangled }
    : failure;
  const [message, hint] = errors[code];
  return {
    code,
    message: detail
      ? message.replace('{detail}.', () => `${detail.replace(/\.$/, '')}.`)
      : message.replace(': {detail}', ''),
    hint: hint + guess(code, detail),
    retryable: !lasting.test(code),
    ...contextOf(failure.cause),
  };
}
