import { Failure } from '../failure.js';
import type { Grant } from '../grant.js';
import type { ProviderConfig } from '../oidc/index.js';
import { key } from '../names.js';

/**
 * What came of a sign-in, on its way from the redirect URI's page to the page that the visitor came from. Read once,
 * and soon, because providers let codes live for a minute.
 */
export type HandedOn = { grant: Grant } | { failure: Failure };

/** Milliseconds. */
const lifetime = 60_000;

/** A grant is good for the client that it was issued to: another page of the site may use another one. */
const forClient = ({ issuer, clientId }: ProviderConfig) => key('handed-on', issuer, clientId);
/** A failure is for whoever is gone back to. */
const forAll = key('handed-on');

export function handOn(storage: Storage, provider: ProviderConfig, outcome: HandedOn): void {
  const name = 'grant' in outcome ? forClient(provider) : forAll;
  storage.setItem(name, JSON.stringify({ ...outcome, expires: Date.now() + lifetime }));
}

export function takeHandedOn(storage: Storage, provider: ProviderConfig): HandedOn | undefined {
  return take(storage, forClient(provider)) ?? take(storage, forAll);
}

function take(storage: Storage, name: string): HandedOn | undefined {
  const stored = storage.getItem(name);
  if (!stored) return undefined;
  storage.removeItem(name);
  try {
    const outcome = JSON.parse(stored) as HandedOn & { expires: number };
    if (Date.now() >= outcome.expires) return undefined;
    if ('grant' in outcome) return outcome;
    const { code, detail } = outcome.failure;
    return { failure: new Failure(code, detail) };
  } catch {
    // Somebody has written over it.
    return undefined;
  }
}
