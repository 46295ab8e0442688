import { expect } from '@open-wc/testing';
import { bootMessenger, installSnippet } from '../../../src/testing/index.js';
import { type Page, type PageWindow, closePages, openPage } from '../../harness/page.js';

afterEach(closePages);

/** A script that never ends: what the snippet left is still there. */
const pending = (page: Page) => void (page.window.messengerArrives = () => {});

/** The script element of the page's own snippet, which the browser never gets to fetch. */
const ownScript = ({ document }: Page) => {
  const script = document.createElement('script');
  script.src = 'http://apps.localhost:1/genesys-bootstrap/genesys.min.js';
  script.type = 'text/plain';
  document.head.append(script);
  script.removeAttribute('type');
  return script;
};

/** A page with a snippet of its own, whose script is still on its way. */
async function openHeld() {
  let script!: HTMLScriptElement;
  const page = await openPage({ messenger: 'snippet', before: (page) => void (script = ownScript(page)) });
  await page.quiet();
  return { page, script };
}

/** WebKit does not tell a page what a script of another origin has thrown, only that one has. */
function expectThrown(page: Page, message: string): void {
  const [exception, ...more] = page.exceptions.splice(0);
  expect(exception).to.be.oneOf([message, 'Script error.']);
  expect(more).to.deep.equal([]);
}

describe('a page without Messenger, docs/messenger.md §1', () => {
  it('gets what the snippet of the deployment would leave', async () => {
    const page = await openPage({ messenger: 'injected', before: pending });
    const { window, visitor, environment } = page;
    await page.element.updateComplete;
    await page.quiet();
    expect(window._genesysJs).to.equal('Genesys');
    expect(window.Genesys.c).to.deep.equal({ environment, deploymentId: visitor.deploymentId });
    expect(Number(window.Genesys.t)).to.be.closeTo(Date.now(), 60_000);
    window.Genesys('subscribe', 'Auth.ready', () => {});
    const calls = window.Genesys.q!.map((call) => Array.from(call as unknown[]).slice(0, 2));
    expect(calls).to.deep.equal([
      ['subscribe', 'GenesysJS.ready'],
      ['subscribe', 'Auth.ready'],
    ]);
  });

  it('gets one script, in its head, from the region', async () => {
    const page = await openPage({ messenger: 'injected' });
    await page.status('signed-out');
    expect(page.bootstraps).to.have.lengthOf(1);
    const [script] = page.bootstraps;
    expect(script!.parentElement!.localName).to.equal('head');
    expect(script!.src).to.equal(`http://apps.${page.environment}/genesys-bootstrap/genesys.min.js`);
    expect(script!.async).to.equal(true);
    expect(script!.charset).to.equal('utf-8');
    expect(script!.hasAttribute('nonce')).to.equal(false);
  });

  it('gets the nonce of the element onto the script, for its Content-Security-Policy', async () => {
    const page = await openPage({ messenger: 'injected', attributes: { nonce: 'n0nce' } });
    await page.status('signed-out');
    expect(page.bootstraps[0]!.nonce).to.equal('n0nce');
  });

  it('keeps what it has put into the queue before the snippet', async () => {
    let heard = 0;
    const page = await openPage({
      messenger: 'injected',
      before({ window }) {
        window.Genesys = Object.assign((...call: unknown[]) => void window.Genesys.q!.push(call), { q: [] });
        window.Genesys('subscribe', 'GenesysJS.ready', () => heard++);
      },
    });
    await page.status('signed-out');
    await page.messengerSays('GenesysJS.ready');
    expect(heard).to.equal(1);
  });

  for (const [what, value] of [
    ['text', 'GenesysCloud'],
    ['an object', {}],
    ['something that markup named', document.createElement('a')],
  ] as const)
    it(`gets a function in place of ${what} of that name`, async () => {
      const page = await openPage({
        messenger: 'injected',
        before: ({ window }) => Object.assign(window, { Genesys: value }),
      });
      await page.status('signed-out');
      expect(page.window.Genesys).to.be.a('function');
    });

  for (const [what, environment, src] of [
    ['a name', 'prod-euc1', 'https://apps.mypurecloud.de/genesys-bootstrap/genesys.min.js'],
    ['a short name', 'EUC1', 'https://apps.mypurecloud.de/genesys-bootstrap/genesys.min.js'],
    ['a domain', 'mypurecloud.de', 'https://apps.mypurecloud.de/genesys-bootstrap/genesys.min.js'],
    ['nothing', null, 'https://apps.mypurecloud.com/genesys-bootstrap/genesys.min.js'],
  ] as const)
    it(`finds the region by ${what}`, async () => {
      let asked!: HTMLScriptElement;
      const page = await openPage({
        messenger: 'injected',
        attributes: { environment },
        before({ document }) {
          // Seen, and not sent: no test asks for anything outside of this machine.
          document.head.append = (script) => void (asked = script as HTMLScriptElement);
        },
      });
      await page.quiet();
      expect(asked.src).to.equal(src);
    });
});

