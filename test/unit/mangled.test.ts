import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describe } from '../../src/explanations.js';
import { nameMangled } from '../../src/mangled.js';

const known = ['deployment-id', 'issuer', 'client-id', 'authorization-params', 'login-label'];
const named = (attributes: Record<string, string>) =>
  nameMangled(
    Object.entries(attributes).map(([name, value]) => ({ name, value })),
    known,
  );

/** As a parser hands them over after a filter, an editor or JSX has been at the tag. */
const mangled: [what: string, attributes: Record<string, string>, named: string][] = [
  ['JSX wrote the property', { deploymentid: '6b1f' }, 'deploymentid stands where deployment-id should'],
  ['dashes became underscores', { client_id: 'web' }, 'client_id stands where client-id should'],
  ['in a data- form', { 'data-clientid': 'web' }, 'clientid stands where client-id should'],
  ['a word processor', { 'deployment-id': '”6b1f”' }, 'typographic quotes in deployment-id'],
  ['French quotes', { issuer: '«https://x»' }, 'typographic quotes in issuer'],
  ['added slashes', { 'client-id': '\\"web\\"' }, 'backslashes in client-id'],
  ['JSON', { issuer: 'https:\\/\\/login.example' }, 'backslashes in issuer'],
  ['encoded twice', { issuer: '&quot;https://x&quot;' }, 'HTML entities that were encoded twice in issuer'],
  [
    'encoded twice',
    { 'authorization-params': 'audience=x&amp;acr_values=y' },
    'HTML entities that were encoded twice in authorization-params',
  ],
  [
    'curly quotes as entities',
    { issuer: '&#8221;https://x' },
    'HTML entities that were encoded twice in issuer',
  ],
];

for (const [what, attributes, expected] of mangled) {
  test(`${what}: ${JSON.stringify(attributes)}`, () => assert.equal(named(attributes), expected));
}

const sound: Record<string, string>[] = [
  { 'deployment-id': '6b1f', 'data-client-id': 'web' },
  { 'authorization-params': 'audience=x&acr_values=a%20b' },
  // Prose.
  { 'login-label': 'Sign in to “Lumenwick”' },
  // A framework that writes both, or an attribute of somebody else's.
  { 'deployment-id': '6b1f', deploymentid: '6b1f' },
  { class: '”', 'aria-label': '\\' },
];

for (const attributes of sound) {
  test(`nothing is amiss with ${JSON.stringify(attributes)}`, () =>
    assert.equal(named(attributes), undefined));
}

test('the value is not repeated', () => {
  assert.doesNotMatch(named({ 'client-id': '”s3cret”' }) ?? '', /s3cret/);
});

test('without an element, a failure stays what it is', () => {
  assert.equal(describe({ code: 'configuration/issuer' }).code, 'configuration/issuer');
  assert.equal(describe({ code: 'configuration/issuer' }, {}).code, 'configuration/issuer');
});
