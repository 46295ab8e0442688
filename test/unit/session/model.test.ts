import assert from 'node:assert/strict';
import { it } from 'node:test';
import { explore } from './model/model.js';

/** The same stories each time; `npm run fuzz -- session` plays others, and more. */
const runs = 1_000;
const seed = 20_261_125;

it('the session keeps its promises in every story', async () => {
  const { played, broken } = await explore({ runs, seed });
  console.log(`model: ${played} runs, seed ${seed}`);
  assert.equal(broken, undefined, broken);
});
