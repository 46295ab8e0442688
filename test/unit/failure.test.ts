import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describe as inWords } from '../../src/explanations.js';
import { Failure, failure, toFailure } from '../../src/failure.js';

describe('a failure', () => {
  it('is an error that says its code, and what varies', () => {
    assert.equal(failure('provider/error', 'server_error').message, 'provider/error: server_error');
    assert.equal(failure('provider/error').message, 'provider/error');
    assert.ok(failure('provider/error') instanceof Failure && failure('provider/error') instanceof Error);
    const cause = new Error('why');
    assert.equal(failure('provider/error', undefined, { cause }).cause, cause);
  });

  it('stays what it is, also one of another part of the file, which has a class of its own', () => {
    const own = failure('popup/closed');
    assert.equal(toFailure(own), own);
    const other = Object.assign(new Error(), { code: 'popup/closed' });
    assert.equal(toFailure(other), other as Failure);
  });

  for (const [code, isOfUse] of [
    ['provider/unreachable', true],
    ['callback/mismatch', true],
    ['provider/issuer-mismatch', false],
    ['configuration/issuer', false],
  ] as const)
    it(`${code} ${isOfUse ? 'may be mended by another try' : 'is not mended by another try'}`, () =>
      assert.equal(inWords(failure(code)).retryable, isOfUse));

  const foreign: [thrown: unknown, named: string][] = [
    [new TypeError('secret'), 'TypeError'],
    [new DOMException('secret', 'AbortError'), 'AbortError'],
    ['secret', 'string'],
    [undefined, 'undefined'],
    [null, 'object'],
    [{ name: 7 }, 'object'],
    // Node's and Messenger's codes are no codes of ours.
    [Object.assign(new Error('secret'), { code: 'ERR_INVALID_URL' }), 'Error'],
    [Object.assign(new Error('secret'), { code: 'area/' }), 'Error'],
    [Object.assign(new Error('secret'), { code: 'An area/name' }), 'Error'],
    [{ code: 'popup/closed' }, 'object'],
  ];
  for (const [thrown, named] of foreign)
    it(`of somebody else's is named by its kind only: ${String(named)}`, () => {
      const found = toFailure(thrown);
      assert.deepEqual([found.code, found.detail, found.cause], ['browser/error', named, thrown]);
      assert.doesNotMatch(found.message, /secret/);
    });
});
