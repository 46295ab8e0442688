/** `npm pack` and `npm publish` begin here: the package is built from the source that is here, and refused if it is not whole. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { packedFiles } from './npm.mjs';
import { ensureDependencies } from './setup.mjs';

ensureDependencies();
await import('./build.mjs');

const root = fileURLToPath(new URL('..', import.meta.url));
const { exports, customElements, 'web-types': webTypes, unpkg, jsdelivr } = readJson('package.json');
const packed = packedFiles(root);
const integrity = Object.keys(readJson('dist/integrity.json')).map((file) => `dist/${file}`);
const needed = [...named(exports), customElements, webTypes, unpkg, jsdelivr, ...integrity];
const missing = needed.map((path) => path.replace('./', '')).filter((path) => !packed.includes(path));
if (missing.length) {
  console.error(`The package is not whole: ${missing.join(', ')}`);
  process.exit(1);
}

/** @param {string} path */
function readJson(path) {
  return JSON.parse(readFileSync(`${root}/${path}`, 'utf8'));
}

/** @param {unknown} entry Of `exports`. @returns {string[]} Every path that it names. */
function named(entry) {
  return typeof entry === 'string' ? [entry] : Object.values(Object(entry)).flatMap(named);
}
