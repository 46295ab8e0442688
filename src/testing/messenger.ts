import { Auth } from './auth.js';
import { Bus, type GenesysFunction } from './bus.js';
import { Chat } from './chat.js';
import { call, isStepUp, type Context } from './context.js';
import { registerDatabase } from './database.js';
import { isHostAllowed } from './deployment.js';
import { discoverRegion } from './regions.js';
import type { BootOptions, DeploymentConfig, DeploymentDomains, Page, SnippetConfig } from './types.js';

/** `window.Genesys`: the snippet's stub or the real function, with what the snippet put on it. */
export interface GenesysGlobal extends GenesysFunction {
  /** The calls that wait for the script. */
  q?: ArrayLike<unknown>[];
  /** When the snippet ran. */
  t?: number | Date;
  c?: SnippetConfig;
}

type SnippetWindow = Page & { _genesysJs?: string; Genesys?: GenesysGlobal };

/** The page's function of the name that its snippet has chosen. */
type Named = Record<string, GenesysGlobal | undefined>;

/**
 * Does what `genesys.min.js` does when it runs in a page: replaces `window.Genesys`, loads `domains.json` and
 * `config.json`, and drains the queue (docs/messenger.md §1). Called twice, it makes a second Messenger and replays the
 * whole queue, as the real script does when it is evaluated twice: on the bus of the last one.
 *
 * @throws {Error} while it runs, if the deployment id or the environment is missing, or the environment is unknown.
 */
export function bootMessenger(window: Window, options: BootOptions = {}): void {
  const page = window as SnippetWindow;
  const name = page._genesysJs ?? 'Genesys';
  const named = page as unknown as Named;
  const stub = named[name];
  const { environment, deploymentId, debug } = stub?.c ?? ({} as Partial<SnippetConfig>);
  if (!environment) throw new Error('GenesysJS requires an environment.');
  if (!deploymentId) throw new Error('GenesysJS requires a deploymentId.');

  const profile = options.profile ?? 'current';
  const bus = new Bus(page, profile, debug);
  const context: Context = {
    page,
    bus,
    profile,
    options,
    origins: discoverRegion(environment, profile),
    snippet: { environment, deploymentId, ...(debug !== undefined && { debug }) },
  };

  const core = bus.register('GenesysJS')!;
  const auth = new Auth(context);
  const chat = new Chat(context, auth);
  registerDatabase(context);

  const init = async () => {
    const { deployment } = context;
    if (!deployment || (deployment.status ?? 'Active') !== 'Active') return;
    // Whoever is signed in by stored tokens has the chat at once (docs/messenger.md §4.1).
    if (deployment.auth?.enabled && !auth.authenticated) {
      await bus.whenReady('Auth');
      if (isStepUp(context)) await initStepUp();
      else if (!(await auth.getTokens())) return;
    }
    chat.load();
  };
  /** The anonymous chat; what nobody knows about it is an option (docs/messenger.md §4.3). */
  const initStepUp = async () => {
    auth.offerSignIn();
    if (!options.getAuthCodeAtLoadInStepUp) return;
    const answered = auth.getTokens().catch(() => {});
    if (options.anonymousChatWaitsForAuthCode) await answered;
  };
  core.registerCommand('init', ({ resolve, reject }) => void init().then(resolve, reject));

  // A copy: what a kept reference to the stub still pushes is lost to this bus.
  const queue = [...(stub?.q ?? [])];
  const genesys: GenesysGlobal = (verb, ...args) => bus.genesys(verb, ...args);
  named[name] = Object.assign(genesys, { q: stub?.q, t: stub?.t, c: stub?.c });

  const start = async () => {
    const files = `${context.origins.cdn}/webdeployments/v1/deployments/${deploymentId}`;
    const domains = await call(context, 'GET', `${files}/domains.json`);
    if (domains.status !== 200) {
      page.console.error(`GenesysJS could not load the deployment ${deploymentId}.`);
      return;
    }
    core.publish('domainsReceived', domains.body);
    if (!isHostAllowed(page.location.hostname, domains.body as DeploymentDomains)) {
      core.publish('domainNotAllowed');
      return;
    }
    const config = await call(context, 'GET', `${files}/config.json`);
    if (config.status === 200) {
      context.deployment = config.body as DeploymentConfig;
      core.republish('configurationReceived', {
        deploymentConfig: context.deployment,
        snippetConfig: context.snippet,
      });
    }
    core.ready();
    // By the page's function, which belongs to another bus where the script was evaluated again meanwhile (§1).
    for (const entry of queue) named[name]!(...(Array.from(entry) as [unknown, ...unknown[]]));
    // Whatever fails from here on is told by events of the plugins.
    await init().catch(() => {});
  };
  void start();
}

/**
 * Does what the snippet of a deployment does, without its script element: for tests that call {@link bootMessenger}
 * themselves. A `window.Genesys` that is there already is kept.
 */
export function installSnippet(window: Window, { deploymentId, environment, debug }: SnippetConfig): void {
  const page = window as SnippetWindow;
  page._genesysJs = 'Genesys';
  page.Genesys ??= (...args: unknown[]) => {
    const genesys = page.Genesys!;
    (genesys.q ??= []).push(args);
  };
  page.Genesys.t = Date.now();
  page.Genesys.c = { environment, deploymentId, ...(debug !== undefined && { debug }) };
}
