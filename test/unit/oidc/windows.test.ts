import assert from 'node:assert/strict';
import { type TestContext, afterEach, beforeEach, describe, it } from 'node:test';
import { popupKey } from '../../../src/oidc/popup.js';
import { errorChannel, reportChannel, reportOnChannel } from '../../../src/oidc/report.js';
import { authorizeInFrame, authorizeInPopup } from '../../../src/oidc/windows.js';
import { MemoryStorage } from './memory-storage.js';

/** The limits of windows and frames, and who is believed. How browsers treat them: test/component/oidc/windows.test.ts. */

const origin = 'https://brand.example';
const url = 'https://login.brand.example/authorize';
const minute = 60_000;

const answer = (parameters: string) => ({ type: 'genesys-auth-messenger:answer', parameters });

/** Whatever is under way has had its turn: a message of a channel, too. */
const quiet = async () => {
  for (let count = 0; count < 10; count++) await new Promise((resolve) => setImmediate(resolve));
};

/** How a promise has ended by now, if it has. */
async function stateOf(promise: Promise<unknown>): Promise<unknown> {
  let state: unknown = 'open';
  promise.then(
    (value) => (state = value),
    (reason: unknown) => (state = (reason as { code?: string }).code ?? reason),
  );
  await quiet();
  return state;
}

describe('a hidden frame', () => {
  class Frame {
    style = { display: '' };
    went = '';
    isThere = false;
    readonly contentWindow = { location: { replace: (address: string) => (this.went = address) } };
    remove = () => (this.isThere = false);
  }
  let frame: Frame;
  class TestDocument {
    createElement(): Frame {
      return frame;
    }
    get documentElement(): object {
      return { append: (one: Frame) => (one.isThere = true) };
    }
  }
  /** Who listens to messages. */
  let listeners: { listen: (event: object) => void; signal: AbortSignal }[] = [];
  const globals = {
    document: new TestDocument(),
    location: { origin },
    addEventListener: (
      type: string,
      listen: (event: object) => void,
      { signal }: { signal: AbortSignal },
    ) => {
      assert.equal(type, 'message');
      const entry = { listen, signal };
      listeners.push(entry);
      signal.addEventListener('abort', () => listeners.splice(listeners.indexOf(entry), 1));
    },
  };
  beforeEach(() => {
    frame = new Frame();
    listeners = [];
    for (const [name, value] of Object.entries(globals))
      Object.defineProperty(globalThis, name, { value, configurable: true });
  });
  afterEach(() => {
    for (const name of Object.keys(globals)) Reflect.deleteProperty(globalThis, name);
  });
  const says = (event: object) => listeners.forEach(({ listen }) => listen(event));

  it('has ten seconds, then the visitor must be asked', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const response = authorizeInFrame({ url, state: 's' });
    response.catch(() => {});
    assert.deepEqual([frame.went, frame.isThere, frame.style.display], [url, true, 'none']);
    t.mock.timers.tick(9_999);
    assert.equal(await stateOf(response), 'open');
    t.mock.timers.tick(1);
    await assert.rejects(response, {
      code: 'provider/login-required',
      detail: 'no answer in a hidden frame',
    });
    assert.deepEqual([frame.isThere, listeners.length], [false, 0]);
  });

  it('is believed alone, and on this origin', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const cleared = t.mock.method(globalThis, 'clearTimeout');
    const response = authorizeInFrame({ url, state: 's' });
    const good = { data: answer('code=c&state=s'), origin, source: frame.contentWindow };
    says({ ...good, origin: 'https://evil.example' });
    says({ ...good, source: {} });
    says({ ...good, data: answer('code=c&state=other') });
    says({ ...good, data: { ...good.data, type: 'other' } });
    assert.equal(await stateOf(response), 'open');
    says(good);
    assert.equal(await response, 'code=c&state=s');
    assert.deepEqual([frame.isThere, listeners.length], [false, 0]);
    assert.equal(cleared.mock.callCount(), 1, 'no timer is left');
  });
});

