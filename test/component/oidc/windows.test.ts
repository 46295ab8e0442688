import { expect } from '@open-wc/testing';
import type { Failure } from '../../../src/failure.js';
import { authorizeInFrame, authorizeInPopup } from '../../../src/oidc/index.js';
import { openPopup, popupKey } from '../../../src/oidc/popup.js';
import {
  type Report,
  errorChannel,
  received,
  reportChannel,
  reportOnChannel,
  reportToParent,
} from '../../../src/oidc/report.js';
import { newState } from '../../../src/oidc/state.js';

const pages = new URL('./pages/', import.meta.url);
const parametersFor = (state: string) => `code=c&state=${state}`;
const callbackUrl = (state: string) => new URL(`callback.html?${parametersFor(state)}`, pages).href;
const deadEnd = new URL('dead-end.html', pages).href;

const report = (parameters: string): Report => ({ type: 'genesys-auth-messenger:answer', parameters });
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
  it('brings the response, and is gone', async () => {
    const state = newState('frame');
    const before = frames();
    const response = authorizeInFrame({ url: callbackUrl(state), state });
    expect(frames()).to.equal(before + 1);
    expect(document.querySelector('iframe:last-of-type')!.getBoundingClientRect().height).to.equal(0);
    expect(await response).to.equal(parametersFor(state));
    expect(frames()).to.equal(before);
  });

  it('that gives no sign is ended by its time limit: the visitor must be asked', async () => {
    const before = frames();
    const state = newState('frame');
    const reason = await reasonOf(authorizeInFrame({ url: deadEnd, state }, { timeLimit: 50 }));
    expect((reason as Failure).code).to.equal('provider/login-required');
    expect(frames()).to.equal(before);
  });

  it('is heard itself: the same report from elsewhere in the page, or of another request, is passed over', async () => {
    const state = newState('frame');
    const before = frames();
    const response = authorizeInFrame({ url: deadEnd, state });
    const frame = document.querySelector<HTMLIFrameElement>('iframe:last-of-type')!;
    const nonsense = [
      undefined,
      null,
      'x',
      {},
      { type: 'another' },
      { ...report(parametersFor(state)), type: 'another' },
      // As URLSearchParams takes it, too.
      { ...report(''), parameters: [['state', state]] },
      report(parametersFor(newState('frame'))),
    ];
    window.postMessage(report(parametersFor(state)), location.origin);
    await new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
    const inside = frame.contentWindow as Window & { eval(code: string): void };
    const own = `code=own&state=${state}`;
    for (const message of [...nonsense, report(own)])
      inside.eval(`parent.postMessage(${JSON.stringify(message) ?? 'undefined'}, '*')`);
    expect(await response).to.equal(own);
    expect(frames()).to.equal(before);
  });
});

describe('a popup', () => {
  it('has no opener that a page in it could navigate (reverse tabnabbing), brings the response, and is closed', async () => {
    const state = newState('popup');
    const popup = openPopup(window)!;
    expect(popup.location.href).to.equal('about:blank');
    const response = authorizeInPopup(popup, { url: callbackUrl(state), state });
    expect(popup.opener).to.equal(null);
    // Which page it is, only the popup itself knows: a storage of its own began as a copy of this one.
    expect(popup.sessionStorage.getItem(popupKey)).to.equal('');
    expect(sessionStorage.getItem(popupKey)).to.equal(null);
    expect(await response).to.equal(parametersFor(state));
    expect(popup.closed).to.equal(true);
  });

  it('that looks closed is a hint, no more: the answer still counts', async () => {
    const state = newState('popup');
    const popup = standIn();
    let look!: () => void;
    const looksClosed = new Promise<void>((resolve) => (look = resolve));
    const response = authorizeInPopup(
      asWindow(popup),
      { url: 'https://login.brand.example/', state },
      { onClosed: look },
    );
    expect(popup.went).to.equal('https://login.brand.example/');
    popup.closed = true;
    await looksClosed;
    expect(await reportOnChannel(reportChannel(state), parametersFor(state), 2_000)).to.equal(true);
    expect(await response).to.equal(parametersFor(state));
  });

  it('closed before it could go anywhere is closed', async () => {
    const popup = standIn({ closed: true });
    const state = newState('popup');
    expect(await reasonOf(authorizeInPopup(asWindow(popup), { url: deadEnd, state }))).to.have.property(
      'code',
      'popup/closed',
    );
    expect(popup.went).to.equal('');
  });

  it('whose wait is ended still closes when its answer comes, and that answer is not used', async () => {
    const state = newState('popup');
    const popup = standIn();
    const control = new AbortController();
    const response = authorizeInPopup(asWindow(popup), { url: deadEnd, state }, { signal: control.signal });
    control.abort('enough');
    expect(await reasonOf(response)).to.equal('enough');
    expect(popup.closed).to.equal(true);
    expect(await reportOnChannel(reportChannel(state), parametersFor(state), 2_000)).to.equal(true);
  });

  it('may answer with an error without a state', async () => {
    const state = newState('popup');
    const response = authorizeInPopup(asWindow(standIn()), { url: deadEnd, state });
    expect(await reportOnChannel(errorChannel, 'error=access_denied', 2_000)).to.equal(true);
    expect(await response).to.equal('error=access_denied');
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
  it('that nobody waits for gets no reply', async () =>
    expect(await reportOnChannel(reportChannel(newState('popup')), 'code=c', 50)).to.equal(false));

  it('is not sent where the browser has no channels', async () => {
    const { BroadcastChannel } = window;
    Object.assign(window, { BroadcastChannel: undefined });
    try {
      expect(await reportOnChannel('any', 'code=c', 2_000)).to.equal(false);
    } finally {
      Object.assign(window, { BroadcastChannel });
    }
  });

  it('of another request, or none at all, is passed over', async () => {
    const state = newState('popup');
    const response = authorizeInPopup(asWindow(standIn()), { url: deadEnd, state });
    const nonsense: unknown[] = [
      undefined,
      null,
      received,
      {},
      { type: 'another', parameters: parametersFor(state) },
      report(parametersFor(newState('popup'))),
      report('code=forged'),
      { ...report(''), parameters: 7 },
    ];
    const channel = new BroadcastChannel(reportChannel(state));
    const errors = new BroadcastChannel(errorChannel);
    for (const message of [...nonsense, report('error=x')]) channel.postMessage(message);
    for (const message of [...nonsense, report(parametersFor(state))]) errors.postMessage(message);
    channel.close();
    errors.close();
    await reportOnChannel(reportChannel(state), parametersFor(state), 2_000);
    expect(await response).to.equal(parametersFor(state));
  });

  it('goes to a parent of this origin only', () => {
    const posted: unknown[][] = [];
    const answer = { state: 's', way: 'frame', parameters: 'code=c' } as const;
    const frameIn = (parent: unknown) => ({ location, parent }) as unknown as Window;
    const postMessage = (...args: unknown[]) => posted.push(args);
    const guarded = {
      get location(): never {
        throw new DOMException('cross-origin', 'SecurityError');
      },
      postMessage,
    };
    for (const parent of [guarded, { location: { origin: 'https://evil.example' }, postMessage }])
      expect(reportToParent(answer, frameIn(parent))).to.equal(false);
    expect(posted).to.deep.equal([]);
    expect(reportToParent(answer, frameIn({ location, postMessage }))).to.equal(true);
    expect(posted).to.deep.equal([[report('code=c'), location.origin]]);
  });
});
