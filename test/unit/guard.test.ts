import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type GuardRecord,
  afterRefusal,
  afterSuccess,
  afterTrip,
  mayRetry,
  mayTravel,
  parseGuard,
} from '../../src/session/guard.js';

const minute = 60_000;
const now = Date.UTC(2026, 10, 22);
const none: GuardRecord = { refusals: 0, trips: [] };
const trips = (...at: number[]) => at.reduce(afterTrip, none);

describe('the loop guard', () => {
  const table: [what: string, record: GuardRecord, retry: boolean, travel: boolean][] = [
    ['nothing has happened', none, true, true],
    ['a code was refused', afterRefusal(none), true, true],
    ['a second code was refused', afterRefusal(afterRefusal(none)), false, false],
    ['a refusal was followed by a success', afterRefusal(afterSuccess(afterRefusal(none))), true, true],
    ['two automatic trips', trips(now, now), true, true],
    ['three automatic trips', trips(now, now, now), true, false],
    ['three trips in just under ten minutes', trips(now - 10 * minute + 1, now, now), true, false],
    ['three trips in ten minutes', trips(now - 10 * minute, now, now), true, true],
    ['three trips, long ago', trips(now - 11 * minute, now - 11 * minute, now - 11 * minute), true, true],
    ['three trips that all succeeded', afterSuccess(trips(now, now, now)), true, false],
  ];
  for (const [what, record, retry, travel] of table)
    it(`${what}: ${travel ? 'another trip' : retry ? 'another code, but no trip' : 'the end'}`, () => {
      assert.equal(mayRetry(record), retry);
      assert.equal(mayTravel(record, now), travel);
    });

  it('does not keep what no longer counts', () => {
    assert.deepEqual(afterTrip(trips(now - 20 * minute, now - 1), now).trips, [now - 1, now]);
  });

  it('changes no record, so that what was stored stays what it was', () => {
    const record = Object.freeze({ refusals: 1, trips: Object.freeze([now]) });
    afterTrip(record, now);
    afterRefusal(record);
    afterSuccess(record);
    assert.deepEqual(record, { refusals: 1, trips: [now] });
  });
});

describe('parseGuard', () => {
  it('reads what was written', () => {
    const record = afterRefusal(trips(now - minute, now));
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
    '{"trips":[]}',
    '{"refusals":"1","trips":[]}',
    '{"refusals":1.5,"trips":[]}',
    '{"refusals":null,"trips":[]}',
    '{"refusals":0,"trips":{}}',
    '{"refusals":0,"trips":"now"}',
    '{"refusals":0,"trips":[null]}',
    '{"refusals":0,"trips":["1"]}',
    '{"refusals":0,"trips":[{}]}',
    '\u0000',
  ];
  for (const stored of garbage)
    it(`takes ${JSON.stringify(stored)} for nothing`, () => assert.deepEqual(parseGuard(stored), none));
});
