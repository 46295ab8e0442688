import { expect } from '@open-wc/testing';
import { buttonOf, closePages, labelOf, openPage } from '../../harness/page.js';
import { until } from '../../harness/until.js';

/** A place is all that visitors and authors without rights can post: every sanitizer lets `data-` attributes through. */

const place = '<div data-genesys-auth-messenger></div>';
const element = (good: string) => `<genesys-auth-messenger ${good}></genesys-auth-messenger>`;

/** What an attacker configures: another deployment, another provider, without a click. */
const hostile = {
  'deployment-id': '00000000-0000-4000-8000-000000000000',
  environment: 'evil.localhost:8080',
  issuer: 'https://evil.example',
  'client-id': 'evil',
  'client-secret': 'x',
  'redirect-uri': '/evil',
  scope: 'evil',
  mode: 'popup',
  silent: '',
  loading: 'lazy',
  prompt: 'none',
  'max-age': '1',
  'authorization-params': 'evil=1',
  'authorization-endpoint': 'https://evil.example/authorize',
  'end-session-endpoint': 'https://evil.example/end',
  'post-logout-redirect-uri': 'https://evil.example/',
  logout: 'provider',
  debug: '',
};
const asData = Object.entries(hostile)
  .map(([name, value]) => `data-${name}="${value}" ${name}="${value}"`)
  .join(' ');

afterEach(closePages);

