import { expect } from '@open-wc/testing';
import {
  type Page,
  type PageOptions,
  closePages,
  labelOf,
  openPage,
  openSignedIn,
} from '../../harness/page.js';
import type { Status } from '../../../src/session/facts.js';
import { sentences as arabic } from '../../../src/words/languages/ar.js';
import { english } from '../../../src/words/sentences.js';

afterEach(closePages);

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
    'zh-CN': '登录',
    'zh-TW': '登入',
    'zh-Hant-HK': '登入',
    'pt-PT': 'Iniciar sessão',
    no: 'Logg inn',
    'nn-NO': 'Logg inn',
    // Locales, as systems write them.
    de_DE: 'Anmelden',
    pt_BR: 'Entrar',
    zh_TW: '登入',
    ar: 'تسجيل الدخول',
    // Not ours: English.
    tlh: 'Log in',
    constructor: 'Log in',
    '-': 'Log in',
    '(': 'Log in',
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

  it('follow the language of the page, of a part of it, of the element, and of the hosts around it', async () => {
    const page = await openPage({ body: () => '<section><div></div></section>' });
    const { document } = page;
    const host = document.querySelector('div')!;
    const element = document.createElement('genesys-auth-messenger');
    host.attachShadow({ mode: 'open' }).append(element);
    for (const [node, lang, label] of [
      [document.documentElement, 'de', 'Anmelden'],
      [document.querySelector('section')!, 'fr', 'Se connecter'],
      [host, 'it', 'Accedi'],
      [element, 'nl', 'Inloggen'],
    ] as const) {
      node.lang = lang;
      await page.renders();
      expect(labelOf(element)).to.equal(label);
    }
    for (const node of [element, host]) node.removeAttribute('lang');
    await page.renders();
    expect(labelOf(element)).to.equal('Se connecter');
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

describe('sentences', () => {
  /** Where a click fails for good. */
  const failing = (options: PageOptions = {}) =>
    openPage({ authorize: () => Promise.reject(new Error('refused')), ...options });

  it('are in the language of the labels, and say so', async () => {
    const page = await failing({ attributes: { lang: 'de-AT' } });
    await page.status('signed-out');
    page.button.click();
    await page.says('Die Anmeldung ist im Moment nicht möglich.');
    const { lang, dir } = page.region;
    expect({ lang, dir }).to.deep.equal({ lang: 'de', dir: 'auto' });
    expect([...page.button.querySelectorAll('span')].map((label) => label.lang)).to.deep.equal(['de', 'de']);
  });

  it('are English, and say so, in a page whose language is not ours', async () => {
    const page = await failing({ attributes: { lang: 'tlh' } });
    await page.status('signed-out');
    page.button.click();
    await page.says(english.unavailable);
    expect(page.region.lang).to.equal('en');
  });

  it('run their own way in a page that runs the other way', async () => {
    const page = await failing({ attributes: { lang: 'fa', dir: 'rtl' } });
    await page.status('signed-out');
    page.button.click();
    await page.says(english.unavailable);
    const [text] = page.seen!.children;
    expect(page.window.getComputedStyle(text!).direction).to.equal('ltr');
    expect(text!.getClientRects(), 'a box of its own, which the direction is about').to.have.length(1);
  });

  it('follow the language while they stand there', async () => {
    const page = await failing();
    await page.status('signed-out');
    page.button.click();
    await page.says(english.unavailable);
    page.document.documentElement.lang = 'ar';
    await page.says(arabic.unavailable);
    expect(page.window.getComputedStyle(page.region).direction).to.equal('rtl');
  });

  it('say "try again" where that may be of use', async () => {
    const page = await openPage({ authorize: true });
    page.api.fail('exchange', 500);
    await page.status('signed-out');
    page.button.click();
    await page.says(english.failed);
  });

  it('announce each thing once, however often the element is drawn', async () => {
    let arrives!: () => void;
    const way = new Promise<void>((resolve) => (arrives = resolve));
    const page: Page = await openPage({ authorize: () => way.then(() => page.grant()) });
    await page.status('signed-out');
    const announced: string[] = [];
    new MutationObserver(() => page.statusText && announced.push(page.statusText)).observe(page.region, {
      childList: true,
      subtree: true,
    });
    const draws = async (label: string) => {
      page.change({ 'login-label': label });
      await page.element.updateComplete;
      await page.quiet();
    };
    const lasts = async (status: Status) => {
      await page.status(status);
      await page.renders();
      page.clock.passes(1_000);
      await page.says(english.wait);
    };
    page.button.click();
    await lasts('signing-in');
    arrives();
    await page.says(english.signedIn);
    await draws('Come in');
    const confirm = page.api.hold('revoke');
    page.button.click();
    await lasts('signing-out');
    confirm();
    await page.says(english.loggedOut);
    await draws('Come back');
    expect(announced).to.deep.equal([english.wait, english.signedIn, english.wait, english.loggedOut]);
  });

  it('are not said of a session that was there before', async () => {
    const { visitor, api } = await openSignedIn();
    const page = await openPage({ visitor, api });
    await page.status('signed-in');
    await page.quiet();
    expect(page.statusText).to.equal('');
  });

  it('of what an attribute has broken are for those who have clicked: once', async () => {
    const page = await openPage({ attributes: { 'client-id': '' } });
    await page.fails('configuration/client-id');
    expect(page.statusText).to.equal('');
    page.button.click();
    await page.says(english.unavailable);
    expect(page.all('signInFailed')).to.have.length(1);
  });

  it('are the page’s own where it gives some', async () => {
    const page = await openPage({ authorize: true, attributes: { lang: 'de' } });
    page.element.words = { login: 'Chat', wait: 'Gleich…', signedIn: 'Willkommen.' };
    await page.status('signed-out');
    expect(page.label).to.equal('Chat');
    page.button.click();
    await page.says('Willkommen.');
    page.button.click();
    await page.says('Sie sind abgemeldet.');
  });

  for (const words of [null, 5, 'words', { login: 5, signedIn: 5 }])
    it(`bear any value: ${JSON.stringify(words)}`, async () => {
      const page = await openPage({ authorize: true });
      Object.assign(page.element, { words });
      await page.status('signed-out');
      page.button.click();
      await page.status('signed-in');
      await page.says(words instanceof Object ? '5' : english.signedIn);
    });
});
