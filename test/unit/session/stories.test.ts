import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { play } from './model/model.js';

/**
 * Stories that once ended badly, as the model found them. What a story must keep to is in the model; here stands what
 * this one is about.
 */
describe('a story that once ended badly', () => {
  const load = { kind: 'wait', choice: { is: 1 } } as const;
  const moment = { kind: 'wait', choice: { is: 0.05 } } as const;
  const login = { kind: 'click login' } as const;
  const signInThere = { kind: 'answer the popup', choice: { is: 'code' } } as const;
  const newCode = { kind: 'refresh', choice: { is: 'no refresh token' } } as const;
  const signedInByRedirect = [
    load,
    login,
    load,
    { kind: 'come back from the provider', choice: { is: 'code' } },
    load,
  ] as const;
  const signedInInPopup = [load, login, signInThere, load] as const;
  const signedInInTwoTabs = [
    load,
    login,
    load,
    { kind: 'open a tab' },
    load,
    { ...login, tab: 1 },
    load,
    { kind: 'come back from the provider', tab: 1, choice: { is: 'code' } },
    load,
    { kind: 'come back from the provider', choice: { is: 'code' } },
    load,
  ] as const;
  const count = (story: readonly string[], what: string) =>
    story.filter((line) => line.includes(what)).length;
  /** Without the end, where the model makes everything work again and has every visitor sign in. */
  const proper = (story: readonly string[]) =>
    story.slice(0, story.indexOf('everything works again, and goes quiet'));

  it('two calls at once: the second gets a code of its own', async () => {
    const { story } = await play({ mode: 'popup' }, [load, { kind: 'get tokens' }, login, signInThere, load]);
    assert.equal(count(story, 'is delivered'), 2);
  });

  it('a new code is wanted and only a click can get one: the button offers it', async () => {
    const { story } = await play({ mode: 'popup' }, [
      ...signedInInPopup,
      { kind: 'frames' },
      newCode,
      { kind: 'wait', choice: { is: 6 } },
    ]);
    assert.equal(count(proper(story), 'loggedOut'), 1);
  });

  it('a grant in hand while the computer sleeps: it is too old afterwards', async () => {
    const { story } = await play({ lazy: true, mode: 'popup' }, [
      { kind: 'messenger', choice: { is: 'late' } },
      login,
      signInThere,
      moment,
      { kind: 'sleep' },
    ]);
    assert.equal(count(story, 'grant 1 is delivered'), 0);
  });

  it('every reload tries silently: not more than three times in ten minutes', async () => {
    const reload = { kind: 'reload' } as const;
    const refused = { kind: 'provider session' } as const;
    await play({ own: true, silent: true }, [refused, load, reload, load, reload, load, reload, load]);
  });

  it('the chat is stepped up with a code that is refused: no sign-in follows but the one retry', async () => {
    const { story } = await play({ stepUp: true, silent: true }, [
      { kind: 'api', choice: { is: 401 } },
      load,
      load,
      { kind: 'come back from the provider', choice: { is: 'code' } },
      load,
    ]);
    assert.equal(count(proper(story), 'silent sign-in begins by itself'), 2);
  });

  it('back from the provider without an answer: Messenger hears that nobody signed in', async () => {
    await play({ stepUp: true, backForwardCache: true }, [
      load,
      { kind: 'press the sign-in entry' },
      load,
      { kind: 'back' },
    ]);
  });

  it("Messenger's entry while the silent way is tried in vain: the visitor is taken to the provider", async () => {
    const { story } = await play({ stepUp: true, silent: true }, [
      { kind: 'provider', choice: { is: 'never' } },
      moment,
      { kind: 'press the sign-in entry' },
      { kind: 'wait', choice: { is: 6 } },
    ]);
    assert.equal(count(proper(story), 'interactive sign-in begins'), 1);
  });

  it('logout while a new code is fetched: it is not used', async () => {
    const { story } = await play({}, [...signedInByRedirect, newCode, { kind: 'click logout' }, load]);
    assert.equal(count(proper(story), 'delivered'), 1);
  });

  it('two codes were refused, then one was redeemed: the next refusal is a first one again', async () => {
    const { story } = await play({ mode: 'popup', silent: true, weather: { api: 401 } }, [
      load,
      load,
      { kind: 'api', choice: { is: 200 } },
      login,
      signInThere,
      load,
      load,
      { kind: 'refresh', choice: { is: 'refused' } },
      load,
    ]);
    assert.equal(count(proper(story), 'silent sign-in begins by itself'), 3);
    assert.equal(count(proper(story), 'is answered 200'), 2);
  });

  it('a code that Messenger never asks for: no more codes are fetched for it', async () => {
    const { story } = await play({ own: true, silent: true, weather: { messenger: 'mute' } }, [
      load,
      { kind: 'wait', choice: { is: 70 } },
    ]);
    assert.equal(count(proper(story), 'sign-in begins'), 1);
    assert.equal(count(proper(story), 'messenger/no-answer'), 1);
  });

  it('logout and login in a step-up deployment: the conversation that is still there is stepped up', async () => {
    const { story } = await play({ stepUp: true, mode: 'popup' }, [
      ...signedInInPopup,
      { kind: 'click logout' },
      ...signedInInPopup,
    ]);
    assert.equal(count(proper(story), 'is answered 200'), 2);
  });

  it('back with a code, but signed in by another tab, and logged out: the code is not used', async () => {
    const { story } = await play({ refreshTokens: true }, [
      ...signedInInTwoTabs,
      { kind: 'click logout' },
      load,
    ]);
    assert.equal(count(proper(story), 'is delivered'), 1);
  });

  it('signIn() while a grant is in hand: the grant is what was asked for', async () => {
    const { story } = await play({ mode: 'popup', silent: true, weather: { api: 401 } }, [
      load,
      load,
      login,
      signInThere,
      { kind: 'page calls signIn' },
      load,
      load,
    ]);
    assert.equal(count(proper(story), 'interactive sign-in begins'), 1);
  });

  it("Messenger's entry while a code is redeemed: it hears that the visitor is signed in", async () => {
    const { story } = await play({ stepUp: true, mode: 'popup' }, [
      ...signedInInPopup,
      { kind: 'network', choice: { is: 'slow' } },
      { kind: 'refresh', choice: { is: 'refused' } },
      { kind: 'wait', choice: { is: 6 } },
      { kind: 'press the sign-in entry' },
      { kind: 'wait', choice: { is: 16 } },
    ]);
    assert.equal(count(proper(story), 'calls signIn'), 2);
  });

  it("the tokens vanish, and Messenger's entry is pressed: the visitor is signed in again", async () => {
    await play({ stepUp: true }, [
      ...signedInByRedirect,
      { kind: 'clear site data' },
      newCode,
      { kind: 'press the sign-in entry' },
      load,
    ]);
  });

  it('Messenger has lost its tokens, and the visitor cannot be signed in silently: they are signed out', async () => {
    const { story } = await play({ mode: 'popup' }, [
      ...signedInInPopup,
      { kind: 'frames' },
      { kind: 'refresh', choice: { is: 'refused' } },
      { kind: 'wait', choice: { is: 6 } },
    ]);
    assert.equal(count(proper(story), 'loggedOut'), 1);
  });

  it("sessionStorage is full, and a page's own codes are refused: at most two are tried", async () => {
    const { story } = await play({ own: true, silent: true, storageIsFull: true, weather: { api: 401 } }, [
      load,
      load,
      load,
      load,
    ]);
    assert.equal(count(proper(story), 'is delivered'), 2);
    assert.equal(count(proper(story), 'exchange/refused'), 1);
  });

  it('the exchange says that the request was wrong: it is not made again', async () => {
    const { story } = await play({ silent: true, weather: { api: 400 } }, [load, load]);
    assert.equal(count(proper(story), 'sign-in begins'), 1);
    assert.equal(count(proper(story), 'exchange/refused'), 1);
  });

  it('back from a renewal by redirect: the new code is redeemed, though Messenger still holds the old tokens', async () => {
    const { story } = await play({}, [
      ...signedInByRedirect,
      { kind: 'frames' },
      newCode,
      { kind: 'wait', choice: { is: 6 } },
      login,
      load,
      { kind: 'come back from the provider', choice: { is: 'code' } },
      load,
    ]);
    assert.equal(count(proper(story), 'is answered 200'), 2);
    assert.equal(count(proper(story), 'loggedOut'), 1);
  });

  it('a code that was not needed: the session is renewed all the same', async () => {
    const { story } = await play({ refreshTokens: true }, [
      ...signedInInTwoTabs,
      { kind: 'wait', choice: { is: 70 } },
      newCode,
      load,
    ]);
    assert.equal(count(proper(story), 'silent sign-in begins'), 1);
    assert.equal(count(proper(story), 'loggedOut'), 0);
  });

  it('logout while a code is redeemed: that is the end, and nothing fails afterwards', async () => {
    const { story } = await play({ mode: 'popup' }, [
      ...signedInInPopup,
      { kind: 'api', choice: { is: 'never' } },
      newCode,
      load,
      { kind: 'click logout' },
      load,
      { kind: 'wait', choice: { is: 16 } },
    ]);
    assert.equal(count(proper(story), 'loggedOut'), 1);
    assert.equal(count(proper(story), 'exchange/'), 0);
    assert.equal(count(proper(story), 'failed'), 0);
  });

  it("the page's own button while Messenger loads: the popup opens in the click", async () => {
    const { story } = await play({ mode: 'popup', weather: { network: 'slow' } }, [
      { kind: "click a button of the page's" },
      signInThere,
      { kind: 'wait', choice: { is: 16 } },
    ]);
    assert.equal(count(proper(story), 'popup/blocked'), 0);
    assert.equal(count(proper(story), 'is delivered'), 1);
  });

  it("the page's own button at once after a reload: whoever is signed in stays where they are", async () => {
    const { story } = await play({}, [
      ...signedInByRedirect,
      { kind: 'reload' },
      { kind: "click a button of the page's" },
      load,
    ]);
    assert.equal(count(proper(story), 'interactive sign-in begins'), 1);
  });

  for (const messenger of ['blocked', 'off'] as const)
    it(`a popup opens while Messenger loads, which then is ${messenger}: that is shown, whatever becomes of the popup`, async () => {
      const { story } = await play({ mode: 'popup', weather: { messenger, network: 'slow' } }, [
        { kind: "click a button of the page's" },
        { kind: 'wait', choice: { is: 6 } },
        { kind: 'close the popup' },
        load,
      ]);
      assert.equal(count(proper(story), 'popup/closed'), 0);
      assert.equal(count(proper(story), 'failed messenger/'), 1);
    });

  it('a popup opens while Messenger loads, which has a session: the popup counts no more', async () => {
    const { story } = await play({ mode: 'popup' }, [
      ...signedInInPopup,
      { kind: 'network', choice: { is: 'slow' } },
      { kind: 'reload' },
      { kind: "click a button of the page's" },
      { kind: 'wait', choice: { is: 6 } },
      { kind: 'click logout' },
      { kind: 'wait', choice: { is: 6 } },
      signInThere,
      { kind: 'wait', choice: { is: 6 } },
    ]);
    assert.equal(count(proper(story), 'signedIn'), 2);
    assert.equal(count(proper(story), 'loggedOut'), 1);
  });

  it('logout while a code is redeemed, slowly: what comes of it is ended at once', async () => {
    const { story } = await play({ mode: 'popup' }, [
      ...signedInInPopup,
      { kind: 'network', choice: { is: 'slow' } },
      newCode,
      { kind: 'wait', choice: { is: 6 } },
      { kind: 'network', choice: { is: 'fast' } },
      { kind: 'click logout' },
      { kind: 'wait', choice: { is: 6 } },
    ]);
    assert.equal(count(proper(story), 'is answered 200'), 2);
    assert.equal(count(proper(story), 'signedIn'), 1);
    assert.equal(count(proper(story), 'loggedOut'), 1);
  });

  it("a popup that needs a click: the page's own call is blocked, and the next click opens it", async () => {
    const { story } = await play({ mode: 'popup' }, [
      load,
      { kind: 'page calls signIn' },
      ...signedInInPopup,
    ]);
    assert.equal(count(proper(story), 'popup/blocked'), 1);
    assert.equal(count(proper(story), 'signedIn'), 1);
  });

  it("a page's own sign-in, renewed: it may show itself only after a click", async () => {
    const { story } = await play({ own: true }, [
      ...signedInInPopup,
      { kind: 'provider session' },
      newCode,
      load,
    ]);
    assert.equal(count(proper(story), 'interactive sign-in begins'), 1);
    assert.equal(count(proper(story), 'loggedOut'), 1);
  });

  it('the provider fails in a hidden frame: the page hears of it', async () => {
    const { story } = await play({ silent: true, weather: { provider: 'error' } }, [load]);
    assert.equal(count(proper(story), 'failed provider/error'), 1);
  });

  it('a new code is wanted, frames do not work, redirect mode: the page stays until the visitor clicks', async () => {
    const { story } = await play({}, [
      ...signedInByRedirect,
      { kind: 'frames' },
      newCode,
      { kind: 'wait', choice: { is: 6 } },
    ]);
    assert.equal(count(proper(story), 'interactive sign-in begins'), 1);
    assert.equal(count(proper(story), 'signed-out → loggedOut'), 1);
  });

  it("the visitor's code is refused, and frames do not work: that is the end, and the page stays", async () => {
    const { story } = await play({ weather: { api: 401, frames: false } }, [
      ...signedInByRedirect,
      { kind: 'wait', choice: { is: 6 } },
    ]);
    assert.equal(count(proper(story), 'interactive sign-in begins'), 1);
    assert.equal(count(proper(story), 'failed exchange/refused'), 1);
  });

  it('a hidden page signs nobody in until it is seen', async () => {
    const hidden = [{ kind: 'look elsewhere' }, { kind: 'wait', choice: { is: 6 } }] as const;
    const opened = await play({ silent: true, weather: { network: 'slow' } }, [...hidden, load]);
    assert.equal(count(proper(opened.story), 'silent sign-in begins'), 0);
    const seen = await play({ silent: true, weather: { network: 'slow' } }, [
      ...hidden,
      { kind: 'look elsewhere' },
      { kind: 'wait', choice: { is: 16 } },
    ]);
    assert.equal(count(proper(seen.story), 'silent sign-in begins'), 1);
    assert.equal(count(proper(seen.story), 'signed-in → signedIn'), 1);
  });
});
