/** `npm run build`: everything in dist/, from nothing, and how large it is. */
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';

/** Brotli bytes that a visitor may be made to download: the paste file, and everything of ours together. */
const budgets = { 'genesys-auth-messenger.js': 12 * 1024, total: 28 * 1024 };

const run = (tool, ...args) =>
  execFileSync(process.execPath, [tool, ...args], { stdio: ['ignore', 'inherit', 'inherit'] });

rmSync('dist', { recursive: true, force: true });
run('node_modules/typescript/bin/tsc');
run('node_modules/rollup/dist/bin/rollup', '--config', 'rollup.config.mjs', '--silent');

const brotli = (file) =>
  brotliCompressSync(readFileSync(`dist/${file}`), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })
    .length;
const sizes = Object.fromEntries(
  ['.js', '.oidc.js', '.errors.js']
    .map((end) => `genesys-auth-messenger${end}`)
    .map((file) => [file, brotli(file)]),
);
sizes.total = Object.values(sizes).reduce((sum, size) => sum + size);

let over = false;
for (const [name, size] of Object.entries(sizes)) {
  const budget = budgets[name];
  over ||= size > budget;
  console.log(`${name.padEnd(34)} ${String(size).padStart(6)} bytes brotli${budget ? ` of ${budget}` : ''}`);
}
if (over) {
  console.error('Over budget.');
  process.exit(1);
}
