import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';

describe('the modules of the oidc room', () => {
  it('import without a window', async () => {
    assert.equal('window' in globalThis, false);
    const room = await import('../../../src/oidc/index.js');
    assert.deepEqual(Object.keys(room).sort(), ['authorizeInFrame', 'authorizeInPopup', 'openProvider']);
  });

  for (const name of ['answer', 'state', 'report', 'popup', 'parameters', 'discovery-request'])
    it(`${name}: imports neither the library nor what uses it`, async () => {
      const source = await readFile(new URL(`../../../src/oidc/${name}.ts`, import.meta.url), 'utf8');
      const imported = [...source.matchAll(/^import (?!type).*from '(.*)'|import\(.*/gm)].map(
        ([, from]) => from,
      );
      assert.deepEqual(
        imported.filter((from) => !/\/(attempt|names|state)\.js$/.test(from ?? '')),
        [],
      );
    });
});
