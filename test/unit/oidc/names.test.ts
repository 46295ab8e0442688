import assert from 'node:assert/strict';
import { it } from 'node:test';
import { popupKey } from '../../../src/oidc/popup.js';
import { errorChannel, received, reportChannel } from '../../../src/oidc/report.js';
import { requestPrefix, spend } from '../../../src/oidc/state.js';
import { MemoryStorage } from './memory-storage.js';

it('pages of one site may have different versions of the file: what they share keeps its name', () => {
  const storage = new MemoryStorage();
  spend('used', storage);
  assert.deepEqual(
    { popupKey, requestPrefix, spent: storage.key(0), errorChannel, report: reportChannel('s'), received },
    {
      popupKey: 'genesys-auth-messenger:popup',
      requestPrefix: 'genesys-auth-messenger:state:',
      spent: 'genesys-auth-messenger:spent',
      errorChannel: 'genesys-auth-messenger:error',
      report: 'genesys-auth-messenger:answer:s',
      received: 'genesys-auth-messenger:received',
    },
  );
  assert.equal(storage.getItem('genesys-auth-messenger:spent'), 'used');
});
