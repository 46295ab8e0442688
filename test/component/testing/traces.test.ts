import { expect } from '@open-wc/testing';
import { bootMessenger, installSnippet, type Plugin, type Profile } from '../../../src/testing/index.js';
import { deploymentId, leave, openTab, quiet, stored, type Tab } from './harness.js';
import { type Happening, problem, type Scenario, scenarios, success } from './scenarios.js';

const events = [
  ...['domainsReceived', 'domainNotAllowed', 'configurationReceived', 'ready'].map((e) => `GenesysJS.${e}`),
  'AuthProvider.ready',
  ...['ready', 'authenticating', 'authenticated', 'loggedOut', 'logoutError'].map((e) => `Auth.${e}`),
  ...['error', 'authError', 'authProviderError', 'tokenError'].map((e) => `Auth.${e}`),
];

/** The API as a scenario has it. */
function genesysCloud({ api = {}, domains, config }: Scenario, requests: Happening[]): typeof fetch {
  const calls = { exchange: 0, refresh: 0, revoke: 0 };
  const answer = (content: number | object) =>
    typeof content === 'number'
      ? Response.json(problem(content), { status: content })
      : Response.json(content);
  return async (input, init) => {
    const request = new Request(input, init);
    const { pathname } = new URL(request.url);
    if (pathname.endsWith('/domains.json')) return answer(domains ?? { allowAllDomains: true });
    if (pathname.endsWith('/config.json')) {
      return answer(config ?? { status: 'Active', auth: { enabled: true } });
    }
    const endpoint = pathname.endsWith('exchange')
      ? 'exchange'
      : (pathname.split('/').at(-1) as 'refresh' | 'revoke');
    const sent = request.method === 'POST' ? await request.json() : request.headers.get('authorization');
    requests.push([`${request.method} ${endpoint}`, endpoint === 'exchange' ? sent.oauth : sent]);
    const answers = api[endpoint] ?? [];
    const next = answers[Math.min(calls[endpoint]++, answers.length - 1)];
    if (endpoint === 'revoke' && (next ?? 204) === 204) {
      return new Response(null, { status: 204, statusText: 'No Content' });
    }
    return answer(next ?? success[endpoint as 'exchange' | 'refresh']);
  };
}

/** A page of the scenario, once all is quiet; what is yet to happen there joins `happens`. */
async function visit(scenario: Scenario, profile: Profile) {
  const happens: Happening[] = [];
  const requests: Happening[] = [];
  const tab = await openTab();
  let plugin: Plugin | undefined;
  let calls = 0;
  tab.console.error = () => {};
  installSnippet(tab, { deploymentId, environment: 'euc1' });
  tab.Genesys(
    'registerPlugin',
    'AuthProvider',
    (registered: Plugin) => {
      plugin = registered;
      plugin.registerCommand('getAuthCode', (call) => {
        const forced = call.data.forceUpdate === true;
        happens.push(['getAuthCode', call.commander, ...(forced ? ['forceUpdate'] : [])]);
        scenario.getAuthCode?.(call, ++calls);
      });
      plugin.registerCommand('reAuthenticate', (call) => {
        happens.push(['reAuthenticate', call.commander]);
        call.resolve();
      });
      plugin.ready();
    },
    () => happens.push(['registerPlugin failed']),
  );
  const boot = () => bootMessenger(tab, { profile, fetch: genesysCloud(scenario, requests) });
  boot();
  for (const event of events) {
    tab.Genesys('subscribe', event, ({ data }: { data: unknown }) =>
      happens.push(event.startsWith('GenesysJS.') ? [event] : [event, data]),
    );
  }
  if (scenario.evaluatedTwice) boot();
  await quiet(tab);
  return { tab, happens, requests, authenticated: () => plugin?.data('Auth.authenticated') };
}

function command(tab: Tab, name: string, happens: Happening[]): Promise<void> {
  const ended = (how: string) => (value: unknown) => happens.push([name, how, value]);
  tab.Genesys('command', name, {}, ended('resolved'), ended('rejected'));
  return quiet(tab);
}

async function run(scenario: Scenario, profile: Profile) {
  if (scenario.returns) {
    const earlier = await visit({ ...scenarios['a visitor signs in']!, commands: [] }, profile);
    earlier.tab.frameElement?.remove();
  }
  const { tab, happens, requests, authenticated } = await visit(scenario, profile);
  for (const name of scenario.commands ?? []) await command(tab, name, happens);
  return {
    happens,
    requests,
    stored: Object.keys(stored()).sort(),
    authenticated: authenticated(),
    chat: tab.document.getElementById('genesys-messenger') !== null,
  };
}

const prefixes = { '2.2.8': '_', current: `_${deploymentId}:` };

for (const profile of ['2.2.8', 'current'] as const) {
  describe(`What Messenger 2.2.8 did, the double does as ${profile}, docs/messenger.md §8`, () => {
    const thrown: unknown[] = [];
    let equal = 0;

    const keep = (event: PromiseRejectionEvent) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      thrown.push(event.reason);
    };
    beforeEach(() => window.addEventListener('unhandledrejection', keep, { capture: true }));
    afterEach(() => {
      window.removeEventListener('unhandledrejection', keep, { capture: true });
      thrown.length = 0;
      leave();
    });

    for (const [title, scenario] of Object.entries(scenarios)) {
      it(title, async () => {
        expect(await run(scenario, profile)).to.deep.equal({
          happens: scenario.happens,
          requests: scenario.requests ?? [],
          stored: (scenario.stored ?? []).map((key) => `${prefixes[profile]}${key}`),
          authenticated: scenario.authenticated,
          chat: scenario.chat ?? false,
        });
        expect(thrown).to.have.lengthOf(scenario.throws ? 1 : 0);
        for (const error of thrown) expect(error).to.be.instanceOf(TypeError);
        equal++;
      });
    }

    it('the count of equal scenarios is the one in docs/messenger.md', async () => {
      const count = `${equal} of ${Object.keys(scenarios).length} scenarios`;
      console.log(`The double as ${profile}: ${count} as in Messenger 2.2.8.`);
      const docs = await (await fetch('/docs/messenger.md')).text();
      expect(docs.includes(count), `docs/messenger.md has “${count}”`).to.equal(true);
    });
  });
}
