/**
 * `npm run mutation [-- --file session/rules …] [--sample 300] [--seed S]`: breaks the source in every small way that
 * Stryker knows, one at a time, and looks whether a test notices. A way that no test notices survives: a test is missing, or
 * the code is not needed. Ends with the figure and the survivors; fails below `--least` percent.
 *
 * All ways are in the code at once, each behind a switch (Stryker's instrumenter). So nothing is compiled for one: the unit
 * tests that reach it run first, each file in a process of its own; what survives them meets the component tests that reach
 * it, in pages of one browser.
 */
import { spawn } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import { build } from 'esbuild';
import { explained } from '../test/mutation/explained.mjs';
import { startBrowserTests } from './mutation-browser.mjs';

/** @typedef {import('@stryker-mutator/api/core').Mutant & {original: string, line: string}} Mutant */
/** @typedef {{static: Record<string, number>, perTest: Record<string, Record<string, number>>}} Coverage */

/** What is mutated: the rooms, and what their rules stand on. */
const rooms = [
  ...['src/session/', 'src/sign-in/', 'src/oidc/', 'src/messenger/'],
  ...['src/element/base.ts', 'src/urls.ts', 'src/regions.ts', 'src/failure.ts'],
];
/** Which tests may notice. Those of the documents, the package and the setup page are about something else. */
const unitTests =
  /^test\/unit\/((session|sign-in|oidc|messenger)\/(?!coverage).*|configuration|conformance|failure|regions|urls)\.test\.ts$/;
const componentTests = /^test\/component\/(element|messenger|oidc)\/.*\.test\.ts$/;

const { values: options } = parseArgs({
  options: {
    file: { type: 'string', multiple: true, default: [] },
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    least: { type: 'string', default: '0' },
    units: { type: 'boolean', default: false },
    help: { type: 'boolean' },
  },
});
if (options.help) {
  console.log(
    'npm run mutation [-- --file session/rules …] [--sample N] [--seed S] [--least percent] [--units]',
  );
  process.exit();
}

/** Behind a switch, too, in a page and in Node: Stryker leaves numbers alone, but a limit may be ten times too long. */
function switchLimits() {
  const shared = /** @type {any} */ (globalThis).__stryker__;
  /** @type {any} */ (globalThis).__limit__ = (/** @type {number} */ number, /** @type {number} */ limit) => {
    const id = `limit-${number}`;
    const coverage = (shared.mutantCoverage ??= { static: {}, perTest: {} });
    const test = shared.currentTestId;
    const hits = test ? (coverage.perTest[test] ??= {}) : coverage.static;
    hits[id] = (hits[id] ?? 0) + 1;
    return shared.activeMutant === id ? 10 * limit : limit;
  };
}

/** What a bundle does before its tests: limits an endless loop, and leaves what was reached. */
const unitBanner = `
import { writeFileSync as writeCoverage } from 'node:fs';
globalThis.__stryker__ = {
  activeMutant: process.env.ACTIVE_MUTANT,
  hitCount: 0,
  hitLimit: Number(process.env.HIT_LIMIT ?? Infinity),
};
(${switchLimits})();
if (process.env.COVERAGE_FILE)
  process.on('exit', () =>
    writeCoverage(process.env.COVERAGE_FILE, JSON.stringify(__stryker__.mutantCoverage ?? { static: {} })),
  );
`;

const root = fileURLToPath(new URL('..', import.meta.url));
const sandbox = mkdtempSync(join(tmpdir(), 'genesys-auth-messenger-'));
process.once('exit', () => rmSync(sandbox, { recursive: true, force: true }));
let isInterrupted = false;
process.once('SIGINT', () => (isInterrupted = true));
process.once('SIGTERM', () => process.exit(1));
process.chdir(root);

const started = Date.now();
const filesOf = (/** @type {string} */ folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file));
const mutants = await instrument();
const units = await dryRunUnits();
const browser = options.units
  ? undefined
  : await startBrowserTests(
      root,
      sandbox,
      filesOf('test').filter((file) => componentTests.test(file)),
    );
const secondsSince = (/** @type {number} */ time) => Math.round((Date.now() - time) / 1000);
console.log(`${mutants.length} mutants, ready after ${secondsSince(started)} s`);