describe('a place', () => {
  it('configures nothing, whatever its attributes say, before and after the author’s element', async () => {
    const posted = `<div data-genesys-auth-messenger ${asData}></div>`;
    const page = await openPage({ body: (good) => posted + element(good) + posted });
    expect(page.elements).to.have.length(3);
    for (const view of page.elements) await page.status('signed-out', view);
    const [first, own, last] = page.elements;
    for (const view of [first!, last!]) expect(view.getAttributeNames()).to.deep.equal([]);
    expect(own!.error).to.equal(undefined);
    buttonOf(first!).click();
    const request = await page.leavesForProvider();
    expect(request.searchParams.get('client_id')).to.equal('brand');
    expect(request.searchParams.has('evil')).to.equal(false);
    expect(page.console).to.deep.equal([]);
  });

  it('takes two labels of at most 60 characters, and no other attribute', async () => {
    const long = 'x'.repeat(100);
    const page = await openPage({
      body: (good) =>
        `<div data-genesys-auth-messenger data-login-label="  Come in  " data-logout-label="${long}" data-title="x" title="x"></div>` +
        `<div data-genesys-auth-messenger data-login-label="<b>${long}" data-logout-label=" "></div>` +
        element(good),
    });
    const [one, other] = page.elements;
    await page.status('signed-out', one);
    expect(one!.getAttributeNames()).to.deep.equal(['login-label', 'logout-label']);
    expect(one!.logoutLabel).to.equal('x'.repeat(60));
    expect(labelOf(one!)).to.equal('Come in');
    expect(other!.getAttributeNames()).to.deep.equal(['login-label']);
    expect(other!.loginLabel).to.equal(`<b>${'x'.repeat(57)}`);
    expect(buttonOf(other!).querySelector('b')).to.equal(null);
  });

  it('gives the button its language and its direction', async () => {
    const page = await openPage({
      body: (good) => `<div data-genesys-auth-messenger lang="de" dir="rtl"></div>${element(good)}`,
    });
    await page.status('signed-out');
    expect(page.label).to.equal('Anmelden');
    expect(page.window.getComputedStyle(page.button).direction).to.equal('rtl');
  });

  it('keeps its class, its id and its content, which is out of sight and in no slot', async () => {
    const page = await openPage({
      body: (good) =>
        '<div data-genesys-auth-messenger id="mine" class="wide"><b slot="login" style="display: block !important">Log in at evil.example</b></div>' +
        element(good),
    });
    await page.status('signed-out');
    const { element: view, document } = page;
    const content = document.querySelector('b')!;
    expect(content.assignedSlot).to.equal(null);
    expect(content.getClientRects()).to.have.length(0);
    expect(page.label).to.equal('Log in');
    expect(view.parentElement!.id).to.equal('mine');
    expect(view.parentElement!.className).to.equal('wide');
    expect(view.id + view.className).to.equal('');
  });

  it('is one of at most twenty; the author’s own element is there all the same', async () => {
    const page = await openPage({ body: (good) => place.repeat(50) + element(good) });
    const inPlaces = '[data-genesys-auth-messenger] > genesys-auth-messenger';
    expect(page.document.querySelectorAll(inPlaces)).to.have.length(20);
    expect(page.elements).to.have.length(21);
    await page.status('signed-out', page.elements[20]);
  });

  it('that is taken out makes room for another', async () => {
    const page = await openPage({ body: (good) => element(good) + place.repeat(20) });
    page.document.querySelector('[data-genesys-auth-messenger]')!.remove();
    page.document.body.insertAdjacentHTML('beforeend', place.repeat(2));
    await until(() => page.elements.length === 21);
    await page.quiet();
    expect(page.elements).to.have.length(21);
  });

  it('that comes later gets its button, also deep in what is inserted', async () => {
    const page = await openPage({ body: element });
    page.document.body.insertAdjacentHTML('beforeend', `<main><p>${place.replaceAll('div', 'i')}</p></main>`);
    await until(() => page.document.querySelector('main i > genesys-auth-messenger'));
  });

  it('that is put back, or is a copy, has the button that it had', async () => {
    const page = await openPage({ body: (good) => element(good) + place });
    const { document } = page;
    const first = document.querySelector('[data-genesys-auth-messenger]')!;
    const copy = first.cloneNode(true);
    first.remove();
    document.body.append(document.createElement('main'));
    await page.quiet();
    document.querySelector('main')!.append(first, copy);
    document.body.insertAdjacentHTML('beforeend', place);
    await until(() => page.elements.length === 4);
    expect(document.querySelectorAll('main genesys-auth-messenger')).to.have.length(2);
  });

  it('that a router has emptied gets its button again', async () => {
    const page = await openPage({ body: (good) => element(good) + place });
    const found = page.document.querySelector('[data-genesys-auth-messenger]')!;
    await page.quiet();
    found.textContent = 'Log in at the top of the page';
    await until(() => found.querySelector('genesys-auth-messenger'));
    expect(found.querySelectorAll('genesys-auth-messenger')).to.have.length(1);
  });

  const none = {
    'in what somebody is writing': `<div contenteditable><p>${place}</p></div>`,
    'that can be written in itself': place.replace('<div', '<div contenteditable'),
    'in a template': `<template>${place}</template>`,
    'that is a form': '<form data-genesys-auth-messenger><input name="append"></form>',
    'that is a script': '<script type="text/plain" data-genesys-auth-messenger></script>',
    'that is no HTML': '<svg data-genesys-auth-messenger></svg>',
    'in a place': place.replace('><', `>${place.repeat(3)}<`),
  };
  for (const [where, html] of Object.entries(none)) {
    const outer = where === 'in a place' ? 1 : 0;
    it(`is none ${where}`, async () => {
      const page = await openPage({ body: (good) => html + element(good) });
      await page.status('signed-out', page.elements.at(-1));
      expect(page.elements).to.have.length(1 + outer);
      expect(page.document.querySelectorAll('template')).to.have.length(where === 'in a template' ? 1 : 0);
      expect(page.exceptions).to.deep.equal([]);
    });
  }

  it('on a page that nobody configures says so once in the console, to the author and to nobody else', async () => {
    const page = await openPage({ body: () => place.repeat(3) });
    for (const view of page.elements) await page.fails('configuration/deployment-id', view);
    expect(page.console).to.have.length(1);
    expect(page.console[0]).to.contain('configuration/deployment-id');
    expect(page.statusText).to.equal('');
    expect(page.bootstraps).to.deep.equal([]);
  });

  it('does not stand in for the configuration: an element of the author’s that comes later is used', async () => {
    const page = await openPage({ body: () => `<div data-genesys-auth-messenger ${asData}></div>` });
    await page.fails('configuration/deployment-id');
    const own = page.document.createElement('genesys-auth-messenger');
    for (const name of ['issuer', 'client-id', 'environment'])
      own.setAttribute(name, { issuer: 'https://login.brand.example', 'client-id': 'brand' }[name] ?? 'euc1');
    own.setAttribute('deployment-id', page.visitor.deploymentId);
    page.document.body.append(own);
    await page.status('signed-out', own);
    await page.status('signed-out');
  });
});
