import { expect } from '@open-wc/testing';
import type { Failure } from '../../../src/failure.js';
import { importIntact } from '../../../src/scripts.js';

const part = new URL('./part.js', import.meta.url).href;
const page = window as Window & { timesRun?: number };

async function digestOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return `sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}`;
}

/** WebKit runs a file that was refused when it is imported all the same, and Firefox remembers that it was (src/scripts.ts). */
describe('a part of ours', () => {
  beforeEach(() => (page.timesRun = 0));

  it('that somebody has changed never runs, however often it is tried', async () => {
    const integrity = await digestOf('what it was when it was built');
    for (const attempt of [1, 2, 3]) {
      const failed: Failure | undefined = await importIntact(window, `${part}#${attempt}`, integrity).then(
        () => undefined,
        (reason) => reason,
      );
      expect(failed?.code).to.equal('configuration/chunk-missing');
    }
    expect(page.timesRun).to.equal(0);
  });

  it('that is as it was built runs, also after it was refused, once', async () => {
    const integrity = await digestOf(await (await fetch(part)).text());
    expect(await importIntact(window, `${part}#4`, integrity)).to.include({ value: 'loaded' });
    expect(await importIntact(window, `${part}#4`, integrity)).to.include({ value: 'loaded' });
    expect(page.timesRun).to.equal(1);
  });
});
