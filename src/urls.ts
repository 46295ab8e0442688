import { attempt } from './attempt.js';

/**
 * An absolute URL, or a relative one with its base.
 *
 * @returns undefined where the text is no URL
 */
export const parseUrl = (text: string, base?: string | URL): URL | undefined =>
  attempt(() => new URL(text, base));

/** A host name of this machine. It may end with a port. */
export const isLoopback = (host: string): boolean =>
  /^(([\w-]+\.)*localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/.test(host);

/**
 * A URL that may take part in a sign-in: https, or http on this machine, where developers have no certificate
 * (RFC 9700 §2.6, RFC 8252 §8.3). Without credentials, which would show in every address bar.
 *
 * @returns undefined where it may not
 */
export function secureUrl(text: unknown, base?: string): URL | undefined {
  const url = typeof text === 'string' ? parseUrl(text, base) : undefined;
  if (!url || url.username || url.password) return undefined;
  const secure = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
  return secure ? url : undefined;
}
