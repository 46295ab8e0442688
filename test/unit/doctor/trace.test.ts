import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { it } from 'node:test';
import fc from 'fast-check';
import { openTrace, redact } from '../../../src/doctor/trace.js';

it('nothing that looks like a code, state, nonce, verifier or token stays', () => {
  const secret = fc.oneof(
    fc.uint8Array({ minLength: 18, maxLength: 96 }).map((bytes) => Buffer.from(bytes).toString('base64url')),
    fc.uuid(),
    fc.constant(randomBytes(32).toString('base64url')),
  );
  fc.assert(
    fc.property(
      secret,
      fc.constantFrom('', 'code ', 'Bearer ', 'https://a.example/?code='),
      (value, before) => {
        // One random value in a thousand looks like a word.
        fc.pre(/\d|[A-Z]{2}/.test(value));
        assert.ok(!redact(`${before}${value} after`).includes(value));
      },
    ),
  );
});

it('short values of a query go, too', () => {
  assert.equal(
    redact('GET https://a.example/cb?code=x1&state=y2#z=3'),
    'GET https://a.example/cb?code=…&state=…#z=…',
  );
});

it('what helps the reader stays', () => {
  const deploymentId = randomUUID();
  const text = `POST https://api.mypurecloud.de/api/v2/webdeployments/token/oauthcodegrantjwtexchange 401 for ${deploymentId}`;
  assert.equal(redact(text, [deploymentId]), text);
  for (const words of ['messenger/configuration-unavailable', 'GenesysJS.configurationReceived']) {
    assert.equal(redact(words), words);
  }
});

/** As sessionStorage: it outlives the page. */
function storage() {
  const items = new Map<string, string>();
  return {
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, value: string) => void items.set(name, value),
  } as unknown as Storage;
}

it('a trace goes on after a redirect', () => {
  const tab = storage();
  openTrace(() => tab).add('signing-in');
  const trace = openTrace(() => tab);
  trace.add('signed-in');
  assert.deepEqual(
    trace.entries.map(({ what }) => what),
    ['signing-in', 'signed-in'],
  );
});

it('a trace holds no secret, and does not grow for ever', () => {
  const tab = storage();
  const trace = openTrace(() => tab);
  trace.add(`state ${randomUUID()}`);
  assert.equal(trace.entries[0]?.what, 'state …');
  for (let count = 0; count < 300; count++) trace.add(`event ${count}`);
  assert.equal(trace.entries.length, 200);
  assert.equal(trace.entries.at(-1)?.what, 'event 299');
});

it('a trace needs no storage', () => {
  const trace = openTrace(() => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  });
  trace.add('starting');
  assert.equal(trace.entries.length, 1);
});
