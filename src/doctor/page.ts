import { secureUrl } from '../urls.js';
import type { ProviderConfig } from '../oidc/provider.js';
import { type Check, check, failed, ok } from './check.js';
import { timeLimit } from './genesys.js';

/** What a page and its browser are like. */
export interface PageFacts {
  secure: boolean;
  storage: boolean;
  /** `directive address`, for what a Content-Security-Policy has blocked so far. */
  violations: readonly string[];
  /** Seconds by which this device is ahead of the site's server; undefined when the server does not tell the time. */
  clockAhead?: number;
  /** Milliseconds that the Messenger script took; undefined while it has not come. */
  bootstrapTime?: number;
}

/** Seconds. A clock that is off by more spoils time limits in ID tokens and certificates. */
const clockTolerance = 60;
/** Milliseconds. Some providers' codes live 60 seconds, part of which passes while Messenger loads. */
const slowBootstrap = 15_000;

export function pageChecks({ secure, storage, violations, clockAhead }: PageFacts): Check[] {
  return [
    secure
      ? ok('secure-context', 'https, or this machine.')
      : failed('secure-context', 'configuration/insecure-context'),
    storage ? ok('storage', 'Allowed.') : failed('storage', 'configuration/storage-blocked'),
    violations.length
      ? check(
          'policy',
          'warning',
          `It has blocked: ${violations.join(', ')}.`,
          'Allow in it what is of Genesys, the provider or this element.',
        )
      : ok('policy', 'Nothing was blocked so far.'),
    clockCheck(clockAhead),
  ];
}

function clockCheck(ahead: number | undefined): Check {
  if (ahead === undefined) return check('clock', 'unknown', "The site's server does not tell the time.");
  if (Math.abs(ahead) <= clockTolerance) return ok('clock', 'This device and the site agree.');
  return check(
    'clock',
    'warning',
    `This device is ${Math.round(Math.abs(ahead))} seconds ${ahead > 0 ? 'ahead of' : 'behind'} the site's server.`,
    'Set the clock that is wrong. Where servers disagree, Genesys Cloud refuses codes.',
  );
}

/** @param takesAnswers whether the page at the redirect URI has the file or the tag; undefined when it cannot be read */
export function redirectUriChecks(
  { redirectUri }: ProviderConfig,
  takesAnswers: boolean | undefined,
  { bootstrapTime }: PageFacts,
): Check[] {
  const note = takesAnswers === undefined ? ' (that page needs the tag, or at least the file)' : '';
  return [
    takesAnswers === false
      ? check(
          'redirect-uri',
          'warning',
          `Visitors come back to ${redirectUri}, and that page's source has neither the tag nor the file.`,
          'Put the tag there, or set redirect-uri to a page that has it. If a script of that page brings it, all is well.',
        )
      : check(
          'redirect-uri',
          note ? 'unknown' : 'ok',
          `Register it at the provider byte for byte: ${redirectUri}${note}`,
        ),
    lifetimeCheck(bootstrapTime),
  ];
}

/**
 * Looks into the source of the page that visitors come back to. The file alone is enough: it takes them further.
 *
 * @returns undefined when it cannot be read, as on another origin
 */
export async function takesAnswersAt(
  redirectUri: string,
  { location }: Window,
  fetch: typeof globalThis.fetch,
): Promise<boolean | undefined> {
  if (redirectUri === location.href.split('#')[0]) return true;
  if (new URL(redirectUri).origin !== location.origin) return undefined;
  try {
    const response = await fetch(redirectUri, timeLimit());
    if (!response.ok) return false;
    const source = await response.text();
    // The element's tag, the script form under any name, our file, or a script that makes one of them.
    return source.includes('genesys-auth-messenger') || source.includes('data-deployment-id');
  } catch {
    return undefined;
  }
}

function lifetimeCheck(bootstrapTime: number | undefined): Check {
  if (bootstrapTime === undefined) return check('code-lifetime', 'unknown', 'Messenger had not loaded yet.');
  const took = `Messenger took ${(bootstrapTime / 1000).toFixed(1)} seconds to load.`;
  if (bootstrapTime <= slowBootstrap) return ok('code-lifetime', took);
  const hint = 'Codes of some providers live 60 seconds: let them live longer at the provider.';
  return check('code-lifetime', 'warning', took, hint);
}

/** @param page its address; another one than this window's when somebody only prepares it */
export async function readPage(
  window: Window,
  page: string,
  bootstrap: string | undefined,
  violations: readonly string[],
): Promise<PageFacts> {
  const here = new URL(page).origin === window.location.origin;
  const [script] = bootstrap ? window.performance.getEntriesByName(bootstrap) : [];
  return {
    secure: here ? window.isSecureContext : !!secureUrl(page),
    storage: hasStorage(window),
    violations,
    clockAhead: here ? await readClock(window, page) : undefined,
    bootstrapTime: script?.duration,
  };
}

/** Of the own origin only: elsewhere the `Date` header is not readable (Fetch, CORS-safelisted response header names). */
async function readClock(window: Window, page: string): Promise<number | undefined> {
  try {
    const { headers } = await window.fetch(page, {
      method: 'HEAD',
      cache: 'no-store',
      ...timeLimit(),
    });
    const date = Date.parse(headers.get('date') ?? '');
    return Number.isNaN(date) ? undefined : (Date.now() - date) / 1000;
  } catch {
    return undefined;
  }
}

function hasStorage(window: Window): boolean {
  try {
    return !!window.sessionStorage;
  } catch {
    return false;
  }
}
