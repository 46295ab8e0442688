import type { Profile } from './types.js';

/** The origins of one Genesys Cloud region. */
export interface Origins {
  /** The token API. */
  api: string;
  /** The deployments' public files. */
  cdn: string;
}

/** docs/messenger.md §1, Regions: the short form, the environment name, the domain. */
const regions: readonly (readonly [short: string | undefined, name: string, domain: string])[] = [
  ['use1', 'prod', 'mypurecloud.com'],
  ['fedramp-use2', 'fedramp-use2-core', 'use2.us-gov-pure.cloud'],
  ['usw2', 'prod-usw2', 'usw2.pure.cloud'],
  ['cac1', 'prod-cac1', 'cac1.pure.cloud'],
  ['mxc1', 'prod-mxc1', 'mxc1.pure.cloud'],
  ['sae1', 'prod-sae1', 'sae1.pure.cloud'],
  ['euw1', 'prod-euw1', 'mypurecloud.ie'],
  ['euw2', 'prod-euw2', 'euw2.pure.cloud'],
  ['euc1', 'prod-euc1', 'mypurecloud.de'],
  ['euc2', 'prod-euc2', 'euc2.pure.cloud'],
  [undefined, 'eusc-edee1-core', 'edee1.eusc-pure.cloud'],
  ['mec1', 'prod-mec1', 'mec1.pure.cloud'],
  ['aps1', 'prod-aps1', 'aps1.pure.cloud'],
  ['apne1', 'prod-apne1', 'mypurecloud.jp'],
  ['apne2', 'prod-apne2', 'apne2.pure.cloud'],
  ['apne3', 'prod-apne3', 'apne3.pure.cloud'],
  ['apse1', 'prod-apse1', 'apse1.pure.cloud'],
  ['apse2', 'prod-apse2', 'mypurecloud.com.au'],
];

/** A local extension, so that a Genesys Cloud can run on one's own machine: `genesys.localhost:4312`. */
const local = /^(?:[a-z\d-]+\.)*localhost(?::\d+)?$/;

/**
 * Finds the region of `Genesys.c.environment`. 2.2.8 knows only the short names; the current line lower-cases the value
 * and adds a missing `prod-` (docs/messenger.md §1). Both take a `localhost` or `*.localhost` host, with a port or
 * without, as the domain of a region that is served over http.
 *
 * @throws {Error} `GenesysJS could not initialise service discovery.` for any other value.
 */
export function discoverRegion(environment: string, profile: Profile): Origins {
  const value = environment.toLowerCase();
  if (local.test(value)) return origins('http', value);
  const region = regions.find(([short, name]) =>
    profile === '2.2.8' ? environment === short : value === short || value === name,
  );
  if (!region) throw new Error('GenesysJS could not initialise service discovery.');
  return origins('https', region[2]);
}

const origins = (scheme: string, domain: string): Origins => ({
  api: `${scheme}://api.${domain}`,
  cdn: `${scheme}://api-cdn.${domain}`,
});
