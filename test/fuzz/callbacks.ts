/** Whatever the address is, and wherever the page stands: landing.ts and answer.ts. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { requestPrefix, spend } from '../../src/oidc/state.js';
import { firstAddress, land, rememberLeaving } from '../../src/sign-in/landing.js';
import { MemoryStorage } from '../unit/oidc/memory-storage.js';
import { origin, text } from './made-up.js';

const states = ['redirect', 'popup', 'frame'].flatMap((way) =>
  ['a', 'b'].map((digit) => `gam-${way}-${digit.repeat(32)}`),
);
const isOurs = (state: string) => /^gam-(redirect|popup|frame)-[\da-f]{32}$/.test(state);
const names = ['code', 'state', 'iss', 'session_state', 'error', 'error_description', 'error_uri'];
const paths = ['/help', '/shop/cart', '/%7e/', '/'];

const state = fc.constantFrom(...states);
const percent = (value: string) => value.replace(/./gs, (char) => (char < '\x80' ? hex(char) : char));
const hex = (char: string) => `%${char.charCodeAt(0).toString(16).padStart(2, '0')}`;
const value = fc.oneof(
  { weight: 4, arbitrary: state },
  fc.tuple(state, fc.nat(44)).map(([whole, length]) => whole.slice(0, length)),
  state.map(percent),
  state.map((whole) => whole.toUpperCase()),
  state.map((whole) => whole + whole),
  text,
  text.map(encodeURIComponentSafely),
);
const name = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...names) },
  fc.constantFrom(...names).map(percent),
  fc.constantFrom('q', 'utm_source', '?state', 'State', 'state[]', ' state', '+code', '', '%63ode%'),
  text,
);
const pair = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(name, value).map((parts) => parts.join('=')) },
  text,
  name,
);
const parameters = fc.array(pair, { maxLength: 6 }).map((pairs) => pairs.join('&'));
const address = fc
  .record({
    path: fc.constantFrom(...paths),
    query: fc.option(parameters, { nil: undefined }),
    hash: fc.option(parameters, { nil: undefined, freq: 2 }),
  })
  .map(
    ({ path, query, hash }) =>
      new URL(
        `${origin}${path}${query === undefined ? '' : `?${query.replaceAll('#', '%23')}`}${hash === undefined ? '' : `#${hash}`}`,
      ).href,
  );
const request = fc.record({
  status: fc.constantFrom('unknown', 'waiting', 'spent'),
  returnTo: fc.oneof(
    fc.constantFrom(
      undefined,
      `${origin}/help`,
      `${origin}/help#part`,
      `${origin}/help?a=%7e&b`,
      `${origin}/shop/cart?x=1`,
      'https://evil.example/help',
      '//evil.example',
      'javascript:alert(1)',
      `${origin}.evil.example/`,
    ),
    text,
  ),
});

export const property = fc.asyncProperty(
  fc.record({
    href: address,
    loadedWith: fc.option(address, { nil: undefined }),
    requests: fc.tuple(...states.map(() => request)),
    left: fc.option(state, { nil: undefined }),
    window: fc.constantFrom('tab', 'frame', 'foreign frame'),
    replied: fc.boolean(),
    type: fc.constantFrom('navigate', 'reload', 'back_forward'),
    age: fc.constantFrom(0, 59_999, 60_001),
  }),
  async ({ href, loadedWith = href, requests, left, window: kind, replied, type, age }) => {
    const storage = new MemoryStorage();
    const returnTo = new Map<string, string | undefined>();
    requests.forEach(({ status, returnTo: back }, index) => {
      if (status === 'spent') spend(states[index]!, storage);
      if (status !== 'waiting') return;
      returnTo.set(states[index]!, back);
      storage.setItem(requestPrefix + states[index], JSON.stringify({ data: { returnTo: back } }));
    });
    if (left) rememberLeaving(left, storage);
    Object.assign(globalThis, { BroadcastChannel: replied ? Replying : undefined });

    const first = open({ href, loadedWith, storage, kind, type, age });
    assert.equal(new URL(firstAddress(first.window)).origin, origin);
    const arrival = await land(first.window, () => true);

    for (const url of [...first.replaced, ...first.went]) assert.equal(new URL(url).origin, origin);
    for (const [, target] of first.posted) assert.equal(target, origin);
    if (kind === 'foreign frame') assert.deepEqual(first.posted, []);
    if (arrival && arrival !== 'over' && 'answer' in arrival)
      assert.ok(returnTo.has(arrival.answer.state), `${arrival.answer.state} does not wait`);
    checkAddress(href, first.replaced, { left, returnTo });

    // What is used up is never taken again.
    for (const used of returnTo.keys()) spend(used, storage);
    const again = await land(open({ href, loadedWith, storage, kind, type, age }).window, () => true);
    assert.ok(!again || again === 'over' || !('answer' in again), 'a spent state was accepted');
  },
);

/** What may become of the address: nothing, or all that is foreign stays as it was. */
function checkAddress(
  href: string,
  replaced: readonly string[],
  { left, returnTo }: { left?: string; returnTo: Map<string, string | undefined> },
): void {
  const [whole = '', ...fragment] = href.split('#');
  const [page = '', ...rest] = whole.split('?');
  const query = rest.join('?');
  const own = [query, fragment.join('#')].map((part) =>
    new URLSearchParams(part).getAll('state').find(isOurs),
  );
  const foreign = query.split('&').filter((pair) => !names.includes(decode(pair.split('=')[0]!)));
  const withoutQuery =
    page +
    (foreign.length ? `?${foreign.join('&')}` : '') +
    (href.includes('#') ? `#${fragment.join('#')}` : '');
  const withoutHash = page + (query && `?${query}`);
  const answered = own[0] ?? own[1];
  if (answered) {
    const clean = own[0] ? withoutQuery : withoutHash;
    const back = returnTo.get(answered)?.split('#')[0];
    // On the very page where the visitor was, the provider's own additions go, too.
    const allowed = back && back === page ? [stripped(clean), back] : [stripped(clean)];
    assert.ok(allowed.includes(stripped(replaced[0] ?? '')), `${href} became ${replaced[0]}`);
  } else if (!(left && returnTo.has(left))) assert.deepEqual(replaced, []);
  else
    for (const url of replaced)
      assert.ok([withoutQuery, withoutHash].map(stripped).includes(stripped(url)), `${href} became ${url}`);
}

