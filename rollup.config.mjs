import { createHash } from 'node:crypto';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';

/**
 * The files that a page loads, made from what `tsc` has written to dist/. The pasted file is one classic script that also
 * works as a module. What it needs later it loads from beside itself (src/parts.pasted.ts), with an integrity that is
 * written into it: so the parts are built first. Every part is a bundle of its own that imports nothing.
 */
const parts = {
  'sign-in': ['dist/sign-in/flow.js', 'genesys-auth-messenger.sign-in.js'],
  explanations: ['dist/explanations.js', 'genesys-auth-messenger.explanations.js'],
  doctor: ['dist/doctor/index.js', 'genesys-auth-messenger.doctor.js'],
};

/** By name: `[file, integrity]`. */
const built = {};

const remember = (name, file) => ({
  name: 'remember-integrity',
  generateBundle(_, bundle) {
    const digest = createHash('sha384').update(bundle[file].code).digest('base64');
    built[name] = [file, `sha384-${digest}`];
  },
});

/** The pasted file's own way to load a part. */
const pastedParts = {
  name: 'pasted-parts',
  resolveId: (source) =>
    source.endsWith('/parts.js') ? new URL('dist/parts.pasted.js', import.meta.url).pathname : null,
  transform: (code, id) =>
    id.endsWith('/parts.pasted.js') ? `const PARTS = ${JSON.stringify(built)};\n${code}` : null,
  // The browser's own, at run time.
  resolveDynamicImport: () => false,
};

/** A minifier of JavaScript leaves the white space of style sheets alone. */
const denseStyles = {
  name: 'dense-styles',
  transform: (code, id) =>
    id.endsWith('/styles.js')
      ? code.replace(/`[^`]*`/, (sheet) => sheet.replace(/\s+/g, ' ').replace(/ ?([{};:,]) ?/g, '$1'))
      : null,
};

const plugins = [
  nodeResolve({ browser: true, exportConditions: ['production'] }),
  terser({
    ecma: 2022,
    compress: { passes: 3, pure_getters: true },
    format: { comments: false },
  }),
];

export default [
  ...Object.entries(parts).map(([name, [input, file]]) => ({
    input,
    output: { file: `dist/${file}`, format: 'es' },
    plugins: [...plugins, remember(name, file)],
  })),
  {
    input: 'dist/define.js',
    output: { file: 'dist/genesys-auth-messenger.js', format: 'iife' },
    plugins: [pastedParts, denseStyles, ...plugins],
  },
  {
    input: 'dist/testing/bootstrap.js',
    output: { file: 'dist/testing/genesys.min.js', format: 'iife', name: 'bootMessenger', exports: 'named' },
    plugins,
  },
];
