import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { popupKey } from '../../../src/oidc/popup.js';
import { errorChannel, received, reportChannel } from '../../../src/oidc/report.js';
import { type Way, isSpent, newState, requestPrefix, spend } from '../../../src/oidc/state.js';
import { canUseFrame } from '../../../src/sign-in/frames.js';
import {
  firstAddress,
  forgetAnswer,
  keep,
  keptAnswer,
  land as landIn,
  rememberLeaving,
} from '../../../src/sign-in/landing.js';
import { MemoryStorage } from '../oidc/memory-storage.js';
import { quiet, until } from '../session/page.js';

const origin = 'https://brand.example';
const page = `${origin}/help`;

/** @param isWanted the page has an element that the answer is for */
const land = (window: Window, isWanted = true) => landIn(window, () => isWanted);

/** The failure that a page tells, if it tells one. */
const codeOf = (arrival: unknown) => (arrival as { failure?: { code?: string } } | undefined)?.failure?.code;

interface Situation {
  /** The address when our file runs. */
  href?: string;
  /** The address that the document was loaded with, where a router has changed it since. */
  loadedWith?: string;
  type?: 'navigate' | 'reload' | 'back_forward';
  /** Milliseconds since the document was loaded. */
  age?: number;
  /** The page has taken the record of the navigation away, or the browser has none. */
  hasRecord?: boolean;
  storage?: Storage;
  inFrame?: boolean;
  readyState?: DocumentReadyState;
  /** The next page takes this long to answer, in milliseconds: until then this document stays as it is. */
  slowness?: number;
}

/** A document in a tab. What it navigates to stays in `went`. */
function arrive({ href = page, loadedWith = href, type = 'navigate', age = 0, ...rest }: Situation) {
  const { storage = new MemoryStorage(), inFrame = false, readyState = 'complete', slowness = 0 } = rest;
  const { hasRecord = true } = rest;
  const went: string[] = [];
  const onLeaving: (() => void)[] = [];
  const posted: unknown[] = [];
  const location = {
    href,
    origin,
    get pathname() {
      return new URL(location.href).pathname;
    },
    // A router that takes over the navigation: the document stays.
    replace: (url: string) => {
      went.push(url);
      if (!slowness) location.href = url;
    },
  };
  const window: Record<string, unknown> = {
    location,
    sessionStorage: storage,
    history: {
      state: 'kept',
      // The second argument "exists for historical reasons", and is empty by tradition (HTML, "The History interface").
      replaceState(state: unknown, unused: string, url: string) {
        assert.deepEqual([state, unused], ['kept', '']);
        location.href = url;
      },
    },
    document: new (class {
      get readyState() {
        return readyState;
      }
    })(),
    addEventListener(type: string, listener: () => void) {
      assert.equal(type, 'pagehide');
      onLeaving.push(listener);
    },
    performance: {
      getEntriesByType: () => (hasRecord ? [{ name: loadedWith, type }] : []),
      now: () => age,
    },
    // Time passes at once, and the page is left when the next one is there.
    setTimeout(then: () => void, milliseconds: number) {
      waited += milliseconds;
      if (waited === slowness) leave();
      else setTimeout(then);
    },
  };
  let waited = 0;
  window['parent'] = inFrame ? { location, postMessage: (...args: unknown[]) => posted.push(args) } : window;
  const leave = () => onLeaving.forEach((listener) => listener());
  return { window: window as unknown as Window, location, storage, went, posted, leave, waits: () => waited };
}

/** A request that waits in this tab for an answer on `page`, and that answer. */
function request(storage: Storage, { way = 'redirect' as Way, returnTo = page } = {}) {
  const state = newState(way);
  storage.setItem(requestPrefix + state, JSON.stringify({ redirect_uri: page, data: { returnTo } }));
  const parameters = `code=the-code&state=${state}`;
  return { state, way, parameters, answer: { state, way, parameters } };
}

