import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Wait, timeLimits, type waitsOf } from '../../../src/session/rules.js';
import { openWaits } from '../../../src/session/waits.js';

/** Timers as a browser has them; `late`: those that cannot be cancelled. */
function open({ late = false } = {}) {
  const timers: { time: number; fire: () => void; cancelled: boolean }[] = [];
  const inVain: Wait[] = [];
  const after = (time: number, fire: () => void) => {
    const timer = { time, fire, cancelled: false };
    timers.push(timer);
    return late ? undefined : () => void (timer.cancelled = true);
  };
  const nothing = {
    exchange: false,
    logout: false,
    call: false,
    leaving: false,
    record: false,
    grant: undefined,
  };
  const wait = openWaits({ after: after as never }, (of) => inVain.push(of));
  const waitFor = (of: Partial<ReturnType<typeof waitsOf>>) => wait({ ...nothing, ...of });
  return { timers, inVain, waitFor };
}

describe('a wait', () => {
  for (const name of Object.keys(timeLimits) as Wait[])
    it(`for ${name} has its time limit, and is in vain after it`, () => {
      const { timers, inVain, waitFor } = open();
      waitFor({ [name]: 1 });
      assert.deepEqual(
        timers.map(({ time }) => time),
        [timeLimits[name]],
      );
      timers[0]!.fire();
      assert.deepEqual(inVain, [name]);
    });

  it('runs from when it is first waited for', () => {
    const { timers, waitFor } = open();
    waitFor({ logout: true });
    waitFor({ logout: true });
    assert.equal(timers.length, 1);
  });

  it('for another of the same kind begins anew', () => {
    const { timers, inVain, waitFor } = open();
    waitFor({ exchange: 1 });
    waitFor({ exchange: 2 });
    assert.deepEqual(
      timers.map(({ cancelled }) => cancelled),
      [true, false],
    );
    assert.deepEqual(inVain, []);
  });

  it('that has ended is cancelled', () => {
    const { timers, waitFor } = open();
    waitFor({ call: true });
    waitFor({});
    assert.deepEqual(
      timers.map(({ cancelled }) => cancelled),
      [true],
    );
  });

  it('that was in vain is waited for anew when the need is still there', () => {
    const { timers, inVain, waitFor } = open();
    waitFor({ record: true });
    timers[0]!.fire();
    waitFor({ record: true });
    timers[1]!.fire();
    assert.deepEqual(inVain, ['record', 'record']);
  });

  it('whose timer cannot be cancelled says nothing when another one waits', () => {
    const { timers, inVain, waitFor } = open({ late: true });
    waitFor({ leaving: 1 });
    waitFor({ leaving: 2 });
    timers[0]!.fire();
    assert.deepEqual(inVain, []);
    timers[1]!.fire();
    assert.deepEqual(inVain, ['leaving']);
  });
});
