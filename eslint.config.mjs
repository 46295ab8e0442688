import * as wc from 'eslint-plugin-wc';
import tseslint from 'typescript-eslint';

/** Plugins differ in whether they export themselves or a default. */
const plugin = (module) => module.default ?? module;

export default [
  { ignores: ['dist/', 'coverage/', 'test-results/'] },
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
