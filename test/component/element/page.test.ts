import { expect } from '@open-wc/testing';
import { type Page, buttonOf, closePages, labelOf, openPage, openSignedIn } from '../../harness/page.js';
import { until } from '../../harness/until.js';

afterEach(closePages);

/** Two elements; what differs in the second. */
const two =
  (more = '') =>
  (good: string) =>
    `<genesys-auth-messenger ${good}></genesys-auth-messenger>
   <genesys-auth-messenger ${more} ${good}></genesys-auth-messenger>`;

const exchanges = (page: Page) => page.api.exchanges.map(({ status }) => status);

describe('two elements with the same configuration', () => {
  it('show the same, from the first moment to logout', async () => {
    const page = await openPage({ body: two(), authorize: true });
    const [first, second] = page.elements as [typeof page.element, typeof page.element];
    await page.status('signed-out', second);
    buttonOf(second).click();
    await page.status('signed-in', first);
    await page.status('signed-in', second);
    expect(exchanges(page)).to.deep.equal([200]);
    expect([labelOf(first), labelOf(second)]).to.deep.equal(['Log out', 'Log out']);
    buttonOf(first).click();
    await page.status('signed-out', second);
    await page.status('signed-out', first);
    for (const type of ['signedIn', 'loggedOut'] as const)
      expect(
        page.told
          .filter((event) => event.type === type)
          .map(({ target }) => page.elements.indexOf(target as never)),
      ).to.deep.equal([0, 1]);
    expect(await page.violations()).to.deep.equal([]);
  });

  it('may spell it differently, and have labels of their own', async () => {
    const page = await openPage({
      body: two('environment="mypurecloud.de" scope="openid profile email" mode="Redirect" lang="de"'),
    });
    await page.status('signed-out', page.elements[1]);
    expect(page.elements.map(labelOf)).to.deep.equal(['Log in', 'Anmelden']);
  });

  it('of which the second comes when the visitor is signed in: it says so by status, not by event', async () => {
    const page = await openSignedIn();
    const second = page.element.cloneNode() as typeof page.element;
    second.authorize = page.element.authorize!;
    page.document.body.append(second);
    await page.status('signed-in', second);
    expect(page.all('signedIn')).to.have.lengthOf(1);
  });

  it('of which the first goes: the second goes on', async () => {
    const page = await openPage({ body: two(), authorize: true });
    const [first, second] = page.elements as [typeof page.element, typeof page.element];
    await page.status('signed-out', second);
    first.remove();
    buttonOf(second).click();
    await page.status('signed-in', second);
    expect(first.status).to.equal('signed-out');
  });

  it('that change together are both as they were', async () => {
    const page = await openPage({ body: two() });
    const [first, second] = page.elements as [typeof page.element, typeof page.element];
    await page.status('signed-out', second);
    for (const element of [first, second]) page.change({ scope: 'openid' }, element);
    await page.quiet();
    expect([first.status, second.status]).to.deep.equal(['signed-out', 'signed-out']);
  });
});

describe('two elements with different configurations', () => {
  for (const [what, more] of [
    ['client', 'client-id="other"'],
    ['deployment', `deployment-id="${crypto.randomUUID()}"`],
    ['issuer', 'issuer="https://other.example"'],
    ['mode', 'mode="popup"'],
  ])
    it(`another ${what}: the second fails, the first is untouched`, async () => {
      const page = await openPage({ body: two(more), authorize: true });
      const [first, second] = page.elements as [typeof page.element, typeof page.element];
      await page.fails('configuration/conflict', second);
      await page.status('signed-out', first);
      buttonOf(second).click();
      await page.quiet();
      expect(page.asked, 'a click on the second').to.deep.equal([]);
      buttonOf(first).click();
      await page.status('signed-in', first);
      await page.quiet();
      expect(second.status).to.equal('failed');
      expect(page.all('signInFailed')).to.have.lengthOf(1);
    });

  it('the second recovers when it is made the same', async () => {
    const page = await openPage({ body: two('client-id="other"') });
    const second = page.elements[1]!;
    await page.fails('configuration/conflict', second);
    page.change({ 'client-id': 'brand' }, second);
    await page.status('signed-out', second);
  });

  it('a bad one does not stand in the way of a good one', async () => {
    const page = await openPage({
      body: (good) =>
        `<genesys-auth-messenger ${good.replace(/issuer="[^"]*"/, '')}></genesys-auth-messenger>
         <genesys-auth-messenger ${good}></genesys-auth-messenger>`,
    });
    await page.fails('configuration/issuer', page.elements[0]);
    await page.status('signed-out', page.elements[1]);
  });
});

