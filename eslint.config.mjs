import * as wc from 'eslint-plugin-wc';
import tseslint from 'typescript-eslint';

/** Plugins differ in whether they export themselves or a default. */
const plugin = (module) => module.default ?? module;

export default [
  { ignores: ['dist/', 'coverage/', 'release/', 'test-results/'] },
  ...tseslint.configs.recommended,
  plugin(wc).configs['flat/recommended'],
  {
    rules: {
      // Chatter of ours in a visitor's console is a bug; warnings to the author of the page are not.
      'no-console': ['error', { allow: ['warn'] }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      // What the browser's own interfaces get from us, they inherit: what a page declares itself then comes first.
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
    },
  },
  {
    // What nobody waits for has to say so: a rejection that nobody hears is lost.
    // Not component tests: their `expect` has the type of a promise.
    files: [
      'src/**/*.ts',
      'test/{unit,fuzz}/**/*.ts',
      'test/e2e/**/*.mjs',
      'demo/world/*.mjs',
      'bench/*.mjs',
    ],
    languageOptions: {
      parserOptions: { project: ['tsconfig.json', 'test/tsconfig.json', 'demo/tsconfig.json'] },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': [
        'error',
        // Node's runner waits for them itself.
        {
          allowForKnownSafeCalls: [
            { from: 'package', package: 'node:test', name: ['describe', 'it', 'test'] },
          ],
        },
      ],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/await-thenable': 'error',
    },
  },
  {
    // What the page's markup can stand in for is read in one place (src/readings.ts). The double imitates Genesys' script;
    // the setup page is a page of ours.
    files: ['src/**'],
    ignores: ['src/readings.ts', 'src/testing/**', 'src/setup/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...[
          'MemberExpression[object.name=/^(document|ownerDocument)$/]',
          'MemberExpression[object.property.name=/^(document|ownerDocument)$/]',
          'VariableDeclarator[id.type="ObjectPattern"]:matches([init.name=/^(document|ownerDocument)$/], [init.property.name=/^(document|ownerDocument)$/])',
          'MemberExpression[property.name=/^(Genesys|_genesysJs)$/]:not(AssignmentExpression > .left):not(UnaryExpression[operator="delete"] > .argument)',
          'MemberExpression[object.name=/^(window|globalThis|self)$/][property.name="trustedTypes"]',
        ].map((selector) => ({
          selector,
          message: 'Markup can stand in for this name: read it through readings.ts.',
        })),
      ],
    },
  },
  { files: ['demo/**', 'scripts/**', 'test/**'], rules: { 'no-console': 'off' } },
];
