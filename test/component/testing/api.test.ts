import { expect } from '@open-wc/testing';
import { MessengerApi, type CodeBindings } from '../../../src/testing/index.js';

const deploymentId = 'd';
const tokenUrl = 'https://api.mypurecloud.de/api/v2/webdeployments/token';
/** The example of RFC 7636, appendix B. */
const codeVerifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const codeChallenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

const post = (api: MessengerApi, url: string, body: unknown, headers: Record<string, string> = {}) =>
  api.fetch(url, { method: 'POST', body: JSON.stringify(body), headers });

const exchange = (api: MessengerApi, oauth: Record<string, unknown>, deployment = deploymentId) =>
  post(api, `${tokenUrl}/oauthcodegrantjwtexchange`, { deploymentId: deployment, oauth, journeyContext: {} });

const bindings = {
  redirectUri: 'https://brand.example/',
  codeVerifier,
  nonce: 'n',
  maxAge: 300,
  iss: 'https://login.example',
};

describe('The API in memory, docs/messenger.md §6', () => {
  let api: MessengerApi;
  beforeEach(() => (api = new MessengerApi({ deploymentId })));

  it('gives tokens for a code, once', async () => {
    const code = api.issueCode(bindings);
    const first = await exchange(api, { code, ...bindings });
    expect(await first.json()).to.have.keys('jwt', 'refreshToken');
    const second = await exchange(api, { code, ...bindings });
    expect(second.status).to.equal(401);
    expect(await second.json()).to.include({ status: 401, code: 'unauthorized' });
    expect(api.exchanges.map(({ status }) => status)).to.deep.equal([200, 401]);
  });

  it('gives a code together with what it was issued for, as `authorize` returns it', async () => {
    const { authCode, ...handedOver } = api.issueGrant({ ...bindings, name: 'Grace', refreshToken: false });
    expect(handedOver).to.deep.equal(bindings);
    expect(await (await exchange(api, { code: authCode, ...handedOver })).json()).to.have.keys('jwt');
    const { authCode: code, ...least } = api.issueGrant();
    expect(least).to.have.keys('redirectUri');
    expect((await exchange(api, { code, ...least })).status).to.equal(200);
  });

  for (const key of Object.keys(bindings) as (keyof typeof bindings)[]) {
    const others = Object.fromEntries(
      Object.entries(bindings).filter(([name]) => name !== key),
    ) as unknown as CodeBindings;
    it(`refuses a changed ${key}`, async () => {
      const code = api.issueCode(bindings);
      expect((await exchange(api, { code, ...bindings, [key]: 'other' })).status).to.equal(401);
      expect((await exchange(api, { code, ...bindings })).status, 'the code is spent').to.equal(401);
    });
    it(`refuses an added ${key}`, async () => {
      const code = api.issueCode(others);
      expect((await exchange(api, { code, ...bindings })).status).to.equal(401);
    });
    it(`refuses a missing ${key}`, async () => {
      const code = api.issueCode(bindings);
      expect((await exchange(api, { code, ...others })).status).to.equal(401);
    });
    // It never sends the issuer.
    it(`${key === 'iss' ? 'accepts' : 'refuses'} a missing ${key} from Messenger 2.2.8`, async () => {
      const old = new MessengerApi({ deploymentId, profile: '2.2.8' });
      const code = old.issueCode(bindings);
      expect((await exchange(old, { code, ...others })).status).to.equal(key === 'iss' ? 200 : 401);
    });
  }

  it('checks the verifier against the challenge of the request', async () => {
    const { redirectUri } = bindings;
    for (const [verifier, status] of [
      [codeVerifier, 200],
      [codeChallenge, 401],
      [undefined, 401],
    ] as const) {
      const code = api.issueCode({ redirectUri, codeChallenge });
      expect((await exchange(api, { code, redirectUri, codeVerifier: verifier })).status).to.equal(status);
    }
  });

  it('refuses codes that it never issued, and those of another deployment', async () => {
    expect((await exchange(api, { code: 'made up', ...bindings })).status).to.equal(401);
    const code = api.issueCode(bindings);
    expect((await exchange(api, { code, ...bindings }, 'other')).status).to.equal(401);
  });

  it('knows its own deployment only', async () => {
    const files = 'https://api-cdn.mypurecloud.de/webdeployments/v1/deployments';
    expect(await (await api.fetch(`${files}/d/domains.json`)).json()).to.deep.equal({
      allowAllDomains: true,
    });
    expect((await api.fetch(`${files}/other/config.json`)).status).to.equal(404);
  });

  it('is silent in other regions than its own', async () => {
    const there = new MessengerApi({ deploymentId, domain: 'mypurecloud.ie' });
    const files = '/webdeployments/v1/deployments/d/config.json';
    expect((await there.fetch(`https://api-cdn.mypurecloud.ie${files}`)).status).to.equal(200);
    const elsewhere = there.fetch(`https://api-cdn.mypurecloud.de${files}`);
    expect(await elsewhere.catch((error: unknown) => error)).to.be.instanceOf(TypeError);
  });

  it('refreshes, revokes and expires', async () => {
    const code = api.issueCode({ ...bindings, name: 'Grace Hopper' });
    const { jwt, refreshToken } = await (await exchange(api, { code, ...bindings })).json();
    const echo = async (token: string) => {
      const headers = { authorization: `Bearer ${token}` };
      const answer = await post(api, 'https://api.mypurecloud.de/local/echo', { text: 'Hi' }, headers);
      return answer.status === 200 ? (await answer.json()).text : answer.status;
    };
    expect(await echo(jwt)).to.equal('Hello Grace Hopper, you said: Hi');
    api.expireJwts();
    expect(await echo(jwt)).to.equal(401);
    const refreshed = await (await post(api, `${tokenUrl}/refresh`, { refreshToken })).json();
    expect(refreshed).to.have.keys('jwt');
    expect(await echo(refreshed.jwt)).to.contain('Grace Hopper');

    const revoke = () =>
      api.fetch(`${tokenUrl}/revoke`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${refreshed.jwt}` },
      });
    expect((await revoke()).status).to.equal(204);
    expect((await revoke()).status).to.equal(401);
    api.expireRefreshTokens();
    expect((await post(api, `${tokenUrl}/refresh`, { refreshToken })).status).to.equal(401);
  });

  it('fails as often as it is told', async () => {
    const answers: unknown[] = [];
    const ask = async () => answers.push((await exchange(api, {})).status);
    api.fail('exchange', 504, 2);
    for (let i = 0; i < 3; i++) await ask();
    api.fail('exchange', 500);
    await ask();
    api.recover('exchange');
    await ask();
    expect(answers).to.deep.equal([504, 504, 401, 500, 401]);
  });

  it('does not spend a code on an exchange that it was told to fail', async () => {
    const code = api.issueCode(bindings);
    api.fail('exchange', 'network', 1);
    await exchange(api, { code, ...bindings }).catch(() => {});
    expect((await exchange(api, { code, ...bindings })).status).to.equal(200);
  });

  it('lets calls wait', async () => {
    const release = api.hold('exchange');
    const answer = exchange(api, {});
    await api.fetch('https://api.mypurecloud.de/nothing');
    expect(api.exchanges[0]?.status).to.equal(undefined);
    release();
    expect((await answer).status).to.equal(401);
  });
});
