import { runChecks } from '../doctor/index.js';
import { describe } from '../explanations.js';
import type { Failure } from '../failure.js';
import { discover } from '../oidc/discovery.js';
import { type Attributes as Configured, readConfiguration } from '../session/configuration.js';
import { type Line, checkFile } from './file.js';
import { checkPolicy, sourcesOf } from './policy.js';
import type { State } from './state.js';

/** What only the page with the tag can tell, while it is used: the doctor does, there. */
const onlyThere = new Set(['storage', 'policy', 'clock', 'code-lifetime']);
/** What is asked of the page, by its address. */
const ofPage = new Set(['secure-context', 'host', 'redirect-uri']);

/** Everything that can be looked at from here, each as soon as it is known. */
export async function* check(state: State, digests: Record<string, string>): AsyncGenerator<Line, void> {
  const { attributes, page, src } = state;
  const here = page?.href ?? location.href;
  const file = src ? checkFile(src, digests, page?.hostname ?? '') : undefined;
  let authorization: string | undefined;
  for await (const line of runChecks({ describe, discover, ...read(state, here), page: here })) {
    if (line.id === 'endpoints' && line.result === 'ok') authorization = line.found;
    if (onlyThere.has(line.id) || (!page && ofPage.has(line.id))) continue;
    // Whether a frame sees the provider’s session matters to those who rely on it.
    if (line.id === 'silent' && !('silent' in attributes)) continue;
    yield line;
  }
  const sources = sourcesOf(state, authorization);
  if (page && sources) yield await checkPolicy(page, sources);
  if (file) yield await file;
}

/** As the element would read the tag. Without a provider there is still a deployment to look at. */
function read({ attributes, missing }: State, here: string) {
  const properties: Configured = Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [camelCase(name), value || true]),
  );
  if (missing.length)
    Object.assign(properties, { authorizationEndpoint: undefined, endSessionEndpoint: undefined });
  if (missing.includes('issuer') || missing.includes('client ID'))
    Object.assign(properties, { issuer: undefined, authorize: () => null });
  try {
    return { configuration: readConfiguration(properties, { baseURI: here, href: here }) };
  } catch (reason) {
    return { error: describe(reason as Failure) };
  }
}

/** One sentence: what is wrong, or that all is well, and what nobody has looked at. */
export function summarize({ page }: State, lines: readonly Line[]): string {
  const count = (result: Line['result']) => lines.filter((line) => line.result === result).length;
  const titles = lines.filter(({ result }) => result === 'unknown').map(({ title }) => title);
  const found = (id: string) => lines.find((line) => line.id === id)?.result;
  if (found('discovery') === 'skipped') titles.push('Issuer');
  const elsewhere = page?.origin !== location.origin;
  if (elsewhere && found('discovery') === 'ok') titles.push('Discovery document as your site sees it');
  const problems = [
    count('failed') && `${count('failed')} problem${count('failed') > 1 ? 's' : ''}`,
    count('warning') && `${count('warning')} to look at`,
  ].filter(Boolean);
  if (!problems.length && !titles.length) return 'All in order.';
  const summary = problems.join(', ') || 'No problem found';
  const open = titles.length ? ` Not checked: ${titles.join(', ')}.` : '';
  const where =
    open && elsewhere ? ` Publish this page on ${page?.host} and open it there: then it can look.` : '';
  return `${summary}.${open}${where}`;
}

const camelCase = (name: string) => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
