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

/**
 * Names that get short: the fields of Facts (src/session/facts.ts), and what the session, its ports and its listener call
 * each other. Nothing outside the pasted file sees them. Not those that are also something else's name: a happening's, a
 * wait's, or what Messenger, the page, another part or another copy of the element (PageSession, View) reads.
 */
const shortened =
  /^(stepUp|anonymousChat|hasCalled|expired|codeCalls|reAuthenticateCalls|signInCalls|signInRejection|grantEnd|callDue|exchanging|exchanges|exchangeUnwanted|unwantedSession|refusal|retried|signInNumber|requested|visitorActed|triedSilently|waitsForVisitor|logoutDoubted|logoutReason|forVisitor|canBeSilent|callsAgain|startMessenger|announceLogout|remember|recall|requestSignIn|requestSignOut|hearLogout|comeBack|changeVisibility|on[A-Z]\w+)$/;

const minify = (mangle = {}) =>
  terser({
    ecma: 2022,
    compress: { passes: 3, pure_getters: true },
    format: { comments: false },
    mangle,
  });

const resolve = nodeResolve({ browser: true, exportConditions: ['production'] });
const plugins = [resolve, minify()];

export default [
  ...Object.entries(parts).map(([name, [input, file]]) => ({
    input,
    output: { file: `dist/${file}`, format: 'es' },
    plugins: [...plugins, remember(name, file)],
  })),
  {
    input: 'dist/define.js',
    output: { file: 'dist/genesys-auth-messenger.js', format: 'iife' },
    plugins: [pastedParts, denseStyles, resolve, minify({ properties: { regex: shortened } })],
  },
  {
    input: 'dist/testing/bootstrap.js',
    output: { file: 'dist/testing/genesys.min.js', format: 'iife', name: 'bootMessenger', exports: 'named' },
    plugins,
  },
];
