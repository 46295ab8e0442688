import { expect } from '@open-wc/testing';
import type { Failure } from '../../../src/failure.js';
import { authorizeInFrame, authorizeInPopup } from '../../../src/oidc/index.js';
import { openPopup } from '../../../src/oidc/popup.js';
import { type CallbackReport, received, reportCallback, reportChannel } from '../../../src/oidc/report.js';

const pages = new URL('./pages/', import.meta.url);
const callbackUrl = (state: string, hash = '') =>
  new URL(`callback.html?code=c&state=${state}${hash}`, pages).href;
const deadEnd = new URL('dead-end.html', pages).href;

let state: string;
beforeEach(() => {
  state = crypto.randomUUID();
});

const report = (url: string): CallbackReport => ({ type: 'genesys-auth-messenger:callback', url });
const frames = () => document.querySelectorAll('iframe').length;

/** Resolves when the reason is one that nobody can leave unhandled. */
const reasonOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => expect.fail('did not end'),
    (reason: unknown) => reason,
  );

/** A popup that stays where it is; what becomes of it can be read. */
function standIn({ closed = false } = {}) {
  const popup = {
    closed,
    went: '',
    location: { replace: (url: string) => (popup.went = url) },
    close: () => (popup.closed = true),
  };
  return popup;
}
const asWindow = (popup: ReturnType<typeof standIn>) => popup as unknown as Window;

describe('a hidden frame', () => {
  it('brings the callback URL, and is gone', async () => {
    const before = frames();
    const answer = authorizeInFrame({ url: callbackUrl(state), state });
    expect(frames()).to.equal(before + 1);
    expect(document.querySelector('iframe:last-of-type')!.getBoundingClientRect().height).to.equal(0);
    expect(await answer).to.equal(callbackUrl(state));
    expect(frames()).to.equal(before);
  });

  it('that gives no sign is given up: the visitor must be asked', async () => {
    const before = frames();
    const reason = await reasonOf(authorizeInFrame({ url: deadEnd, state }, { timeLimit: 50 }));
    expect((reason as Failure).code).to.equal('provider/login-required');
    expect(frames()).to.equal(before);
  });

  it('is given up on demand', async () => {
    const before = frames();
    const control = new AbortController();
    const answer = authorizeInFrame({ url: deadEnd, state }, { signal: control.signal });
    control.abort('enough');
    expect(await reasonOf(answer)).to.equal('enough');
    expect(frames()).to.equal(before);
    expect(await reasonOf(authorizeInFrame({ url: deadEnd, state }, { signal: control.signal }))).to.equal(
      'enough',
    );
    expect(frames()).to.equal(before);
  });
});

describe('a popup', () => {
  for (const [what, hash] of [
    ['with its opener', ''],
    ['without its opener', '#opener-cut'],
  ] as const)
    it(`${what} brings the callback URL, and is closed`, async () => {
      const popup = openPopup(window)!;
      expect(popup.location.href).to.equal('about:blank');
      const url = callbackUrl(state, hash);
      expect(await authorizeInPopup(popup, { url, state })).to.equal(url);
      expect(popup.closed).to.equal(true);
    });

  it('that looks closed is a hint, no more: the answer still counts', async () => {
    const popup = standIn();
    let look!: () => void;
    const looksClosed = new Promise<void>((resolve) => (look = resolve));
    const answer = authorizeInPopup(
      asWindow(popup),
      { url: 'https://login.brand.example/', state },
      { onClosed: look },
    );
    expect(popup.went).to.equal('https://login.brand.example/');
    popup.closed = true;
    await looksClosed;
    expect(await reportCallback({ state, url: callbackUrl(state) })).to.equal(true);
    expect(await answer).to.equal(callbackUrl(state));
  });

  it('closed before it could go anywhere is closed', async () => {
    const popup = standIn({ closed: true });
    expect(await reasonOf(authorizeInPopup(asWindow(popup), { url: deadEnd, state }))).to.have.property(
      'code',
      'popup/closed',
    );
    expect(popup.went).to.equal('');
  });

  it('is given up on demand, and closed', async () => {
    const popup = standIn();
    const control = new AbortController();
    const answer = authorizeInPopup(asWindow(popup), { url: deadEnd, state }, { signal: control.signal });
    control.abort('enough');
    expect(await reasonOf(answer)).to.equal('enough');
    expect(popup.closed).to.equal(true);
    expect(await reportCallback({ state, url: callbackUrl(state) }, { timeLimit: 50 })).to.equal(false);
  });

  it('is opened empty in the click, centred, and tells when the browser refuses', () => {
    const calls: unknown[][] = [];
    const page = {
      outerWidth: 1500,
      outerHeight: 920,
      screenX: 100,
      screenY: 0,
      open: (...args: unknown[]) => (calls.push(args), null),
    } as unknown as Window;
    expect(openPopup(page)).to.equal(null);
    expect(calls).to.deep.equal([['', '_blank', 'popup,width=500,height=720,left=600,top=100']]);
  });
});

