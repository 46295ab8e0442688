import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readAnswer, readStatelessError } from '../../../src/oidc/answer.js';
import { newState } from '../../../src/oidc/state.js';

const page = 'https://brand.example/shop';
const state = newState('redirect');

describe('readAnswer', () => {
  const answers: [what: string, rest: string, cleanRest: string][] = [
    ['a code', `?code=c&state=${state}`, ''],
    ['an error', `?error=access_denied&error_description=no&error_uri=u&state=${state}`, ''],
    ['everything a provider may send', `?state=${state}&session_state=x&code=c&iss=https%3A%2F%2Fi`, ''],
    ['a state alone', `?a=1&state=${state}`, '?a=1'],
    ['an encoded state', `?code=c&state=${state.replaceAll('-', '%2D')}`, ''],
    ['an encoded name', `?c%6Fde=c&state=${state}`, ''],
    ['a state beside somebody else’s', `?state=CA&code=c&state=${state}`, ''],
    ['a hash', `?code=c&state=${state}#/route?code=kept`, '#/route?code=kept'],
    ['an answer in the fragment', `?a=1#code=c&state=${state}`, '?a=1'],
    ['foreign parameters', `?b=%7E&code=c&a=1+2&state=${state}&b=ü`, '?b=%7E&a=1+2&b=ü'],
    ['foreign oddities', `?&code=c&=x&&flag&%E0%A4%A&state=${state}`, '?&=x&&flag&%E0%A4%A'],
    ['names that only look like ours', `?code=c&state=${state}&Code=1&?code=2`, '?Code=1&?code=2'],
  ];
  for (const [what, rest, cleanRest] of answers)
    it(`finds ${what} and takes only the response out of the address`, () => {
      const found = readAnswer(page + rest);
      assert.equal(found?.cleanUrl, page + cleanRest);
      assert.deepEqual([found?.answer.state, found?.answer.way], [state, 'redirect']);
    });

  it('knows how the request travelled', () => {
    for (const way of ['redirect', 'popup', 'frame'] as const)
      assert.equal(readAnswer(`${page}?code=c&state=${newState(way)}`)?.answer.way, way);
  });

  const others = [
    '',
    '?',
    '?code=SUMMER',
    '?state=CA',
    '?code=XMAS10&state=CA',
    '?error=1',
    `?code=c&state=${state}x`,
    `?code=c&state=x${state}`,
    `?code=c&state=${state.toUpperCase()}`,
    `?code=c&state=gam-window-${'0'.repeat(32)}`,
    `?code=c&State=${state}`,
    `/${state}`,
    '#code=c&state=s',
  ];
  for (const rest of others)
    it(`leaves "${rest}" alone`, () => assert.equal(readAnswer(page + rest), undefined));

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
        query.splice(at % (pairs.length + 1), 0, 'code=c', 'iss=i', `state=${state}`);
        const expected = page + (pairs.length ? `?${pairs.join('&')}` : '') + `#${fragment}`;
        assert.equal(readAnswer(`${page}?${query.join('&')}#${fragment}`)?.cleanUrl, expected);
      }),
    );
  });
});

describe('readStatelessError', () => {
  it('finds an error without a state, in the query and in the fragment', () => {
    for (const mark of ['?', '#'])
      for (const written of ['error=access_denied', 'error=access_denied&state=']) {
        const { parameters, cleanUrl } = readStatelessError(page + mark + written)!;
        assert.deepEqual({ parameters, cleanUrl }, { parameters: written, cleanUrl: page });
      }
  });

  for (const rest of [
    '',
    '?error_description=x',
    `?error=x&state=${state}`,
    '?error=x&state=CA',
    '?error=x&code=c',
  ])
    it(`leaves "${rest}" alone`, () => assert.equal(readStatelessError(page + rest), undefined));
});
