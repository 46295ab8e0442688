import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { play } from './model/model.js';
import { type World, breakable } from './model/world.js';

const load = { kind: 'wait', choice: { is: 1 } } as const;
const wait = (seconds: 6 | 16 | 70) => ({ kind: 'wait', choice: { is: seconds } }) as const;
const login = { kind: 'click login' } as const;
const signInThere = { kind: 'answer the popup', choice: { is: 'code' } } as const;
const comeBack = { kind: 'come back from the provider', choice: { is: 'code' } } as const;
const signedIn = [load, login, signInThere, load] as const;
const secondTab = [{ kind: 'open a tab' }, load] as const;

/** What is shown and heard in the first tab, up to where the model makes everything work again. */
const shown = (world: World) =>
  happened(world).filter((line) => /^(starting|failed|sign(ed|ing)-)/.test(line));

function happened({ story }: World): string[] {
  const proper = story.slice(0, story.indexOf('everything works again, and goes quiet'));
  return proper.filter((line) => line.startsWith('  tab 1: ')).map((line) => line.slice(9));
}

describe('what failed stays failed until something changes', () => {
  const conflict = { lazy: true, weather: { messenger: 'conflict' } } as const;
  const isShown = 'failed configuration/conflict → signInFailed';

  it('Messenger fails at once, for a code that the visitor has come back with', async () => {
    const world = await play(conflict, [load, login, load, comeBack, load, wait(70)]);
    assert.deepEqual(shown(world), ['signed-out', 'signing-in', 'signing-in', isShown]);
  });

  it('Messenger fails at once, for a code that comes from a popup', async () => {
    const world = await play({ ...conflict, mode: 'popup' }, [load, login, signInThere, load, wait(70)]);
    assert.deepEqual(shown(world), ['signed-out', 'signing-in', isShown]);
  });

  it('Messenger fails at once, with a silent sign-in to follow', async () => {
    const world = await play({ ...conflict, lazy: false, silent: true }, [load, wait(70)]);
    assert.deepEqual(shown(world), [isShown]);
  });

  it('a click says it once more', async () => {
    const world = await play({ ...conflict, lazy: false }, [load, login, wait(70)]);
    assert.deepEqual(shown(world), [isShown, isShown]);
  });

  it('a click loads a script again that was blocked, and that fails at once', async () => {
    const forbidden = { mode: 'popup', weather: { messenger: 'forbidden' } } as const;
    const world = await play(forbidden, [load, login, wait(70)]);
    const blocked = 'failed messenger/blocked → signInFailed';
    assert.deepEqual(shown(world), [blocked, blocked]);
  });

  it('a code grows old while Messenger loads: that is shown when Messenger is there', async () => {
    const world = await play({ weather: { network: 'slow' } }, [
      { kind: "click a button of the page's" },
      wait(16),
      comeBack,
      { kind: 'network', choice: { is: 'never' } },
      wait(70),
    ]);
    const after = world.story.filter((line) => line.includes('callback/expired'));
    assert.equal(after.length, 1);
  });
});

describe('the page calls signIn() before the session begins', () => {
  const trips = (world: World) =>
    happened(world).filter((line) => line.startsWith('interactive sign-in begins')).length;
  const early = { kind: 'reload', choice: { is: true } } as const;

  it('a visitor who is signed in stays', async () => {
    const world = await play({}, [load, login, load, comeBack, load, early, wait(16)]);
    assert.equal(shown(world).at(-1), 'signed-in → signedIn');
    assert.equal(trips(world), 1);
  });

  it('a visitor who is not is taken to the provider', async () => {
    const world = await play({}, [load, early, wait(6)]);
    assert.equal(trips(world), 1);
  });
});

describe('a logout in another tab', () => {
  it('is believed when it is true', async () => {
    const world = await play({ mode: 'popup' }, [
      ...signedIn,
      ...secondTab,
      { kind: 'click logout', tab: 1 },
      load,
    ]);
    assert.equal(shown(world).at(-1), 'signed-out → loggedOut');
  });

  it('is not believed when a script only says so', async () => {
    const world = await play({ mode: 'popup' }, [...signedIn, { kind: 'forge a logout' }, wait(6)]);
    assert.equal(shown(world).at(-1), 'signed-in → signedIn');
  });

  it('ends a renewal that Messenger has asked for', async () => {
    const world = await play({ mode: 'popup' }, [
      ...signedIn,
      ...secondTab,
      { kind: 'network', choice: { is: 'slow' } },
      { kind: 'refresh', choice: { is: 'refused' } },
      { kind: 'log out elsewhere' },
      { kind: 'click logout', tab: 1 },
      wait(16),
    ]);
    assert.equal(shown(world).at(-1), 'signed-out → loggedOut');
    assert.equal(happened(world).filter((line) => line.includes('is delivered')).length, 1);
  });
});

describe('the visitor signs in, logs out and signs in again', () => {
  for (const mode of ['popup', 'redirect'] as const)
    for (const broken of breakable)
      it(`with mode ${mode}, though this throws: ${broken}`, async () => {
        const signIn = mode === 'popup' ? [login, signInThere, load] : [login, load, comeBack, load];
        const story = [load, ...signIn, { kind: 'click logout' } as const, load, ...signIn];
        const world = await play({ mode, broken }, story);
        const events = happened(world)
          .join()
          .match(/signedIn|loggedOut/g);
        assert.deepEqual(events, ['signedIn', 'loggedOut', 'signedIn']);
      });
});
