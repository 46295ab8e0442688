import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';

/**
 * The files that a page loads, made from what `tsc` has written to dist/. The paste file is one classic script that
 * also works as a module; what it needs later it imports from beside itself, so every later part is a bundle of its
 * own that takes no code from it.
 */
const parts = {
  'sign-in/flow.js': './genesys-auth-messenger.oidc.js',
  'explanations.js': './genesys-auth-messenger.errors.js',
  'doctor/index.js': './genesys-auth-messenger.doctor.js',
};

/**
 * A classic script of another origin has no address to import from unless it remembers its own; a module script has no
 * `currentScript`, and needs none.
 */
const besideItself = {
  name: 'beside-itself',
  renderDynamicImport: () => ({ left: 'import(beside(', right: '))' }),
};
const intro = `const { currentScript } = document;
const beside = (file) => (currentScript ? new URL(file, currentScript.src).href : file);`;

/** A minifier of JavaScript leaves the white space of style sheets alone. */
const denseStyles = {
  name: 'dense-styles',
  transform: (code, id) =>
    id.endsWith('/styles.js')
      ? code.replace(/css `[^`]*`/, (sheet) => sheet.replace(/\s+/g, ' ').replace(/ ?([{};:,]) ?/g, '$1'))
      : null,
};

const partOf = (id) => Object.keys(parts).find((module) => id.endsWith(`/${module}`));

const plugins = [
  nodeResolve({ browser: true, exportConditions: ['production'] }),
  terser({
    ecma: 2022,
    compress: { passes: 3, pure_getters: true },
    format: { comments: false },
  }),
];

/** @param {string | undefined} own the part that is being made: it takes in itself, and imports the others */
const otherParts = (own) => (id) => partOf(id) !== undefined && partOf(id) !== own;
const paths = (id) => parts[partOf(id)] ?? id;

export default [
  {
    input: 'dist/define.js',
    external: otherParts(),
    output: { file: 'dist/genesys-auth-messenger.js', format: 'iife', intro, paths },
    plugins: [besideItself, denseStyles, ...plugins],
    // The element draws one button without templates; all that lit-html and lit-element do on import is to register.
    treeshake: { moduleSideEffects: (id) => !/lit-(html|element)/.test(id) },
  },
  ...Object.entries(parts).map(([module, file]) => ({
    input: `dist/${module}`,
    external: otherParts(module),
    output: { file: `dist/${file}`, format: 'es', paths },
    plugins,
  })),
  {
    input: 'dist/testing/bootstrap.js',
    output: { file: 'dist/testing/genesys.min.js', format: 'iife', name: 'bootMessenger', exports: 'named' },
    plugins,
  },
];
