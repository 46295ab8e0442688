import { failure } from '../failure.js';
import type { ErrorCode, describe } from '../explanations.js';

/** `unknown`: a browser cannot tell. `skipped`: an earlier check failed, or it does not matter here. */
export type Result = 'ok' | 'warning' | 'failed' | 'unknown' | 'skipped';

/** What is looked at, in the order in which it is shown: ids by their titles. */
export const titles = {
  attributes: 'Attributes',
  'secure-context': 'Secure page',
  storage: 'Storage',
  policy: 'Content-Security-Policy',
  clock: 'Clock',
  region: 'Region',
  deployment: 'Deployment',
  host: 'Allowed domain',
  configuration: 'Messenger configuration',
  status: 'Deployment status',
  authentication: 'Authentication',
  'step-up': 'Chat before signing in',
  launcher: 'Launcher',
  discovery: 'Discovery document',
  issuer: 'Issuer',
  endpoints: 'Endpoints',
  pkce: 'PKCE',
  signing: 'Signature',
  iss: 'Issuer in responses',
  silent: 'Silent sign-in',
  logout: 'Logout at the provider',
  'redirect-uri': 'Redirect URI',
  'code-lifetime': 'Life of a code',
} as const;

export type CheckId = keyof typeof titles;

export interface Check {
  id: CheckId;
  result: Result;
  title: string;
  /** What was found, in plain words. */
  found: string;
  /** What to change, and where. */
  hint?: string;
}

export const check = (id: CheckId, result: Result, found: string, hint?: string): Check => ({
  id,
  result,
  title: titles[id],
  found,
  hint,
});

export const ok = (id: CheckId, found: string): Check => check(id, 'ok', found);

export type Describe = typeof describe;

let words: Describe;

/** Every part that a page loads stands alone, and the words for failures are another part: who runs the checks brings them. */
export function useWords(describe: Describe): void {
  words = describe;
}

/** In the words that the page is told, too (src/explanations.ts). */
export function failed(id: CheckId, code: ErrorCode, detail?: string, result: Result = 'failed'): Check {
  const { message, hint } = words(failure(code, detail));
  return check(id, result, message, hint);
}
