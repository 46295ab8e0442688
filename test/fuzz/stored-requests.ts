/** Whatever stands in this tab's storage: provider.ts, landing.ts, frames.ts and guard.ts. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Failure } from '../../src/failure.js';
import type { Grant } from '../../src/grant.js';
import { key } from '../../src/names.js';
import { openProvider } from '../../src/oidc/provider.js';
import { requestPrefix } from '../../src/oidc/state.js';
import { parseGuard } from '../../src/session/guard.js';
import { canUseFrame, frameFailed, signedInVisibly } from '../../src/sign-in/frames.js';
import { land } from '../../src/sign-in/landing.js';
import { MemoryStorage } from '../unit/oidc/memory-storage.js';
import { origin, spoiltJson, text } from './made-up.js';

const issuer = 'https://login.brand.example';
const state = `gam-redirect-${'a'.repeat(32)}`;
const other = `gam-redirect-${'b'.repeat(32)}`;
const now = Date.UTC(2026, 0, 1);

const stored = (id: string) =>
  fc.oneof(
    { weight: 6, arbitrary: spoiltJson(fc.constant(requestOf(id))) },
    { weight: 2, arbitrary: fc.constant(JSON.stringify(requestOf(id))) },
    spoiltJson(fc.constant(requestOf(id).data)).map((data) => `{"id":"${id}","data":${data}}`),
    fc.json(),
    text,
  );
const kept = fc.oneof(
  spoiltJson(
    fc.constantFrom(state, other).map((name) => ({
      state: name,
      way: 'redirect',
      parameters: `code=made-up&state=${state}`,
      expires: Date.now() + 1e9,
    })),
  ),
  fc.json(),
  text,
);
const anyRecord = fc.oneof(
  spoiltJson(fc.constant({ refusals: 1, attempts: [now] })),
  fc.json(),
  fc.constantFrom('asked', 'signed-in', 'useless'),
  text,
);
const parameters = fc.oneof(
  fc.constantFrom(
    `code=made-up&state=${state}`,
    `code=made-up&state=${state}&iss=${issuer}`,
    `code=made-up&state=${other}`,
    `code=made-up&code=two&state=${state}`,
    'error=access_denied',
    `error=login_required&state=${state}`,
    'code=made-up',
  ),
  text,
);

export const property = fc.asyncProperty(
  fc.record({
    requests: fc.tuple(fc.option(stored(state)), fc.option(stored(other))),
    answer: fc.option(kept),
    left: fc.option(fc.oneof(fc.constantFrom(state, other), text)),
    frames: fc.option(anyRecord),
    guard: fc.option(anyRecord),
    parameters,
  }),
  async ({ requests, answer, left, frames, guard, parameters }) => {
    const storage = new MemoryStorage();
    const put = (name: string, value: string | null) => value !== null && storage.setItem(name, value);
    put(requestPrefix + state, requests[0]);
    put(requestPrefix + other, requests[1]);
    put(key('answer'), answer);
    put(key('left'), left);
    put(key('frames'), frames);
    const provider = openProvider(
      { issuer, clientId: 'brand', redirectUri: `${origin}/`, scope: 'openid' },
      { storage, now: () => now },
    );
    const read = async (parameters: string, name: string) => {
      const before = storage.getItem(requestPrefix + name);
      let grant: Grant;
      try {
        grant = await provider.readResponse(parameters, name);
      } catch (reason) {
        assert.ok(reason instanceof Failure, `not a failure: ${reason}`);
        assert.match(reason.code, /^(callback|provider)\//);
        return;
      }
      checkGrant(grant, parameters, name, before);
      provider.abandon({ state: name });
      await assert.rejects(provider.readResponse(parameters, name), { code: 'callback/repeated' });
    };

    const arrival = await land(reload(storage), () => true);
    if (arrival && arrival !== 'over' && 'answer' in arrival) {
      assert.notEqual(storage.getItem(requestPrefix + arrival.answer.state), null, 'it does not wait');
      await read(arrival.answer.parameters, arrival.answer.state);
    }
    await read(parameters, state);

    assert.equal(typeof canUseFrame(storage), 'boolean');
    frameFailed(storage);
    signedInVisibly(storage);
    const { refusals, attempts } = parseGuard(guard);
    assert.ok(Number.isInteger(refusals) && attempts.every(Number.isFinite));
  },
);

/** Accepted is only what this tab has asked for, in a response that names it. */
function checkGrant(grant: Grant, parameters: string, name: string, before: string | null): void {
  const response = new URLSearchParams(parameters);
  assert.deepEqual(response.getAll('state'), [name], 'the response names another request');
  assert.notEqual(before, null);
  const request = JSON.parse(before!) as ReturnType<typeof requestOf>;
  const { maxAge } = request.data;
  const iss = response.get('iss') ?? undefined;
  assert.equal(request.authority, issuer);
  assert.equal(request.client_id, 'brand');
  if (iss !== undefined) assert.equal(iss, request.data.issuer);
  assert.deepEqual(grant, {
    authCode: response.get('code'),
    redirectUri: request.redirect_uri,
    nonce: request.nonce,
    codeVerifier: request.code_verifier,
    ...(maxAge !== undefined && { maxAge }),
    ...(iss !== undefined && { iss }),
  });
}

function requestOf(id: string) {
  return {
    id,
    created: now / 1000,
    request_type: 'redirect',
    code_verifier: 'made-up-verifier',
    authority: issuer,
    client_id: 'brand',
    redirect_uri: `${origin}/`,
    scope: 'openid',
    nonce: 'made-up-nonce' as string | undefined,
    data: { issuer, issPromised: false, silent: false, maxAge: 60, returnTo: `${origin}/` },
  };
}

/** The page once more, on an address without an answer. */
function reload(storage: Storage): Window {
  const location = { href: `${origin}/`, origin, replace: () => assert.fail('the page is left') };
  const window = {
    location,
    sessionStorage: storage,
    history: { state: null, replaceState: () => assert.fail('the address changes') },
    document: {},
    addEventListener() {},
    performance: { getEntriesByType: () => [{ name: location.href, type: 'reload' }], now: () => 0 },
  };
  return Object.assign(window, { parent: window }) as unknown as Window;
}