describe('the address', () => {
  it('is cleaned at once, and its answer is kept until it is used', async () => {
    const storage = new MemoryStorage();
    const { answer, parameters } = request(storage);
    const first = arrive({ href: `${page}?${parameters}`, storage });
    const landing = land(first.window);
    assert.equal(first.location.href, page);
    assert.deepEqual(await landing, { answer });
    const reloaded = arrive({ storage, type: 'reload' });
    assert.deepEqual(await land(reloaded.window), { answer });
    forgetAnswer(storage);
    assert.equal(await land(arrive({ storage, type: 'reload' }).window), undefined);
  });

  it('has held an answer that no element of the page wants: it is gone when the page is left', async () => {
    const storage = new MemoryStorage();
    const { state, parameters } = request(storage);
    const { window, leave } = arrive({ href: `${page}?${parameters}`, storage });
    await land(window, false);
    leave();
    assert.equal(isSpent(state, storage), true);
    assert.equal(await land(arrive({ storage, type: 'reload' }).window), undefined);
  });

  for (const [what, isWanted, readyState] of [
    ['an element wants', true, 'complete'],
    ['the page was too early to have an element for', false, 'interactive'],
  ] as const)
    it(`has held an answer that ${what}: it outlives a reload`, async () => {
      const storage = new MemoryStorage();
      const { answer, parameters } = request(storage);
      const { window, leave } = arrive({ href: `${page}?${parameters}`, storage, readyState });
      await land(window, isWanted);
      leave();
      assert.deepEqual(await land(arrive({ storage, type: 'reload' }).window), { answer });
    });

  it("that holds somebody else's answer is left alone, and nothing is stored", async () => {
    const href = `${page}?code=XMAS10&state=CA`;
    const { window, location, storage } = arrive({ href });
    assert.equal(await land(window), undefined);
    assert.equal(location.href, href);
    assert.equal(storage.length, 0);
  });

  it('leads back to the very address where the visitor began', async () => {
    for (const rest of ['?tariff=windy', '#section', '?a=1&b=%7e#/guide#install', '?q=ü'])
      for (const path of ['/help', '/shop/cart']) {
        const storage = new MemoryStorage();
        const returnTo = origin + path + rest;
        const { answer, parameters } = request(storage, { returnTo });
        const { window, location } = arrive({ href: `${page}?${parameters}`, storage });
        assert.deepEqual(await land(window), { answer });
        assert.equal(location.href, new URL(returnTo).href);
      }
  });

  it('leads back to a page that takes its time to answer: the answer is for that one', async () => {
    const storage = new MemoryStorage();
    const returnTo = `${origin}/cart`;
    const { state, answer, parameters } = request(storage, { returnTo });
    const left = new Promise((resolve) => {
      const { window, went } = arrive({ href: `${page}?${parameters}`, storage, slowness: 14_000 });
      window.addEventListener('pagehide', () => resolve(went));
      void land(window, false).then(() => resolve('goes on here'));
    });
    assert.deepEqual(await left, [returnTo]);
    assert.equal(isSpent(state, storage), false);
    assert.deepEqual(await land(arrive({ href: returnTo, storage }).window), { answer });
  });

  it('leads back in vain where the visitor stops the browser: after 15 seconds the answer is used here, and outlives what comes late', async () => {
    const storage = new MemoryStorage();
    const { state, answer, parameters } = request(storage, { returnTo: `${origin}/cart` });
    const { window, leave, waits } = arrive({ href: `${page}?${parameters}`, storage, slowness: Infinity });
    assert.deepEqual(await land(window, false), { answer });
    assert.equal(waits(), 15_000);
    leave();
    assert.equal(isSpent(state, storage), false);
  });

  it('leads back by a router that makes an address of its own of it: that is the end of the way', async () => {
    const storage = new MemoryStorage();
    const { answer, parameters } = request(storage, { returnTo: `${origin}/cart?from=mail` });
    const { window, location } = arrive({ href: `${page}?${parameters}`, storage });
    location.replace = () => void (location.href = `${origin}/cart`);
    window.setTimeout = () => assert.fail('waits');
    assert.deepEqual(await land(window), { answer });
  });

  for (const [what, returnTo] of [
    ['by a router', `${origin}/cart`],
    ['to another place of the same page', `${page}#section`],
  ] as const)
    it(`leads back ${what}: this is the page that the answer is for, and it is gone with it when nobody wants it`, async () => {
      const storage = new MemoryStorage();
      const { state, parameters } = request(storage, { returnTo });
      const { window, went, leave } = arrive({ href: `${page}?${parameters}`, storage });
      await land(window, false);
      assert.deepEqual(went, [returnTo]);
      leave();
      assert.equal(isSpent(state, storage), true);
    });

  it('leads to a place of the same page also in vain, where a router forbids that: nothing is waited for', async () => {
    const storage = new MemoryStorage();
    const { answer, parameters } = request(storage, { returnTo: `${page}#section` });
    const { window, location } = arrive({ href: `${page}?${parameters}`, storage });
    // The page has cancelled the `navigate` event of the Navigation API.
    location.replace = () => {};
    window.setTimeout = () => assert.fail('waits');
    assert.deepEqual(await land(window), { answer });
    assert.equal(location.href, page);
  });

  it('leads back to an address with a query by loading it, also where the provider has made one that begins like it', async () => {
    const storage = new MemoryStorage();
    const returnTo = `${page}?a=1`;
    const { parameters } = request(storage, { returnTo });
    const { window, went } = arrive({ href: `${returnTo}?&${parameters}`, storage });
    await land(window);
    assert.deepEqual(went, [returnTo]);
  });

  it('leads back also when the page was loaded again on the way', async () => {
    const storage = new MemoryStorage();
    const returnTo = `${origin}/cart`;
    const { answer, parameters } = request(storage, { returnTo });
    void land(arrive({ href: `${page}?${parameters}`, storage, slowness: Infinity }).window);
    const reloaded = arrive({ storage, type: 'reload' });
    assert.deepEqual(await land(reloaded.window), { answer });
    assert.deepEqual(reloaded.went, [returnTo]);
    const back = arrive({ href: returnTo, storage, type: 'reload' });
    assert.deepEqual(await land(back.window), { answer });
    assert.deepEqual(back.went, []);
  });

  for (const [what, situation] of [
    ['has gone on to another page, and reloads that', { href: `${origin}/news`, type: 'reload' }],
    ['has come to the same page by a link', { type: 'navigate' }],
    ['is in a browser without a record of the navigation', { hasRecord: false }],
  ] as const)
    it(`leads nobody back who ${what}: the answer is used there`, async () => {
      const storage = new MemoryStorage();
      const { answer } = request(storage, { returnTo: `${origin}/cart` });
      keep(answer, storage);
      const { window, went } = arrive({ ...situation, storage });
      assert.deepEqual(await land(window), { answer });
      assert.deepEqual(went, []);
    });

  it('that was left with an old answer in it, and is come back to with a new one: that one is used', async () => {
    const storage = new MemoryStorage();
    const old = request(storage);
    spend(old.state, storage);
    const returnTo = `${page}?${old.parameters}`;
    const { answer, parameters } = request(storage, { returnTo });
    const callback = `${origin}/callback`;
    const first = arrive({ href: `${callback}?${parameters}`, storage });
    await land(first.window);
    assert.deepEqual(first.went, [returnTo]);
    const second = arrive({ href: returnTo, storage });
    assert.deepEqual(await land(second.window), { answer });
    assert.equal(second.location.href, page);
    const inFrame = arrive({ href: returnTo, storage, inFrame: true });
    assert.ok('failure' in Object(await land(inFrame.window)), 'a frame takes nothing of the page around it');
  });

  it('never leads to another origin, whatever stands in storage', async () => {
    for (const returnTo of [
      'https://evil.example/',
      'javascript:alert(1)',
      '//evil.example',
      'data:text/html,x',
      { href: `${origin}/cart` } as unknown as string,
    ]) {
      const storage = new MemoryStorage();
      const { answer, parameters } = request(storage, { returnTo });
      const { window, went } = arrive({ href: `${page}?${parameters}`, storage });
      assert.deepEqual(await land(window), { answer });
      assert.deepEqual(went, []);
    }
  });

  it('loses what a provider has added of its own', async () => {
    const storage = new MemoryStorage();
    const { parameters } = request(storage);
    const { window, location, went } = arrive({
      href: `${page}?${parameters}&hd=brand&prompt=none#_=_`,
      storage,
    });
    await land(window);
    assert.equal(location.href, page);
    assert.deepEqual(went, []);
  });

  it('is read also where the browser refuses to change it', async () => {
    const storage = new MemoryStorage();
    const { answer, parameters } = request(storage);
    const { window } = arrive({ href: `${page}?${parameters}`, storage });
    Object.assign(window.history, {
      replaceState() {
        throw new DOMException('Too many calls', 'SecurityError');
      },
    });
    assert.deepEqual(await land(window), { answer });
  });

  it('is read also where the storage is full', async () => {
    const storage = new MemoryStorage();
    const { answer, parameters } = request(storage);
    const { window } = arrive({ href: `${page}?${parameters}`, storage });
    storage.setItem = () => {
      throw new DOMException('Full', 'QuotaExceededError');
    };
    assert.deepEqual(await land(window), { answer });
  });

  it('is read also where the page has taken the record of the navigation away', async () => {
    const storage = new MemoryStorage();
    const { answer, parameters } = request(storage);
    const { window } = arrive({ href: `${page}?${parameters}`, storage });
    Object.assign(window, { performance: {} });
    assert.equal(firstAddress(window), page);
    assert.deepEqual(await land(window), { answer });
  });
});

