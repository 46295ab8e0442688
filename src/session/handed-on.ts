import type { Failure } from '../errors.js';
import type { Grant } from '../grant.js';
import type { ProviderConfig } from '../oidc/index.js';
import { key } from './keys.js';

/**
 * What came of a sign-in, on its way from the redirect URI's page to the page that the visitor came from. Read once,
 * and soon, because providers let codes live for a minute.
 */
export type HandedOn = { grant: Grant } | { failure: Failure };

/** Milliseconds. */
const lifetime = 60_000;

/** A grant is good for the client that it was issued to: another page of the site may use another one. */
const nameFor = ({ issuer, clientId }: ProviderConfig) => key('handed-on', issuer, clientId);

export function handOn(storage: Storage, provider: ProviderConfig, outcome: HandedOn): void {
  storage.setItem(nameFor(provider), JSON.stringify({ ...outcome, expires: Date.now() + lifetime }));
}

export function takeHandedOn(storage: Storage, provider: ProviderConfig): HandedOn | undefined {
  const stored = storage.getItem(nameFor(provider));
  if (!stored) return undefined;
  storage.removeItem(nameFor(provider));
  const outcome = JSON.parse(stored) as HandedOn & { expires: number };
  return Date.now() < outcome.expires ? outcome : undefined;
}
