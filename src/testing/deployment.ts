import type { DeploymentDomains } from './types.js';

/**
 * Whether a deployment may be used on a host: exactly a listed domain, or below one. Letter case does not count, ports
 * and schemes are no part of it (docs/messenger.md §1).
 *
 * @param hostname - `location.hostname` of the page
 */
export function isHostAllowed(hostname: string, domains: DeploymentDomains): boolean {
  const host = hostname.toLowerCase();
  return (
    domains.allowAllDomains === true ||
    (domains.allowedDomains ?? []).some((domain) => `.${host}`.endsWith(`.${domain.toLowerCase()}`))
  );
}
