import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';

describe('the modules of the oidc room', () => {
  it('import without a window', async () => {
    assert.equal('window' in globalThis, false);
    const room = await import('../../../src/oidc/index.js');
    assert.deepEqual(Object.keys(room).sort(), [
      'authorizeInFrame',
      'authorizeInPopup',
      'openProvider',
      'reportCallback',
    ]);
  });

  for (const name of ['callback', 'popup', 'parameters'])
    it(`${name}: is small enough for the page that only looks, without the library`, async () => {
      const source = await readFile(new URL(`../../../src/oidc/${name}.ts`, import.meta.url), 'utf8');
      assert.deepEqual(source.match(/^import (?!type).*|import\(.*/gm), null);
    });
});