describe('a popup', () => {
  class Popup {
    closed = false;
    opener: unknown = {};
    went = '';
    sessionStorage: Storage = new MemoryStorage();
    /** What its storage held when it left for the provider. */
    marked: string | null = null;
    readonly location = {
      replace: (address: string) => {
        this.went = address;
        this.marked = this.sessionStorage.getItem(popupKey);
      },
    };
    close = () => (this.closed = true);
  }
  // A popup whose answer never comes listens on: it would reply to those of other tests, and keep the process alive.
  const { BroadcastChannel: Channel } = globalThis;
  const opened: BroadcastChannel[] = [];
  class Kept extends Channel {
    constructor(name: string) {
      super(name);
      opened.push(this);
    }
  }
  beforeEach(() => void Object.assign(globalThis, { BroadcastChannel: Kept }));
  afterEach(() => {
    for (const channel of opened.splice(0)) channel.close();
    Object.assign(globalThis, { BroadcastChannel: Channel });
  });

  function open(t: TestContext, state = 'popup-state') {
    t.mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
    const popup = new Popup();
    const response = authorizeInPopup(popup as unknown as Window, { url, state });
    response.catch(() => {});
    return { popup, response };
  }

  it('has fifteen minutes, and is closed then', async (t) => {
    const { popup, response } = open(t);
    assert.deepEqual([popup.went, popup.opener], [url, null]);
    t.mock.timers.tick(15 * minute - 1);
    assert.equal(await stateOf(response), 'open');
    t.mock.timers.tick(1);
    assert.equal(await stateOf(response), 'callback/expired');
    assert.equal(popup.closed, true);
  });

  it('can be told from any other window by what its own storage holds', (t) => {
    assert.equal(open(t).popup.marked, '');
  });

  it('goes to the provider also where its storage is full', (t) => {
    t.mock.method(MemoryStorage.prototype, 'setItem', () => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    assert.equal(open(t).popup.went, url);
  });

  it('is looked at twice a second, and no more when it is closed', (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    // Node 20's mock timers go on with an interval that is cleared in its own callback.
    const looks = t.mock.method(globalThis, 'setInterval', () => 7);
    const cleared = t.mock.method(globalThis, 'clearInterval', () => {});
    let closed = 0;
    const popup = new Popup();
    const control = new AbortController();
    const options = { onClosed: () => closed++, signal: control.signal };
    authorizeInPopup(popup as unknown as Window, { url, state: 's' }, options).catch(() => {});
    const [look, time] = looks.mock.calls[0]!.arguments as unknown as [() => void, number];
    assert.equal(time, 500);
    look();
    assert.deepEqual([closed, cleared.mock.callCount()], [0, 0]);
    popup.closed = true;
    look();
    assert.deepEqual([closed, cleared.mock.calls[0]!.arguments], [1, [7]]);
  });

  it('may be closed without anybody who wants to know', async (t) => {
    const { popup, response } = open(t);
    popup.closed = true;
    t.mock.timers.tick(5_000);
    assert.equal(await stateOf(response), 'open');
  });

  it('goes nowhere when the wait for it has been ended before', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
    const popup = new Popup();
    const response = authorizeInPopup(
      popup as unknown as Window,
      { url, state: 's' },
      { signal: AbortSignal.abort('enough') },
    );
    assert.equal(await stateOf(response), 'enough');
    assert.equal(popup.went, '');
  });

  for (const parameters of ['error=access_denied&state=another', 'state=another&code=c', 'code=c'])
    it(`is not answered by what everybody may send: ${parameters}`, async (t) => {
      const { response } = open(t, `popup-${parameters}`);
      const channel = new BroadcastChannel(errorChannel);
      channel.postMessage(answer(parameters));
      assert.equal(await stateOf(response), 'open');
      channel.close();
    });

  it('is answered by its own state, also where that stands twice', async (t) => {
    const { response } = open(t);
    const channel = new BroadcastChannel(reportChannel('popup-state'));
    channel.postMessage(answer('code=c&state=another'));
    assert.equal(await stateOf(response), 'open');
    channel.postMessage(answer('code=c&state=another&state=popup-state'));
    assert.equal(await stateOf(response), 'code=c&state=another&state=popup-state');
    channel.close();
  });
});

describe('a report', () => {
  it('is received by nobody when others talk on its channel', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const replied = reportOnChannel('talk', 'code=c', 2_000);
    const other = new BroadcastChannel('talk');
    for (const message of [undefined, null, {}, 'genesys-auth-messenger:answer', true])
      other.postMessage(message);
    assert.equal(await stateOf(replied), 'open');
    t.mock.timers.tick(2_000);
    assert.equal(await replied, false);
    other.close();
  });
});
