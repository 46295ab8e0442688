import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Ports, guarded } from '../../../src/session/ports.js';

const refuse = (): never => {
  throw new DOMException('denied', 'SecurityError');
};

describe('ports that throw, or that are not there', () => {
  const memory = { getItem: refuse, setItem: refuse };
  for (const [what, ports] of [
    ['throw', { memory, sameAccount: refuse, recall: refuse, visible: refuse, after: refuse }],
    ['are not there', { memory }],
  ] as const)
    it(`${what}: in doubt it is somebody else, the page is seen, and nothing is remembered`, () => {
      const safe = guarded(ports as unknown as Ports);
      assert.equal(safe.sameAccount(), false);
      assert.equal(safe.visible(), true);
      assert.equal(safe.recall(), null);
      assert.equal(safe.memory.getItem('guard'), null);
      safe.memory.setItem('guard', '');
      safe.after(1_000, () => {})();
    });
});
