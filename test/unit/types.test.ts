import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { bundler, compile, compileSources } from '../types/compile.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

// A program for each way to resolve modules, and not for each claim: the browser's own interfaces are checked with it.
describe('the types of the package', () => {
  it('are there for each entry as Node resolves it, with the tag in JSX of React 19', () =>
    assert.deepEqual(compile(['entries.ts', 'react.tsx']), []));

  it('are there for each entry as bundlers resolve it, with the tag in templates of Vue and Svelte', () =>
    assert.deepEqual(compile(['entries.ts', 'templates.ts'], bundler), []));

  it('have the tag in JSX of React 18', () => {
    const types = `${root}node_modules/types-react-18`;
    const paths = { react: [`${types}/index.d.ts`], 'react/jsx-runtime': [`${types}/jsx-runtime.d.ts`] };
    assert.deepEqual(compile(['react.tsx'], { paths }), []);
  });
});

describe('the types of a page', () => {
  it('come with the definition: events, their names, and window.Genesys', () =>
    assert.deepEqual(compile(['page.ts'], { skipLibCheck: true }), []));

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
