import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  isSpent,
  isWaiting,
  newState,
  requestPrefix,
  returnToOf,
  spend,
  wayOf,
} from '../../../src/oidc/state.js';
import { MemoryStorage } from './memory-storage.js';

describe('a state', () => {
  it('is new each time, hard to guess, and says how its request travels', () => {
    const states = Array.from({ length: 1000 }, () => newState('popup'));
    assert.equal(new Set(states).size, 1000);
    for (const state of states) {
      assert.equal(wayOf(state), 'popup');
      // 122 random bits (RFC 9562 §5.4).
      assert.match(state, /[\da-f]{32}$/);
    }
  });
});

describe('the memory of a request', () => {
  const storageWith = (...states: string[]) => {
    const storage = new MemoryStorage();
    for (const state of states)
      storage.setItem(requestPrefix + state, '{"data":{"returnTo":"https://a.example/"}}');
    return storage;
  };

  it('waits until its answer is used, and is told apart from foreign ones afterwards', () => {
    const storage = storageWith('mine', 'other');
    assert.equal(isWaiting('mine', storage), true);
    spend('mine', storage);
    assert.deepEqual([isWaiting('mine', storage), isSpent('mine', storage)], [false, true]);
    spend('other', storage);
    for (const state of ['', 'min', 'mine ', 'other mine', '__proto__', ' '])
      assert.equal(isSpent(state, storage), false, state);
    assert.equal(isSpent('mine', storage), true);
  });

  it('says where the visitor was, unless somebody has written over it', () => {
    const storage = storageWith('mine');
    assert.equal(returnToOf('mine', storage), 'https://a.example/');
    assert.equal(returnToOf('other', storage), undefined);
    for (const written of ['', 'null', '7', '{}', '{"data":null}', '{"data":{"returnTo":7}}', 'not JSON']) {
      storage.setItem(`${requestPrefix}mine`, written);
      assert.equal(returnToOf('mine', storage), undefined, written);
    }
  });

  it('does not grow without bound', () => {
    const storage = storageWith();
    for (let n = 0; n < 1000; n++) spend(`state-${n}`, storage);
    assert.equal(isSpent('state-999', storage), true);
    assert.ok(storage.getItem(storage.key(0)!)!.length < 1000);
  });
});
