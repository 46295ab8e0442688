import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describe as inWords } from '../../../src/explanations.js';
import { exchangeFailure, isUnknownCommand, logoutFailure, noAnswer } from '../../../src/messenger/bus.js';

describe('exchangeFailure', () => {
  const table = [
    [400, 'exchange/refused', false],
    [401, 'exchange/refused', true],
    [403, 'exchange/refused', true],
    [404, 'exchange/not-found', false],
    [409, 'exchange/conflict', false],
    [408, 'exchange/unavailable', false],
    [429, 'exchange/unavailable', false],
    [500, 'exchange/unavailable', false],
    [503, 'exchange/unavailable', false],
    [504, 'exchange/unavailable', true],
    [undefined, 'exchange/unavailable', false],
    ['503', 'exchange/unavailable', false],
  ] as const;
  for (const [status, code, callsAgain] of table)
    it(`takes ${JSON.stringify(status)} for ${code}${callsAgain ? ', and Messenger calls again' : ''}`, () => {
      const failed = exchangeFailure({ status });
      assert.equal(failed.reason.code, code);
      assert.equal(failed.callsAgain, callsAgain);
    });

  it('says what Genesys Cloud answered, or that it did not', () => {
    assert.equal(exchangeFailure({ status: 400 }).reason.detail, 'HTTP status 400');
    assert.equal(exchangeFailure({}).reason.detail, 'no answer');
    assert.equal(noAnswer().reason.code, 'exchange/unavailable');
  });

  it('hands the context id on, as far as the page', () => {
    const { reason } = exchangeFailure({ status: 400, contextId: 'a1b2-c3_d4' });
    assert.equal(inWords(reason).contextId, 'a1b2-c3_d4');
  });

  for (const contextId of ['', 'x'.repeat(65), 'a b', '<b>', 'a\n', 7, null, {}, ['a'], undefined])
    it(`takes ${JSON.stringify(contextId)} for no context id`, () => {
      const { reason } = exchangeFailure({ status: 400, contextId });
      assert.equal('contextId' in inWords(reason), false);
    });
});

describe('logoutFailure', () => {
  it('takes it for a logout that nobody was signed in', () => {
    assert.equal(logoutFailure('user is not authenticated'), undefined);
  });
  it('says what the API said', () => {
    assert.equal(
      logoutFailure({ message: 'Service unavailable', status: 503 })?.detail,
      'Service unavailable',
    );
  });
  it('says that there was no reason', () => {
    for (const reason of [undefined, null, {}, { message: 7 }])
      assert.equal(logoutFailure(reason)?.detail, 'no reason');
  });
});

describe('isUnknownCommand, docs/messenger.md §2', () => {
  for (const reason of ['Command does not exist', 'Plugin does not exist'])
    it(`is so for “${reason}”`, () => assert.equal(isUnknownCommand(reason), true));
  for (const reason of ['', 'Failed', undefined, { message: 'Command does not exist' }])
    it(`is not so for ${JSON.stringify(reason)}`, () => assert.equal(isUnknownCommand(reason), false));
});
