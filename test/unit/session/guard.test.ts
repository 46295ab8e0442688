import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type GuardRecord,
  afterRefusal,
  afterSuccess,
  afterAttempt,
  mayRetry,
  mayAttempt,
  parseGuard,
} from '../../../src/session/guard.js';

const minute = 60_000;
const now = Date.UTC(2026, 10, 22);
const none: GuardRecord = { refusals: 0, attempts: [] };
const attempts = (...at: number[]) => at.reduce(afterAttempt, none);

describe('the loop guard', () => {
  const table: [what: string, record: GuardRecord, retry: boolean, attempt: boolean][] = [
    ['nothing has happened', none, true, true],
    ['a code was refused', afterRefusal(none), true, true],
    ['a second code was refused', afterRefusal(afterRefusal(none)), false, false],
    ['a refusal was followed by a success', afterRefusal(afterSuccess(afterRefusal(none))), true, true],
    ['two automatic attempts', attempts(now, now), true, true],
    ['three automatic attempts', attempts(now, now, now), true, false],
    ['three attempts in just under ten minutes', attempts(now - 10 * minute + 1, now, now), true, false],
    ['three attempts in ten minutes', attempts(now - 10 * minute, now, now), true, true],
    [
      'three attempts, long ago',
      attempts(now - 11 * minute, now - 11 * minute, now - 11 * minute),
      true,
      true,
    ],
    ['three attempts that all succeeded', afterSuccess(attempts(now, now, now)), true, false],
  ];
  for (const [what, record, retry, attempt] of table)
    it(`${what}: ${attempt ? 'another attempt' : retry ? 'another code, but no attempt' : 'the end'}`, () => {
      assert.equal(mayRetry(record), retry);
      assert.equal(mayAttempt(record, now), attempt);
    });

  it('does not keep what no longer counts', () => {
    assert.deepEqual(afterAttempt(attempts(now - 20 * minute, now - 1), now).attempts, [now - 1, now]);
  });

  it('changes no record, so that what was stored stays what it was', () => {
    const record = Object.freeze({ refusals: 1, attempts: Object.freeze([now]) });
    afterAttempt(record, now);
    afterRefusal(record);
    afterSuccess(record);
    assert.deepEqual(record, { refusals: 1, attempts: [now] });
  });
});

describe('parseGuard', () => {
  it('reads what was written', () => {
    const record = afterRefusal(attempts(now - minute, now));
    assert.deepEqual(parseGuard(JSON.stringify(record)), record);
  });

  const garbage = [
    null,
    '',
    'null',
    '{',
    '0',
    '"x"',
    '[]',
    '{}',
    '{"refusals":0}',
    '{"attempts":[]}',
    '{"refusals":"1","attempts":[]}',
    '{"refusals":1.5,"attempts":[]}',
    '{"refusals":null,"attempts":[]}',
    '{"refusals":0,"attempts":{}}',
    '{"refusals":0,"attempts":"now"}',
    '{"refusals":0,"attempts":[null]}',
    '{"refusals":0,"attempts":[1,null]}',
    '{"refusals":0,"attempts":["1"]}',
    '{"refusals":0,"attempts":[{}]}',
    '\u0000',
  ];
  for (const stored of garbage)
    it(`takes ${JSON.stringify(stored)} for nothing`, () => assert.deepEqual(parseGuard(stored), none));
});
