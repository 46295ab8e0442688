import { regionOf } from '../regions.js';
import { understandRegion } from '../understanding.js';
import { isLoopback, parseUrl, secureUrl } from '../urls.js';
import { type Understood, understandProvider } from './issuer.js';

const uuid = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/i;

/** What was typed into the fields of the page, by their names. */
export type Typed = Record<
  'deploymentId' | 'environment' | 'issuer' | 'clientId' | 'page' | 'src' | 'redirect',
  string
>;

/** What is to be said about a field; nothing where it is empty or right. */
export function understandField(name: keyof Typed, typed: Typed, pageHost: string): Understood | undefined {
  const text = typed[name];
  return text ? fields[name](text, typed, pageHost) : undefined;
}

type Understand = (text: string, typed: Typed, pageHost: string) => Understood | undefined;

const fields: Record<keyof Typed, Understand> = {
  deploymentId(text) {
    const [found] = uuid.exec(text) ?? [];
    if (found === text) return undefined;
    return found
      ? { value: found, says: 'The deployment ID alone.' }
      : {
          says: 'Copy it in Genesys Cloud under Admin > Message > Messenger Deployments. It has 36 characters.',
        };
  },
  environment(text, _, pageHost) {
    if (regionOf(text, pageHost)) return undefined;
    const value = understandRegion(text);
    return {
      ...(value && { value }),
      says: value
        ? 'The region, by the name that its Messenger snippet has.'
        : 'Not a region of Genesys Cloud. Copy the value of environment in your Messenger snippet, for example prod-euc1.',
    };
  },
  issuer(text) {
    const understood = understandProvider(text);
    if (understood || secureUrl(text)) return understood;
    return { says: 'Write the address that your provider’s discovery document names as issuer.' };
  },
  clientId(text, { deploymentId }) {
    if (text === deploymentId)
      return { says: 'This is the deployment ID. The client ID comes from the provider.' };
    if (/^https?:|\s/.test(text)) return { says: 'Write the client ID alone, as the provider shows it.' };
    const bare = text.replace(/^["']+|["',;]+$/g, '');
    return bare === text ? undefined : { value: bare, says: 'The client ID, without what stands around it.' };
  },
  page: (text) => understandAddress(text),
  src: (text, { page }) => understandAddress(text, page),
  redirect: (text, { page }) => understandRedirect(text, page),
};

/** @param base the page, for an address that begins with a slash */
function understandAddress(text: string, base?: string): Understood | undefined {
  if (secureUrl(text)) return undefined;
  if (/^\/(?!\/)/.test(text)) {
    const url = base && secureUrl(text, base);
    return url
      ? { value: url.href, says: 'The whole address.' }
      : { says: 'Write the whole address, with https://.' };
  }
  const rest = text.replace(/^([a-z]+:)?\/\//i, '');
  const scheme = isLoopback(rest.split('/')[0]!) ? 'http' : 'https';
  const url = /^[\w-]+(\.[\w-]+)+(:\d+)?(\/\S*)?$/.test(rest) && parseUrl(`${scheme}://${rest}`);
  const says = /^http:/i.test(text)
    ? 'The address has to have https://, or the browser offers no way to sign in.'
    : 'An address begins with https://.';
  return url ? { value: url.href, says } : { says: 'Write the whole address, with https://.' };
}

/** On the page's own site: the sign-in is carried across the way to the provider by that site's storage. */
function understandRedirect(text: string, page: string): Understood | undefined {
  const site = parseUrl(page);
  const url = parseUrl(text, site);
  if (!site) return undefined;
  if (!url || url.origin !== site.origin)
    return {
      value: '/',
      says: `Write a page of ${site.host}: the browser brings the sign-in to no other site.`,
    };
  return url.hash ? { value: url.pathname + url.search, says: 'A redirect URI has no fragment.' } : undefined;
}