describe('a page that is rendered ahead of its visit', () => {
  /** As browsers do it: https://wicg.github.io/nav-speculation/prerendering.html */
  function prerender(situation: Situation) {
    const listeners: [type: string, listener: () => void][] = [];
    const rendered = { prerendering: true };
    const document = new (class {
      get prerendering() {
        return rendered.prerendering;
      }
      get readyState() {
        return 'complete';
      }
      addEventListener(...listener: [type: string, listener: () => void]) {
        listeners.push(listener);
      }
    })();
    const arrived = arrive(situation);
    Object.assign(arrived.window, { document });
    const activate = () => {
      rendered.prerendering = false;
      for (const [type, listener] of listeners) if (type === 'prerenderingchange') listener();
    };
    return { ...arrived, activate };
  }

  it('reads its address when the visitor comes, and not before', async () => {
    const storage = new MemoryStorage();
    const { answer, parameters } = request(storage);
    const href = `${page}?${parameters}`;
    const { window, location, activate } = prerender({ href, storage });
    const landing = land(window);
    assert.deepEqual([location.href, storage.length], [href, 1]);
    activate();
    assert.deepEqual([location.href, storage.length], [page, 2]);
    assert.deepEqual(await landing, { answer });
  });
});

describe('an answer that an earlier page of this tab has kept', () => {
  for (const [age, isGood] of [
    [59_999, true],
    [60_000, false],
  ] as const)
    it(`is ${isGood ? 'good' : 'no good any more'} after ${age} ms`, async (t) => {
      t.mock.timers.enable({ apis: ['Date'] });
      const storage = new MemoryStorage();
      const { state, answer } = request(storage);
      keep(answer, storage);
      t.mock.timers.tick(age);
      assert.deepEqual(await land(arrive({ storage }).window), isGood ? { answer } : undefined);
      assert.equal(isSpent(state, storage), !isGood);
    });

  it('is nothing where its request was answered since', async () => {
    const storage = new MemoryStorage();
    const { state, answer } = request(storage);
    keep(answer, storage);
    spend(state, storage);
    assert.equal(await land(arrive({ storage }).window), undefined);
    assert.equal(keptAnswer(storage), undefined);
  });

  it('is nothing where somebody has written over it', async () => {
    const storage = new MemoryStorage();
    const { answer } = request(storage);
    keep({ ...answer, parameters: { code: 'c' } as unknown as string }, storage);
    assert.equal(await land(arrive({ storage }).window), undefined);
  });

  it('is found by all versions of the file, which may be different from page to page', () => {
    const storage = new MemoryStorage();
    const { answer, state } = request(new MemoryStorage());
    keep(answer, storage);
    rememberLeaving(state, storage);
    const names = [0, 1].map((index) => storage.key(index));
    assert.deepEqual(names, ['genesys-auth-messenger:answer', 'genesys-auth-messenger:left']);
  });
});

