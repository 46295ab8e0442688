/**
 * `npm run test:steady [-- --runs N] [suites …]`: `npm test` N times in a row, 20 unless told. A test that fails once in so many
 * runs is a fault of its own. Prints what a run has failed in whole, and ends with 1 if there was one.
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '20' } },
});
const runs = Number(values.runs);
/** @type {number[]} In seconds. */
const times = [];
let steady = 0;
for (let run = 1; run <= runs; run++) {
  const started = Date.now();
  const { status, stdout } = spawnSync(process.execPath, ['scripts/test.mjs', ...positionals], {
    encoding: 'utf8',
    maxBuffer: Infinity,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  times.push(Math.round((Date.now() - started) / 1000));
  if (status) console.log(stdout);
  else steady += 1;
  console.log(`run ${run} of ${runs}: ${stdout.trim().split('\n').at(-1)} (${times.at(-1)} s)`);
}
times.sort((a, b) => a - b);
console.log(
  `${steady} of ${runs} runs without a failure; ${times[0]} to ${times.at(-1)} s, median ${times[runs >> 1]} s`,
);
process.exitCode = steady === runs ? 0 : 1;
