// The local world: a brand's site, its OpenID provider and two regions of Genesys Cloud, on loopback.
import { startGenesys } from './genesys.mjs';
import { resolveLocalhostNames } from './loopback.mjs';
import { startProvider } from './provider.mjs';
import { startSite } from './site.mjs';

export { titles } from './site.mjs';
export { visitors } from './visitors.mjs';

/** The deployments in both regions. */
const MAIN = '6b1f4a52-9d7e-4c3b-8a65-2f0e9c7d1b34';
/** Where a visitor chats first and signs in later; only the current line of Messenger can do that. */
const STEP_UP = 'c2d94e07-51b8-4f6a-b3de-7a8805f1e926';

/** With the launcher's visibility OnDemand, and Off. */
const ON_DEMAND = '0f7a6b3c-2d41-4e8e-9b57-c1d2e3f40516';
const NO_LAUNCHER = '9e85d0c1-74a3-4b62-8f1d-5a6b7c8d9e0f';

/**
 * @typedef {object} WorldOptions
 * @property {number} [port] The site's; a free one, unless told.
 * @property {URL | string} [bootstrap] The built double; by default what `npm run build` has written.
 * @property {(redemption: import('./genesys.mjs').Redemption) => void} [onRedemption] Told of each redemption.
 * @property {import('./provider.mjs').ProviderForm} [form] How the provider writes its addresses.
 * @property {OtherProvider} [provider] One that runs, in place of a local one that is started.
 */

/**
 * @typedef {object} OtherProvider A provider that can do nothing for tests.
 * @property {string} issuer
 * @property {string} [discoveryUri] What an administrator enters in Genesys Cloud, where the issuer does not tell it.
 * @property {{web: {id: string, secret: string}}} clients
 * @property {(redirectUri: string) => unknown} register
 * @property {() => void} reset
 * @property {() => Promise<void>} stop
 */

/**
 * @typedef {object} World
 * @property {import('./provider.mjs').LocalProvider} provider
 * @property {import('./genesys.mjs').LocalGenesys} genesys The region with the current line of Messenger.
 * @property {import('./genesys.mjs').LocalGenesys} genesys228 The region with Messenger 2.2.8.
 * @property {import('./site.mjs').LocalSite} site
 * @property {Record<string, string>} values What the placeholders in pages stand for.
 * @property {() => void} reset Forgets faults, logs, counters and whatever a test has changed or added.
 * @property {() => Promise<void>} stop Closes every server and connection.
 */

/**
 * @param {WorldOptions} [options]
 * @returns {Promise<World>}
 */
export async function startWorld({
  port,
  bootstrap = builtDouble,
  onRedemption,
  form,
  provider: other,
} = {}) {
  resolveLocalhostNames();
  // A test that brings another provider asks nothing of it that only the local one has.
  const provider = /** @type {import('./provider.mjs').LocalProvider} */ (
    other ?? (await startProvider(form))
  );
  const region = { bootstrap, discoveryUri: provider.discoveryUri ?? provider.issuer, onRedemption };
  const genesys = await startGenesys({ ...region, profile: 'current', host: 'genesys.localhost' });
  const genesys228 = await startGenesys({ ...region, profile: '2.2.8', host: 'genesys-2-2-8.localhost' });

  const { id: clientId, secret: clientSecret } = provider.clients.web;
  const integration = { clientId, clientSecret };
  for (const cloud of [genesys, genesys228]) {
    cloud.add({ id: MAIN, integration });
    cloud.add({ id: ON_DEMAND, integration, launcherButton: { visibility: 'OnDemand' } });
    cloud.add({ id: NO_LAUNCHER, integration, launcherButton: { visibility: 'Off' } });
  }
  genesys.add({ id: STEP_UP, integration, auth: { enabled: true, allowSessionUpgrade: true } });

  const values = {
    DEPLOYMENT_ID: MAIN,
    ENVIRONMENT: genesys.domain,
    ISSUER: provider.issuer,
    CLIENT_ID: clientId,
    STEP_UP_DEPLOYMENT_ID: STEP_UP,
    ON_DEMAND_DEPLOYMENT_ID: ON_DEMAND,
    NO_LAUNCHER_DEPLOYMENT_ID: NO_LAUNCHER,
    ENVIRONMENT_2_2_8: genesys228.domain,
  };
  const site = await startSite({ values, port, onPage: (uri) => provider.register(uri) });

  const servers = [site, genesys, genesys228, provider];
  return {
    provider,
    genesys,
    genesys228,
    site,
    values,
    reset: () => servers.forEach((server) => server.reset()),
    stop: async () => void (await Promise.all(servers.map((server) => server.stop()))),
  };
}

const builtDouble = new URL('../../dist/testing/genesys.min.js', import.meta.url);