describe("a page with Messenger's snippet", () => {
  for (const messenger of ['present', 'snippet'] as const) {
    const what = messenger === 'present' ? 'whose script has run' : 'whose script is still to run';
    const opened = async (changes: Parameters<typeof openPage>[0] = {}) => {
      const page = await openPage({ messenger, ...changes });
      if (messenger === 'snippet') page.boot();
      return page;
    };

    it(`${what}: it is used, and none is added`, async () => {
      const page = await opened();
      await page.status('signed-out');
      expect(page.bootstraps).to.have.lengthOf(0);
      expect(page.window.Genesys.c!.environment).to.equal('euc1');
    });

    for (const environment of ['prod-euc1', 'PROD-EUC1', 'mypurecloud.de'])
      it(`${what}: ${environment} is the same region as euc1`, async () => {
        const page = await opened({ attributes: { environment } });
        await page.status('signed-out');
      });

    it(`${what}: letter case does not count in a deployment id`, async () => {
      const page = await openPage({
        messenger,
        before: ({ element, visitor }) =>
          element.setAttribute('deployment-id', visitor.deploymentId.toUpperCase()),
      });
      if (messenger === 'snippet') page.boot();
      await page.status('signed-out');
    });

    for (const [other, attributes] of [
      ['deployment', { 'deployment-id': crypto.randomUUID() }],
      ['region', { environment: 'prod-usw2' }],
    ] as const)
      it(`${what}: one of another ${other} is left alone`, async () => {
        const page = await openPage({ messenger, attributes });
        const error = await page.fails('configuration/conflict');
        expect(error.message).to.contain('snippet');
        expect(error.retryable).to.equal(false);
        expect(page.bootstraps).to.have.lengthOf(0);
        if (messenger === 'present')
          await page.command('AuthProvider.getAuthCode').then(
            () => expect.fail('the element has a plugin there'),
            (reason) => expect(reason).to.equal('Plugin does not exist'),
          );
      });
  }

  it('whose script is blocked is told; a click brings the script anew, and what waited in the queue', async () => {
    let heard = 0;
    let script: HTMLScriptElement;
    const page = await openPage({
      messenger: 'injected',
      authorize: true,
      before(page) {
        const { window, visitor, environment } = page;
        installSnippet(window, { environment, deploymentId: visitor.deploymentId });
        window.Genesys('subscribe', 'GenesysJS.ready', () => heard++);
        script = ownScript(page);
      },
    });
    await page.quiet();
    expect(page.element.status).to.equal('starting');
    script!.dispatchEvent(new Event('error'));
    await page.fails('messenger/blocked');

    page.button.click();
    await page.status('signed-in');
    expect(heard).to.equal(1);
  });

  it('whose script is held back waits for it: no other is brought', async () => {
    const page = await openPage({ messenger: 'snippet' });
    await page.quiet();
    expect(page.bootstraps).to.have.lengthOf(0);
    page.clock.passes(8_000);
    await page.fails('messenger/blocked');
    expect(page.bootstraps, 'until the visitor asks for more').to.have.lengthOf(0);
    expect(page.document.head.textContent).not.to.contain('undefined');
  });

  it('is not taken for blocked because another script of the page is', async () => {
    const { page } = await openHeld();
    const other = page.document.createElement('script');
    page.document.head.append(other);
    other.dispatchEvent(new Event('error'));
    await page.quiet();
    expect(page.element.status).to.equal('starting');
    expect(other.isConnected).to.equal(true);
  });

  it('whose script runs after an error of the page: that is not held against it', async () => {
    const { page, script } = await openHeld();
    page.window.dispatchEvent(new ErrorEvent('error', { message: 'of the page' }));
    page.exceptions.length = 0;
    // Its task is over: the element's own timer of that task has fired before this one.
    await new Promise((resolve) => page.window.setTimeout(resolve));
    page.boot();
    script.dispatchEvent(new Event('load'));
    await page.status('signed-out');
    expect(page.all('signInFailed')).to.deep.equal([]);
  });

  it('whose script failed before the element came is not waited for for ever', async () => {
    const { page } = await openHeld();
    expect(page.element.status).to.equal('starting');
    page.clock.passes(8_000);
    expect((await page.fails('messenger/blocked')).message).to.contain('apps.localhost:1');
  });

  it('whose script has lost its address to a consent manager is told', async () => {
    const { page, script } = await openHeld();
    script.removeAttribute('src');
    page.clock.passes(8_000);
    await page.fails('messenger/blocked');
  });

  it('whose own handler throws when its script has loaded: Messenger has started all the same', async () => {
    const { page, script } = await openHeld();
    script.setAttribute('onload', "throw new Error('of the page')");
    page.boot();
    script.dispatchEvent(new Event('load'));
    await page.status('signed-out');
    expect(page.all('signInFailed')).to.deep.equal([]);
    expectThrown(page, 'of the page');
  });

  it('whose script is slow works in the end, also when the visitor has clicked meanwhile', async () => {
    let script: HTMLScriptElement;
    const page = await openPage({
      messenger: 'snippet',
      authorize: true,
      before: (page) => void (script = ownScript(page)),
    });
    await page.quiet();
    page.clock.passes(8_000);
    await page.fails('messenger/blocked');
    page.button.click();
    await page.status('signing-in');
    page.boot();
    script!.dispatchEvent(new Event('load'));
    await page.status('signed-in');
  });
});