/** @type {{mutant: Mutant, by: string | undefined, covered: boolean}[]} */
const results = [];
let file = '';
for (const mutant of chosen()) {
  // Ctrl+C ends with the figure so far; pressed again, at once.
  if (isInterrupted) break;
  if (mutant.fileName !== file) console.log(`… ${(file = mutant.fileName)}`);
  const { by, covered } = await meet(mutant);
  results.push({ mutant, by, covered });
  if (!by) console.log(`  ${titleOf(mutant)}${covered ? '' : ' (no test gets there)'}`);
}
await browser?.stop();
report();

/** Writes the source with all mutants, and the tests beside it. @returns {Promise<Mutant[]>} */
async function instrument() {
  const isMutated = (/** @type {string} */ file) => rooms.some((room) => file.startsWith(room));
  const sources = filesOf('src').filter((file) => file.endsWith('.ts'));
  for (const folder of ['src', 'test/unit', 'test/component', 'test/harness'])
    cpSync(folder, join(sandbox, folder), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(sandbox, 'node_modules'));
  /** @type {Mutant[]} */
  const limits = [];
  const files = sources
    .filter(isMutated)
    .map((name) => ({ name, content: withLimits(name, limits), mutate: true }));
  const silent = /** @type {any} */ (new Proxy({}, { get: () => () => false }));
  const instrumenter = new Instrumenter(silent);
  const result = await instrumenter.instrument(files, { ignorers: [], excludedMutations: [], plugins: [] });
  for (const { name, content } of result.files) writeFileSync(join(sandbox, name), content);
  const texts = new Map(files.map(({ name, content }) => [name, content.split('\n')]));
  const others = result.mutants.map((mutant) => {
    const { start, end } = mutant.location;
    const lines = texts.get(mutant.fileName)?.slice(start.line, end.line + 1) ?? [];
    const [line = ''] = lines;
    // From the end: where both are on one line, the start counts from the line's own.
    lines.push((lines.pop() ?? '').slice(0, end.column));
    lines[0] = lines[0]?.slice(start.column) ?? '';
    return { ...mutant, line, original: lines.join('\n').replace(/__limit__\(\d+, ([\d_]+)\)/g, '$1') };
  });
  return [...limits, ...others].sort((one, other) => one.fileName.localeCompare(other.fileName));
}

/** @param {string} fileName @param {Mutant[]} limits What is found is added. @returns {string} The file's text. */
function withLimits(fileName, limits) {
  return readFileSync(fileName, 'utf8')
    .split('\n')
    .map((line, number) =>
      /^\s*(\*|\/)/.test(line)
        ? line
        : line.replace(/\b\d+_000\b/g, (original, column) => {
            const id = `limit-${limits.length}`;
            const place = { line: number, column };
            limits.push({
              ...{ id, fileName, mutatorName: 'Limit', line, original, replacement: `10 * ${original}` },
              location: { start: place, end: place },
            });
            return `__limit__(${limits.length - 1}, ${original})`;
          }),
    )
    .join('\n');
}

/** In the order of the source; of a sample, the same for the same seed. */
function chosen() {
  const wanted = mutants.filter(
    ({ fileName }) => !options.file.length || options.file.some((part) => fileName.includes(part)),
  );
  if (!options.sample) return wanted;
  let state = Number(options.seed) >>> 0;
  // mulberry32
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const drawn = wanted.map((mutant) => ({ mutant, lot: random() })).sort((one, other) => one.lot - other.lot);
  const sample = new Set(drawn.slice(0, Number(options.sample)).map(({ mutant }) => mutant));
  return wanted.filter((mutant) => sample.has(mutant));
}

/** Runs the tests that reach a mutant, until one notices. @param {Mutant} mutant */
async function meet({ id }) {
  let covered = false;
  for (const unit of units) {
    const hits = unit.coverage.static[id];
    if (!hits) continue;
    covered = true;
    const env = { ACTIVE_MUTANT: id, HIT_LIMIT: String(1_000 + 100 * hits) };
    if (!(await runUnit(unit.bundle, env, 10_000 + 10 * unit.time))) return { by: unit.name, covered };
  }
  const noticed = await browser?.meet(id);
  return { by: noticed?.by, covered: covered || !!noticed?.covered };
}

