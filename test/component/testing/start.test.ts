import { expect } from '@open-wc/testing';
import { bootMessenger, installSnippet, MessengerApi } from '../../../src/testing/index.js';
import { deploymentId, leave, openTab, Visit } from './harness.js';

afterEach(leave);

/** The page's host, as the browser has it. */
const host = location.hostname;

const coreEvents = [
  'GenesysJS.domainsReceived',
  'GenesysJS.domainNotAllowed',
  'GenesysJS.configurationReceived',
  'GenesysJS.ready',
];

/** As a `load` handler would: the script has run, neither file has arrived. */
async function startsWithLoadHandler(options: Parameters<typeof Visit.starts>[0]): Promise<Visit> {
  const visit = await Visit.starts(options);
  for (const event of [...coreEvents, 'Auth.ready']) visit.subscribe(event, (e) => visit.events.push(e));
  return visit;
}

describe('The snippet and the script, docs/messenger.md §1', () => {
  it('queues calls, whatever they are, until the script runs', async () => {
    const tab = await openTab();
    installSnippet(tab, { deploymentId, environment: 'prod-euc1' });
    const stub = tab.Genesys;
    tab.Genesys('subscribe', 'Auth.ready', () => {});
    expect(Array.from(stub.q?.[0] ?? [])).to.include.members(['subscribe', 'Auth.ready']);
    expect(stub.c).to.deep.equal({ environment: 'prod-euc1', deploymentId });
    installSnippet(tab, { deploymentId: 'another', environment: 'prod' });
    expect(tab.Genesys, 'a stub that is there stays').to.equal(stub);
  });

  it('replaces window.Genesys and takes q, t and c over', async () => {
    let stub: unknown;
    const visit = await Visit.starts({ queued: (tab) => (stub = tab.Genesys) });
    const { Genesys } = visit.tab;
    expect(Genesys).not.to.equal(stub);
    const { q, t, c } = stub as typeof Genesys;
    expect(Genesys).to.include({ q, t, c });
  });

  it('makes a kept reference to the stub dead', async () => {
    let stub!: (...args: unknown[]) => void;
    let called = false;
    const visit = await Visit.starts({ queued: (tab) => (stub = tab.Genesys) });
    stub('registerPlugin', 'Shop', () => (called = true));
    await visit.next('Auth.ready');
    await visit.quiet();
    expect(called).to.equal(false);
  });

  it('makes a second bus and replays the whole queue when it is evaluated again', async () => {
    let registered = 0;
    const visit = await Visit.starts({
      queued: (tab) => tab.Genesys('registerPlugin', 'Shop', () => registered++),
    });
    const first = visit.tab.Genesys;
    await visit.provider.asked('getAuthCode');
    visit.boot();
    expect(visit.tab.Genesys).not.to.equal(first);
    await visit.provider.asked('getAuthCode');
    expect(registered).to.equal(2);
  });

  it('drains the queue of the first bus on the second when it is evaluated again before that', async () => {
    const registered: string[] = [];
    const visit = await Visit.starts({
      queued: (tab) =>
        tab.Genesys(
          'registerPlugin',
          'Shop',
          () => registered.push('registered'),
          () => registered.push('taken'),
        ),
    });
    visit.boot();
    await visit.provider.asked('getAuthCode');
    await visit.quiet();
    expect(registered).to.deep.equal(['registered', 'taken']);
    expect(visit.provider.count('getAuthCode')).to.equal(1);
  });

  it('takes the name of its function from the snippet', async () => {
    const tab = await openTab();
    const renamed = tab as unknown as Record<string, unknown>;
    const calls = [['subscribe', 'GenesysJS.ready', () => ready()]];
    const stub = () => {};
    renamed._genesysJs = 'Chat';
    renamed.Chat = Object.assign(stub, { q: calls, c: { environment: 'euc1', deploymentId } });
    let ready!: () => void;
    const running = new Promise<void>((resolve) => (ready = resolve));
    bootMessenger(tab, { fetch: new MessengerApi({ deploymentId }).fetch });
    await running;
    expect(renamed.Chat).not.to.equal(stub);
    expect(tab.Genesys).to.equal(undefined);
  });

  it('loads domains.json, then config.json, and only then drains the queue', async () => {
    const order: string[] = [];
    const visit = await Visit.starts({
      record: ['GenesysJS.domainsReceived', 'GenesysJS.configurationReceived', 'GenesysJS.ready'],
      queued: (tab) => tab.Genesys('registerPlugin', 'Shop', () => order.push('queued')),
    });
    visit.subscribe('GenesysJS.domainsReceived', () => order.push('domains'));
    visit.subscribe('GenesysJS.configurationReceived', () => order.push('config'));
    visit.subscribe('GenesysJS.ready', () => order.push('ready'));
    await visit.next('Auth.ready');
    expect(order).to.deep.equal(['domains', 'config', 'ready', 'queued']);
    expect(visit.api.calls.slice(0, 2).map(({ url }) => url)).to.deep.equal(
      ['domains', 'config'].map(
        (file) => `https://api-cdn.mypurecloud.de/webdeployments/v1/deployments/${deploymentId}/${file}.json`,
      ),
    );
    expect(visit.names(), 'republished to the queue, or too late for it').to.have.members([
      'GenesysJS.configurationReceived',
      'GenesysJS.ready',
    ]);
    expect(visit.events[0]?.data).to.deep.equal({
      deploymentConfig: visit.api.config,
      snippetConfig: { environment: 'euc1', deploymentId },
    });
  });

  it('serves direct calls before either file has arrived', async () => {
    const api = new MessengerApi({ deploymentId });
    const release = api.hold('domains');
    const visit = await Visit.starts({ provider: false, api });
    const plugin = await visit.register('Shop');
    expect(plugin.namespace).to.equal('Shop');
    expect(visit.api.calls.map(({ status }) => status)).to.deep.equal([undefined]);
    release();
    await visit.next('GenesysJS.ready');
  });
});

