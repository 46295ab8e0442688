import { expect } from '@open-wc/testing';
import { type Page, closePages, openPage, openSignedIn } from '../../harness/page.js';

afterEach(closePages);

const computed = (page: Page, target: Element) => page.window.getComputedStyle(target);

/** A page's own rules, and what comes of each. */
const hooks: Record<string, [rule: string, see: (page: Page) => string, value: string]> = {
  '--genesys-auth-messenger-font': ['italic 20px serif', ({ button }) => style(button).fontStyle, 'italic'],
  '--genesys-auth-messenger-background': [
    'rgb(1, 2, 3)',
    ({ button }) => style(button).backgroundColor,
    'rgb(1, 2, 3)',
  ],
  '--genesys-auth-messenger-color': ['rgb(1, 2, 3)', ({ button }) => style(button).color, 'rgb(1, 2, 3)'],
  '--genesys-auth-messenger-border-color': [
    'rgb(1, 2, 3)',
    ({ button }) => style(button).borderTopColor,
    'rgb(1, 2, 3)',
  ],
  '--genesys-auth-messenger-border-radius': ['7px', ({ button }) => style(button).borderTopLeftRadius, '7px'],
  '--genesys-auth-messenger-inline-size': [
    '300px',
    ({ element }) => `${element.getBoundingClientRect().width}px`,
    '300px',
  ],
  '--genesys-auth-messenger-gap': ['9px', ({ element }) => style(element).columnGap, '9px'],
  '--genesys-auth-messenger-status-color': ['rgb(1, 2, 3)', ({ seen }) => style(seen!).color, 'rgb(1, 2, 3)'],
  '--genesys-auth-messenger-status-background': [
    'rgb(1, 2, 3)',
    ({ seen }) => style(seen!).backgroundColor,
    'rgb(1, 2, 3)',
  ],
};

const style = (target: Element) => target.ownerDocument.defaultView!.getComputedStyle(target);

describe('custom properties', () => {
  for (const [name, [value, see, seen]] of Object.entries(hooks))
    it(`${name} does what it says`, async () => {
      const page = await openPage({
        body: (good) =>
          `<style>genesys-auth-messenger { ${name}: ${value} }</style><genesys-auth-messenger ${good}></genesys-auth-messenger>`,
        authorize: () => Promise.reject(new Error('refused')),
      });
      await page.status('signed-out');
      page.button.click();
      await page.says('Signing in is not possible at the moment.');
      expect(see(page)).to.equal(seen);
    });

  it('--genesys-auth-messenger-focus-color does what it says', async () => {
    const page = await openPage({
      body: (good) =>
        `<style>genesys-auth-messenger { --genesys-auth-messenger-focus-color: rgb(1, 2, 3) }</style><genesys-auth-messenger ${good}></genesys-auth-messenger>`,
    });
    const sheet = page.element.shadowRoot!.adoptedStyleSheets[0]!;
    const rule = [...sheet.cssRules].find(({ cssText }) => cssText.includes(':focus-visible'));
    page.button.style.outline = (rule as CSSStyleRule).style.outline;
    expect(computed(page, page.button).outlineColor).to.equal('rgb(1, 2, 3)');
  });
});

describe('parts and states', () => {
  it('style whatever there is', async () => {
    const page = await openPage({
      body: (good) => `<style>
          ::part(button) { color: rgb(4, 5, 6) }
          ::part(login-button) { text-transform: uppercase }
          ::part(logout-button) { text-transform: lowercase }
          genesys-auth-messenger:state(signed-in) { opacity: 0.5 }
        </style><genesys-auth-messenger ${good}></genesys-auth-messenger>`,
      authorize: true,
    });
    await page.status('signed-out');
    const button = computed(page, page.button);
    expect(button.color).to.equal('rgb(4, 5, 6)');
    expect(button.textTransform).to.equal('uppercase');
    page.button.click();
    await page.status('signed-in');
    expect(button.textTransform).to.equal('lowercase');
    expect(computed(page, page.element).opacity).to.equal('0.5');
  });
});

describe('the part of the text', () => {
  it('is styled, too', async () => {
    const page = await openPage({
      body: (good) =>
        `<style>::part(status) { position: static }</style><genesys-auth-messenger ${good}></genesys-auth-messenger>`,
      authorize: () => Promise.reject(new Error('refused')),
    });
    await page.status('signed-out');
    page.button.click();
    await page.says('Signing in is not possible at the moment.');
    expect(style(page.seen!).position).to.equal('static');
  });
});

