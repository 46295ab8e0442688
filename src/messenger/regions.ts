/** Genesys Cloud's regions: a region's domain by its environment name without `prod-` (docs/messenger.md, Regions). */
const domains: Readonly<Record<string, string>> = {
  prod: 'mypurecloud.com',
  use1: 'mypurecloud.com',
  'fedramp-use2-core': 'use2.us-gov-pure.cloud',
  'fedramp-use2': 'use2.us-gov-pure.cloud',
  usw2: 'usw2.pure.cloud',
  cac1: 'cac1.pure.cloud',
  mxc1: 'mxc1.pure.cloud',
  sae1: 'sae1.pure.cloud',
  euw1: 'mypurecloud.ie',
  euw2: 'euw2.pure.cloud',
  euc1: 'mypurecloud.de',
  euc2: 'euc2.pure.cloud',
  'eusc-edee1-core': 'edee1.eusc-pure.cloud',
  mec1: 'mec1.pure.cloud',
  aps1: 'aps1.pure.cloud',
  apne1: 'mypurecloud.jp',
  apne2: 'apne2.pure.cloud',
  apne3: 'apne3.pure.cloud',
  apse1: 'apse1.pure.cloud',
  apse2: 'mypurecloud.com.au',
};

const loopback = /^([a-z0-9-]+\.)*localhost(:\d+)?$/;

export interface Region {
  /** For `Genesys.c.environment`: what the author wrote when that is an environment name, else the region's name. */
  environment: string;
  domain: string;
  /** The address of the bootstrap script. */
  bootstrap: string;
}

/**
 * The region that an author means by an environment name (`prod-euc1`), its short form (`euc1`) or a region's domain
 * (`mypurecloud.de`). A `localhost` domain is a local Genesys Cloud and is spoken to over http.
 *
 * @returns undefined when there is no such region
 */
export function regionOf(written: string): Region | undefined {
  const name = written.trim().toLowerCase();
  const local = loopback.test(name);
  const known = domains[name.replace(/^prod-/, '')];
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
  return /^[a-z]+\d$/.test(name) ? `prod-${name}` : name;
}
