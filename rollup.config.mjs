/**
 * The files that a page loads, made from what `tsc` has written to dist/. The pasted file is one classic script that also
 * works as a module. What it needs later it loads from beside itself (src/parts.pasted.ts), with an integrity that is
 * written into it: so the parts are built first. Every part is a bundle of its own that imports nothing.
 */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { minify } from 'terser';
import ts from 'typescript';

/** What visitors read, one file a language. */
const languages = readdirSync(new URL('src/words/languages', import.meta.url)).map((file) =>
  file.replace('.ts', ''),
);

/** Each part's integrity. SHA-256, for it stands in the file that every visitor downloads. */
const built = {};

const remember = (name) => ({
  name: 'remember-integrity',
  generateBundle(_, bundle) {
    const [{ code }] = Object.values(bundle);
    const digest = createHash('sha256').update(code).digest('base64');
    built[name] = `sha256-${digest}`;
  },
});

/** @returns it of some parts, as source text */
const integrityOf = (...names) =>
  JSON.stringify(Object.fromEntries(names.map((name) => [name, built[name]])));

/** The pasted file's own way to load a part. */
const pastedParts = {
  name: 'pasted-parts',
  resolveId: (source) =>
    source.endsWith('/parts.js') ? new URL('dist/parts.pasted.js', import.meta.url).pathname : null,
  transform: (code, id) =>
    id.endsWith('/parts.pasted.js') ? `const PARTS = ${integrityOf('sign-in', 'words')};\n${code}` : null,
  // The browser's own, at run time.
  resolveDynamicImport: () => false,
};

/**
 * The part with the English sentences knows the integrity of the other languages, 35 of which are a kilobyte and more, and of
 * what is loaded only where something is wrong.
 */
const languageIndex = {
  name: 'language-index',
  transform: (code, id) =>
    id.endsWith('/words/index.js')
      ? code.replace(
          /\(\) => import\('\.\/languages\/(.+?)\.js'\)/g,
          (_, tag) => `'${built[`languages/${tag}`]}'`,
        ) + `export const others = ${integrityOf('explanations', 'doctor')};`
      : null,
};

/** @returns the syntax tree of a source file */
const treeOf = (file) =>
  ts.createSourceFile(
    file,
    readFileSync(new URL(`src/${file}`, import.meta.url), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );

/** Words of the page's, Messenger's or ours for something else, too: such a name stays. */
const spoken = ['signInFailed', 'authenticated', 'loggedOut', 'ask', 'renew'];

/** Of happenings and actions, which are said in strings that no minifier shortens: their short names. */
const shortNames = new Map(
  [...happeningsIn(treeOf('session/happenings.ts')), ...actionsIn(treeOf('session/rules.ts'))]
    .filter((name) => !spoken.includes(name))
    .map((name, index) => [name, `$${index.toString(36)}`]),
);

function happeningsIn({ statements }) {
  const [{ initializer }] = statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => declarationList.declarations)
    .filter(({ name }) => name.text === 'happenings');
  return initializer.expression.properties.map(({ name }) => name.text);
}

function actionsIn({ statements }) {
  const { type } = statements.find(({ name }) => name?.text === 'Action');
  return type.types.map(({ literal }) => literal.text);
}