describe('slots', () => {
  it('show what is for those who are signed in only then, and keep its room', async () => {
    const page = await openPage({
      body: (good) =>
        `<genesys-auth-messenger ${good}><b slot="signed-in">Hello, Ada</b></genesys-auth-messenger>`,
      authorize: true,
    });
    await page.status('signed-out');
    const hello = page.document.querySelector('b')!;
    const before = hello.getBoundingClientRect();
    expect(computed(page, hello).visibility).to.equal('hidden');
    page.button.click();
    await page.status('signed-in');
    expect(computed(page, hello).visibility).to.equal('visible');
    expect(hello.getBoundingClientRect()).to.deep.equal(before);
  });

  it('take the place of the status text', async () => {
    const page = await openPage({
      body: (good) =>
        `<genesys-auth-messenger ${good}><span slot="status">Please call us.</span></genesys-auth-messenger>`,
      authorize: () => Promise.reject(new Error('refused')),
    });
    await page.status('signed-out');
    const own = page.document.querySelector('span')!;
    page.button.click();
    await page.says('Please call us.');
    expect(own.getBoundingClientRect().width).to.be.greaterThan(10);
  });

  it('without a name are for visitors whose page runs no scripts', async () => {
    const page = await openPage({
      body: (good) =>
        `<genesys-auth-messenger ${good}><a href="/login">Log in here</a></genesys-auth-messenger>`,
    });
    await page.status('signed-out');
    expect(page.document.querySelector('a')!.getBoundingClientRect().width).to.equal(0);
  });
});

describe('the page around', () => {
  it('keeps its place through everything that a visitor sees', async () => {
    const page = await openPage({
      body: (good) =>
        `<p>Before <span><genesys-auth-messenger ${good}></genesys-auth-messenger></span> after</p><p>Below</p>`,
      authorize: true,
    });
    await page.status('signed-out');
    const places = () => [...page.document.querySelectorAll('p, genesys-auth-messenger')].map(boxOf);
    const boxOf = (node: Element) => node.getBoundingClientRect().toJSON() as object;
    const before = places();
    page.button.click();
    await page.status('signed-in');
    expect(places(), 'signed in').to.deep.equal(before);
    for (const lang of ['de', 'fr', 'el', 'ja', 'ar', 'hu', 'pt-PT', 'ro']) {
      // Not of the page: some browsers have another font for its own text then.
      page.document.querySelector('span')!.lang = lang;
      await page.renders();
      expect(places(), lang).to.deep.equal(before);
    }
  });

  it('has the text of a failure in sight at its edge, too', async () => {
    const page = await openPage({
      body: (good) =>
        `<div style="text-align: end"><genesys-auth-messenger ${good}></genesys-auth-messenger></div>`,
      authorize: () => Promise.reject(new Error('refused')),
    });
    await page.status('signed-out');
    page.button.click();
    await page.says('Signing in is not possible at the moment.');
    const { left, right } = page.seen!.getBoundingClientRect();
    expect(left).to.be.at.least(0);
    expect(right).to.be.at.most(page.document.documentElement.clientWidth);
    expect(page.document.documentElement.scrollWidth).to.equal(page.document.documentElement.clientWidth);
  });

  const turns: Record<string, (page: Page) => void> = {
    'goes to something else': ({ document }) => document.querySelector('input')!.focus(),
    'points at something else': ({ document }) =>
      document.querySelector('p')!.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true })),
    'presses Escape': ({ button }) =>
      button.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true })),
  };
  for (const [turn, happens] of Object.entries(turns))
    it(`is uncovered when the visitor ${turn}; who clicks again is told again`, async () => {
      const page = await openPage({
        body: (good) =>
          `<genesys-auth-messenger ${good}></genesys-auth-messenger><p>Below <input aria-label="Name" /></p>`,
        attributes: { 'client-id': '' },
      });
      await page.fails('configuration/client-id');
      page.button.click();
      await page.says('Signing in is not possible at the moment.');
      expect(!!page.seen).to.equal(true);
      happens(page);
      expect(!!page.seen).to.equal(false);
      page.button.click();
      await page.says('Signing in is not possible at the moment.');
      expect(!!page.seen).to.equal(true);
    });

  it('may be another document: the element keeps its looks', async () => {
    const page = await openSignedIn();
    const frame = page.document.createElement('iframe');
    page.document.body.append(frame);
    frame.contentDocument!.body.append(page.element);
    const button = frame
      .contentDocument!.querySelector('genesys-auth-messenger')!
      .shadowRoot!.querySelector('button')!;
    expect(style(button).whiteSpace).to.equal('nowrap');
  });
});
