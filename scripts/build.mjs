/** `npm run build`: everything in dist/, from nothing, and how large it is. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, cpSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';
import { budgets } from './budgets.mjs';
import { editorData } from './editor-data.mjs';
import { readElement } from './element-api.mjs';

/** @param {string} tool @param {string[]} args */
const run = (tool, ...args) =>
  execFileSync(process.execPath, [tool, ...args], { stdio: ['ignore', 'inherit', 'inherit'] });
const read = (/** @type {string} */ file) => readFileSync(`dist/${file}`);
/** @param {string} file @param {unknown} data */
const writeJson = (file, data) => writeFileSync(`dist/${file}`, `${JSON.stringify(data, null, 2)}\n`);

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));

rmSync('dist', { recursive: true, force: true });
run('node_modules/typescript/bin/tsc');
writeFileSync('dist/version.js', String(read('version.js')).replace('development', manifest.version));
run('node_modules/rollup/dist/bin/rollup', '--config', 'rollup.config.mjs', '--silent');
for (const file of ['index.html', 'setup.css']) cpSync(`src/setup/${file}`, `dist/setup/${file}`);

for (const [file, content] of Object.entries(editorData(readElement(), manifest))) {
  writeFileSync(`dist/${file}`, content);
}
// The tag's own types come with the component.
appendFileSync('dist/react.d.ts', "export type { GenesysAuthMessengerProps } from './jsx.js';\n");

/** Whatever a page loads: the paste file and its parts. */
const loaded = readdirSync('dist', { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /^genesys-auth-messenger.*\.js$/.test(file));
/** What visitors read: English with the list of the others, and the others. A visitor needs two of them at most. */
const isOfLanguages = (/** @type {string} */ file) => /\.(words|languages\/.*)\.js$/.test(file);

const sha384 = (/** @type {string} */ file) =>
  `sha384-${createHash('sha384').update(read(file)).digest('base64')}`;
writeJson('integrity.json', Object.fromEntries(loaded.map((file) => [file, sha384(file)])));

const brotli = (/** @type {string} */ file) =>
  brotliCompressSync(read(file), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
const sum = (/** @type {string[]} */ files) => files.reduce((total, file) => total + brotli(file), 0);
const languages = loaded.filter(isOfLanguages);
const own = loaded.filter((file) => !isOfLanguages(file));
const sizes = {
  ...Object.fromEntries(own.map((file) => [file, brotli(file)])),
  'to sign in': sum(['genesys-auth-messenger.js', 'genesys-auth-messenger.sign-in.js']),
  total: sum(own),
  [`${languages.length} files of languages, apart`]: sum(languages),
};
writeJson('size.json', sizes);

let over = false;
for (const [name, size] of Object.entries(sizes)) {
  const budget = budgets[name] ?? Infinity;
  over ||= size > budget;
  console.log(
    `${name.padEnd(34)} ${String(size).padStart(6)} bytes brotli${Number.isFinite(budget) ? ` of ${budget}` : ''}`,
  );
}
if (over) {
  console.error('Over budget.');
  process.exit(1);
}
