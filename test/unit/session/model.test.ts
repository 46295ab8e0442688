import assert from 'node:assert/strict';
import { it } from 'node:test';
import { explore } from './model/model.js';

/** `npm run fuzz` sets these to play more stories, or the same again. */
const runs = Number(process.env.MODEL_RUNS ?? 1_000);
const seed = Number(process.env.MODEL_SEED ?? Math.floor(Math.random() * 2 ** 31));

it('the session keeps its promises in every story', async () => {
  const { played, broken } = await explore({ runs, seed });
  console.log(`model: ${played} runs, seed ${seed}`);
  assert.equal(broken, undefined, broken);
});