/** Bundles each file of unit tests, which starts in a third of the time, and looks what it reaches. */
async function dryRunUnits() {
  const found = [];
  for (const name of filesOf('test').filter((file) => unitTests.test(file))) {
    const bundle = join(sandbox, 'bundles', name.replace(/\.ts$/, '.mjs'));
    await build({
      entryPoints: [join(sandbox, name)],
      outfile: bundle,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      logLevel: 'error',
      banner: { js: unitBanner },
      plugins: [{ name: 'places', setup: keepPlaces }],
    });
    const coverageFile = join(sandbox, 'coverage.json');
    const begun = Date.now();
    if (!(await runUnit(bundle, { COVERAGE_FILE: coverageFile }, 120_000)))
      throw new Error(`${name} fails without any mutant: node ${bundle}`);
    /** @type {Coverage} */
    const coverage = JSON.parse(readFileSync(coverageFile, 'utf8'));
    found.push({ name, bundle, coverage, time: Date.now() - begun });
  }
  return found.sort((one, other) => one.time - other.time);
}

/** @param {import('esbuild').PluginBuild} build Files that a test reads are where the test's own file is. */
function keepPlaces({ onLoad }) {
  onLoad({ filter: /\/test\/unit\/.*\.ts$/ }, ({ path }) => {
    const url = pathToFileURL(join(root, relative(sandbox, path))).href;
    const contents = readFileSync(path, 'utf8').replaceAll('import.meta.url', JSON.stringify(url));
    return { contents, loader: 'ts', resolveDir: dirname(path) };
  });
}

/** @param {string} bundle @param {Record<string, string>} env @param {number} timeLimit @returns {Promise<boolean>} Whether all pass. */
function runUnit(bundle, env, timeLimit) {
  return new Promise((resolve) => {
    const reporter = join(root, 'scripts/first-failure-reporter.mjs');
    const child = spawn(process.execPath, [`--test-reporter=${reporter}`, bundle], {
      stdio: 'ignore',
      cwd: root,
      env: { ...process.env, ...env },
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), timeLimit);
    child.on('exit', (code) => {
      clearTimeout(timer);
      resolve(code === 0);
    });
  });
}

/** @param {Mutant} mutant */
function titleOf({ fileName, location: { start }, mutatorName, original, replacement }) {
  const short = (/** @type {string} */ text) => text.replace(/\s+/g, ' ').slice(0, 90);
  return `${fileName}:${start.line + 1}:${start.column + 1} ${mutatorName}: ${short(original)} → ${short(replacement)}`;
}

function report() {
  const isExplained = (/** @type {Mutant} */ { fileName, line, replacement }) =>
    explained.some(
      (one) =>
        one.file === fileName && line.includes(one.line) && (one.mutant ?? replacement) === replacement,
    );
  const survivors = results.filter(({ by }) => !by).map(({ mutant }) => mutant);
  const open = survivors.filter((mutant) => !isExplained(mutant));
  const killed = results.length - survivors.length;
  console.log('\nFile                                   mutants  killed  explained  survived');
  for (const name of new Set(results.map(({ mutant }) => mutant.fileName))) {
    const ofFile = (/** @type {Mutant[]} */ list) => list.filter(({ fileName }) => fileName === name).length;
    const all = ofFile(results.map(({ mutant }) => mutant));
    const [left, unexplained] = [ofFile(survivors), ofFile(open)];
    const cells = [all, all - left, left - unexplained, unexplained].map((count) =>
      String(count).padStart(8),
    );
    console.log(name.padEnd(38) + cells.join('  '));
  }
  const counted = results.length - (survivors.length - open.length);
  const percent = (100 * killed) / counted;
  const of = options.sample || options.file.length ? ` (of ${mutants.length})` : '';
  console.log(
    `\n${results.length} mutants${of}: ${killed} killed, ${survivors.length - open.length} explained, ${open.length} survived. ` +
      `${percent.toFixed(1)} % of ${counted} killed, in ${secondsSince(started)} s`,
  );
  mkdirSync('test-results', { recursive: true });
  const lines = open.map((mutant) => ({
    title: titleOf(mutant),
    original: mutant.original,
    replacement: mutant.replacement,
  }));
  writeFileSync(
    'test-results/mutation.json',
    JSON.stringify({ percent, killed, counted, survivors: lines }, null, 2),
  );
  if (percent < Number(options.least)) process.exitCode = 1;
}
