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
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import { build } from 'esbuild';
import { explained } from '../test/mutation/explained.mjs';
import { startBrowserTests } from './mutation-browser.mjs';

/** @typedef {import('@stryker-mutator/api/core').Mutant & {original: string, line: string}} Mutant */
/** @typedef {{static: Record<string, number>, perTest: Record<string, Record<string, number>>}} Coverage */

/**
 * A file of tests.
 * @typedef {object} TestFile
 * @property {string} name
 * @property {number} time Milliseconds that it takes when nothing is broken.
 * @property {boolean} isUnit
 * @property {(id: string) => boolean} reaches
 * @property {(id: string) => Promise<boolean>} passes With this mutant.
 */

/** What is mutated: the rooms, and what their rules stand on. */
const rooms = [
  ...['src/session/', 'src/sign-in/', 'src/oidc/', 'src/messenger/'],
  ...['src/element/base.ts', 'src/urls.ts', 'src/regions.ts', 'src/failure.ts'],
];
/** Which tests may notice. Those of the documents, the package and the setup page are about something else. */
const unitTests =
  /^test\/unit\/((session|sign-in|oidc|messenger)\/(?!coverage).*|configuration|conformance|failure|regions|urls|element\/base)\.test\.ts$/;
const componentTests = /^test\/component\/(element|messenger|oidc)\/.*\.test\.ts$/;

const { values: options } = parseArgs({
  options: {
    file: { type: 'string', multiple: true, default: [] },
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    least: { type: 'string', default: '0' },
    units: { type: 'boolean', default: false },
    workers: { type: 'string', default: String(availableParallelism()) },
    help: { type: 'boolean' },
  },
});
if (options.help) {
  console.log(
    'npm run mutation [-- --file session/rules …] [--sample N] [--seed S] [--least percent] [--units] [--workers N]',
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
      switchLimits,
    );
/** The quick ones first; then those of the same room. */
const tests = [...units, ...(browser?.tests ?? [])];
const secondsSince = (/** @type {number} */ time) => Math.round((Date.now() - time) / 1000);
console.log(`${mutants.length} mutants, ready after ${secondsSince(started)} s`);

/** @type {{mutant: Mutant, by: string | undefined}[]} */
const results = [];
/** @type {Map<string, TestFile>} What noticed the last mutant of a file is likely to notice the next one. */
const likely = new Map();
const queue = chosen().values();
await Promise.all(Array.from({ length: Number(options.workers) }, work));
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

/** Takes mutants until none is left. Ctrl+C ends with the figure so far; pressed again, at once. */
async function work() {
  for (const mutant of queue) {
    if (isInterrupted) return;
    const reaching = tests.filter((test) => test.reaches(mutant.id));
    const noticed = await firstToNotice(mutant, reaching);
    results.push({ mutant, by: noticed?.name });
    if (noticed) likely.set(mutant.fileName, noticed);
    else console.log(`  ${titleOf(mutant)}${reaching.length ? '' : ' (no test gets there)'}`);
    if (results.length % 100 === 0) console.log(`… ${results.length} after ${secondsSince(started)} s`);
  }
}

/** @param {Mutant} mutant @param {TestFile[]} reaching */
async function firstToNotice({ id, fileName }, reaching) {
  const first = likely.get(fileName);
  const room = fileName.split('/')[1] ?? '';
  const rank = (/** @type {TestFile} */ test) =>
    test === first ? 0 : test.isUnit ? 1 : test.name.includes(`/${room}/`) ? 2 : 3;
  const ordered = [...reaching].sort((one, other) => rank(one) - rank(other));
  for (const test of ordered) if (!(await test.passes(id))) return test;
  return undefined;
}

/** Bundles each file of unit tests, which starts in a third of the time, and looks what it reaches. @returns {Promise<TestFile[]>} */
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
    const { static: hits } = JSON.parse(readFileSync(coverageFile, 'utf8'));
    const time = Date.now() - begun;
    found.push({
      name,
      time,
      isUnit: true,
      reaches: (/** @type {string} */ id) => !!hits[id],
      passes: (/** @type {string} */ id) => {
        const env = { ACTIVE_MUTANT: id, HIT_LIMIT: String(1_000 + 100 * (hits[id] ?? 0)) };
        return runUnit(bundle, env, 10_000 + 10 * time);
      },
    });
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
