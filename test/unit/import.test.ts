import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { describe, it } from 'node:test';

const src = new URL('../../src/', import.meta.url);
const modules = (await readdir(src, { recursive: true }))
  .filter((path) => path.endsWith('.ts') && !['define.ts', 'setup/setup.ts'].includes(path))
  .sort();

const globals = () => Object.getOwnPropertyDescriptors(globalThis);

/** Importing and building for the server must work where there is no page, and must leave nothing behind. */
describe('without a window', () => {
  it('there is none', () => {
    assert.equal('window' in globalThis, false);
    assert.equal('document' in globalThis, false);
    assert.ok(modules.includes('index.ts'));
  });

  for (const path of modules)
    it(`${path} imports, and touches no global`, async () => {
      const before = globals();
      await import(new URL(path, src).href);
      assert.deepEqual(globals(), before);
    });

  it('index.ts defines no element', async () => {
    const { GenesysAuthMessenger } = await import('../../src/index.js');
    assert.equal(typeof GenesysAuthMessenger.define, 'function');
    assert.equal('customElements' in globalThis, false);
  });
});