/** In the pasted file, happenings and actions have short names. */
const shortenNames = {
  name: 'shorten-names',
  transform(code, id) {
    if (!/\/dist\/(session|messenger)\//.test(id)) return null;
    const found = [];
    const visit = (node) => {
      const { parent } = node;
      const short = shortNames.get(node.text);
      const isHappening =
        (ts.isPropertyAccessExpression(parent ?? node) && parent.expression.getText() === 'happenings') ||
        parent?.parent?.parent?.name?.text === 'happenings';
      if (short && ts.isStringLiteral(node)) found.push([node, parent.name === node ? short : `'${short}'`]);
      if (short && ts.isIdentifier(node) && isHappening && parent.name === node) found.push([node, short]);
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(id, code, ts.ScriptTarget.Latest, true));
    return found.reduceRight(
      (text, [node, short]) => text.slice(0, node.getStart()) + short + text.slice(node.getEnd()),
      code,
    );
  },
};

/** The doctor, who prints what has happened, knows them. */
const spellNames = {
  name: 'spell-names',
  transform: (code, id) =>
    id.endsWith('/short-names.js')
      ? code.replace(
          'names = {}',
          () =>
            `names = ${JSON.stringify(Object.fromEntries([...shortNames].map(([name, short]) => [short, name])))}`,
        )
      : null,
};

/** A minifier of JavaScript leaves the white space of style sheets alone. */
const denseStyles = {
  name: 'dense-styles',
  transform: (code, id) =>
    /\/(styles|panel)\.js$/.test(id)
      ? code.replace(/`[^`]*`/, (sheet) => sheet.replace(/\s+/g, ' ').replace(/ ?([{};:,]) ?/g, '$1'))
      : null,
};

/** Whatever the parts name: they read some of it from what the pasted file gives them. */
const named = new Set();

/** @param node of the syntax tree, whose names are taken */
function rememberNames(node) {
  if (ts.isIdentifier(node)) named.add(node.text);
  ts.forEachChild(node, rememberNames);
}

/** Leaves out the methods that nothing names, which no minifier does: most of oidc-client-ts. Exported classes stay whole. */
function withoutUnusedMethods(code, exported) {
  const tree = ts.createSourceFile('part.js', code, ts.ScriptTarget.Latest, true);
  const named = new Map();
  const methods = [];
  const visit = (node) => {
    if (ts.isIdentifier(node)) named.set(node.text, (named.get(node.text) ?? 0) + 1);
    const { parent } = node;
    if (ts.isMethodDeclaration(node) && ts.isClassLike(parent) && !exported.includes(parent.name?.text))
      methods.push(node);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  const [unused] = methods.filter(({ name }) => ts.isIdentifier(name) && named.get(name.text) === 1);
  if (!unused) return code;
  return withoutUnusedMethods(code.slice(0, unused.getFullStart()) + code.slice(unused.getEnd()), exported);
}

/** Leaves out what oidc-client-ts logs, which nobody here reads, and with it the logger. */
function withoutLog(code) {
  const tree = ts.createSourceFile('part.js', code, ts.ScriptTarget.Latest, true);
  const ofLogger =
    /^(this\._logger|logger\d*|Logger|new Logger\(.*?\))\.(debug|info|warn|error|create|createStatic)\(|^Log\.reset\(|^\(\(Log2\) =>/;
  const found = [];
  const visit = (node) => {
    const isSaid =
      ts.isExpressionStatement(node) &&
      (ofLogger.test(node.getText()) || /^this\._logger = /.test(node.getText()));
    const [declared] = ts.isVariableStatement(node) ? node.declarationList.declarations : [];
    if (isSaid || ofLogger.test(declared?.initializer?.getText())) found.push(node);
    else ts.forEachChild(node, visit);
  };
  visit(tree);
  const quiet = found.reduceRight(
    (text, node) => `${text.slice(0, node.getStart())};${text.slice(node.getEnd())}`,
    code,
  );
  if (/\b(logger\d|_logger)\./.test(quiet.replace(/^var Logger = class [^]*?^};/m, '')))
    throw new Error('oidc-client-ts logs in a way that the build does not know.');
  return quiet;
}

/**
 * Asks V8 to compile the whole file while it is being loaded, off the page's thread (V8, "Explicit compile hints"): one by one at
 * their first call, functions take a third of the start, and a fifth of the time from a click to the provider. Has to stand
 * first. Other engines read a comment.
 */
const compileAtOnce = '//# allFunctionsCalledOnLoad';

/** @param preamble stands first */
const minifyPart = (preamble) => ({
  name: 'minify-part',
  async renderChunk(code, { exports }) {
    const { format, ...others } = options();
    const { code: plain } = await minify(withoutUnusedMethods(withoutLog(code), exports), {
      ...others,
      format: { ...format, preamble },
      module: true,
    });
    rememberNames(ts.createSourceFile('part.js', plain, ts.ScriptTarget.Latest, true));
    return plain;
  },
});

/** What the pasted file's rooms call each other: nobody else ever sees an object of these types. */
const inner = [
  ['session/facts.ts', 'Facts'],
  ['session/ports.ts', 'Ports'],
  ['session/rules.ts', 'Limits'],
  ['session/rules.ts', 'Shown'],
  ['session/session.ts', 'Session'],
  ['session/account.ts', 'Account'],
  ['sign-in/sign-in.ts', 'SignIn'],
];

/** Such names are the element's, too, of its events' details, or read by another copy of the file (PageSession and View). */
const api = ['signIn', 'signOut', 'restored', 'prepare', 'asksAgain'];

/** @returns the names of a type's members, as its source declares them */
function membersOf(file, type) {
  const { members } = treeOf(file).statements.find(({ name }) => name?.text === type);
  return members.flatMap(({ name }) => (name && ts.isIdentifier(name) ? [name.text] : []));
}

/**
 * @returns the names by which the sources read what is not an object of ours: the browser's, the page's, or one whose type
 *   nobody knows
 */
function foreignNames() {
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, '.');
  const program = ts.createProgram(['src/define.ts'], options);
  const checker = program.getTypeChecker();
  const sources = program.getSourceFiles().filter((file) => !file.isDeclarationFile);
  const isOurs = (property) =>
    property?.declarations?.length &&
    property.declarations.every((declared) => sources.includes(declared.getSourceFile()));
  const foreign = new Set();
  const look = (name, property) => isOurs(property) || foreign.add(name);
  const visit = (node) => {
    if (ts.isPropertyAccessExpression(node)) look(node.name.text, checker.getSymbolAtLocation(node.name));
    if (ts.isObjectBindingPattern(node)) {
      const type = checker.getTypeAtLocation(node);
      for (const { name, propertyName = name } of node.elements)
        look(propertyName.text, type.getProperty(propertyName.text));
    }
    if (ts.isObjectLiteralExpression(node)) {
      const type = checker.getContextualType(node);
      for (const { name } of node.properties) {
        const property = name?.text && type?.getProperty(name.text);
        if (property) look(name.text, property);
      }
    }
    ts.forEachChild(node, visit);
  };
  sources.forEach(visit);
  return foreign;
}

/** Minifies the pasted file, and shortens the names of those members, except where a part or somebody else has such a name. */
const minifyPasted = {
  name: 'minify-pasted',
  renderChunk(code) {
    const kept = new Set([...named, ...foreignNames(), ...api]);
    const short = inner.flatMap(([file, type]) => membersOf(file, type)).filter((name) => !kept.has(name));
    const { format, ...others } = options();
    return minify(code, {
      ...others,
      format: { ...format, preamble: compileAtOnce },
      // `builtins`: also what some object of a browser has, but none that we use.
      mangle: { properties: { regex: new RegExp(`^(${short.join('|')})$`), builtins: true } },
    });
  },
};

/** New every time: the minifier writes into its options. */
const options = () => ({
  ecma: 2022,
  compress: { passes: 4, pure_getters: true },
  format: { comments: false },
});

const resolve = nodeResolve({ browser: true, exportConditions: ['production'] });
const plugins = [resolve, terser(options())];

/** A file that the pasted one loads later. */
const part = (name, input, { preamble = '', plugins = [] } = {}) => ({
  input: `dist/${input}.js`,
  output: { file: `dist/genesys-auth-messenger.${name}.js`, format: 'es' },
  plugins: [...plugins, spellNames, denseStyles, resolve, minifyPart(preamble), remember(name)],
});

export default [
  part('sign-in', 'sign-in/flow', { preamble: compileAtOnce }),
  part('explanations', 'explanations'),
  part('doctor', 'doctor/index'),
  ...languages.map((tag) => part(`languages/${tag}`, `words/languages/${tag}`)),
  part('words', 'words/index', { plugins: [languageIndex] }),
  {
    input: 'dist/define.js',
    output: { file: 'dist/genesys-auth-messenger.js', format: 'iife' },
    plugins: [pastedParts, shortenNames, denseStyles, resolve, minifyPasted],
  },
  // In place of what `tsc` has written: the page is published without its modules.
  { input: 'dist/setup/setup.js', output: { file: 'dist/setup/setup.js', format: 'es' }, plugins },
  {
    input: 'dist/testing/bootstrap.js',
    output: {
      file: 'dist/testing/genesys.min.js',
      format: 'iife',
      name: 'bootMessenger',
      exports: 'default',
    },
    plugins,
  },
];
