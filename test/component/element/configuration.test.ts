import { expect } from '@open-wc/testing';
import type { ErrorCode } from '../../../src/explanations.js';
import { type PageOptions, authorizationEndpoint, closePages, openPage } from '../../harness/page.js';

afterEach(closePages);

it('a failure that is told leaves no timer', async () => {
  const page = await openPage({ attributes: { 'client-id': '' } });
  await page.fails('configuration/client-id');
  expect(page.clock.waiting).to.equal(0);
});

it('attributes that bear the names of what the element says itself say nothing', async () => {
  const page = await openPage({ attributes: { error: 'provider/error', status: 'signed-in' } });
  await page.status('signed-out');
  expect(page.element.error).to.equal(undefined);
  page.change({ error: null, status: 'failed' });
  await page.quiet();
  expect(page.element.status).to.equal('signed-out');
  expect(page.all('signInFailed')).to.deep.equal([]);
});

const bad: [code: ErrorCode, attributes: Record<string, string | null>, named: string][] = [
  ['configuration/deployment-id', { 'deployment-id': null }, 'deployment-id'],
  ['configuration/deployment-id', { 'deployment-id': 'my-deployment' }, 'deployment-id'],
  ['configuration/environment', { environment: 'europe' }, 'environment'],
  ['configuration/issuer', { issuer: null }, 'issuer'],
  ['configuration/issuer', { issuer: 'login.brand.example' }, 'issuer'],
  ['configuration/client-id', { 'client-id': '' }, 'client-id'],
  ['configuration/client-secret', { 'client-secret': 'hunter2' }, 'client-secret'],
  ['configuration/redirect-uri', { 'redirect-uri': 'https://elsewhere.example/' }, 'redirect-uri'],
  ['configuration/redirect-uri', { 'redirect-uri': '/done#here' }, 'redirect-uri'],
  ['configuration/max-age', { 'max-age': '0' }, 'max-age'],
  ['configuration/max-age', { 'max-age': 'an hour' }, 'max-age'],
  ['configuration/authorization-params', { 'authorization-params': 'scope=x' }, 'authorization-params'],
  ['configuration/authorization-params', { 'authorization-params': '{}' }, 'authorization-params'],
  ['configuration/option', { mode: 'window' }, 'mode'],
  ['configuration/option', { loading: 'soon' }, 'loading'],
  ['configuration/option', { logout: 'everywhere' }, 'logout'],
  ['configuration/endpoint', { 'authorization-endpoint': '/authorize' }, 'authorization-endpoint'],
  ['configuration/endpoint', { 'end-session-endpoint': 'http://a.example' }, 'end-session-endpoint'],
  [
    'configuration/endpoint',
    { 'post-logout-redirect-uri': 'javascript:alert(1)' },
    'post-logout-redirect-uri',
  ],
];

for (const [code, attributes, named] of bad)
  it(`${JSON.stringify(attributes)} is ${code}; mended at run time, it works`, async () => {
    const page = await openPage({ attributes });
    const good = Object.fromEntries(
      Object.keys(attributes).map((name) => {
        const values: Record<string, string> = {
          'deployment-id': page.visitor.deploymentId,
          environment: 'euc1',
          issuer: 'https://login.brand.example',
          'client-id': 'brand',
        };
        return [name, values[name] ?? null];
      }),
    );
    const error = await page.fails(code);
    expect(`${error.message} ${error.hint}`).to.contain(named);
    expect(JSON.stringify(error)).not.to.contain('hunter2');
    expect(error.retryable).to.equal(false);
    expect(page.all('signInFailed')).to.deep.equal([error]);
    expect(page.button.disabled).to.equal(false);
    page.button.click();
    await page.quiet();
    expect(page.element.status, 'a click mends nothing').to.equal('failed');

    page.change(good);
    await page.status('signed-out');
    expect(page.element.error).to.equal(undefined);
    expect(page.all('signInFailed')).to.have.lengthOf(1);
  });

describe('attributes', () => {
  it('that are wrong one after the other are named one after the other', async () => {
    const page = await openPage({ attributes: { issuer: null, 'client-id': null } });
    await page.fails('configuration/issuer');
    page.change({ issuer: 'https://login.brand.example' });
    await page.fails('configuration/client-id');
    page.change({ 'client-id': 'brand' });
    await page.status('signed-out');
  });

  it('may come late, one by one and in any order', async () => {
    const page = await openPage({ body: () => '<genesys-auth-messenger></genesys-auth-messenger>' });
    await page.fails('configuration/deployment-id');
    for (const [name, value] of [
      ['client-id', 'brand'],
      ['issuer', 'https://login.brand.example'],
      ['environment', 'mypurecloud.de'],
      ['deployment-id', page.visitor.deploymentId],
    ] as const) {
      page.change({ [name]: value });
      await page.element.updateComplete;
    }
    await page.status('signed-out');
  });

  it('that are set together are read together', async () => {
    const page = await openPage({ body: () => '<p></p>' });
    const element = page.document.createElement('genesys-auth-messenger');
    page.document.body.append(element);
    const attributes = {
      'client-id': 'brand',
      issuer: 'https://login.brand.example',
      environment: 'euc1',
      'deployment-id': page.visitor.deploymentId,
    };
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    await page.status('signed-out');
    expect(page.all('signInFailed')).to.deep.equal([]);
  });

  it('that break while the visitor is signed in are told; mended, the visitor is still signed in', async () => {
    const page = await openPage({ authorize: true });
    await page.status('signed-out');
    page.button.click();
    await page.status('signed-in');
    page.change({ 'max-age': 'x' });
    await page.fails('configuration/max-age');
    page.change({ 'max-age': null });
    await page.status('signed-in');
    expect(page.all('signedIn'), 'nothing new').to.have.lengthOf(1);
    expect(page.all('loggedOut')).to.deep.equal([]);
  });

  it('of how to sign in may change until somebody does', async () => {
    const page = await openPage();
    await page.status('signed-out');
    page.change({ 'client-id': 'other', scope: 'openid', prompt: 'login' });
    await page.quiet();
    const left = page.leavesForProvider();
    page.button.click();
    const { searchParams } = await left;
    expect(searchParams.get('client_id')).to.equal('other');
    expect(searchParams.get('scope')).to.equal('openid');
    expect(searchParams.get('prompt')).to.equal('login');
  });

  it('of the deployment cannot change any more: Messenger is one per page', async () => {
    const page = await openPage();
    await page.status('signed-out');
    page.change({ 'deployment-id': crypto.randomUUID() });
    const error = await page.fails('configuration/conflict');
    expect(error.message).to.contain(page.visitor.deploymentId);
    page.change({ 'deployment-id': page.visitor.deploymentId });
    await page.status('signed-out');
  });
});