/** An empty fragment is none. */
const stripped = (url: string) => url.replace(/#$/, '');

function decode(name: string): string {
  try {
    return decodeURIComponent(name.replaceAll('+', ' '));
  } catch {
    return name;
  }
}

function encodeURIComponentSafely(value: string): string {
  return encodeURIComponent(value.replace(/\p{Surrogate}/gu, ''));
}

/** A page that waits for a popup's answer is there, and replies. */
class Replying {
  onmessage?: (event: { data: unknown }) => void;
  postMessage(): void {
    this.onmessage?.({ data: 'genesys-auth-messenger:received' });
  }
  close(): void {}
}

interface Opened {
  href: string;
  loadedWith: string;
  storage: Storage;
  kind: string;
  type: string;
  age: number;
}

function open({ href, loadedWith, storage, kind, type, age }: Opened) {
  const went: string[] = [];
  const replaced: string[] = [];
  const posted: unknown[][] = [];
  const location = {
    href,
    origin,
    replace(url: string) {
      went.push(url);
      location.href = url;
    },
  };
  const window: Record<string, unknown> = {
    location,
    sessionStorage: storage,
    history: {
      replaceState(_state: unknown, _title: string, url: string) {
        replaced.push(url);
        location.href = url;
      },
    },
    document: {},
    addEventListener() {},
    performance: { getEntriesByType: () => [{ name: loadedWith, type }], now: () => age },
    setTimeout,
  };
  const foreign = {
    get location() {
      throw new Error('cross-origin');
    },
  };
  window['parent'] =
    kind === 'tab'
      ? window
      : kind === 'frame'
        ? { location, postMessage: (...message: unknown[]) => posted.push(message) }
        : foreign;
  return { window: window as unknown as Window, went, replaced, posted };
}
