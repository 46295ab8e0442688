import { type Understood, understandProvider } from './issuer.js';
import { otherProvider, providerOf } from './providers/index.js';
import { regionOf } from '../regions.js';
import { regionAt, understandRegion } from '../understanding.js';

/** What was found in something that was pasted. */
export interface Pasted {
  /** For the tag, by name. A value that is empty is an attribute without one. */
  attributes: Record<string, string>;
  /** The address of the pasted file, from an older tag. */
  src?: string;
  /** The form of an older tag. */
  form?: 'script' | 'element' | 'place';
  /** Where the provider’s document is. */
  discovery?: string;
  /** What was made of it, a sentence each. */
  says: string[];
}

/** The element’s, in the order of its documentation. */
export const attributeNames = [
  'deployment-id',
  'environment',
  'issuer',
  'client-id',
  'redirect-uri',
  'scope',
  'mode',
  'silent',
  'loading',
  'prompt',
  'max-age',
  'authorization-params',
  'logout',
  'post-logout-redirect-uri',
  'end-session-endpoint',
  'authorization-endpoint',
  'account',
  'open',
  'debug',
  'login-label',
  'logout-label',
] as const;

const secretWarning =
  'A client secret was in it and was left out. It belongs into Genesys Cloud only; replace it at the provider if it has been in a page.';

/** Reads whatever people have at hand: a Messenger snippet, an older tag, an address, a list of values, or one value. */
export function understandPasted(pasted: string, pageHost = ''): Pasted {
  const text = plain(pasted);
  const found = readTags(text) ?? readValues(text);
  if (/client[-_ ]?secret/i.test(text)) found.says.push(secretWarning);
  if (/\b(deploymentKey|orgGuid|webchatAppUrl)\b/.test(text))
    found.says.push(
      'This is the snippet of an older web chat. Take the Messenger snippet, from Admin > Message > Messenger Deployments.',
    );
  settle(found, pageHost);
  return found;
}