describe('a page that nothing can come to', () => {
  it('changes nothing in storage, whatever its owner keeps there', async () => {
    const storage = new MemoryStorage();
    storage.setItem('cart', '3');
    const { window } = arrive({ storage });
    storage.setItem = storage.removeItem = () => assert.fail('changed');
    assert.equal(await land(window), undefined);
  });

  it('has nothing to say where the browser refuses storage: its configuration says so', async () => {
    const { parameters } = request(new MemoryStorage());
    const { window } = arrive({ href: `${page}?${parameters}` });
    Object.defineProperty(window, 'sessionStorage', {
      get() {
        throw new DOMException('Denied', 'SecurityError');
      },
    });
    assert.equal(await land(window), undefined);
  });
});

describe('what goes wrong on the way', () => {
  it('is told, and holds nothing up', async () => {
    const storage = new MemoryStorage();
    const { parameters } = request(storage);
    const { window } = arrive({ href: `${page}?${parameters}`, storage });
    const failure = new DOMException('Denied', 'SecurityError');
    // The visitor has blocked storage since.
    storage.removeItem = () => {
      throw failure;
    };
    assert.deepEqual(await land(window), { failure });
  });
});

describe('an answer that a script has taken out of the address', () => {
  it('is recovered from the record of the navigation', async () => {
    const storage = new MemoryStorage();
    const { answer, parameters } = request(storage);
    const { window } = arrive({ loadedWith: `${page}?${parameters}`, storage });
    assert.deepEqual(await land(window), { answer });
  });

  it('is told and not used when it is older than a minute', async () => {
    const storage = new MemoryStorage();
    const { state, parameters } = request(storage);
    const { window } = arrive({ loadedWith: `${page}?${parameters}`, storage, age: 60_001 });
    const arrival = await land(window);
    assert.ok(typeof arrival === 'object' && 'failure' in arrival);
    assert.equal(arrival.failure.code, 'callback/expired');
    assert.equal(isSpent(state, storage), true);
  });

  it('is used when it is a minute old', async () => {
    const storage = new MemoryStorage();
    const { answer, parameters } = request(storage);
    const { window } = arrive({ loadedWith: `${page}?${parameters}`, storage, age: 60_000 });
    assert.deepEqual(await land(window), { answer });
  });

  for (const [what, way, isUsed] of [
    ['was used', 'redirect', true],
    ["is another tab's", 'redirect', false],
    ['was used, and came by a popup', 'popup', true],
  ] as const)
    it(`is nothing when it ${what}: what this tab waits for has not come with it`, async () => {
      const storage = new MemoryStorage();
      const { state, parameters } = request(isUsed ? storage : new MemoryStorage(), { way });
      if (isUsed) spend(state, storage);
      rememberLeaving(request(storage).state, storage);
      const { window } = arrive({ loadedWith: `${page}?${parameters}`, storage });
      assert.equal(codeOf(await land(window)), 'callback/lost');
    });

  it('is not used a second time', async () => {
    const storage = new MemoryStorage();
    const { state, parameters } = request(storage);
    spend(state, storage);
    const { window } = arrive({ loadedWith: `${page}?${parameters}`, storage });
    assert.equal(await land(window), undefined);
  });
});

