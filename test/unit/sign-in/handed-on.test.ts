import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { failure } from '../../../src/failure.js';
import type { ProviderConfig } from '../../../src/oidc/index.js';
import { handOn, takeHandedOn } from '../../../src/sign-in/handed-on.js';
import { MemoryStorage } from '../oidc/memory-storage.js';

const provider = { issuer: 'https://login.brand.example', clientId: 'messenger' } as ProviderConfig;
const grant = { authCode: 'code', redirectUri: 'https://brand.example/callback' };

describe('what is handed on to the page that the visitor came from', () => {
  it('is read once', () => {
    const storage = new MemoryStorage();
    handOn(storage, provider, { grant });
    const outcome = takeHandedOn(storage, provider);
    assert.ok(outcome && 'grant' in outcome);
    assert.deepEqual(outcome.grant, grant);
    assert.equal(takeHandedOn(storage, provider), undefined);
    assert.equal(storage.length, 0);
  });

  it('can be a failure', () => {
    const storage = new MemoryStorage();
    handOn(storage, provider, { failure: failure('provider/denied') });
    const outcome = takeHandedOn(storage, provider);
    assert.ok(outcome && 'failure' in outcome);
    assert.equal(outcome.failure.code, 'provider/denied');
  });

  it('is good for a minute, and gone afterwards', ({ mock }) => {
    let now = Date.UTC(2026, 10, 22);
    mock.method(Date, 'now', () => now);
    const storage = new MemoryStorage();
    handOn(storage, provider, { grant });
    now += 59_999;
    assert.ok(takeHandedOn(storage, provider));
    handOn(storage, provider, { grant });
    now += 60_000;
    assert.equal(takeHandedOn(storage, provider), undefined);
    assert.equal(storage.length, 0);
  });

  it('is nothing when somebody has written over it', () => {
    const storage = new MemoryStorage();
    handOn(storage, provider, { grant });
    for (const other of ['not JSON', '', 'null']) {
      storage.setItem(storage.key(0)!, other);
      assert.equal(takeHandedOn(storage, provider), undefined);
      handOn(storage, provider, { grant });
    }
  });

  it('is for the client and the provider that it came from', () => {
    const storage = new MemoryStorage();
    handOn(storage, provider, { grant });
    assert.equal(takeHandedOn(storage, { ...provider, clientId: 'other' }), undefined);
    assert.equal(takeHandedOn(storage, { ...provider, issuer: 'https://login.other.example' }), undefined);
    assert.ok(takeHandedOn(storage, provider));
  });
});
