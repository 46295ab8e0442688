import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { canUseFrame, frameFailed, frameWorked, signedInVisibly } from '../../../src/sign-in/frames.js';
import { MemoryStorage } from '../oidc/memory-storage.js';

describe('hidden frames', () => {
  const table: [story: string, happenings: ((storage: Storage) => void)[], worthATry: boolean][] = [
    ['Nothing is known.', [], true],
    ['The provider was asked in vain: nobody is signed in there.', [frameFailed], false],
    ['In vain, and the visitor has signed in since.', [frameFailed, signedInVisibly], true],
    ['In vain though the visitor had signed in.', [signedInVisibly, frameFailed], false],
    ['For good, because no sign-in changes that.', [signedInVisibly, frameFailed, signedInVisibly], false],
    ['It worked.', [signedInVisibly, frameWorked], true],
    ['It worked after it had not.', [signedInVisibly, frameFailed, frameWorked], true],
    ['It worked once, and the session there has ended since.', [frameWorked, frameFailed], false],
  ];
  for (const [story, happenings, worthATry] of table)
    it(`${worthATry ? 'worth a try' : 'not tried'}: ${story}`, () => {
      const storage = new MemoryStorage();
      for (const happen of happenings) happen(storage);
      assert.equal(canUseFrame(storage), worthATry);
    });
});
