import { execFileSync } from 'node:child_process';

/**
 * Runs npm and returns what it prints. The one that runs us, where there is one: on Windows `npm` itself is a script for a
 * shell, and no shell is the same everywhere.
 * @param {readonly string[]} args
 * @param {import('node:child_process').ExecFileSyncOptions} [options] `stdio` decides what the user sees.
 */
export function npm(args, options) {
  const cli = process.env.npm_execpath ?? '';
  const isOwn = cli.endsWith('npm-cli.js');
  return String(execFileSync(isOwn ? process.execPath : 'npm', isOwn ? [cli, ...args] : args, options) ?? '');
}

/**
 * What the package consists of, as it lies here.
 * @param {string} root
 * @returns {string[]} Paths below the root.
 */
export function packedFiles(root) {
  const listing = npm(['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [{ files }] = JSON.parse(listing);
  return files.map((/** @type {{path: string}} */ { path }) => path);
}
