/**
 * `npm run fuzz -- --runs 100000 [--seed S]`: the model of the session, for longer than `npm test` plays it. A broken
 * promise is printed as the shortest story that breaks it, with the seed that finds it again.
 */
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';

const { runs, seed } = parseArgs({
  options: { runs: { type: 'string', default: '100000' }, seed: { type: 'string' } },
}).values;

spawn(process.execPath, ['--import', 'tsx', '--test-reporter=spec', 'test/unit/session/model.test.ts'], {
  stdio: ['ignore', 'inherit', 'inherit'],
  env: { ...process.env, MODEL_RUNS: runs, ...(seed && { MODEL_SEED: seed }) },
}).on('exit', (code) => {
  process.exitCode = code ?? 1;
});