describe('an answer that is gone', () => {
  const leaves = (type: Situation['type']) => {
    const storage = new MemoryStorage();
    const { state } = request(storage);
    rememberLeaving(state, storage);
    return { state, ...arrive({ storage, type, href: `${origin}/en/help` }) };
  };

  it('is told, once, when the visitor comes anew while a request waits', async () => {
    const { window, storage, state } = leaves('navigate');
    const arrival = await land(window);
    assert.ok(typeof arrival === 'object' && 'failure' in arrival);
    assert.equal(arrival.failure.code, 'callback/lost');
    assert.equal(await land(arrive({ storage }).window), undefined);
    assert.equal(isSpent(state, storage), false);
  });

  it('may still come: the visitor has only looked at a page of the site on the way', async () => {
    const storage = new MemoryStorage();
    const { state, answer, parameters } = request(storage);
    rememberLeaving(state, storage);
    await land(arrive({ storage, href: `${origin}/privacy` }).window);
    const { window } = arrive({ storage, href: `${page}?${parameters}` });
    assert.deepEqual(await land(window), { answer });
  });

  for (const type of ['back_forward', 'reload'] as const)
    it(`is no matter when the visitor has come back by themselves (${type})`, async () => {
      const { window, storage, state } = leaves(type);
      assert.equal(await land(window), undefined);
      assert.equal(isSpent(state, storage), false);
      assert.equal(await land(arrive({ storage }).window), undefined);
    });
});

