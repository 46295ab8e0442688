import { expect } from '@open-wc/testing';
import { type Page, type PageOptions, buttonOf, closePages, labelOf, openPage } from '../../harness/page.js';

afterEach(closePages);

const never = () => new Promise<never>(() => {});

/** A page that stays in each status. */
const statuses: Record<string, () => Promise<Page>> = {
  starting: () => openPage({ before: ({ api }) => void api.hold('domains') }),
  'signed-out': () => openPage(),
  'signing-in': async () => {
    const page = await openPage({ authorize: never });
    await page.status('signed-out');
    page.button.click();
    return page;
  },
  'signed-in': () => signedIn(),
  'signing-out': async () => {
    const page = await signedIn();
    page.api.hold('revoke');
    page.button.click();
    return page;
  },
  failed: async () => {
    const page = await openPage({ authorize: () => Promise.reject(new Error('refused')) });
    await page.status('signed-out');
    page.button.click();
    return page;
  },
};

async function signedIn(options: PageOptions = {}): Promise<Page> {
  const page = await openPage({ authorize: true, ...options });
  await page.status('signed-out');
  page.button.click();
  await page.status('signed-in');
  return page;
}

type Row = [status: keyof typeof statuses, label: string, part: string, busy: boolean, said: string];

const table: Row[] = [
  ['starting', 'Log in', 'login-button', true, ''],
  ['signed-out', 'Log in', 'login-button', false, ''],
  ['signing-in', 'Log in', 'login-button', true, 'One moment…'],
  ['signed-in', 'Log out', 'logout-button', false, 'You are signed in.'],
  ['signing-out', 'Log out', 'logout-button', true, 'One moment…'],
  ['failed', 'Log in', 'login-button', false, 'Signing in is not possible at the moment.'],
];

for (const [status, label, part, busy, said] of table)
  describe(`${status}`, () => {
    let page: Page;
    beforeEach(async () => {
      page = await statuses[status]!();
      await page.status(status as typeof page.element.status);
    });

    it(`shows one real button, ${label}${busy ? ', busy' : ''}`, () => {
      const buttons = page.element.shadowRoot!.querySelectorAll('button, [role="button"]');
      expect(buttons).to.have.lengthOf(1);
      expect(buttons[0] === page.button).to.equal(true);
      expect(page.button.type, 'submits no form').to.equal('button');
      expect(page.label).to.equal(label);
      expect(page.button.getAttribute('aria-disabled')).to.equal(String(busy));
      expect(page.button.getAttribute('aria-busy')).to.equal(String(busy));
      expect(page.button.part.value).to.equal(`button ${part}`);
    });

    it('is the only custom state', () => {
      for (const [other] of table)
        expect(page.element.matches(`:state(${other})`), other).to.equal(other === status);
    });

    it('is accessible', async () => {
      expect(await page.violations()).to.deep.equal([]);
    });

    it(said ? `says politely: ${said}` : 'says nothing', async () => {
      expect(page.region.role).to.equal('status');
      await page.renders();
      // What takes no longer than this needs no word.
      page.clock.passes(1_000);
      await page.says(said);
      await page.quiet();
      expect(page.statusText).to.equal(said);
      // Only a failure is for everybody's eyes: the rest is seen by the button.
      expect(page.seen?.textContent).to.equal(status === 'failed' ? said : undefined);
    });
  });

