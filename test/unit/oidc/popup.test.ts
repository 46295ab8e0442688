import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openPopup } from '../../../src/oidc/popup.js';

describe('the window to sign in', () => {
  const page = { screenX: 100, screenY: 40, outerWidth: 1200, outerHeight: 900 };
  const open = (popup: object | null) => {
    const asked: unknown[] = [];
    const open = (...values: unknown[]) => {
      asked.push(values);
      if (popup instanceof Error) throw popup;
      return popup;
    };
    return { opened: openPopup({ ...page, open } as unknown as Window), asked };
  };

  it('is an empty one, new every time, of its own size and centred over the page', () => {
    const { asked } = open({});
    assert.deepEqual(asked, [['', '_blank', 'popup,width=500,height=720,left=450,top=130']]);
  });

  it('is null where the browser blocks it', () => assert.equal(open(null).opened, null));

  it('is null where opening it throws', () =>
    assert.equal(open(new TypeError('window.open is not a function')).opened, null));
});
