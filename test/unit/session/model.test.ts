import assert from 'node:assert/strict';
import { it } from 'node:test';
import { explore } from './model/model.js';

/** `npm run fuzz -- session` plays more stories, or with `--seed` the same again. */
const runs = 1_000;
const seed = Math.floor(Math.random() * 2 ** 31);

it('the session keeps its promises in every story', async () => {
  const { played, broken } = await explore({ runs, seed });
  console.log(`model: ${played} runs, seed ${seed}`);
  assert.equal(broken, undefined, broken);
});