describe('an answer that seems to be gone', () => {
  /** The visitor has left for the provider, and comes to this page. */
  const comes = (situation: Situation) => {
    const storage = new MemoryStorage();
    rememberLeaving(request(storage).state, storage);
    return land(arrive({ ...situation, storage }).window);
  };

  for (const query of ['code=XMAS10&state=CA', 'error=declined&state=CA'])
    it(`is no matter when the visitor comes with somebody else's: ${query}`, async () =>
      assert.equal(await comes({ href: `${page}?${query}` }), undefined));

  for (const query of ['state=CA', 'code=XMAS10', 'state=&code=XMAS10'])
    it(`is gone where the address only looks like an answer: ${query}`, async () =>
      assert.equal(codeOf(await comes({ href: `${page}?${query}` })), 'callback/lost'));

  it('is no matter where the browser has no record of how the visitor came', async () =>
    assert.equal(await comes({ hasRecord: false }), undefined));

  it('is no matter where its request was answered in the meantime', async () => {
    const storage = new MemoryStorage();
    const { state } = request(storage);
    rememberLeaving(state, storage);
    spend(state, storage);
    assert.equal(await land(arrive({ storage }).window), undefined);
  });
});

describe('a frame in the page that the visitor has come back to', () => {
  for (const [what, way] of [
    ['the answer that is kept', 'kept'],
    ['the request whose answer is gone', 'left'],
  ] as const)
    it(`leaves ${what} to that page`, async () => {
      const storage = new MemoryStorage();
      const { state, answer, parameters } = request(storage);
      rememberLeaving(state, storage);
      const outer = arrive({ storage, href: way === 'kept' ? `${page}?${parameters}` : page });
      const landing = land(outer.window);
      const inner = arrive({ storage, inFrame: true, href: `${origin}/quick-view` });
      assert.equal(await land(inner.window), undefined);
      const arrival = await landing;
      if (way === 'kept') assert.deepEqual(arrival, { answer });
      else assert.ok(typeof arrival === 'object' && 'failure' in arrival);
    });
});

describe('an answer that belongs to no request of this tab', () => {
  for (const [what, used, code] of [
    ['because it was used', true, 'callback/repeated'],
    ['because another tab has begun', false, 'callback/unknown'],
  ] as const)
    it(`${what} is told, and cleaned away: ${code}`, async () => {
      const storage = new MemoryStorage();
      const { state, parameters } = request(storage);
      if (used) spend(state, storage);
      else storage.clear();
      const { window, location } = arrive({ href: `${page}?${parameters}`, storage });
      const arrival = await land(window);
      assert.ok(typeof arrival === 'object' && 'failure' in arrival);
      assert.equal(arrival.failure.code, code);
      assert.equal(location.href, page);
    });
});

