import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isReservedParameter } from '../../../src/oidc/parameters.js';

describe('a further parameter of the authorization request', () => {
  const refused: Record<string, string[]> = {
    'is sent already (OpenID Connect Core §3.1.2.1, RFC 7636 §4.3)': [
      ...['client_id', 'code_challenge', 'code_challenge_method', 'max_age', 'nonce', 'prompt'],
      ...['redirect_uri', 'response_type', 'scope', 'state'],
    ],
    'would change how the answer comes, or carry the request in another form': [
      ...['response_mode', 'request', 'request_uri', 'dpop_jkt'],
    ],
    'is a secret that must not be in a URL': ['client_secret', 'code', 'code_verifier', 'id_token_hint'],
  };
  for (const [why, names] of Object.entries(refused))
    for (const name of names) it(`${name} ${why}`, () => assert.equal(isReservedParameter(name), true));

  for (const name of [
    'audience',
    'acr_values',
    'login_hint',
    'ui_locales',
    'claims',
    'resource',
    'display',
    '',
  ])
    it(`"${name}" is the author's`, () => assert.equal(isReservedParameter(name), false));
});