describe('a report', () => {
  it('that nobody waits for is not acknowledged', async () => {
    expect(await reportCallback({ state, url: callbackUrl(state) }, { timeLimit: 50 })).to.equal(false);
  });

  it('counts when it comes by message alone, as from a popup of a page in a foreign frame', async () => {
    const answer = authorizeInPopup(asWindow(standIn()), { url: deadEnd, state });
    const { port1, port2 } = new MessageChannel();
    const acknowledged = new Promise((resolve) => (port1.onmessage = resolve));
    window.postMessage(report(callbackUrl(state)), location.origin, [port2]);
    expect(await answer).to.equal(callbackUrl(state));
    await acknowledged;
  });

  it('from another origin is passed over', async () => {
    const answer = authorizeInPopup(asWindow(standIn()), { url: deadEnd, state });
    const forger = document.createElement('iframe');
    forger.sandbox.add('allow-scripts');
    const forged = JSON.stringify(report(`${callbackUrl(state)}&code=forged`));
    forger.srcdoc = `<script>parent.postMessage(${forged.replaceAll('<', '\\u003c')}, '*')</script>`;
    const arrived = new Promise((resolve) => addEventListener('message', resolve, { once: true }));
    document.body.append(forger);
    await arrived;
    forger.remove();
    await reportCallback({ state, url: callbackUrl(state, '#true') });
    expect(await answer).to.equal(callbackUrl(state, '#true'));
  });

  it('of another request, or none at all, is passed over', async () => {
    const answer = authorizeInPopup(asWindow(standIn()), { url: deadEnd, state });
    const nonsense: unknown[] = [
      undefined,
      null,
      'genesys-auth-messenger:callback',
      {},
      { type: 'another', url: callbackUrl(state) },
      report(callbackUrl('another')),
      report('not a URL'),
      report(new URL(`callback.html?state=${state}`, pages).href),
      { type: 'genesys-auth-messenger:callback', url: { toString: () => '' } + '' },
    ];
    const channel = new BroadcastChannel(reportChannel(state));
    for (const message of nonsense) {
      window.postMessage(message, location.origin);
      channel.postMessage(message);
    }
    channel.close();
    await reportCallback({ state, url: callbackUrl(state, '#true') });
    expect(await answer).to.equal(callbackUrl(state, '#true'));
  });

  it('goes to an opener of this origin only', async () => {
    const posted: unknown[][] = [];
    const opener = (origin: string) => ({
      location: { origin },
      postMessage: (...args: unknown[]) => posted.push(args),
    });
    const popup = (from: unknown) => {
      const self = { location, opener: from } as unknown as Window & { parent: Window };
      self.parent = self;
      return self;
    };
    const guarded = {
      get location(): never {
        throw new DOMException('cross-origin', 'SecurityError');
      },
      postMessage: (...args: unknown[]) => posted.push(args),
    };
    for (const from of [null, guarded, opener('https://evil.example')])
      await reportCallback({ state, url: callbackUrl(state) }, { timeLimit: 0, window: popup(from) });
    expect(posted).to.deep.equal([]);
    await reportCallback(
      { state, url: callbackUrl(state) },
      { timeLimit: 0, window: popup(opener(location.origin)) },
    );
    expect(posted[0]!.slice(0, 2)).to.deep.equal([report(callbackUrl(state)), location.origin]);
  });

  it('is acknowledged by the opener alone, too', async () => {
    const opener = {
      location,
      postMessage: (_report: unknown, _origin: string, [replyTo]: [MessagePort]) =>
        replyTo.postMessage(received),
    };
    const popup = { location, opener } as unknown as Window & { parent: Window };
    popup.parent = popup;
    expect(await reportCallback({ state, url: callbackUrl(state) }, { window: popup })).to.equal(true);
  });
});
