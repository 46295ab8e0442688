import assert from 'node:assert/strict';
import { type TestContext, describe, it } from 'node:test';
import { failure } from '../../../src/failure.js';
import { explain } from '../../../src/session/explain.js';

/** What the console is told. A line is said once in a process: each test has details of its own. */
function listen(t: TestContext): string[] {
  const lines: string[] = [];
  t.mock.method(console, 'warn', (line: string) => void lines.push(line));
  return lines;
}

describe('a failure', () => {
  it('is put into words: what happened, what to change, and whether another try is of use', async (t) => {
    const lines = listen(t);
    const error = await explain(failure('configuration/environment', 'a test of words'));
    assert.equal(error.code, 'configuration/environment');
    assert.equal(error.message, 'The environment is not a Genesys Cloud region: a test of words.');
    assert.match(error.hint, /^Set the attribute environment /);
    assert.equal(error.retryable, false);
    assert.deepEqual(lines, [
      `<genesys-auth-messenger> configuration/environment: ${error.message} ${error.hint}`,
    ]);
  });

  it('is said once to the page’s author, however many elements fail alike, and each other one, too', async (t) => {
    const lines = listen(t);
    const details = ['a test of lines', 'a test of lines', 'a test of other lines', 'a test of lines'];
    for (const detail of details) {
      const { message } = await explain(failure('provider/unreachable', detail));
      assert.match(message, new RegExp(detail), 'every element shows it');
    }
    assert.equal(lines.length, 2);
    assert.match(lines[0]!, /a test of lines/);
    assert.match(lines[1]!, /a test of other lines/);
  });

  it('is put into words also where the console refuses to say it', async (t) => {
    t.mock.method(console, 'warn', () => {
      throw new Error('no console');
    });
    const { message } = await explain(failure('provider/unreachable', 'a test of silence'));
    assert.match(message, /a test of silence/);
  });
});

describe('words that are late', () => {
  // The time passes before the part with the words can arrive.
  const explainAfter = (t: TestContext, time: number, ...reason: Parameters<typeof failure>) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const explained = explain(failure(...reason));
    t.mock.timers.tick(time);
    return explained;
  };

  it('are not waited for longer than five seconds: the code and what varies are told without', async (t) => {
    const lines = listen(t);
    const error = await explainAfter(t, 5_000, 'provider/unreachable', 'https://late.example');
    const { hint } = error;
    assert.deepEqual(error, {
      code: 'provider/unreachable',
      message: 'provider/unreachable https://late.example',
      hint,
      // Nothing is known of it, so nobody is held back.
      retryable: true,
    });
    assert.match(hint, /docs\/errors\.md/, 'the documentation lists it by its code');
    assert.deepEqual(lines, [`<genesys-auth-messenger> ${error.code}: ${error.message} ${hint}`]);
  });

  it('leave the code alone where nothing varies', async (t) => {
    listen(t);
    const { message } = await explainAfter(t, 5_000, 'popup/closed');
    assert.equal(message.trim(), 'popup/closed');
  });

  it('are waited for until then', async (t) => {
    listen(t);
    const { message } = await explainAfter(t, 4_999, 'provider/unreachable', 'https://slow.example');
    assert.match(message, /^The .*https:\/\/slow\.example/);
  });

  it('are waited for no longer when they have come', async (t) => {
    listen(t);
    const cleared = t.mock.method(globalThis, 'clearTimeout');
    const set = t.mock.method(globalThis, 'setTimeout');
    await explain(failure('provider/unreachable', 'https://quick.example'));
    const timer = set.mock.calls.find(({ arguments: [, time] }) => time === 5_000)?.result;
    assert.ok(timer);
    assert.ok(cleared.mock.calls.some(({ arguments: [id] }) => id === timer));
  });
});
