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

const table: [status: keyof typeof statuses, label: string, part: string, busy: boolean][] = [
  ['starting', 'Log in', 'login-button', true],
  ['signed-out', 'Log in', 'login-button', false],
  ['signing-in', 'Log in', 'login-button', true],
  ['signed-in', 'Log out', 'logout-button', false],
  ['signing-out', 'Log out', 'logout-button', true],
  ['failed', 'Log in', 'login-button', false],
];

for (const [status, label, part, busy] of table)
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
      expect(page.button.disabled).to.equal(busy);
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

    it('says what is going on, politely', async () => {
      const region = page.element.shadowRoot!.querySelector('[part="status"]')!;
      expect(region.role).to.equal('status');
      const silent = ['starting', 'signed-out', 'signed-in'];
      if (silent.includes(status)) expect(page.statusText).to.equal('');
      else await page.speaks();
      // Only a failure is for everybody's eyes: a busy button shows itself.
      if (page.statusText) expect(region.getBoundingClientRect().width > 1).to.equal(status === 'failed');
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

  it('is styled by part and by custom property', async () => {
    const page = await openPage({
      body: (good) => `<style>
          genesys-auth-messenger { --genesys-auth-messenger-background: rgb(1, 2, 3) }
          ::part(button) { color: rgb(4, 5, 6) }
          ::part(login-button) { text-transform: uppercase }
          ::part(logout-button) { text-transform: lowercase }
        </style><genesys-auth-messenger ${good}></genesys-auth-messenger>`,
      authorize: true,
    });
    await page.status('signed-out');
    const style = page.window.getComputedStyle(page.button);
    expect(style.backgroundColor).to.equal('rgb(1, 2, 3)');
    expect(style.color).to.equal('rgb(4, 5, 6)');
    expect(style.textTransform).to.equal('uppercase');
    page.button.click();
    await page.status('signed-in');
    expect(style.textTransform).to.equal('lowercase');
  });

  it('is hidden with the element', async () => {
    const page = await openPage({ attributes: { hidden: '' } });
    expect(page.button.getBoundingClientRect().width).to.equal(0);
  });
});

describe('labels', () => {
  const label = async (options: PageOptions): Promise<string> => {
    const page = await openPage(options);
    await page.element.updateComplete;
    return page.label;
  };

  for (const [lang, words] of Object.entries({
    en: 'Log in',
    de: 'Anmelden',
    'de-CH': 'Anmelden',
    'DE-at': 'Anmelden',
    fr: 'Se connecter',
    ja: 'ログイン',
    'pt-BR': 'Entrar',
    // Not ours: English.
    tlh: 'Log in',
    constructor: 'Log in',
    '-': 'Log in',
  }))
    it(`speak ${lang}: ${words}`, async () => {
      expect(await label({ attributes: { lang } })).to.equal(words);
    });

  it('speak the language of the part of the page in which they stand', async () => {
    const body = (good: string) =>
      `<div lang="fr"><p><genesys-auth-messenger ${good}></genesys-auth-messenger></p></div>`;
    expect(await label({ body })).to.equal('Se connecter');
  });

  it("speak the page's language also inside another element's shadow tree", async () => {
    const page = await openPage({ body: () => '<div></div>' });
    page.document.documentElement.lang = 'de';
    const element = page.document.createElement('genesys-auth-messenger');
    page.document.querySelector('div')!.attachShadow({ mode: 'open' }).append(element);
    await element.updateComplete;
    expect(labelOf(element)).to.equal('Anmelden');
  });

  it('speak another language when the element is told so later', async () => {
    const page = await openPage({ attributes: { lang: 'de' } });
    await page.status('signed-out');
    page.element.lang = 'nl';
    await page.element.updateComplete;
    expect(page.label).to.equal('Inloggen');
    page.element.removeAttribute('lang');
    await page.element.updateComplete;
    expect(page.label, "the page's").to.equal('Log in');
  });

  it('are the language for a failure, too', async () => {
    const page = await openPage({
      attributes: { lang: 'it' },
      authorize: () => Promise.reject(new Error('refused')),
    });
    await page.status('signed-out');
    page.button.click();
    await page.status('failed');
    expect(await page.speaks()).to.contain('Riprova');
  });

  it('say nothing of what visitors have not done: authors read it in the console, once', async () => {
    const page = await openPage({ attributes: { 'client-id': '' } });
    const { code, message, hint } = await page.fails('configuration/client-id');
    await page.quiet();
    expect(page.statusText).to.equal('');
    expect(page.console).to.deep.equal([`warn <genesys-auth-messenger> ${code}: ${message} ${hint}`]);
  });

  it('come by attribute, and change with it', async () => {
    const page = await openPage({
      attributes: { 'login-label': 'Chat as yourself', 'logout-label': 'Bye' },
      authorize: true,
    });
    await page.status('signed-out');
    expect(page.label).to.equal('Chat as yourself');
    page.change({ 'login-label': 'Come in' });
    await page.element.updateComplete;
    expect(page.label).to.equal('Come in');
    page.button.click();
    await page.status('signed-in');
    expect(page.label).to.equal('Bye');
    page.change({ 'logout-label': null });
    await page.element.updateComplete;
    expect(page.label).to.equal('Log out');
  });

  it('are text, whatever is in them', async () => {
    const page = await openPage({ attributes: { 'login-label': '<img src=x onerror=alert(1)>' } });
    await page.status('signed-out');
    expect(page.label).to.equal('<img src=x onerror=alert(1)>');
    expect(page.button.querySelectorAll('img')).to.have.lengthOf(0);
  });

  it('come by slot, each on its button', async () => {
    const page = await openPage({
      body: (good) => `<genesys-auth-messenger ${good}>
          <b slot="login">Come in</b><i slot="logout">Leave</i>
        </genesys-auth-messenger>`,
      authorize: true,
    });
    await page.status('signed-out');
    expect(page.label).to.equal('Come in');
    page.button.click();
    await page.status('signed-in');
    expect(page.label).to.equal('Leave');
    expect(await page.violations()).to.deep.equal([]);
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