describe('the button', () => {
  it('keeps the focus from login to logout and back', async () => {
    let arrives!: () => void;
    const way = new Promise<void>((resolve) => (arrives = resolve));
    const page: Page = await openPage({
      authorize: async () => {
        await way;
        return page.grant();
      },
    });
    await page.status('signed-out');
    page.button.focus();
    page.button.click();
    await page.status('signing-in');
    await page.renders();
    arrives();
    await page.status('signed-in');
    expect(page.hasFocus(page.button), 'after login').to.equal(true);

    const confirm = page.api.hold('revoke');
    page.button.click();
    await page.status('signing-out');
    await page.renders();
    confirm();
    await page.status('signed-out');
    expect(page.hasFocus(page.button), 'after logout').to.equal(true);
  });

  it('has both labels in it from the beginning, and is not written again', async () => {
    const page = await openPage({ authorize: true });
    await page.status('signed-out');
    const written: MutationRecord[] = [];
    const observer = new page.window.MutationObserver((records) => written.push(...records));
    observer.observe(page.button, { subtree: true, childList: true, attributeFilter: ['lang', 'dir'] });
    page.button.click();
    await page.status('signed-in');
    await page.renders();
    expect(written).to.have.length(0);
  });

  it('does not take the focus from where the visitor has gone meanwhile', async () => {
    let arrives!: () => void;
    const way = new Promise<void>((resolve) => (arrives = resolve));
    const page: Page = await openPage({
      body: (good) => `<genesys-auth-messenger ${good}></genesys-auth-messenger><input aria-label="Name" />`,
      authorize: async () => {
        await way;
        return page.grant();
      },
    });
    await page.status('signed-out');
    page.button.focus();
    page.button.click();
    await page.status('signing-in');
    const input = page.document.querySelector('input')!;
    input.focus();
    arrives();
    await page.status('signed-in');
    await page.quiet();
    expect(page.hasFocus(input)).to.equal(true);
  });

  it('gets the focus that the element is given', async () => {
    const page = await openPage();
    await page.status('signed-out');
    page.element.focus();
    expect(page.hasFocus(page.button)).to.equal(true);
  });

  it('is large enough to be hit, WCAG 2.2 §2.5.8', async () => {
    const page = await openPage({ attributes: { 'login-label': '→' } });
    await page.status('signed-out');
    const { width, height } = page.button.getBoundingClientRect();
    expect(Math.min(width, height)).to.be.at.least(24);
  });

  it('does the same as signIn and signOut', async () => {
    const page = await openPage({ authorize: true });
    await page.status('signed-out');
    page.element.signIn();
    await page.status('signed-in');
    page.element.signOut();
    await page.status('signed-out');
    expect(page.all('loggedOut')).to.deep.equal([{ reason: 'visitor' }]);
  });

  it('that is clicked twice in one go signs in once', async () => {
    const page = await openPage({ authorize: true });
    await page.status('signed-out');
    page.button.click();
    page.button.click();
    page.element.signIn();
    await page.status('signed-in');
    await page.quiet();
    expect(page.asked).to.have.lengthOf(1);
    expect(page.api.exchanges).to.have.lengthOf(1);
    expect(page.element.status).to.equal('signed-in');
  });

  it('does nothing while it is busy', async () => {
    const page = await statuses['signing-in']!();
    await page.status('signing-in');
    page.button.click();
    await page.quiet();
    expect(page.element.status).to.equal('signing-in');
    expect(page.asked).to.have.lengthOf(1);
  });

  it('is alone in what it does: neither the link nor the form around it takes the click', async () => {
    const page = await openPage({
      body: (good) =>
        `<a href="#gone"><form action="?sent"><genesys-auth-messenger ${good}></genesys-auth-messenger></form></a>`,
      authorize: true,
    });
    await page.status('signed-out');
    page.button.click();
    await page.status('signed-in');
    expect(page.window.location.hash).to.equal('');
    expect(page.window.location.search).to.not.contain('sent');
  });

  it('is hidden with the element', async () => {
    const page = await openPage({ attributes: { hidden: '' } });
    expect(page.button.getBoundingClientRect().width).to.equal(0);
  });
});

describe('events', () => {
  it('come under both names, bubble out of shadow trees, and cannot be mistaken for native ones', async () => {
    const heard: [type: string, detail: unknown, target: boolean][] = [];
    const page = await openPage({
      body: () => '<div></div>',
      before({ document, window }) {
        for (const type of [
          'signedIn',
          'signed-in',
          'statusChange',
          'status-change',
          'loggedOut',
          'logged-out',
        ])
          window.addEventListener(type, (event) => {
            const { detail, bubbles, composed, cancelable } = event as CustomEvent;
            expect({ bubbles, composed, cancelable }).to.deep.equal({
              bubbles: true,
              composed: true,
              cancelable: false,
            });
            heard.push([type, detail, event.target === document.querySelector('div')]);
          });
      },
    });
    const element = page.document.createElement('genesys-auth-messenger');
    page.change(
      {
        'deployment-id': page.visitor.deploymentId,
        environment: 'euc1',
        issuer: 'https://login.brand.example',
        'client-id': 'brand',
      },
      element,
    );
    element.authorize = () => page.grant();
    page.document.querySelector('div')!.attachShadow({ mode: 'open' }).append(element);
    await page.status('signed-out', element);
    buttonOf(element).click();
    await page.status('signed-in', element);
    buttonOf(element).click();
    await page.status('signed-out', element);

    const seen = (type: string) => heard.filter(([name]) => name === type).map(([, detail]) => detail);
    const statuses = ['signed-out', 'signing-in', 'signed-in', 'signing-out', 'signed-out'];
    expect(seen('statusChange')).to.deep.equal(statuses.map((status) => ({ status })));
    expect(seen('signedIn')).to.deep.equal([{ restored: false }]);
    expect(seen('loggedOut')).to.deep.equal([{ reason: 'visitor' }]);
    for (const name of ['statusChange', 'signedIn', 'loggedOut'])
      expect(seen(name.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`))).to.deep.equal(seen(name));
    expect(heard.every(([, , retargeted]) => retargeted)).to.equal(true);
    expect(labelOf(element)).to.equal('Log in');
  });

  it('tell a failure with code, message, hint and retryable, as the element does', async () => {
    const page = await openPage({ attributes: { issuer: 'http://login.brand.example' } });
    const error = await page.fails('configuration/issuer');
    expect(error).to.have.all.keys('code', 'message', 'hint', 'retryable');
    expect(page.all('signInFailed')).to.deep.equal([error]);
    expect(error.message).to.contain('http://login.brand.example');
    expect(error.hint).to.contain('issuer');
  });
});
