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
    },
  },
  { files: ['demo/**', 'scripts/**', 'test/**'], rules: { 'no-console': 'off' } },
];
