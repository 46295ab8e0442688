import { regionOf } from '../regions.js';
import { parseUrl } from '../urls.js';
import type { Line } from './file.js';
import type { State } from './state.js';

// The Content-Security-Policy that a page with the tag needs (docs/messenger.md §7), and whether the page’s own allows it.

/** Sources by directive. */
export type Sources = Record<string, string[]>;

/**
 * What has to be allowed.
 *
 * @param found the authorization endpoint, once the discovery document has named it; on another host than the issuer with
 *   some providers
 * @returns undefined while the form does not say enough
 */
export function sourcesOf({ attributes, src }: State, found?: string): Sources | undefined {
  const { environment = '', issuer = '', 'authorization-endpoint': configured } = attributes;
  const region = regionOf(environment, location.hostname);
  const provider = parseUrl(issuer);
  const authorization = parseUrl(configured ?? found ?? issuer);
  if (!region || !src || !provider || !authorization) return undefined;
  const apps = new URL(region.bootstrap).origin;
  const service = (name: string) => apps.replace('//apps.', `//${name}.`);
  const socket = service('webmessaging').replace(/^http/, 'ws');
  return {
    'script-src': [new URL(src).origin, apps],
    'frame-src': [apps, "'self'", authorization.origin],
    // Without the configured endpoint, the discovery document is read.
    'connect-src': [service('api-cdn'), service('api'), socket, ...(configured ? [] : [provider.origin])],
  };
}

/** As one writes it. A nonce vouches for a script, not for the address that an injected <base> would make of its `src`. */
export const written = (sources: Sources): string =>
  Object.entries({ ...sources, 'base-uri': ["'none'"] })
    .map(([name, values]) => `${name} ${values.join(' ')};`)
    .join('\n');

/** Where a policy says nothing of these itself (CSP3 §6.8.3). */
const fallbacks: Record<string, string[]> = {
  'script-src': ['script-src-elem', 'script-src', 'default-src'],
  'frame-src': ['frame-src', 'child-src', 'default-src'],
  'connect-src': ['connect-src', 'default-src'],
};

/**
 * What the policies of a page keep away.
 *
 * @param policies as headers and meta elements have them
 * @param self the origin of the page
 * @returns `directive source`, for each
 */
export function lacking(policies: readonly string[], needed: Sources, self: string): string[] {
  return policies
    .flatMap((policy) => policy.split(','))
    .map(directivesOf)
    .flatMap((directives) => {
      const away = Object.entries(needed).flatMap(([name, sources]) => {
        const allowed = fallbacks[name]!.map((one) => directives.get(one)).find((list) => list);
        if (!allowed || (name === 'script-src' && allowed.some(isNonce))) return [];
        return sources
          .filter((source) => !allowed.some((one) => matches(one, source === "'self'" ? self : source, self)))
          .map((source) => `${name} ${source}`);
      });
      const types = directives.get('trusted-types');
      const own = 'genesys-auth-messenger';
      return types && !types.includes(own) && !types.includes('*') ? [...away, `trusted-types ${own}`] : away;
    });
}

/** The nonce of the tag vouches for what it loads. */
const isNonce = (source: string) => source.startsWith("'nonce-");

function directivesOf(policy: string): Map<string, string[]> {
  const directives = new Map<string, string[]>();
  for (const [name = '', ...sources] of policy.split(';').map((one) => one.trim().split(/\s+/))) {
    // The first of a name counts (CSP3 §2.2.1).
    if (!directives.has(name.toLowerCase())) directives.set(name.toLowerCase(), sources);
  }
  return directives;
}

/** CSP3 §6.7.2.8, without paths: whether a source expression allows an origin. */
function matches(expression: string, origin: string, self: string): boolean {
  const lower = expression.toLowerCase();
  if (lower === "'self'") return origin === self;
  const url = new URL(origin);
  const scheme = (wanted: string) =>
    wanted === url.protocol ||
    (wanted === 'http:' && url.protocol === 'https:') ||
    (wanted === 'ws:' && url.protocol === 'wss:');
  if (lower === '*') return true;
  if (/^[a-z][a-z\d+.-]*:$/.test(lower)) return scheme(lower);
  const [, given, host = '', port] = /^(?:([a-z][a-z\d+.-]*:)\/\/)?([^:/]+)(?::([\d*]+))?/.exec(lower) ?? [];
  const hostMatches = host.startsWith('*.') ? url.hostname.endsWith(host.slice(1)) : url.hostname === host;
  return (
    hostMatches && scheme(given ?? new URL(self).protocol) && (port === '*' || (port ?? '') === url.port)
  );
}

/** Reads the policies of the page with the tag: those of its headers and of its source. */
export async function checkPolicy(
  page: URL,
  needed: Sources,
  fetch: typeof globalThis.fetch = globalThis.fetch.bind(globalThis),
): Promise<Line> {
  const line = (result: Line['result'], found: string, hint?: string): Line => ({
    id: 'policy',
    title: 'Content-Security-Policy',
    result,
    found,
    hint,
  });
  // Other origins do not show their headers.
  if (page.origin !== location.origin) return line('unknown', `Only ${page.host} itself can read it.`);
  try {
    const response = await fetch(page, { signal: AbortSignal.timeout(8_000) });
    const header = response.headers.get('content-security-policy');
    const source = new DOMParser().parseFromString(await response.text(), 'text/html');
    const metas = source.querySelectorAll<HTMLMetaElement>('meta[http-equiv="content-security-policy" i]');
    const policies = [...(header ? [header] : []), ...[...metas].map(({ content }) => content)];
    if (!policies.length) return line('ok', 'The page has none.');
    const away = lacking(policies, needed, page.origin);
    if (away.length)
      return line(
        'failed',
        `The policy of the page keeps away: ${away.join(', ')}.`,
        'Add them to the policy, as below.',
      );
    return policies.some((policy) => policy.includes("'nonce-"))
      ? line('unknown', 'It lets scripts in by a nonce.', 'Give the tag the nonce of each view: nonce="…".')
      : line('ok', 'The policy of the page allows all that is needed.');
  } catch {
    return line('unknown', `${page.href} does not answer.`);
  }
}
