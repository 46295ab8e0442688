import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openPopup, popupKey } from '../../../src/oidc/popup.js';
import { MemoryStorage } from './memory-storage.js';

describe('the window to sign in', () => {
  const page = { screenX: 100, screenY: 40, outerWidth: 1200, outerHeight: 900 };
  const open = (popup: object | null) => {
    const asked: unknown[] = [];
    const sessionStorage = new MemoryStorage();
    let copied: string | null = null;
    const open = (...values: unknown[]) => {
      asked.push(values);
      copied = sessionStorage.getItem(popupKey);
      if (popup instanceof Error) throw popup;
      return popup;
    };
    const opened = openPopup({ ...page, sessionStorage, open } as unknown as Window);
    return { opened, asked, copied, left: sessionStorage.getItem(popupKey) };
  };

  it('is an empty one, new every time, of its own size and centred over the page', () => {
    const { asked } = open({});
    assert.deepEqual(asked, [['', '_blank', 'popup,width=500,height=720,left=450,top=130']]);
  });

  it('can be told from any other by what it has in its copy of the storage', () => {
    const { copied, left } = open({});
    assert.deepEqual([copied, left], ['', null]);
  });

  it('is null where the browser blocks it', () => assert.equal(open(null).opened, null));

  it('is null where opening it throws, and nothing is left in the storage', () => {
    const { opened, left } = open(new TypeError('window.open is not a function'));
    assert.deepEqual([opened, left], [null, null]);
  });
});
