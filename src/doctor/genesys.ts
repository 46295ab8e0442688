import type { DeploymentConfig } from '../messenger/bus.js';
import type { Configuration } from '../session/configuration.js';
import { type Check, check, failed, ok } from './check.js';

/** A deployment's files as the bootstrap would read them (docs/messenger.md §1); a text tells why one was not to be had. */
export interface DeploymentFiles {
  domains: { allowAllDomains?: boolean; allowedDomains?: readonly string[] } | string;
  config: DeploymentConfig | string;
}

export async function readDeployment(
  { deploymentId, region }: Configuration,
  fetch: typeof globalThis.fetch,
): Promise<DeploymentFiles> {
  const base = new URL(region.bootstrap).origin.replace('//apps.', '//api-cdn.');
  const read = async (file: string) => {
    try {
      const response = await fetch(
        `${base}/webdeployments/v1/deployments/${deploymentId}/${file}`,
        timeLimit(),
      );
      return response.ok ? await response.json() : `HTTP status ${response.status}`;
    } catch (error) {
      return `no answer from ${base} (${(error as Error).name})`;
    }
  };
  const [domains, config] = await Promise.all(['domains.json', 'config.json'].map(read));
  return { domains, config };
}

/** A check ends within 8 seconds, whatever it asks; in browsers that are too old, when it is answered. */
export const timeLimit = (): RequestInit => ({ signal: AbortSignal.timeout?.(8_000) });

/** @param host of the page that will show the chat */
export function deploymentChecks(
  { deploymentId, region }: Configuration,
  { domains, config }: DeploymentFiles,
  host: string,
): Check[] {
  const checks = [ok('region', `${region.environment} is ${region.domain}.`)];
  if (typeof domains === 'string') {
    return [...checks, failed('deployment', 'messenger/deployment-not-found', `${deploymentId}, ${domains}`)];
  }
  checks.push(
    ok('deployment', 'Genesys Cloud knows it in this region.'),
    isAllowed(host, domains)
      ? ok('host', `${host} is allowed.`)
      : failed('host', 'messenger/domain-not-allowed', host),
  );
  if (typeof config === 'string') {
    return [...checks, failed('configuration', 'messenger/configuration-unavailable')];
  }
  const { status, auth } = config;
  const active = !status || status.toLowerCase() === 'active';
  checks.push(
    ok('configuration', 'Readable.'),
    active ? ok('status', 'Active.') : failed('status', 'messenger/deployment-inactive'),
    auth?.enabled ? ok('authentication', 'On.') : failed('authentication', 'messenger/authentication-off'),
  );
  if (!auth?.enabled) return checks;
  const stepUp = auth.allowSessionUpgrade
    ? 'On: visitors may chat first and sign in later.'
    : 'Off: visitors sign in first.';
  return [...checks, check('step-up', 'ok', stepUp), launcherCheck(config)];
}

/** A visitor who is signed in sees nothing where no launcher shows. */
function launcherCheck({ messenger }: DeploymentConfig): Check {
  const { visibility = 'On' } = messenger?.launcherButton ?? {};
  if (visibility.toLowerCase() === 'on') return ok('launcher', 'Shown.');
  return check(
    'launcher',
    'warning',
    `Its visibility is ${visibility}, so visitors see no chat until the page opens it.`,
    'Open the chat from the page or with the attribute open, or set the visibility to On in the Messenger configuration in Genesys Cloud.',
  );
}

/** Exactly a listed domain or below one; letter case, port and scheme do not count (docs/messenger.md §1). */
function isAllowed(
  host: string,
  { allowAllDomains, allowedDomains = [] }: Exclude<DeploymentFiles['domains'], string>,
): boolean {
  const below = `.${host.toLowerCase()}`;
  return (
    allowAllDomains === true || allowedDomains.some((domain) => below.endsWith(`.${domain.toLowerCase()}`))
  );
}
