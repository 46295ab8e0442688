import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { bundler, compile, compileSources } from '../types/compile.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

describe('the types of a page', () => {
  it('come with the definition: events, their names, and window.Genesys', () =>
    assert.deepEqual(compile('page.ts', { skipLibCheck: true }), []));

  /** As found in pages of brands. */
  const own = {
    anything: 'interface Window { Genesys: any; _genesysJs: any }',
    'a function of anything': 'interface Window { Genesys: (...args: any[]) => void }',
    'a function of commands':
      'export {}; declare global { interface Window { Genesys?: (command: string, action: string, data: any) => void } }',
    'a function with callbacks': `interface Window {
      Genesys: (type: string, name: string, options?: {}, done?: () => void, failed?: () => void) => void;
    }`,
    'no function of ours': 'interface Window { Genesys: Function }',
    'a variable': 'declare var Genesys: any; Genesys("command", "Messenger.open");',
    'a function':
      'declare function Genesys(verb: string, ...rest: unknown[]): void; Genesys("command", "Messenger.open");',
    'a constant': 'declare const Genesys: Window["Genesys"]; Genesys?.("command", "Messenger.open");',
    'events of the same names': 'interface DocumentEventMap { signedIn: CustomEvent<{ user: string }> }',
  };
  for (const [what, declaration] of Object.entries(own))
    it(`leave alone what a page declares itself: ${what}`, () => {
      const sources = new Map([
        [`${root}page/page.ts`, `import 'genesys-auth-messenger/define';`],
        [`${root}page/own.ts`, declaration],
      ]);
      assert.deepEqual(compileSources(sources, { ...bundler, skipLibCheck: true }), []);
    });
});
