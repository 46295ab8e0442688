// How large the files are that a page loads, as `npm run build` has written them.
import { readFile } from 'node:fs/promises';
import { budgets } from '../scripts/budgets.mjs';

/** @returns {Promise<import('./measure.mjs').Figure[]>} */
export async function measureSizes() {
  /** @type {Record<string, number>} */
  const sizes = JSON.parse(await readFile('dist/size.json', 'utf8'));
  /** @type {Record<string, number>} */
  const limits = budgets;
  const written = (/** @type {number} */ bytes) => `${bytes.toLocaleString('en')} B`;
  return [
    {
      title: 'Bytes',
      measured: 'Brotli. The budgets are those of `npm run build`, which fails above them.',
      rows: Object.entries(sizes).map(([name, bytes]) => {
        const limit = limits[name];
        return {
          name,
          value: written(bytes),
          bytes,
          ...(limit && { limit: written(limit), broken: bytes > limit }),
        };
      }),
    },
  ];
}