describe('a snippet that comes later', () => {
  /** Does what Genesys' own snippet does. */
  const comes = (
    { window, document, environment, visitor }: Page,
    name = 'Genesys',
    deploymentId: string = visitor.deploymentId,
  ) => {
    const named = window as unknown as Record<string, PageWindow['Genesys']>;
    window._genesysJs = name;
    named[name] ??= Object.assign((...call: unknown[]) => void (named[name]!.q ??= []).push(call), {});
    const genesys = named[name]!;
    genesys.t = Date.now();
    genesys.c = { environment, deploymentId };
    const script = document.createElement('script');
    let loaded = 0;
    script.addEventListener('load', () => loaded++);
    script.src = `http://apps.${environment}/genesys-bootstrap/genesys.min.js`;
    document.head.append(script);
    return { script, loads: () => loaded };
  };

  for (const [when, isThere] of [
    ['while ours is on its way', false],
    ['when Messenger is there', true],
  ] as const) {
    it(`${when}, brings no second Messenger, and hears that its script has loaded`, async () => {
      const page = await openPage({ messenger: 'injected', authorize: true });
      if (isThere) await page.status('signed-out');
      else await page.element.updateComplete;
      if (!isThere) await page.quiet();
      const { script, loads } = comes(page);
      await page.quiet();
      await page.status('signed-out');
      expect(script.ownerDocument).not.to.equal(page.document);
      expect(loads()).to.equal(1);
      expect(page.bootstraps).to.have.lengthOf(1);
      expect(page.api.calls.filter(({ endpoint }) => endpoint === 'domains')).to.have.lengthOf(1);
      page.button.click();
      await page.status('signed-in');
      expect(page.document.querySelectorAll('#genesys-messenger')).to.have.lengthOf(1);
      expect(page.all('signInFailed'), 'it is the same deployment').to.deep.equal([]);
    });

    it(`${when}, under another name: what it is told is told to ours`, async () => {
      const page = await openPage({ messenger: 'injected', authorize: true });
      if (isThere) await page.status('signed-out');
      else await page.quiet();
      comes(page, 'GenesysChat');
      const { GenesysChat } = page.window as unknown as { GenesysChat: PageWindow['Genesys'] };
      let heard = 0;
      GenesysChat('subscribe', 'GenesysJS.ready', () => heard++);
      await page.quiet();
      await page.status('signed-out');
      await page.messengerSays('GenesysJS.ready');
      expect(heard).to.equal(1);
      // By then the name is an alias.
      await new Promise<void>((resolve) =>
        (page.window as unknown as { GenesysChat: PageWindow['Genesys'] }).GenesysChat(
          'subscribe',
          'GenesysJS.ready',
          () => resolve(),
        ),
      );
      page.button.click();
      await page.status('signed-in');
    });

    it(`${when}, of another deployment: the page is told, and our deployment stays`, async () => {
      const page = await openPage({ messenger: 'injected', authorize: true });
      if (isThere) await page.status('signed-out');
      else await page.quiet();
      const told = page.next('signInFailed');
      comes(page, 'Genesys', crypto.randomUUID());
      const { code, message } = (await told).detail as { code: string; message: string };
      expect(code).to.equal('configuration/conflict');
      expect(message).to.contain('a Messenger snippet');
      await page.status('signed-out');
      expect(page.window.Genesys.c!.deploymentId).to.equal(page.visitor.deploymentId);
      page.button.click();
      await page.status('signed-in');
      expect(page.element.error).to.equal(undefined);
    });
  }

  it('while one of the page’s own is on its way does not run', async () => {
    const { page, script: first } = await openHeld();
    const { script, loads } = comes(page);
    await page.quiet();
    expect(script.ownerDocument).not.to.equal(page.document);
    expect(loads()).to.equal(1);
    page.boot();
    first.dispatchEvent(new Event('load'));
    await page.status('signed-out');
  });

  for (const [what, hold] of [
    [
      'was taken away',
      (script: HTMLScriptElement) => {
        script.type = 'text/plain';
        script.remove();
      },
    ],
    ['has lost its address', (script: HTMLScriptElement) => script.removeAttribute('src')],
    ...['text/plain', 'text/javascript-off', 'off/text/javascript'].map(
      (type) => [`was given the type ${type}`, (script: HTMLScriptElement) => (script.type = type)] as const,
    ),
  ] as const)
    it(`as a copy of one that ${what}: the copy runs`, async () => {
      const page = await openPage({ messenger: 'injected', before: pending, authorize: true });
      await page.element.updateComplete;
      await page.quiet();
      const [ours] = page.bootstraps;
      hold(ours!);
      const { script } = comes(page);
      await page.quiet();
      expect(script.ownerDocument).to.equal(page.document);
      page.boot();
      script.dispatchEvent(new Event('load'));
      await page.status('signed-out');
    });

  it('of another deployment, where ours is blocked: its script does not run, and the page is told', async () => {
    const page = await openPage({ messenger: 'injected', server: 'blocked', authorize: true });
    await page.fails('messenger/blocked');
    const told = page.next('signInFailed');
    const { script } = comes(page, 'Genesys', crypto.randomUUID());
    expect((await told).detail.code).to.equal('configuration/conflict');
    expect(script.ownerDocument).not.to.equal(page.document);
    expect(page.window.Genesys.c!.deploymentId).to.equal(page.visitor.deploymentId);
  });
});

