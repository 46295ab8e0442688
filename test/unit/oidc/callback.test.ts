import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { ownership, readCallback, spend, statePrefix, wayOf } from '../../../src/oidc/callback.js';
import { MemoryStorage } from './memory-storage.js';

const page = 'https://brand.example/shop';

describe('readCallback', () => {
  const callbacks: [what: string, url: string, state: string, cleanUrl: string][] = [
    ['a code', `${page}?code=c&state=s`, 's', page],
    ['an error', `${page}?error=access_denied&error_description=no&error_uri=u&state=s`, 's', page],
    [
      'everything a provider may send',
      `${page}?state=s&session_state=x&code=c&iss=https%3A%2F%2Fi`,
      's',
      page,
    ],
    ['an encoded state', `${page}?code=c&state=a%2Bb%20c`, 'a+b c', page],
    ['an encoded name', `${page}?c%6Fde=c&state=s`, 's', page],
    ['a hash', `${page}?code=c&state=s#/route?code=kept`, 's', `${page}#/route?code=kept`],
    ['foreign parameters', `${page}?b=%7E&code=c&a=1+2&state=s&b=ü`, 's', `${page}?b=%7E&a=1+2&b=ü`],
    ['foreign oddities', `${page}?&code=c&=x&&flag&%E0%A4%A&state=s`, 's', `${page}?&=x&&flag&%E0%A4%A`],
    [
      'names that only look like ours',
      `${page}?code=c&state=s&Code=1&?code=2`,
      's',
      `${page}?Code=1&?code=2`,
    ],
  ];
  for (const [what, url, state, cleanUrl] of callbacks)
    it(`finds ${what} and takes only the response out of the address`, () =>
      assert.deepEqual(readCallback(url, new MemoryStorage()), { state, url, cleanUrl, owner: undefined }));

  const others = [
    '',
    '?',
    '?code=SUMMER',
    '?state=CA',
    '?error=1',
    '?code=&state=s',
    '?code=c&state=',
    '#code=c&state=s',
  ];
  for (const rest of others)
    it(`leaves "${rest}" alone`, () =>
      assert.equal(readCallback(page + rest, new MemoryStorage()), undefined));

  it('finds the state of a waiting request, whatever comes with it', () => {
    const storage = new MemoryStorage();
    storage.setItem(`${statePrefix}s`, '{}');
    const url = `${page}?a=1&state=s`;
    assert.deepEqual(readCallback(url, storage), { state: 's', url, cleanUrl: `${page}?a=1`, owner: 'ours' });
    assert.equal(readCallback(`${page}?a=1&state=other`, storage), undefined);
  });

  it('keeps foreign parameters in order, byte for byte, wherever the response stands', () => {
    const name = fc.constantFrom('a', 'utm_source', 'Code', 'x%20y', 'state2', 'q[]');
    const foreign = fc
      .tuple(
        name,
        fc.webQueryParameters().map((text) => text.replaceAll('&', '%26')),
      )
      .map((pair) => pair.join('='));
    fc.assert(
      fc.property(fc.array(foreign), fc.nat(), fc.webFragments(), (pairs, at, fragment) => {
        const query = [...pairs];
        query.splice(at % (pairs.length + 1), 0, 'code=c', 'iss=i', 'state=s');
        const expected = page + (pairs.length ? `?${pairs.join('&')}` : '') + `#${fragment}`;
        assert.equal(
          readCallback(`${page}?${query.join('&')}#${fragment}`, new MemoryStorage())?.cleanUrl,
          expected,
        );
      }),
    );
  });
});

describe('ownership', () => {
  const callback = { state: 'mine' };
  const storageWith = (...states: string[]) => {
    const storage = new MemoryStorage();
    for (const state of states)
      storage.setItem(statePrefix + state, JSON.stringify({ request_type: 'popup' }));
    return storage;
  };

  it('is ours while the request waits, and tells how it travelled', () => {
    const storage = storageWith('mine');
    assert.equal(ownership(callback, storage), 'ours');
    assert.equal(wayOf(callback, storage), 'popup');
  });

  it('is spent once used, and stays told apart from foreign ones', () => {
    const storage = storageWith('mine', 'other');
    spend(callback, storage);
    assert.equal(ownership(callback, storage), 'spent');
    assert.equal(wayOf(callback, storage), undefined);
    spend({ state: 'other' }, storage);
    assert.equal(ownership(callback, storage), 'spent');
  });

  it('is nobody’s when the state is foreign, whatever else is stored', () => {
    const storage = storageWith('mine', 'other');
    spend({ state: 'other' }, storage);
    for (const state of ['', 'min', 'mine ', 'other mine', '__proto__', ' '])
      assert.equal(ownership({ state }, storage), undefined, state);
  });

  it('does not remember without bound', () => {
    const storage = storageWith();
    for (let n = 0; n < 1000; n++) spend({ state: `state-${n}` }, storage);
    assert.equal(ownership({ state: 'state-999' }, storage), 'spent');
    assert.ok(storage.getItem(storage.key(0)!)!.length < 1000);
  });
});
