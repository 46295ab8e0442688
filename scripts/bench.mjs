/**
 * `npm run bench [-- nodes start …] [--rounds N]`: what the element costs a page, as built from the source that is here. The
 * variants of a figure take turns in one run, and what counts is the median of their ratios, which says the same on any
 * machine. Nothing else should run on it. Ends with 1 where a limit is broken.
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { chromiumArgs, ensureBrowser, ensureDependencies } from './setup.mjs';

const names = ['nodes', 'start', 'tasks', 'leaks', 'sizes'];
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string' }, help: { type: 'boolean' } },
});
if (values.help) {
  console.log(`npm run bench [-- ${names.join(' | ')} …] [--rounds N]`);
  process.exit();
}
const unknown = positionals.filter((name) => !names.includes(name));
if (unknown.length) throw new Error(`no such figure: ${unknown}; there are ${names.join(', ')}`);
const chosen = positionals.length ? positionals : names;
const rounds = values.rounds ? { rounds: Number(values.rounds) } : {};

ensureDependencies();
const started = Date.now();
// Says the sizes, and has limits for them.
const { status } = spawnSync(process.execPath, ['scripts/build.mjs'], {
  stdio: ['ignore', chosen.includes('sizes') ? 'inherit' : 'ignore', 'inherit'],
});
const broken = status ? ['sizes'] : [];

const { chromium } = await import('playwright-core');
const { startWorld } = await import('../demo/world/world.mjs');
const { measureNodes } = await import('../bench/nodes.mjs');
const { measureStart, measureTasks } = await import('../bench/start.mjs');
const { measureLeaks } = await import('../bench/leaks.mjs');

const measures = { nodes: measureNodes, start: measureStart, tasks: measureTasks, leaks: measureLeaks };
const world = await startWorld();
const browser = await chromium.launch({ executablePath: ensureBrowser(), args: chromiumArgs });
try {
  for (const [name, measure] of Object.entries(measures)) {
    if (!chosen.includes(name)) continue;
    for (const figure of await measure({ browser, world, ...rounds })) print(figure);
    world.reset();
  }
} finally {
  await browser.close();
  await world.stop();
}
const seconds = Math.round((Date.now() - started) / 1000);
console.log(
  `\n${broken.length ? `Over the limit: ${broken.join(', ')}` : 'All within their limits'} (${seconds} s)`,
);
process.exitCode = broken.length ? 1 : 0;

/** @param {import('../bench/measure.mjs').Figure} figure */
function print({ title, measured, rows }) {
  console.log(`\n${title}\n(${measured})`);
  for (const { name, value, ratio = '', limit = '', broken: isBroken } of rows) {
    if (isBroken) broken.push(name);
    console.log(
      `  ${name.padEnd(34)} ${value.padStart(10)}  ${ratio} ${limit}${isBroken ? '  over' : ''}`.trimEnd(),
    );
  }
}
