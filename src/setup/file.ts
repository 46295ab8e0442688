import type { Check } from '../doctor/index.js';
import { isLoopback } from '../urls.js';

/** A line of the page: one of the doctor's, or one of its own. */
export type Line = Omit<Check, 'id'> & { id: string };

const line = (result: Check['result'], found: string, hint?: string): Line => ({
  id: 'file',
  title: 'The file',
  result,
  found,
  hint,
});

/**
 * Whether the pasted file is where the tag says, with its parts beside it, and of this version.
 *
 * @param digests of this version's files, by name; empty where they are not known
 * @param pageHost the host of the page with the tag
 */
export async function checkFile(
  src: string,
  digests: Record<string, string>,
  pageHost: string,
  fetch: typeof globalThis.fetch = globalThis.fetch.bind(globalThis),
): Promise<Line> {
  const own = 'genesys-auth-messenger.js';
  const { hostname } = new URL(src);
  if (isLoopback(hostname) && pageHost && !isLoopback(pageHost))
    return line('failed', `Only this computer has ${src}.`, 'Publish the files, and write where.');
  const parts = Object.keys(digests).filter((name) => name !== own && !name.includes('/'));
  const files: [url: string, digest: string | undefined][] = [
    [src, digests[own]],
    ...parts.map((name): [string, string | undefined] => [new URL(name, src).href, digests[name]]),
  ];
  const results = await Promise.all(files.map(([url, digest]) => look(url, digest, fetch)));
  return (
    results.find(({ result }) => result !== 'ok') ??
    line('ok', `${src} is there, with its parts, and is this version.`)
  );
}

async function look(url: string, digest: string | undefined, fetch: typeof globalThis.fetch): Promise<Line> {
  const limit = () => ({ cache: 'no-cache' as const, signal: AbortSignal.timeout(8_000) });
  try {
    const response = await fetch(url, limit());
    if (!response.ok)
      return line(
        'failed',
        `${url} is not there (HTTP status ${response.status}).`,
        'Publish all files of dist/ side by side.',
      );
    if (!digest || !crypto.subtle) return line('unknown', `${url} is there. Its version was not compared.`);
    const content = await crypto.subtle.digest('SHA-384', await response.arrayBuffer());
    const found = `sha384-${btoa(String.fromCharCode(...new Uint8Array(content)))}`;
    if (found === digest) return line('ok', url);
    return line(
      'failed',
      `${url} is another version, or was altered on its way.`,
      'Publish the files that this page came with, and let nothing rewrite them: the tag’s integrity is that of this version.',
    );
  } catch {
    const answers = await fetch(url, { ...limit(), mode: 'no-cors' }).then(
      () => true,
      () => false,
    );
    return answers
      ? line(
          'failed',
          `${url} is there, but other sites may not read it.`,
          'Send Access-Control-Allow-Origin: * with the files: a tag with integrity on another host needs it.',
        )
      : line(
          'failed',
          `${url} does not answer.`,
          'Publish all files of dist/ side by side, and write where.',
        );
  }
}