/** As it was before a word processor, an editor or a page had it: straight quotes, and no entities. */
function plain(pasted: string): string {
  const entities: Record<string, string> = { quot: '"', apos: "'", lt: '<', gt: '>', nbsp: ' ', amp: '&' };
  const character = (name: string) => {
    const code = Number(name.replace(/^#(?=x)/i, '0').replace('#', ''));
    return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
  };
  const decode = (text: string) =>
    text.replace(
      /&(#x[\da-f]+|#\d+|[a-z]+);/gi,
      (entity, name: string) =>
        (name.startsWith('#') ? character(name) : entities[name.toLowerCase()]) ?? entity,
    );
  // Twice, for what was encoded twice.
  return decode(decode(pasted))
    .replace(/[\u201c-\u201f\u00ab\u00bb\u2033]|\\"/g, '"')
    .replace(/[\u2018-\u201b\u2032`]|\\'/g, "'")
    .replace(/[\u00a0\u2007\u202f]/g, ' ')
    .replace(/[\u200b-\u200d\ufeff]/g, '')
    .trim();
}

const quoted = `"[^"]*"|'[^']*'|[^\\s"'>]+`;
const tags = new RegExp(`<([a-z][\\w-]*)((?:\\s+[\\w:-]+(?:\\s*=\\s*(?:${quoted}))?)*)\\s*/?>`, 'gi');
const ofTag = new RegExp(`([\\w:-]+)(?:\\s*=\\s*(${quoted}))?`, 'g');
const squeezed = (name: string) => name.toLowerCase().replace(/[^a-z]/g, '');

/** @returns undefined where no tag of ours is in it */
function readTags(text: string): Pasted | undefined {
  const found: Pasted = { attributes: {}, says: [] };
  for (const [, name = '', written = ''] of text.matchAll(tags)) {
    const all = [...written.matchAll(ofTag)].map(
      ([, key = '', value = '']) => [key.toLowerCase(), value.replace(/^(["'])(.*)\1$/s, '$2')] as const,
    );
    const own = name.toLowerCase() === 'genesys-auth-messenger';
    const isPlace = all.some(([key]) => key === 'data-genesys-auth-messenger');
    const src = all.find(([key]) => key === 'src')?.[1];
    const isScript = name.toLowerCase() === 'script';
    const configures = all.some(([key]) => /^data-(deployment-?id|client-?id|issuer)$/.test(key));
    if (isScript && src && (configures || /genesys-auth-messenger/.test(src))) found.src = src;
    if (!own && !isPlace && !(isScript && configures)) continue;
    found.form = found.form === 'script' ? found.form : own ? 'element' : isScript ? 'script' : 'place';
    for (const [key, value] of all) takeAttribute(found, key, value);
  }
  if (!found.form && !found.src) return undefined;
  const kind = { element: 'the element', script: 'the script', place: 'a place' };
  found.says.unshift(found.form ? `Your tag, as ${kind[found.form]}.` : 'The address of the file.');
  return found;
}

function takeAttribute(found: Pasted, key: string, value: string): void {
  const name = attributeNames.find((known) => squeezed(known) === squeezed(key.replace(/^data-/, '')));
  if (key === 'data-target') found.attributes['data-target'] = value;
  else if (name) found.attributes[name] = value;
  else if (
    /^(data-)?[a-z]+(-[a-z]+)+$/.test(key) &&
    !/^(data-genesys-auth-messenger|aria-.*|.*client-secret)$/.test(key)
  )
    found.says.push(`${key} means nothing to the element, and was left out.`);
}

/** Names that consoles, snippets, documents and requests have for the same value. */
const keys: readonly [attribute: string, names: string][] = [
  ['deployment-id', 'deployment[-_ ]?id'],
  ['environment', 'environment|region'],
  [
    'issuer',
    'issuer(?:[-_ ]?(?:uri|url|id))?|authority|discovery[-_ ]?(?:uri|url)|metadata[-_ ]?(?:uri|url)|(?:directory )?\\(?tenant\\)?[-_ ]?id',
  ],
  ['client-id', 'client[-_ ]?id|application \\(client\\) id|consumer key'],
];

function readValues(text: string): Pasted {
  const found: Pasted = { attributes: {}, says: [] };
  for (const [attribute, names] of keys) {
    const pattern = new RegExp(
      `(?:^|[^\\w-])(?:${names})['"]?\\s*[:=]\\s*(?:"([^"]+)"|'([^']+)'|([^\\s'",;&}]+))`,
      'im',
    );
    const value = pattern.exec(text)?.slice(1).find(Boolean);
    if (value) found.attributes[attribute] = value.trim();
  }
  const { attributes } = found;
  const deployment = /\bdeployments\/([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})/i.exec(text)?.[1];
  if (deployment) attributes['deployment-id'] ??= deployment;
  const words = text.split(/[\s"'<>,;]+/);
  if (words.length > 1 && understandRegion(text)) attributes['environment'] ??= text;
  for (const word of words) takeWord(found, word, words.length === 1);
  return found;
}

/**
 * One value, without a name.
 *
 * @param alone whether nothing else was pasted
 */
function takeWord({ attributes, says }: Pasted, word: string, alone: boolean): void {
  if (alone && uuid.test(word)) {
    attributes['deployment-id'] = word;
    says.push('Taken for a deployment ID. If it is the tenant of Microsoft Entra, write it under Issuer.');
  } else if (/^\d+-\w+\.apps\.googleusercontent\.com$|^0oa\w{17}$/.test(word)) {
    attributes['client-id'] ??= word;
  } else if (regionAt(word) ?? (alone && !pool.test(word) && understandRegion(word))) {
    attributes['environment'] ??= word;
  } else if (pool.test(word) || isAddress(word, alone)) {
    attributes['issuer'] ??= word;
  }
}

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
/** Of Amazon Cognito. */
const pool = /^[a-z]{2}(-[a-z]+)+-\d_[A-Za-z\d]+$/;

/** With a scheme, or a host: in other text, only of a provider that is known. */
function isAddress(word: string, alone: boolean): boolean {
  if (/\.(js|css|png|svg)\b/.test(word)) return false;
  if (/^https?:\/\/[^/]+\.[^/]+/i.test(word)) return true;
  if (!/^[\w-]+(\.[\w-]+)*\.[a-z]{2,}([:/]\S*)?$/i.test(word)) return false;
  return alone || providerOf(understandProvider(word)?.value ?? '') !== otherProvider;
}

/** Puts what was found into the form that the attributes have, and says what was made of it. */
function settle(found: Pasted, pageHost: string): void {
  const { attributes, says } = found;
  const use = (name: string, { value, says: sentence, more, discovery }: Understood) => {
    says.push(sentence);
    if (value) attributes[name] = value;
    else delete attributes[name];
    Object.assign(attributes, more);
    if (discovery) found.discovery = discovery;
  };
  const { environment, issuer } = attributes;
  const region = environment && !regionOf(environment, pageHost) && understandRegion(environment);
  if (region) attributes['environment'] = region;
  if (!issuer) return;
  const query = parameters(issuer);
  for (const [name, parameter] of [
    ['client-id', 'client_id'],
    ['scope', 'scope'],
  ] as const) {
    const value = query?.get(parameter);
    if (value) attributes[name] ??= value;
  }
  const provider = understandProvider(issuer);
  if (provider) use('issuer', provider);
}

/** Of an authorization request that was copied out of an address bar. */
function parameters(issuer: string): URLSearchParams | undefined {
  const [, query] = issuer.split('?');
  return query ? new URLSearchParams(query.split('#')[0]) : undefined;
}
