import { describe as describeFailure } from '../../../src/explanations.js';
import { discover } from '../../../src/oidc/discovery.js';
import { expect } from '@open-wc/testing';
import { until } from '../../harness/until.js';
import { type DoctorInput, type TraceEntry, hideDoctor, showDoctor } from '../../../src/doctor/index.js';
import { readConfiguration } from '../../../src/session/configuration.js';

const deploymentId = '5a3c9e1e-1111-4222-8333-444455556666';
const place = { baseURI: location.href, href: location.href };
const issuer = 'https://login.brand.example';
const configuration = readConfiguration({ deploymentId, issuer, clientId: 'messenger' }, place);

/** Genesys Cloud knows the deployment; the provider is not there. */
function seams() {
  const asked: string[] = [];
  const fetch = (async (input) => {
    asked.push(String(input));
    if (String(input).endsWith('/domains.json')) return Response.json({ allowAllDomains: true });
    if (String(input).endsWith('/config.json')) {
      return Response.json({ status: 'Active', auth: { enabled: true } });
    }
    throw new TypeError('Failed to fetch');
  }) as typeof globalThis.fetch;
  return { asked, fetch };
}

describe('the doctor’s panel', () => {
  let element: HTMLElement;
  let host: ShadowRoot;

  beforeEach(() => {
    element = document.createElement('div');
    host = element.attachShadow({ mode: 'open', delegatesFocus: true });
    document.body.append(element);
  });
  afterEach(() => element.remove());

  const panel = () => host.querySelector('section')!;
  const summary = () => panel().querySelector('summary')!.textContent!;
  const finished = () => until(() => /Problems/.test(summary()));

  async function shown(input: DoctorInput, trace: TraceEntry[] = []) {
    const outside = seams();
    showDoctor(host, input, trace, outside);
    await finished();
    return outside;
  }

  it('says how many problems there are, and what to change', async () => {
    await shown({ describe: describeFailure, discover, configuration });
    expect(summary()).to.equal('Problems: 1, to look at: 0');
    const problem = panel().querySelector('[data-result="failed"]')!;
    expect(problem.textContent).to.contain('✗ Problem · Discovery document');
    expect(problem.textContent).to.contain('Check the attribute issuer');
  });

  it('is accessible', async () => {
    await shown({ describe: describeFailure, discover, configuration });
    await expect(element).to.be.accessible();
  });

  it('shows why signing in failed, without asking everything again', async () => {
    const { asked } = await shown({ describe: describeFailure, discover, configuration });
    const before = asked.length;
    const error = {
      code: 'exchange/refused',
      message: 'Could not redeem.',
      hint: 'Compare the secret.',
      retryable: true,
    } as const;
    showDoctor(host, { describe: describeFailure, discover, configuration, error });
    expect(panel().textContent).to.contain('exchange/refused: Could not redeem. Compare the secret.');
    expect(asked).to.have.length(before);
    expect(host.querySelectorAll('section')).to.have.length(1);
  });

  const refused = {
    code: 'exchange/refused',
    message: 'Could not redeem.',
    hint: 'Compare the secret.',
    retryable: true,
  } as const;

  it('a failed sign-in is a problem, and no longer when it has gone', async () => {
    await shown({ describe: describeFailure, discover, configuration });
    showDoctor(host, { describe: describeFailure, discover, configuration, error: refused });
    expect(summary()).to.equal('Problems: 2, to look at: 0');
    showDoctor(host, { describe: describeFailure, discover, configuration });
    expect(summary()).to.equal('Problems: 1, to look at: 0');
  });

  it('a failure that a check has found, too, is one problem', async () => {
    const code = 'provider/unreachable';
    const detail = `${issuer}/.well-known/openid-configuration (Failed to fetch)`;
    await shown({
      describe: describeFailure,
      discover,
      configuration,
      error: describeFailure({ code, detail }),
    });
    expect(summary()).to.equal('Problems: 1, to look at: 0');
  });

  describe('after the browser has left for the provider', () => {
    const left = ['signInRequested', '→ sign-in-interactively', 'signing-in'];
    const story = (...what: string[]) => what.map((one, time) => ({ time, what: one }));

    for (const back of ['started true false', 'cameBack'])
      it(`and is back without an answer (${back}), the two usual causes are named`, async () => {
        await shown(
          { describe: describeFailure, discover, configuration },
          story(...left, back, 'signed-out'),
        );
        expect(summary()).to.equal('Problems: 1, to look at: 1');
        expect(panel().textContent).to.match(/without an answer.*redirect URI.*client id/);
      });

    for (const [what, entries] of Object.entries({
      'with an answer': [...left, 'landed', 'started true true', 'grantReceived 1'],
      'and is on its way': left,
      'for a second time, which has gone well': [...left, 'cameBack', ...left, 'landed', 'started true true'],
    }))
      it(`${what}, nothing is said`, async () => {
        await shown({ describe: describeFailure, discover, configuration }, story(...entries));
        expect(summary()).to.equal('Problems: 1, to look at: 0');
        expect(panel().textContent).not.to.contain('without an answer');
      });
  });

  it('asks again when told to, and when the configuration has changed', async () => {
    const { asked } = await shown({ describe: describeFailure, discover, configuration });
    const before = asked.length;
    [...panel().querySelectorAll('button')].find((button) => button.textContent === 'Check again')!.click();
    await until(() => asked.length === before * 2);
    await finished();
    showDoctor(host, { describe: describeFailure, discover, configuration: { ...configuration } });
    await until(() => asked.length === before * 3);
  });

  it('the copied report holds checks and trace, and no secret', async () => {
    let copied = '';
    const { writeText } = navigator.clipboard;
    navigator.clipboard.writeText = async (text) => void (copied = text);
    try {
      const secret = 'Zm9vYmFyLWJhei1xdXV4LTEyMzQ1Njc4OTA';
      await shown({ describe: describeFailure, discover, configuration }, [
        { time: 0, what: `came back with code=${secret} and ${secret}` },
      ]);
      const copy = [...panel().querySelectorAll('button')].find(
        (button) => button.textContent === 'Copy report',
      )!;
      copy.click();
      await until(() => copy.textContent === 'Copied');
      expect(copied).to.contain('failed  discovery: ');
      expect(copied).to.contain('00:00:00.000 came back with');
      expect(copied).not.to.contain(secret);
      expect(panel().textContent).not.to.contain(secret);
    } finally {
      navigator.clipboard.writeText = writeText;
    }
  });

  it('names what the page’s policy blocks while it looks', async () => {
    await shown({ describe: describeFailure, discover, configuration });
    const event = new SecurityPolicyViolationEvent('securitypolicyviolation', {
      effectiveDirective: 'connect-src',
      violatedDirective: 'connect-src',
      originalPolicy: '',
      disposition: 'enforce',
      statusCode: 200,
      documentURI: location.href,
      blockedURI: 'https://api-cdn.mypurecloud.com/webdeployments',
    });
    document.dispatchEvent(event);
    [...panel().querySelectorAll('button')].find((button) => button.textContent === 'Check again')!.click();
    await until(() => /to look at: 1/.test(summary()));
    expect(panel().querySelector('[data-result="warning"]')!.textContent).to.contain(
      'connect-src https://api-cdn.mypurecloud.com/webdeployments',
    );
  });

  it('goes without a trace', async () => {
    await shown({ describe: describeFailure, discover, configuration });
    hideDoctor(host);
    expect(host.querySelector('section')).to.equal(null);
  });
});
