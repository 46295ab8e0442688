import { isLoopback } from './urls.js';

/** Genesys Cloud's regions: a region's domain by its environment name without `prod-` (docs/messenger.md, Regions). */
const domains: Record<string, string> = {
  // `constructor` is no region.
  __proto__: null as never,
  prod: 'mypurecloud.com',
  use1: 'mypurecloud.com',
  euw1: 'mypurecloud.ie',
  euc1: 'mypurecloud.de',
  apne1: 'mypurecloud.jp',
  apse2: 'mypurecloud.com.au',
  'fedramp-use2-core': 'use2.us-gov-pure.cloud',
  'fedramp-use2': 'use2.us-gov-pure.cloud',
  'eusc-edee1-core': 'edee1.eusc-pure.cloud',
};
for (const name of 'usw2 cac1 mxc1 sae1 euw2 euc2 mec1 aps1 apne2 apne3 apse1'.split(' '))
  domains[name] = `${name}.pure.cloud`;

export interface Region {
  /** For `Genesys.c.environment`: what the author wrote when that is an environment name, else the region's name. */
  environment: string;
  domain: string;
  /** The address of the bootstrap script. */
  bootstrap: string;
}

/**
 * The region that an author means by an environment name (`prod-euc1`), its short form (`euc1`) or a region's domain
 * (`mypurecloud.de`). A `localhost` domain is a local Genesys Cloud and is spoken to over http: only a page that is
 * itself on loopback may name one.
 *
 * @param pageHost the host name of the page
 *
 * @returns undefined when there is no such region
 */
export function regionOf(written: string, pageHost: string): Region | undefined {
  const name = written.trim().toLowerCase();
  const local = name.includes('localhost') && isLoopback(name) && isLoopback(pageHost);
  const short = name.replace(/^prod-(?!prod$)/, '');
  const known = domains[short];
  const domain = known ?? (local || Object.values(domains).includes(name) ? name : undefined);
  if (!domain) return undefined;
  return {
    environment: known || local ? written.trim() : environmentName(domain),
    domain,
    bootstrap: `${local ? 'http' : 'https'}://apps.${domain}/genesys-bootstrap/genesys.min.js`,
  };
}

function environmentName(domain: string): string {
  const name = Object.keys(domains).find((key) => domains[key] === domain)!;
  return /\d$/.test(name) ? `prod-${name}` : name;
}