describe('What goes wrong at the start, docs/messenger.md §1', () => {
  for (const missing of ['deploymentId', 'environment'] as const) {
    it(`throws while it runs without ${missing}`, async () => {
      const tab = await openTab();
      installSnippet(tab, { deploymentId, environment: 'euc1', [missing]: '' });
      expect(() => bootMessenger(tab)).to.throw(missing);
    });
  }

  it('throws for an unknown environment', async () => {
    const tab = await openTab();
    installSnippet(tab, { deploymentId, environment: 'moon1' });
    expect(() => bootMessenger(tab)).to.throw('GenesysJS could not initialise service discovery.');
  });

  it('wrong deployment id: a console.error, and the queue is never drained', async () => {
    const visit = await startsWithLoadHandler({
      snippet: { deploymentId: 'wrong' },
      record: [...coreEvents, 'Auth.ready'],
    });
    await visit.quiet();
    expect(visit.errors).to.have.lengthOf(1);
    expect(visit.events).to.deep.equal([]);
    expect(visit.provider.plugin).to.equal(undefined);
    expect(visit.api.calls.map(({ endpoint }) => endpoint)).to.deep.equal(['domains']);
  });

  it('host not allowed: only a direct subscription hears it, and the queue is never drained', async () => {
    const queued: string[] = [];
    const visit = await startsWithLoadHandler({
      allowedDomains: ['brand.example'],
      queued: (tab) =>
        tab.Genesys('subscribe', 'GenesysJS.domainNotAllowed', () => queued.push('domainNotAllowed')),
    });
    await visit.quiet();
    expect(visit.names()).to.deep.equal(['GenesysJS.domainsReceived', 'GenesysJS.domainNotAllowed']);
    expect(visit.events[0]?.data).to.deep.equal({ allowedDomains: ['brand.example'] });
    expect(queued).to.deep.equal([]);
    expect(visit.provider.plugin).to.equal(undefined);
    expect(visit.errors).to.deep.equal([]);
  });

  it('host listed: starts', async () => {
    const visit = await Visit.starts({ allowedDomains: ['brand.example', host] });
    await visit.provider.asked('getAuthCode');
  });

  it('config.json fails: the plugin is ready, but never asked', async () => {
    const api = new MessengerApi({ deploymentId });
    api.fail('config', 404);
    const visit = await startsWithLoadHandler({ api });
    await visit.next('Auth.ready');
    await visit.quiet();
    expect(visit.names()).to.deep.equal(['GenesysJS.domainsReceived', 'GenesysJS.ready', 'Auth.ready']);
    expect(visit.provider.plugin).not.to.equal(undefined);
    expect(visit.provider.calls).to.deep.equal([]);
    expect(visit.widget).to.equal(null);
  });

  it('deployment inactive: the plugin is ready, but never asked', async () => {
    const visit = await startsWithLoadHandler({ config: { status: 'Inactive' } });
    await visit.next('Auth.ready');
    await visit.quiet();
    expect(visit.provider.calls).to.deep.equal([]);
    expect(visit.widget).to.equal(null);
    const received = visit.events.find(({ event }) => event === 'GenesysJS.configurationReceived');
    expect(received?.data.deploymentConfig).to.include({ status: 'Inactive' });
  });

  it('authentication off: never asked, the chat loads for everybody', async () => {
    const visit = await startsWithLoadHandler({ config: { auth: { enabled: false } } });
    await visit.next('Auth.ready');
    await visit.quiet();
    expect(visit.provider.calls).to.deep.equal([]);
    expect(visit.part('identity')?.textContent).to.equal('Anonymous');
    const received = visit.events.find(({ event }) => event === 'GenesysJS.configurationReceived');
    expect(received?.data.deploymentConfig).to.have.nested.property('auth.enabled', false);
  });
});
