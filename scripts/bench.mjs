/**
 * `npm run bench [-- click silent …]`: what the element costs a page, as built from the source that is here. The variants of
 * a figure take turns in one run, and what counts is the median of their ratios, which says the same on any machine. Nothing
 * else should run on it. Ends with 1 where a limit is broken.
 */
import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { chromiumArgs, ensureAlternatives, ensureBrowser, ensureDependencies } from './setup.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string' },
    write: { type: 'boolean' },
    json: { type: 'string' },
    against: { type: 'string' },
    help: { type: 'boolean' },
  },
});

ensureDependencies();
const { figures } = await import('../bench/figures.mjs');
const { changes, document, kept, lines } = await import('../bench/report.mjs');
if (values.help) {
  console.log(`npm run bench [-- FIGURE …] [--rounds N] [--write] [--json FILE] [--against FILE]

${Object.entries(figures)
  .map(([name, { about }]) => `  ${name.padEnd(14)} ${about}`)
  .join('\n')}

  --write        all of them into docs/performance.md
  --json FILE    sizes and the ratios that have limits, for a later --against
  --against FILE fails where such a ratio is more than 10 % worse than in FILE`);
  process.exit();
}
const names = Object.keys(figures);
const unknown = positionals.filter((name) => !names.includes(name));
if (unknown.length) throw new Error(`no such figure: ${unknown}; there are ${names.join(', ')}`);
if (values.write && positionals.length) throw new Error('--write takes all figures');
const rounds = values.rounds ? { rounds: Number(values.rounds) } : {};
/** @type {ReturnType<typeof kept>} */
const before = values.against ? JSON.parse(await readFile(values.against, 'utf8')) : {};

ensureAlternatives();
const started = Date.now();
const { status } = spawnSync(process.execPath, ['scripts/build.mjs'], {
  stdio: ['ignore', 'ignore', 'inherit'],
});

const { chromium } = await import('playwright-core');
const { startWorld } = await import('../demo/world/world.mjs');

const world = await startWorld();
const options = { executablePath: ensureBrowser(), args: chromiumArgs };
const browser = await chromium.launch(options);
/** @type {import('../bench/report.mjs').Taken} */
const taken = {};
const version = browser.version();
try {
  for (const [name, { measure }] of Object.entries(figures)) {
    if (positionals.length && !positionals.includes(name)) continue;
    taken[name] = await measure({ browser, options, world, ...rounds });
    for (const figure of taken[name]) console.log(lines(figure));
    world.reset();
  }
} finally {
  await browser.close();
  await world.stop();
}

if (values.json) await writeFile(values.json, `${JSON.stringify(kept(taken), null, 2)}\n`);
if (values.write) await writeFile('docs/performance.md', await document(taken, version));
const broken = Object.values(taken)
  .flat()
  .flatMap(({ title, rows }) => rows.filter((row) => row.broken).map(({ name }) => `${title}: ${name}`));
if (status) broken.push('the build');
const since = changes(kept(taken), before);
if (since.length)
  console.log(`\nSince ${values.against}:\n${since.map(({ line }) => `  ${line}`).join('\n')}`);
const seconds = Math.round((Date.now() - started) / 1000);
console.log(
  `\n${broken.length ? `Limits broken:\n  ${broken.join('\n  ')}\n` : 'All within their limits'} (${seconds} s)`,
);
process.exitCode = broken.length || since.some(({ isWorse }) => isWorse) ? 1 : 0;
