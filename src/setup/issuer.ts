import { type Rule, metadata, regionAt, understandIssuer } from '../understanding.js';
import { parseUrl } from '../urls.js';
import { providerOf } from './providers/index.js';

/** What was made of something that is not yet what an attribute takes. */
export interface Understood {
  /** What to write; missing where only the author can know it. */
  value?: string;
  /** What it was taken for, or what to write and where to find it. */
  says: string;
  /** Further attributes that the provider needs, where the text tells their values. */
  more?: Record<string, string>;
  /** Where the provider’s document is, where the text says it. */
  discovery?: string;
}

const tenantId = 'Directory (tenant) ID, in the Overview of the app registration';

/** What people copy out of consoles and login pages, in place of the issuer. */
const consoles: readonly (readonly [says: string, ...rule: Rule])[] = [
  [
    'A user pool of Amazon Cognito, whose ID stands in the issuer.',
    /^(?:.*[/:])?(([a-z]{2}(?:-[a-z]+)+-\d)_[a-z\d]+)(?:[/?#].*)?$/i,
    'https://cognito-idp.$2.amazonaws.com/$1',
  ],
  [
    'The domain of the login pages of Amazon Cognito is not the issuer. Write the User pool ID, such as eu-central-1_AbCdEf123.',
    /^https:\/\/(?:.+\.amazoncognito\.com|cognito-idp\.[\w-]+\.amazonaws\.com$).*/,
    '{user pool ID}',
  ],
  [
    `The console of Microsoft. Write the ${tenantId}.`,
    /^https:\/\/(?:(?:aad\.)?portal\.azure|entra\.microsoft)\.com.*/,
    '{tenant ID}',
  ],
  [
    'Personal Microsoft accounts: their tenant has this ID.',
    /^(https:\/\/login\.microsoftonline\.com)\/consumers.*/,
    '$1/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0',
  ],
  [
    'A tenant of Microsoft Entra ID, by its name. Its issuer holds its ID, which the discovery document names.',
    /^https:\/\/([\w-]+\.onmicrosoft\.com)$/,
    'https://login.microsoftonline.com/$1/v2.0',
  ],
  [
    'An ID alone: the tenant of Microsoft Entra ID, if it is one.',
    /^([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/i,
    'https://login.microsoftonline.com/$1/v2.0',
  ],
  [
    'Azure AD B2C. The issuer holds the tenant ID, and a policy only with tfp.',
    /^(https:\/\/[\w-]+\.b2clogin\.com\/(?:tfp\/[\da-f-]{36}\/[^/]+|[\da-f-]{36})).*/i,
    '$1/v2.0/',
  ],
  // Tenants in the United States have it with the region or without.
  [
    'The console of Auth0, of this tenant. A custom domain would be the issuer in its place.',
    /^https:\/\/manage\.auth0\.com\/dashboard\/(?!us\/)([a-z]+)\/([\w-]+).*/,
    'https://$2.$1.auth0.com/',
  ],
  [
    'The console of Auth0. Write the Domain, from the Settings of the application, with https:// and a slash at its end.',
    /^https:\/\/manage\.auth0\.com.*/,
    '{domain}',
  ],
  [
    'Google has one issuer for everybody.',
    /^https:\/\/(?:accounts|oauth2|console\.cloud|console\.developers)\.google(?:apis)?\.com.*/,
    'https://accounts.google.com',
  ],
  [
    'An environment of PingOne.',
    /^https:\/\/(?:auth|console)(\.pingone\.[a-z.]+)\/?(?:.*[?&]env=)?([\da-f-]{36}).*/i,
    'https://auth$1/$2/as',
  ],
  [
    'PingOne. Write the Issuer ID of the application: https://auth.pingone.eu/{environment ID}/as.',
    /^https:\/\/(?:auth|console)\.pingone\.[a-z.]+.*/,
    '{environment ID}',
  ],
  [
    'PingFederate. Its issuer is the Base URL of the server.',
    /^(https:\/\/[^/]+)\/(?:as|idp|pf)\/.*\.(?:oauth2|openid).*/,
    '$1',
  ],
  [
    'Salesforce. The issuer is the address of My Domain.',
    /^https:\/\/([\w.-]+)\.(?:my\.salesforce(?:-setup)?|lightning\.force|salesforce-setup)\.com.*/,
    'https://$1.my.salesforce.com',
  ],
  [
    'The console of Keycloak, at this realm.',
    /^([^?#]+?)\/admin\/[^/]+\/console.*#\/(?:realms\/)?([^/?]+).*/,
    '$1/realms/$2',
  ],
  ['The console of Keycloak, at this realm.', /^([^?#]+?)\/admin\/([^/]+)\/console.*/, '$1/realms/$2'],
];

const byProvider: Record<string, string> = {
  okta: 'Okta. A custom authorization server has an issuer of its own, such as the default one, whose issuer ends with /oauth2/default. Use the one that Genesys Cloud uses.',
  auth0: 'Auth0. The issuer is the domain of the tenant, with a slash at its end.',
  entra: 'A tenant of Microsoft Entra ID, with version 2 of its tokens.',
  keycloak: 'A realm of Keycloak.',
};

/** As the element understands it, and what consoles show besides; with what was made of it. */
export function understandProvider(written: string): Understood | undefined {
  const text = written.trim();
  if (/[{}<>\u2026]|\byour[-_ ]?\w*(domain|tenant)/i.test(text))
    return { says: 'It still holds a placeholder: put your own value in its place.' };
  if (regionAt(text))
    return { says: 'An address of Genesys Cloud. The issuer is that of your own provider.' };
  if (/microsoftonline\.com(\/(common|organizations)\b|\/?$)/.test(text))
    return {
      says: `Every token names the tenant of its visitor, so common and organizations are nobody’s issuer. Write your own: ${tenantId}.`,
    };
  const policy = policyOf(text);
  const meant = understandIssuer(
    text,
    consoles.map(([, ...rule]) => rule),
  );
  if (!meant && !policy) return undefined;
  const discovery = metadata.test(text) && !text.includes('jwks') ? { discovery: withScheme(text) } : {};
  const value = meant && !meant.includes('{') ? { value: meant } : {};
  return { ...value, ...discovery, says: describe(text, meant ?? text), ...policy };
}

function describe(text: string, meant: string): string {
  const address = withScheme(text).replace(metadata, '').replace(/\/$/, '');
  const [says] = consoles.find(([, pattern]) => pattern.test(text) || pattern.test(address)) ?? [];
  const generic = metadata.test(text)
    ? 'The address of a discovery document.'
    : meant.length < address.replace(/[?#].*/, '').length
      ? 'An endpoint of the provider. This is its issuer, as far as can be told.'
      : 'An issuer begins with https://, and has no query and no fragment.';
  return says ?? byProvider[providerOf(meant).id] ?? generic;
}

/** Azure AD B2C: the policy stands in the path, or in the parameter `p`, and belongs into the authorization endpoint. */
function policyOf(text: string): Partial<Understood> | undefined {
  const url = parseUrl(withScheme(text));
  if (!url?.hostname.endsWith('.b2clogin.com')) return undefined;
  const [, tfp, tenant, inPath] = /^\/(tfp\/)?([^/]+)(?:\/(?!v2\.0|oauth2)([^/]+))?/.exec(url.pathname) ?? [];
  const policy = inPath ?? url.searchParams.get('p');
  // An issuer of its own: everything is found below it.
  if (tfp && policy && /^[\da-f-]{36}$/i.test(tenant!)) return undefined;
  if (!policy)
    return {
      says: 'Azure AD B2C. The policy is missing: paste the address of its discovery document, or write the authorization endpoint.',
    };
  const base = `${url.origin}/${tfp ?? ''}${tenant}/${policy}`;
  return {
    says: `A policy of Azure AD B2C, which belongs into the authorization endpoint. The issuer holds the tenant ID: ${url.origin}/{tenant ID}/v2.0/.`,
    more: { 'authorization-endpoint': `${base}/oauth2/v2.0/authorize` },
    discovery: `${base}/v2.0/.well-known/openid-configuration`,
  };
}

const withScheme = (text: string): string => (/^https?:/i.test(text) ? text : `https://${text}`);
