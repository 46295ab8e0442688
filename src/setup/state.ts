import { parseUrl, secureUrl } from '../urls.js';
import type { Typed } from './fields.js';
import { type Attributes, type Provider, fill } from './providers/index.js';

/** What is in the form. */
export interface Filled {
  typed: Typed;
  authorizationEndpoint: string;
  provider: Provider;
  /** What is ticked and can be had. */
  wants: (name: 'callback' | 'popup' | 'silent' | 'lazy' | 'refresh' | 'signOut') => boolean;
  /** Attributes of an older tag for which the form has no field. */
  kept: Attributes;
}

/** What follows from it. */
export interface State {
  page?: URL;
  /** The address of the file, where it is one. */
  src?: string;
  provider: Provider;
  /** The tag’s, by name. */
  attributes: Attributes;
  /** What the texts of the providers name, with dots for what is not known yet. */
  values: Record<string, string>;
  /** What the form lacks, in words. */
  missing: string[];
}

const labels: Partial<Record<keyof Typed, string>> = {
  deploymentId: 'deployment ID',
  environment: 'environment',
  issuer: 'issuer',
  clientId: 'client ID',
  page: 'page',
};

export const discoveryUri = (issuer: string): string =>
  `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;

export function stateOf(filled: Filled): State {
  const { typed, provider, authorizationEndpoint } = filled;
  const page = secureUrl(typed.page);
  const src = secureUrl(typed.src)?.href;
  const address = page ? page.origin + page.pathname : '';
  const redirectUri =
    page && filled.wants('callback') ? parseUrl(typed.redirect || '/', page)?.href : address;
  const known: Record<string, string> = {
    page: address,
    redirectUri: redirectUri ?? '',
    origin: page?.origin ?? '',
    pageHost: page?.hostname ?? '',
    host: parseUrl(typed.issuer)?.host ?? '',
    clientId: typed.clientId,
    // Everything at a policy of Azure AD B2C is below this address.
    b2cPolicy: authorizationEndpoint.replace(/\/oauth2\/v2\.0\/authorize$/, ''),
    discoveryUri: typed.issuer && discoveryUri(typed.issuer),
  };
  if (provider.discoveryUri && known['b2cPolicy']) known['discoveryUri'] = fill(provider.discoveryUri, known);
  const missing: string[] = Object.entries(labels).flatMap(([name, label]) =>
    typed[name as keyof Typed] ? [] : [label],
  );
  if (typed.page && !page) missing.push('page, with https://');
  if (!src) missing.push('address of the file, with https://');
  if (provider.attributes?.['authorization-endpoint'] && !authorizationEndpoint)
    missing.push('authorization endpoint');
  return {
    page,
    src,
    provider,
    missing,
    attributes: attributesOf(filled, known),
    values: Object.fromEntries(Object.entries(known).map(([name, value]) => [name, value || '…'])),
  };
}

function attributesOf(filled: Filled, values: Record<string, string>): Attributes {
  const { typed, provider, authorizationEndpoint, wants, kept } = filled;
  const ofProvider = (attributes: Attributes = {}) =>
    Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, fill(value, values)]));
  return {
    'deployment-id': typed.deploymentId || '…',
    environment: typed.environment || '…',
    issuer: typed.issuer || '…',
    'client-id': typed.clientId || '…',
    ...(wants('callback') && { 'redirect-uri': typed.redirect || '/' }),
    ...(wants('popup') && { mode: 'popup' }),
    ...(wants('silent') && { silent: '' }),
    ...(wants('lazy') && { loading: 'lazy' }),
    ...ofProvider(provider.attributes),
    ...(authorizationEndpoint && { 'authorization-endpoint': authorizationEndpoint }),
    ...(wants('refresh') && ofProvider(provider.refreshAttributes)),
    ...(wants('signOut') && ofProvider(provider.signOutAttributes)),
    ...kept,
  };
}