describe('an error without a state', () => {
  it('ends the request that this tab has left for', async () => {
    const storage = new MemoryStorage();
    const { state } = request(storage);
    rememberLeaving(state, storage);
    const { window, location } = arrive({ href: `${page}?error=access_denied`, storage });
    assert.deepEqual(await land(window), {
      answer: { state, way: 'redirect', parameters: 'error=access_denied' },
    });
    assert.equal(location.href, page);
  });

  for (const [what, situation] of [
    ['is not where the answer was to come', { href: `${origin}/checkout?error=payment_failed` }],
    ['is reloaded', { type: 'reload' }],
    ['is gone back to', { type: 'back_forward' }],
  ] as const)
    it(`is left alone in a page that ${what}`, async () => {
      const storage = new MemoryStorage();
      const { state } = request(storage);
      rememberLeaving(state, storage);
      const href = `${page}?error=access_denied`;
      const { window, location } = arrive({ href, ...situation, storage });
      const before = location.href;
      const arrival = await land(window);
      assert.ok(arrival === undefined || (typeof arrival === 'object' && 'failure' in arrival));
      assert.equal(location.href, before);
      assert.equal(isSpent(state, storage), false);
    });

  it('is left alone where somebody has written over the request that waits', async () => {
    const storage = new MemoryStorage();
    const state = newState('redirect');
    storage.setItem(requestPrefix + state, '{}');
    rememberLeaving(state, storage);
    const href = `${page}?error=access_denied`;
    const { window, location } = arrive({ href, storage });
    assert.equal(codeOf(await land(window)), 'callback/lost');
    assert.equal(location.href, href);
  });

  it('is left alone where it stood in the address that the visitor has left from', async () => {
    const storage = new MemoryStorage();
    const href = `${page}?error=CredentialsSignin`;
    const { state } = request(storage, { returnTo: href });
    rememberLeaving(state, storage);
    const { window, location } = arrive({ href, storage });
    const arrival = await land(window);
    assert.ok(typeof arrival === 'object' && 'failure' in arrival);
    assert.equal(arrival.failure.code, 'callback/lost');
    assert.equal(location.href, href);
  });

  it('is left alone where no request waits', async () => {
    const href = `${page}?error=access_denied`;
    const { window, location, storage } = arrive({ href });
    assert.equal(await land(window), undefined);
    assert.equal(location.href, href);
    assert.equal(storage.length, 0);
  });
});

