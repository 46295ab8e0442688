/**
 * `npm run fuzz [-- callbacks …] [--runs 1000000] [--seed S]`: hostile input of all kinds (test/fuzz), made up anew with
 * every seed. A broken rule is printed with the shortest input that breaks it, and the seed that finds it again.
 */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { register } from 'tsx/esm/api';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '10000' }, seed: { type: 'string' } },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const suites = readdirSync('test/fuzz')
  .map((file) => file.replace(/\.ts$/, ''))
  .filter((name) => name !== 'made-up');
const unknown = positionals.filter((name) => !suites.includes(name));
if (unknown.length) throw new Error(`no such suite: ${unknown}; there are ${suites.join(', ')}`);

register();
const counts = { passed: 0, failed: 0 };
// The session's stories are a hundred times slower than the others, and `npm test` plays a thousand.
const chosen = positionals.length ? positionals : suites.filter((name) => name !== 'session');
for (const name of chosen) {
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
