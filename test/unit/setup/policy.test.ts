// Whether a page's own Content-Security-Policy lets the element work (CSP3 §6.7).
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lacking } from '../../../src/setup/policy.js';

const self = 'https://www.brand.example';
const apps = 'https://apps.mypurecloud.de';
const socket = 'wss://webmessaging.mypurecloud.de';
const login = 'https://login.brand.example:8443';
const needed = {
  'script-src': ['https://cdn.brand.example', apps],
  'frame-src': [apps, "'self'", login],
  'connect-src': ['https://api.mypurecloud.de', socket, login],
};
const scripts = `script-src https://cdn.brand.example ${apps};`;
const frames = `frame-src ${apps} 'self' ${login};`;
const connections = `connect-src https://api.mypurecloud.de ${socket} ${login}`;

const cases: [what: string, policies: string[], away: string[]][] = [
  ['each source by its origin', [`${scripts} ${frames} ${connections}`], []],
  ['nothing but what it says', ["object-src 'none'; base-uri 'self'"], []],
  ['everything', ['default-src *'], []],
  [
    'the site alone',
    ["default-src 'self'"],
    [
      'script-src https://cdn.brand.example',
      `script-src ${apps}`,
      `frame-src ${apps}`,
      `frame-src ${login}`,
      'connect-src https://api.mypurecloud.de',
      `connect-src ${socket}`,
      `connect-src ${login}`,
    ],
  ],
  [
    'https in general, which is no socket',
    ["script-src https:; frame-src https: 'self'; connect-src https:"],
    [`connect-src ${socket}`],
  ],
  [
    'hosts below one, of any port',
    [
      `script-src *.brand.example *.mypurecloud.de; frame-src 'self' *.mypurecloud.de *.brand.example:*; connect-src *.mypurecloud.de wss://*.mypurecloud.de login.brand.example:8443`,
    ],
    [],
  ],
  [
    'another port',
    [`${scripts} ${frames} connect-src https://api.mypurecloud.de ${socket} https://login.brand.example`],
    [`connect-src ${login}`],
  ],
  [
    'not the host above',
    [`connect-src *.api.mypurecloud.de ${socket} ${login}`],
    ['connect-src https://api.mypurecloud.de'],
  ],
  ['a path on the host', [`script-src https://cdn.brand.example/chat/ ${apps}/`], []],
  ['scripts by nonce', [`script-src 'nonce-R4nd0m' 'strict-dynamic'; ${frames}`], []],
  ['scripts by nonce as elements', [`script-src 'self'; script-src-elem 'nonce-R4nd0m'; ${frames}`], []],
  ['frames by an older name', [`child-src ${apps} 'self'`], [`frame-src ${login}`]],
  ['the first of two of a name', [`${scripts} script-src 'none'`], []],
  ['upper case', [`SCRIPT-SRC HTTPS://CDN.BRAND.EXAMPLE ${apps}`], []],
  [
    'what all of several allow',
    [`${scripts}, script-src ${apps}`, "frame-src 'self'"],
    ['script-src https://cdn.brand.example', `frame-src ${apps}`, `frame-src ${login}`],
  ],
  ['no policy of Trusted Types', ["trusted-types 'none'"], ['trusted-types genesys-auth-messenger']],
  [
    'the policy of Trusted Types that the element makes',
    ['trusted-types genesys-auth-messenger lit-html'],
    [],
  ],
];

describe('a policy that allows', () => {
  for (const [what, policies, away] of cases)
    it(what, () => assert.deepEqual(lacking(policies, needed, self), away));
});
