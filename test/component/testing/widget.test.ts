import { expect } from '@open-wc/testing';
import { bootMessenger, installSnippet, MessengerApi, nextEvent } from '../../../src/testing/index.js';
import { deploymentId, leave, reasonOf, Visit } from './harness.js';

afterEach(leave);

const visibility = (value: 'On' | 'Off' | 'OnDemand') => ({
  messenger: { launcherButton: { visibility: value } },
});

/** Waits until the conversation has this many lines. */
function lines(visit: Visit, count: number): Promise<string[]> {
  const log = visit.widget!.shadowRoot!.querySelector('[role=log]')!;
  const said = () => [...log.children].map(({ textContent }) => textContent ?? '');
  return new Promise((resolve) => {
    const look = () => {
      if (log.children.length < count) return;
      observer.disconnect();
      resolve(said());
    };
    const observer = new MutationObserver(look);
    observer.observe(log, { childList: true });
    look();
  });
}

function write(visit: Visit, text: string): void {
  const form = visit.widget!.shadowRoot!.querySelector('form')!;
  form.querySelector('input')!.value = text;
  form.requestSubmit();
}

describe('Launcher and Messenger, docs/messenger.md §7', () => {
  it('lets the visitor open and close the chat', async () => {
    const visit = await Visit.signsIn();
    const opened = visit.next('Messenger.opened');
    visit.launcher!.click();
    await opened;
    expect(visit.part('panel')?.hidden).to.equal(false);
    expect(visit.launcher?.getAttribute('aria-expanded')).to.equal('true');
    const closed = visit.next('Messenger.closed');
    visit.widget!.shadowRoot!.querySelector<HTMLElement>('header button')!.click();
    await closed;
    expect(visit.part('panel')?.hidden).to.equal(true);
  });

  it('rejects Messenger.open, Messenger.close and Launcher.show until the chat exists', async () => {
    const visit = await Visit.starts();
    await visit.provider.asked('getAuthCode');
    for (const command of ['Messenger.open', 'Messenger.close', 'Launcher.show']) {
      await reasonOf(visit.command(command));
    }
    expect(visit.widget).to.equal(null);
  });

  it('opens and closes the chat for the page', async () => {
    const visit = await Visit.signsIn();
    await visit.command('Messenger.open');
    expect(visit.part('panel')?.hidden).to.equal(false);
    await reasonOf(visit.command('Messenger.open'));
    await visit.command('Messenger.close');
    expect(visit.part('panel')?.hidden).to.equal(true);
    await reasonOf(visit.command('Messenger.close'));
  });

  for (const value of ['On', 'Off'] as const) {
    it(`${value}: the page can neither show nor hide the launcher`, async () => {
      const visit = await Visit.signsIn({ config: visibility(value) });
      const hidden = value === 'Off';
      expect(visit.launcher?.hidden).to.equal(hidden);
      await reasonOf(visit.command('Launcher.show'));
      await reasonOf(visit.command('Launcher.hide'));
      expect(visit.launcher?.hidden).to.equal(hidden);
    });
  }

  it('OnDemand: the page shows and hides the launcher', async () => {
    const visit = await Visit.signsIn({ config: visibility('OnDemand') });
    expect(visit.launcher?.hidden).to.equal(true);
    await visit.command('Launcher.show');
    expect(visit.launcher?.hidden).to.equal(false);
    await visit.command('Launcher.hide');
    expect(visit.launcher?.hidden).to.equal(true);
  });
});

describe('The conversation', () => {
  it('is answered by the echo, as the visitor', async () => {
    const visit = await Visit.signsIn();
    visit.launcher!.click();
    write(visit, 'Where is my order?');
    expect(await lines(visit, 2)).to.deep.equal([
      'Where is my order?',
      'Hello Ada Lovelace, you said: Where is my order?',
    ]);
  });

  it('sends nothing empty, and says when something could not be sent', async () => {
    const visit = await Visit.signsIn();
    visit.api.fail('echo', 'network');
    write(visit, '   ');
    write(visit, 'Hello?');
    expect(await lines(visit, 2)).to.deep.equal(['Hello?', 'Your message could not be sent.']);
  });

  it('is accessible, open and closed', async () => {
    const api = new MessengerApi({ deploymentId, config: { auth: { enabled: false } } });
    installSnippet(window, { deploymentId, environment: 'euc1' });
    try {
      bootMessenger(window, { fetch: api.fetch });
      await nextEvent(window, 'MessagingService.started');
      const widget = document.getElementById('genesys-messenger')!;
      await expect(widget).to.be.accessible();
      widget.shadowRoot!.querySelector<HTMLElement>('[part="launcher"]')!.click();
      await expect(widget).to.be.accessible();
    } finally {
      document.getElementById('genesys-messenger')?.remove();
      Reflect.deleteProperty(window, 'Genesys');
      Reflect.deleteProperty(window, '_genesysJs');
    }
  });

  it('works on pages with the strictest policies', async () => {
    const violations: string[] = [];
    const visit = await Visit.starts({
      queued: (tab) => {
        const meta = tab.document.createElement('meta');
        meta.httpEquiv = 'Content-Security-Policy';
        meta.content = "default-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
        tab.document.head.append(meta);
        tab.document.addEventListener('securitypolicyviolation', (e) => violations.push(e.violatedDirective));
      },
    });
    const started = visit.next('MessagingService.started');
    (await visit.provider.asked('getAuthCode')).resolve(visit.grant());
    await started;
    visit.launcher!.click();
    write(visit, 'Hi');
    await lines(visit, 2);
    expect(violations).to.deep.equal([]);
    expect(visit.tab.getComputedStyle(visit.widget!).position, 'the style applies').to.equal('fixed');
  });
});
