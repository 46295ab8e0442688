import { createHash } from 'node:crypto';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { minify } from 'terser';

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

/** Each part's integrity. SHA-256, for it stands in the file that every visitor downloads. */
const built = {};

const remember = (name, file) => ({
  name: 'remember-integrity',
  generateBundle(_, bundle) {
    const digest = createHash('sha256').update(bundle[file].code).digest('base64');
    built[name] = `sha256-${digest}`;
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

const wordsOf = (text) => text.match(/[A-Za-z_$][\w$]*/g) ?? [];

/** Whatever the parts name: they read some of it from what the pasted file gives them. */
const named = new Set();

const minifyPart = {
  name: 'minify-part',
  async renderChunk(code) {
    const { code: plain } = await minify(code, { ...minified, module: true });
    for (const word of wordsOf(plain)) named.add(word);
    return plain;
  },
};

/**
 * Names of ours that others read, beside the parts: Messenger (docs/messenger.md §§2–4), pages (the element's API and its
 * events' details), later pages (what is kept in storage), and another copy of the file, perhaps of another version
 * (PageSession and View).
 */
const readByOthers = wordsOf(`
  Genesys _genesysJs q t c environment deploymentId debug commander data registerCommand subscribe publish command ready
  deploymentConfig auth enabled allowSessionUpgrade forceUpdate status contextId authenticated
  authCode redirectUri nonce codeVerifier maxAge iss interactive
  authorize signIn signOut error version define restored reason code message hint retryable
  observedAttributes attributeChangedCallback connectedCallback disconnectedCallback updateComplete
  refusals attempts answer state way parameters expires returnTo type
  configure update configurationOf remove takeTrace warm show finish aloud asksAgain fromScript source
`);

const camelCase = (name) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

/**
 * Minifies the pasted file, and shortens the names of properties that nobody else reads. Those that the code writes in
 * strings, too, are read by name and stay.
 */
const minifyPasted = {
  name: 'minify-pasted',
  async renderChunk(code) {
    // Minified once without, since comments hold quotes.
    const { code: plain } = await minify(code, minified);
    const strings = (plain.match(/"[^"]*"|'[^']*'|`[^`]*`/g) ?? []).flatMap((text) => [
      ...wordsOf(text),
      ...wordsOf(camelCase(text)),
    ]);
    const reserved = [...strings, ...named, ...readByOthers];
    return minify(code, { ...minified, mangle: { properties: { keep_quoted: true, reserved } } });
  },
};

const minified = {
  ecma: 2022,
  compress: { passes: 3, pure_getters: true },
  format: { comments: false },
};

const resolve = nodeResolve({ browser: true, exportConditions: ['production'] });
const plugins = [resolve, terser(minified)];

export default [
  ...Object.entries(parts).map(([name, [input, file]]) => ({
    input,
    output: { file: `dist/${file}`, format: 'es' },
    plugins: [resolve, minifyPart, remember(name, file)],
  })),
  {
    input: 'dist/define.js',
    output: { file: 'dist/genesys-auth-messenger.js', format: 'iife' },
    plugins: [pastedParts, denseStyles, resolve, minifyPasted],
  },
  {
    input: 'dist/testing/bootstrap.js',
    output: { file: 'dist/testing/genesys.min.js', format: 'iife', name: 'bootMessenger', exports: 'named' },
    plugins,
  },
];
