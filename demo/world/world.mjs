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

/**
 * @typedef {object} WorldOptions
 * @property {number} [port] The site's; a free one, unless told.
 * @property {URL | string} [bootstrap] The built double; by default what `npm run build` has written.
 * @property {(redemption: import('./genesys.mjs').Redemption) => void} [onRedemption] Told of each redemption.
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
export async function startWorld({ port, bootstrap = builtDouble, onRedemption } = {}) {
  resolveLocalhostNames();
  const provider = await startProvider();
  const region = { bootstrap, issuer: provider.issuer, onRedemption };
  const genesys = await startGenesys({ ...region, profile: 'current', host: 'genesys.localhost' });
  const genesys228 = await startGenesys({ ...region, profile: '2.2.8', host: 'genesys-2-2-8.localhost' });

  const { id: clientId, secret: clientSecret } = provider.clients.web;
  const integration = { clientId, clientSecret };
  for (const cloud of [genesys, genesys228]) cloud.add({ id: MAIN, integration });
  genesys.add({ id: STEP_UP, integration, auth: { enabled: true, allowSessionUpgrade: true } });

  const values = {
    DEPLOYMENT_ID: MAIN,
    ENVIRONMENT: genesys.domain,
    ISSUER: provider.issuer,
    CLIENT_ID: clientId,
    STEP_UP_DEPLOYMENT_ID: STEP_UP,
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