describe('an element that', () => {
  it('is removed and inserted again has lost nothing', async () => {
    const page = await openSignedIn();
    const { element } = page;
    element.remove();
    await page.quiet();
    page.document.body.append(element);
    await page.quiet();
    expect(element.status).to.equal('signed-in');
    expect(page.all('signedIn')).to.have.lengthOf(1);
    expect(exchanges(page)).to.deep.equal([200]);
    buttonOf(element).click();
    await page.status('signed-out', element);
  });

  it('is moved while a sign-in is under way hears how it ends, once', async () => {
    let arrives!: () => void;
    const way = new Promise<void>((resolve) => (arrives = resolve));
    const page: Page = await openPage({
      authorize: async () => {
        await way;
        return page.grant();
      },
    });
    await page.status('signed-out');
    page.button.click();
    await page.status('signing-in');
    page.document.body.prepend(page.document.createElement('main'));
    page.document.querySelector('main')!.append(page.element);
    arrives();
    await page.status('signed-in');
    expect(page.all('signedIn')).to.deep.equal([{ restored: false }]);
  });

  it('has gone while the visitor signs in leaves the word to the one that is there', async () => {
    let fails!: () => void;
    const way = new Promise<void>((_, reject) => (fails = () => reject(new Error('no backend'))));
    const page: Page = await openPage({ authorize: () => way as Promise<undefined> });
    await page.status('signed-out');
    page.button.click();
    await page.status('signing-in');
    const other = page.element.cloneNode() as typeof page.element;
    other.authorize = page.element.authorize;
    page.element.replaceWith(other);
    fails();
    await page.status('failed', other);
    await page.says('Signing in is not possible at the moment.');
  });

  it('was away when something happened shows the truth when it is back', async () => {
    const page = await openSignedIn();
    const { element } = page;
    element.remove();
    await page.command('Auth.logout');
    page.document.body.append(element);
    await page.status('signed-out', element);
  });

  it('is gone for good is held by nothing', async () => {
    const page = await openSignedIn({ body: two() });
    const other = page.elements[1]!;
    other.remove();
    buttonOf(page.element).click();
    await page.status('signed-out');
    await page.quiet();
    expect(other.status, 'nobody speaks to it any more').to.equal('signed-in');
  });

  it('is taken out before it has begun begins nothing', async () => {
    const page = await openPage({ messenger: 'injected', body: () => '<p></p>' });
    const element = page.document.createElement('genesys-auth-messenger');
    page.document.body.append(element);
    page.change({ 'deployment-id': page.visitor.deploymentId, environment: page.environment }, element);
    element.remove();
    await page.quiet();
    expect(page.bootstraps).to.have.lengthOf(0);
    expect(page.window.Genesys).to.equal(undefined);
  });

  it('is replaced by another with the same settings hands its part over: that one may change them', async () => {
    const page = await openPage();
    await page.status('signed-out');
    const next = page.element.cloneNode() as typeof page.element;
    page.element.replaceWith(next);
    await page.status('signed-out');
    next.setAttribute('client-id', 'next');
    await page.quiet();
    await page.status('signed-out');
    expect(page.all('signInFailed')).to.deep.equal([]);
  });

  it('is replaced by another with other settings still configures the page: the other one is a conflict', async () => {
    const page = await openPage();
    await page.status('signed-out');
    const next = page.element.cloneNode() as typeof page.element;
    next.setAttribute('client-id', 'next');
    page.element.replaceWith(next);
    await page.fails('configuration/conflict');
    next.setAttribute('client-id', 'brand');
    await page.status('signed-out');
  });
});

describe('the code that', () => {
  it('is loaded twice defines the element once, and there is one session', async () => {
    const page = await openPage({ messenger: 'injected', authorize: true });
    const first = page.window.customElements.get('genesys-auth-messenger');
    await page.define('?again');
    expect(page.window.customElements.get('genesys-auth-messenger') === first).to.equal(true);
    await page.status('signed-out');
    expect(page.bootstraps).to.have.lengthOf(1);
    page.button.click();
    await page.status('signed-in');
    expect(exchanges(page)).to.deep.equal([200]);
  });

  it('is there in another version, too: the first one stays, and the author reads of both', async () => {
    const page = await openPage();
    await page.status('signed-out');
    type Class = typeof page.element.constructor & { version: string; define(): boolean };
    const first = page.window.customElements.get('genesys-auth-messenger') as unknown as Class;
    class Same extends (first as unknown as typeof HTMLElement) {}
    class Newer extends (first as unknown as typeof HTMLElement) {
      static version = '99.0.0';
    }
    expect((Same as unknown as Class).define()).to.equal(false);
    await page.quiet();
    expect(page.console).to.deep.equal([]);

    expect((Newer as unknown as Class).define()).to.equal(false);
    // The words come by a part.
    await until(() => page.console.length);
    await page.quiet();
    expect(page.window.customElements.get('genesys-auth-messenger') as unknown).to.equal(first);
    expect(page.console).to.have.lengthOf(1);
    expect(page.console[0]).to.contain('configuration/version');
    expect(page.console[0]).to.contain(`${first.version}, not 99.0.0`);
    expect(page.element.status).to.equal('signed-out');
  });

  it('comes before the tag works as if it came after it', async () => {
    const page = await openPage({ body: () => '' });
    page.document.body.innerHTML = `<genesys-auth-messenger deployment-id="${page.visitor.deploymentId}"
      environment="euc1" issuer="https://login.brand.example" client-id="brand"></genesys-auth-messenger>`;
    await page.status('signed-out');
  });

  it('runs for visitors who only look writes nothing to the console, and asks nobody', async () => {
    const page = await openPage({ messenger: 'injected' });
    const asked: string[] = [];
    page.window.fetch = async (url) => {
      asked.push(String(url));
      throw new TypeError();
    };
    await page.status('signed-out');
    await page.quiet();
    expect(page.console).to.deep.equal([]);
    expect(asked).to.deep.equal([]);
    expect(page.api.calls.map(({ endpoint }) => endpoint)).to.deep.equal(['domains', 'config']);
    const loaded = page.window.performance.getEntriesByType('resource').map(({ name }) => name);
    expect(loaded.filter((name) => /oidc-client|explanations/.test(name))).to.deep.equal([]);
  });
});
