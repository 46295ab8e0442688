/** Whatever other scripts of the site say on our channels and to our windows: windows.ts. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { authorizeInFrame, authorizeInPopup } from '../../src/oidc/windows.js';
import { anything, origin, text } from './made-up.js';

const state = `gam-popup-${'a'.repeat(32)}`;
const type = 'genesys-auth-messenger:answer';

const parameters = fc.oneof(
  fc.constantFrom(
    `code=x&state=gam-popup-${'b'.repeat(32)}`,
    `code=x&state=${state}x`,
    `code=x&state=${state.toUpperCase()}`,
    `code=x#state=${state}`,
    `code=x&amp;state=${state}`,
    `error=x&state=gam-popup-${'b'.repeat(32)}`,
    `error=access_denied`,
    `state=x&code=x&state=${state}`,
    `code=first&state=${state}`,
    'code=x',
  ),
  text,
);
const payload = fc.oneof(
  { weight: 3, arbitrary: fc.record({ type: fc.constant(type), parameters }) },
  fc.record({ type: fc.constant(type), parameters: anything }, { requiredKeys: [] }),
  fc.record({ type: anything, parameters }),
  parameters,
  anything,
);
const message = fc.record({
  payload,
  onErrorChannel: fc.boolean(),
  origin: fc.constantFrom(origin, origin, 'https://evil.example', 'null', `${origin}.evil.example`),
  fromFrame: fc.boolean(),
});
const last = { type, parameters: `code=last&state=${state}` };

export const property = fc.asyncProperty(fc.array(message, { maxLength: 6 }), async (messages) => {
  await inPopup(messages);
  await inFrame(messages);
});

type Message = typeof message extends fc.Arbitrary<infer T> ? T : never;

/** The parameters of a report that names our request, or undefined. */
function ours(payload: unknown): URLSearchParams | undefined {
  if (typeof payload !== 'object' || payload === null) return undefined;
  const { type: said, parameters } = payload as Record<string, unknown>;
  return said === type && typeof parameters === 'string' ? new URLSearchParams(parameters) : undefined;
}

async function inPopup(messages: readonly Message[]): Promise<void> {
  channels.clear();
  Object.assign(globalThis, { BroadcastChannel: Channel });
  const popup = { closed: false, close() {}, location: { replace() {} } } as unknown as Window;
  const answer = authorizeInPopup(popup, { url: 'https://login.brand.example/', state });
  const names = [...channels.keys()];
  const own = names.find((name) => name.includes(state))!;
  const errors = names.find((name) => !name.includes(state))!;
  const said = [...messages, { payload: last, onErrorChannel: false }];
  for (const { payload, onErrorChannel } of said)
    channels.get(onErrorChannel ? errors : own)?.onmessage?.({ data: payload });
  const expected = said.find(({ payload, onErrorChannel }) => {
    const response = ours(payload);
    if (onErrorChannel) return response?.has('error') && !response.has('state');
    return response?.getAll('state').some((named) => named === state);
  })!;
  assert.equal(await answer, (expected.payload as typeof last).parameters);
  assert.equal(channels.size, 0, 'a channel stays open');
}

async function inFrame(messages: readonly Message[]): Promise<void> {
  const listeners = new Set<(event: object) => void>();
  const contentWindow = { location: { replace() {} } };
  let removed = false;
  const frame = { style: {}, contentWindow, remove: () => (removed = true) };
  class Document {
    createElement() {
      return frame;
    }
    get documentElement() {
      return { append() {} };
    }
  }
  Object.assign(globalThis, {
    Document,
    document: new Document(),
    location: { origin },
    addEventListener(_: string, listener: (event: object) => void, { signal }: { signal: AbortSignal }) {
      listeners.add(listener);
      signal.addEventListener('abort', () => listeners.delete(listener));
    },
  });
  const answer = authorizeInFrame({ url: 'https://login.brand.example/', state });
  const said = [...messages, { payload: last, origin, fromFrame: true }];
  for (const { payload, origin, fromFrame } of said)
    for (const listener of listeners)
      listener({ data: payload, origin, source: fromFrame ? contentWindow : {} });
  const expected = said.find(
    (message) =>
      message.origin === origin && message.fromFrame && ours(message.payload)?.get('state') === state,
  )!;
  assert.equal(await answer, (expected.payload as typeof last).parameters);
  assert.ok(removed && listeners.size === 0, 'the frame or its listener stays');
}

/** The channels that are open, by name. */
const channels = new Map<string, Channel>();

class Channel {
  onmessage?: (event: { data: unknown }) => void;
  constructor(readonly name: string) {
    channels.set(name, this);
  }
  postMessage(): void {}
  close(): void {
    channels.delete(this.name);
  }
}