describe('properties', () => {
  it('that are set just before signIn() count for it', async () => {
    const page = await openPage();
    await page.status('signed-out');
    page.element.authorizationParams = 'login_hint=ada';
    page.element.signIn();
    const { searchParams } = await page.leavesForProvider();
    expect(searchParams.get('login_hint')).to.equal('ada');
  });

  it('and signIn() in the very moment in which the element comes: the visitor is sent to the provider', async () => {
    const page = await openPage({ body: () => '<p></p>' });
    const element = page.document.createElement('genesys-auth-messenger');
    Object.assign(element, {
      deploymentId: page.visitor.deploymentId,
      environment: 'euc1',
      issuer: 'https://login.brand.example',
      clientId: 'brand',
      authorizationEndpoint,
    });
    page.document.body.append(element);
    element.signIn();
    const { searchParams } = await page.leavesForProvider();
    expect(searchParams.get('client_id')).to.equal('brand');
  });

  it('that are set as properties may hold anything: it is read as text, or named', async () => {
    const page = await openPage();
    await page.status('signed-out');
    Object.assign(page.element, {
      clientId: 12345,
      scope: ['openid'],
      issuer: new URL('https://login.brand.example'),
    });
    await page.element.updateComplete;
    await page.quiet();
    expect(page.element.status).to.equal('signed-out');

    const others = [{}, Symbol('id'), () => {}, 7, true];
    for (const deploymentId of others) {
      Object.assign(page.element, { deploymentId });
      await page.fails('configuration/deployment-id');
      Object.assign(page.element, { deploymentId: page.visitor.deploymentId });
      await page.status('signed-out');
    }
  });

  it('that were set before the element was defined survive', async () => {
    const page = await openPage({
      body: () => '<genesys-auth-messenger></genesys-auth-messenger>',
      before({ element, visitor, grant }) {
        Object.assign(element, {
          deploymentId: visitor.deploymentId,
          environment: 'euc1',
          issuer: 'https://login.brand.example',
          clientId: 'brand',
          maxAge: 60,
          loginLabel: 'Come in',
          authorize: () => grant(),
        });
      },
    });
    await page.status('signed-out');
    expect(page.label).to.equal('Come in');
    expect(page.all('signInFailed')).to.deep.equal([]);
  });

  it('that switch something on are off when their value is false, as frameworks write it', async () => {
    const page = await openPage({ attributes: { silent: 'false', debug: 'false' } });
    expect([page.element.silent, page.element.debug]).to.deep.equal([false, false]);
    page.change({ silent: '', debug: 'debug' });
    expect([page.element.silent, page.element.debug]).to.deep.equal([true, true]);
    page.change({ silent: null, debug: null });
    expect([page.element.silent, page.element.debug]).to.deep.equal([false, false]);
  });

  it('follow their attributes', async () => {
    const page = await openPage({ attributes: { 'max-age': '60', 'post-logout-redirect-uri': '/bye' } });
    await page.element.updateComplete;
    expect(page.element.maxAge).to.equal('60');
    expect(page.element.postLogoutRedirectUri).to.equal('/bye');
    page.change({ 'max-age': null });
    expect(page.element.maxAge ?? undefined).to.equal(undefined);
  });

  it('status and error are there from the beginning', async () => {
    const page = await openPage();
    const element = page.document.createElement('genesys-auth-messenger');
    expect(element.status).to.equal('starting');
    expect(element.error).to.equal(undefined);
    element.signIn();
    element.signOut();
  });
});

describe('the browser', () => {
  /** A browser that keeps nothing for this page. */
  const withoutStorage = (...names: string[]): PageOptions => ({
    before({ window }) {
      for (const name of names)
        Object.defineProperty(window, name, {
          get() {
            throw new DOMException('Refused', 'SecurityError');
          },
        });
    },
  });

  it('that refuses sessionStorage cannot carry a sign-in', async () => {
    const page = await openPage(withoutStorage('sessionStorage', 'localStorage'));
    await page.fails('configuration/storage-blocked');
  });

  it('that refuses only localStorage can', async () => {
    const page = await openPage({ ...withoutStorage('localStorage'), authorize: true });
    await page.status('signed-out');
    page.button.click();
    await page.status('signed-in');
  });

  it('that shows the page over plain http has no cryptography for it', async () => {
    const page = await openPage({
      before: ({ window }) => Object.defineProperty(window, 'isSecureContext', { value: false }),
    });
    await page.fails('configuration/insecure-context');
  });
});
