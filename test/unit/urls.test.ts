import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { secureUrl } from '../../src/urls.js';

describe('secureUrl', () => {
  const secure = [
    'https://a.example',
    'http://localhost:1',
    'http://login.localhost',
    'http://127.0.0.1/x',
    'http://127.10.200.30',
    'http://[::1]:8',
  ];
  const insecure = [
    'http://a.example',
    'http://localhost.evil.example',
    'http://notlocalhost',
    'http://128.0.0.1',
    // The host alone is not enough: the scheme counts, too.
    'javascript://localhost/%0Aalert(1)',
    'ftp://localhost',
    'ws://127.0.0.1',
    'javascript:alert(1)',
    'https://somebody@a.example',
    'https://:secret@a.example',
    'http://localhost.',
    'http://127.0.0.1.evil.example',
    'http://evil-localhost.example',
    'data:text/html,x',
    '/authorize',
    '',
    undefined,
    null,
    7,
  ];
  for (const url of secure) it(`takes ${url}`, () => assert.ok(secureUrl(url)));
  for (const url of insecure) it(`refuses ${url}`, () => assert.equal(secureUrl(url), undefined));
});
