// What is said of figures: on the console, in docs/performance.md, and beside those of an earlier run.
import os from 'node:os';
import { format, resolveConfig } from 'prettier';
import { figures } from './figures.mjs';

/**
 * @typedef {import('./measure.mjs').Row} Row
 * @typedef {Record<string, import('./measure.mjs').Figure[]>} Taken By the names of `figures`.
 */

/** How much larger than in the earlier run a ratio with a limit may be. */
const tolerance = 1.1;

/** @param {Row} row */
const ratioOf = ({ ratio }) => (ratio === undefined ? '' : `× ${ratio.toFixed(2)}`);

/** @param {import('./measure.mjs').Figure} figure */
export function lines({ title, measured, rows }) {
  const said = rows.map((row) => {
    const limit = row.limit ? `(limit: ${row.limit})` : '';
    const parts = [ratioOf(row), row.note, limit, row.broken ? 'BROKEN' : ''].filter(Boolean);
    return `  ${row.name.padEnd(42)} ${row.value.padStart(12)}  ${parts.join('  ')}`.trimEnd();
  });
  return ['', title, `(${measured})`, ...said].join('\n');
}

/**
 * The figures as they are kept for a later run.
 * @param {Taken} taken
 * @returns {Record<string, {ratio?: number, bytes?: number}>} By title and row.
 */
export function kept(taken) {
  const rows = Object.values(taken)
    .flat()
    .flatMap(({ title, rows }) => rows.map((row) => ({ ...row, name: `${title}: ${row.name}` })));
  // What has no limit is there to compare with, and not ours.
  const ours = rows.filter(({ bytes, ratio, limit }) => bytes ?? (ratio && limit));
  return Object.fromEntries(ours.map(({ name, ratio, bytes }) => [name, { ratio, bytes }]));
}

/**
 * What has changed since an earlier run.
 * @param {ReturnType<typeof kept>} now @param {ReturnType<typeof kept>} before
 * @returns {{line: string, isWorse: boolean}[]} A size that has grown is told; its budget decides.
 */
export function changes(now, before) {
  return Object.entries(now).flatMap(([name, { ratio = NaN, bytes = NaN }]) => {
    const { ratio: earlier = NaN, bytes: size = NaN } = before[name] ?? {};
    if (bytes !== size && size) return { line: `${name}: ${size} → ${bytes} bytes`, isWorse: false };
    if (!(ratio > earlier * tolerance)) return [];
    return { line: `${name}: × ${earlier.toFixed(2)} → × ${ratio.toFixed(2)}`, isWorse: true };
  });
}

/** @param {Taken} taken @param {string} browser Its version. @returns {Promise<string>} docs/performance.md. */
export async function document(taken, browser) {
  const cpus = os.cpus();
  const date = new Date().toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
  const load = os.loadavg()[1]?.toFixed(1);
  const text = `# Performance

\`npm run bench -- --write\` has measured all this and written it, on ${date}: ${cpus.length} cores (${cpus[0]?.model.trim()}), Chromium ${browser}, Node ${process.versions.node}; at the end, the machine's load average of five minutes was ${load}. The files are those of \`dist/\`, and the pages, the provider and Messenger's double those of \`npm start\`, all on the same machine.

The variants of a figure take turns, round by round. What is measured is the median of all rounds. The ratio is the median of the rounds' ratios to the first row, and says the same on any machine; a time says only how fast this one was. Where a row has a limit, \`npm run bench\` fails above it. A row marked _broken_ is over its limit: we know it, and have not got there yet.

${Object.entries(taken).map(section).join('\n\n')}
`;
  const path = 'docs/performance.md';
  return format(text, { ...(await resolveConfig(path)), filepath: path });
}

/** @param {[string, import('./measure.mjs').Figure[]]} entry */
const section = ([name, parts]) =>
  [
    `## ${figures[name]?.about}`,
    `\`npm run bench -- ${name}\``,
    ...parts.flatMap(({ title, measured, rows }) => [`### ${title}`, measured, table(rows)]),
  ].join('\n\n');

/** @param {Row[]} rows */
function table(rows) {
  /** @type {[string, (row: Row) => string][]} */
  const columns = [
    ['', ({ name }) => name],
    ['Measured', ({ value }) => value],
    ['Ratio', ratioOf],
    ['', ({ note = '' }) => note],
    ['Limit', ({ limit = '', broken }) => limit + (broken ? ' (broken)' : '')],
  ];
  const shown = columns.filter(([, read]) => rows.some(read));
  const line = (/** @type {string[]} */ cells) => `| ${cells.join(' | ')} |`;
  return [
    line(shown.map(([head]) => head)),
    line(shown.map(() => '---')),
    ...rows.map((row) => line(shown.map(([, read]) => read(row)))),
  ].join('\n');
}
