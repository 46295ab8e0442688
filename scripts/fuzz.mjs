/**
 * `npm run fuzz [-- callbacks …] [--runs 1000000] [--seed S]`: hostile input of all kinds (test/fuzz), made up anew with
 * every seed. A broken rule is printed with the shortest input that breaks it, and the seed that finds it again. Stories of
 * the session, and markup in a browser, are a hundred times slower than the others: they are played when they are named.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { register } from 'tsx/esm/api';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '10000' },
    seed: { type: 'string' },
    help: { type: 'boolean' },
  },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const suites = readdirSync('test/fuzz')
  .map((file) => file.replace(/\.ts$/, ''))
  .filter((name) => name !== 'made-up')
  .concat('markup');
const slow = ['session', 'markup'];
if (values.help) {
  console.log(
    `npm run fuzz [-- ${suites.join(' | ')} …] [--runs 10000] [--seed S]; ${slow.join(' and ')} only by name`,
  );
  process.exit();
}
const unknown = positionals.filter((name) => !suites.includes(name));
if (unknown.length) throw new Error(`no such suite: ${unknown}; there are ${suites.join(', ')}`);

register();
const counts = { passed: 0, failed: 0 };
const chosen = positionals.length ? positionals : suites.filter((name) => !slow.includes(name));
for (const name of chosen) {
  if (name === 'markup') {
    counts[playMarkup() ? 'passed' : 'failed']++;
    continue;
  }
  const { property } = await import(`../test/fuzz/${name}.ts`);
  const started = Date.now();
  const result = await fc.check(property, { numRuns: Number(values.runs), seed });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`${name}: ${result.numRuns} runs, seed ${seed}, ${seconds} s`);
  counts[result.failed ? 'failed' : 'passed']++;
  if (result.failed) {
    console.log(`\n${await fc.asyncDefaultReportMessage(result)}\n`);
    console.log(result.errorInstance, '\n');
  }
}
mkdirSync('test-results', { recursive: true });
writeFileSync('test-results/fuzz.json', JSON.stringify(counts));
process.exitCode = counts.failed ? 1 : 0;

/** In a browser, by the runner of the component tests. @returns {boolean} Whether no rule was broken. */
function playMarkup() {
  console.log(`markup: ${values.runs} runs, seed ${seed}`);
  const runner = 'node_modules/@web/test-runner/dist/bin.js';
  const { status } = spawnSync(process.execPath, [runner, '--files', 'test/component/fuzz/markup.test.ts'], {
    stdio: 'inherit',
    env: { ...process.env, FUZZ_RUNS: values.runs, FUZZ_SEED: String(seed) },
  });
  return status === 0;
}