describe('the bootstrap script', () => {
  it('that is blocked is told with its host; a click asks for it again', async () => {
    const page = await openPage({ messenger: 'injected', server: 'flaky', authorize: true });
    const error = await page.fails('messenger/blocked');
    expect(error.message).to.contain(`apps.${page.environment}`);
    expect(error.retryable).to.equal(true);
    expect(page.button.disabled).to.equal(false);
    expect(page.bootstraps).to.have.lengthOf(0);

    page.button.click();
    await page.status('signed-in');
    expect(page.bootstraps).to.have.lengthOf(1);
    expect(page.all('signedIn')).to.deep.equal([{ restored: false }]);
  });

  it('that is blocked again is told again', async () => {
    const page = await openPage({ messenger: 'injected', server: 'blocked', authorize: true });
    await page.fails('messenger/blocked');
    const again = page.next('signInFailed');
    page.button.click();
    expect((await again).detail.code).to.equal('messenger/blocked');
    expect(page.button.disabled).to.equal(false);
    expect(page.asked, 'nobody was sent away for a code that nobody wants').to.deep.equal([]);
  });

  it('that throws while it runs did not start', async () => {
    const page = await openPage({
      messenger: 'injected',
      script({ window }) {
        window.Genesys.c = undefined;
        bootMessenger(window);
      },
    });
    const error = await page.fails('messenger/not-started');
    expect(error.retryable).to.equal(false);
    expectThrown(page, 'GenesysJS requires an environment.');
  });

  it('that throws when it has already replaced window.Genesys did not start', async () => {
    const page = await openPage({
      messenger: 'injected',
      script({ window }) {
        window.Genesys = Object.assign(() => {}, { c: window.Genesys.c });
        throw new Error('half-way');
      },
    });
    await page.fails('messenger/not-started');
    expectThrown(page, 'half-way');
  });

  it('that leaves the stub in place did not start', async () => {
    const page = await openPage({ messenger: 'injected', script: () => {} });
    await page.fails('messenger/not-started');
  });

  for (const [code, options] of [
    ['messenger/blocked', { server: 'blocked' }],
    ['messenger/not-started', { script: () => {} }],
  ] as const)
    it(`that has failed (${code}) has failed once: the time limit says nothing more`, async () => {
      const page = await openPage({ messenger: 'injected', ...options });
      await page.fails(code);
      page.clock.passes(60_000);
      await page.quiet();
      expect(page.element.error!.code).to.equal(code);
      expect(page.all('signInFailed')).to.have.lengthOf(1);
    });

  it('that was blocked and has come since: the time limit says nothing more', async () => {
    const page = await openPage({ messenger: 'injected', server: 'flaky', authorize: true });
    await page.fails('messenger/blocked');
    page.button.click();
    await page.status('signed-in');
    page.clock.passes(60_000);
    await page.quiet();
    expect(page.element.status).to.equal('signed-in');
    expect(page.all('signInFailed')).to.have.lengthOf(1);
  });

  it('is not blamed for what the page throws meanwhile', async () => {
    const page = await openPage({
      messenger: 'injected',
      before({ document, window }) {
        const { head } = document;
        const append = head.append.bind(head);
        head.append = (script) => {
          append(script);
          window.dispatchEvent(new window.ErrorEvent('error', { message: 'not ours' }));
        };
      },
    });
    await page.status('signed-out');
    expect(page.exceptions.splice(0)).to.deep.equal(['not ours']);
  });
});