describe('the kind of window', () => {
  // Other tests of this process may have left a popup open, which would reply: here, channels are among themselves. One that
  // is open keeps the process alive.
  const everyones = Object.getOwnPropertyDescriptor(globalThis, 'BroadcastChannel')!;
  const opened: string[] = [];
  class OwnChannel extends BroadcastChannel {
    constructor(name: string) {
      super(`landing.test:${name}`);
      opened.push(name);
      (this as unknown as { unref(): void }).unref();
    }
  }
  beforeEach(() => {
    opened.length = 0;
    const value = { value: OwnChannel, configurable: true, writable: true };
    Object.defineProperty(globalThis, 'BroadcastChannel', value);
  });
  afterEach(() => void Object.defineProperty(globalThis, 'BroadcastChannel', everyones));

  it('that is a hidden frame reports to its page and starts nothing', async () => {
    const storage = new MemoryStorage();
    const { parameters } = request(storage, { way: 'frame' });
    const { window, posted } = arrive({ href: `${page}?${parameters}`, storage, inFrame: true });
    assert.equal(await land(window), 'over');
    assert.deepEqual(posted, [[{ type: 'genesys-auth-messenger:answer', parameters }, origin]]);
  });

  it('that was to be a hidden frame and is the page itself is an arrival: something breaks out of frames here', async () => {
    const storage = new MemoryStorage();
    const { answer, parameters } = request(storage, { way: 'frame' });
    const { window } = arrive({ href: `${page}?${parameters}`, storage });
    assert.deepEqual(await land(window), { answer });
    assert.equal(canUseFrame(storage), false, 'not tried again');
  });

  it('that was sent to the provider says nothing of hidden frames', async () => {
    const storage = new MemoryStorage();
    const { parameters } = request(storage);
    await land(arrive({ href: `${page}?${parameters}`, storage }).window);
    assert.equal(canUseFrame(storage), true);
  });

  it('that is a popup reports an answer that a script of its page has taken out of the address', async () => {
    const { state, parameters } = request(new MemoryStorage(), { way: 'popup' });
    const asking = new BroadcastChannel(reportChannel(state));
    const reported = new Promise((resolve) => {
      asking.onmessage = ({ data }) => {
        resolve(data.parameters);
        asking.postMessage(received);
      };
    });
    const { window } = arrive({ loadedWith: `${page}?${parameters}` });
    assert.equal(await land(window), 'over');
    assert.equal(await reported, parameters);
    asking.close();
  });

  it('that is a popup reports an error without a state, and no other window does', async () => {
    const asking = new BroadcastChannel(errorChannel);
    const reports: string[] = [];
    asking.onmessage = ({ data }) => {
      reports.push(data.parameters);
      asking.postMessage(received);
    };
    const href = `${page}?error=access_denied`;
    assert.equal(await land(arrive({ href }).window), undefined);
    const storage = new MemoryStorage();
    storage.setItem(popupKey, '');
    assert.equal(await land(arrive({ href, storage }).window), 'over');
    assert.deepEqual(reports, ['error=access_denied']);
    assert.equal(storage.length, 0);
    asking.close();
  });

  it('that has left for the provider itself does not report an error without a state to the pages that wait for popups', async () => {
    const asking = new BroadcastChannel(errorChannel);
    asking.onmessage = () => asking.postMessage(received);
    const storage = new MemoryStorage();
    const { state } = request(storage);
    rememberLeaving(state, storage);
    const { window } = arrive({ href: `${page}?error=access_denied`, storage });
    const arrival = await land(window);
    asking.close();
    assert.deepEqual(arrival, { answer: { state, way: 'redirect', parameters: 'error=access_denied' } });
  });

  const { state, parameters } = request(new MemoryStorage(), { way: 'popup' });
  for (const [what, situation, channel, code] of [
    ['its answer', { href: `${page}?${parameters}` }, reportChannel(state), 'callback/unknown'],
    ['an answer that a script has taken out', { loadedWith: `${page}?${parameters}` }, reportChannel(state)],
    ['an error without a state', { href: `${page}?error=access_denied` }, errorChannel],
  ] as const)
    it(`that is a popup gives the page that asked two seconds to take ${what}; afterwards it is a page like any other`, async (t) => {
      t.mock.timers.enable({ apis: ['setTimeout'] });
      const storage = new MemoryStorage();
      storage.setItem(popupKey, '');
      let isDecided = false;
      const landing = land(arrive({ ...situation, storage }).window);
      void landing.then(() => (isDecided = true));
      await until(() => opened.length);
      assert.deepEqual(opened, [channel]);
      t.mock.timers.tick(1_999);
      await quiet();
      assert.equal(isDecided, false);
      t.mock.timers.tick(1);
      const arrival = await landing;
      assert.equal(code ? codeOf(arrival) : arrival, code);
    });
});

describe('the first address', () => {
  it('is the one that the document was loaded with, whatever a router has made of it', () => {
    const { window } = arrive({ href: `${origin}/en/help`, loadedWith: `${page}?a=1` });
    assert.equal(firstAddress(window), `${page}?a=1`);
  });

  for (const loadedWith of ['about:srcdoc', 'document', '', 'https://proxy.example/help'])
    it(`is the present one where the record of the navigation is no address of this site: "${loadedWith}"`, () =>
      assert.equal(firstAddress(arrive({ loadedWith }).window), page));

  it('is without the answer', () => {
    const { parameters } = request(new MemoryStorage());
    assert.equal(firstAddress(arrive({ href: `${page}?a=1&${parameters}` }).window), `${page}?a=1`);
  });
});
